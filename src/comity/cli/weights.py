"""Weights that a command is given, and what to give where some are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from comity.cli.questions import names_in, pair, refused
from comity.cli.rulebook import Rulebook
from comity.decision.counting import unweighed
from comity.decision.model import Rule
from comity.decision.numbers import Number, exact, text_of
from comity.decision.question import Question, Values
from comity.kernel.errors import DataError, Fault, check_known

FORM = "--weight WEIGHT=A:1,B:2"
_SHOWN = 12

Given = Mapping[str, Mapping[str, Number]]


def weights_of(book: Rulebook, given: Iterable[str]) -> dict[str, dict[str, Number]]:
    """Read ``population=A:5,B:3`` as what members weigh in a unit; raises `DataError`."""
    found: dict[str, dict[str, Number]] = {}
    for each in given:
        name, values = pair("--weight", each)
        check_known("weight", name, book.rules.weights)
        for part in names_in(values):
            member, sign, number = (word.strip() for word in part.rpartition(":"))
            if not (sign and member):
                raise refused(f'--weight "{each}"', FORM)
            weight = exact(number)
            if weight < 0:
                raise refused(f'--weight "{each}"', "a weight of 0 or more")
            found.setdefault(name, {})[book.code(member)] = weight
    return found


def require_weights(rule: Rule, question: Question, *, in_file: bool = False) -> None:
    """Raise `DataError` with every weight that the rule counts and nobody gave.

    ``in_file`` says that weights are given in the file of a question, not by an option.
    """
    if lacking := unweighed(rule, question):
        raise DataError(*missing(rule, lacking, question.on, in_file=in_file))


def missing(
    rule: Rule, lacking: Mapping[str, Sequence[str]], on: date | None, *, in_file: bool = False
) -> Iterator[Fault]:
    """Yield for each weight who lacks it, and in which unit it is to be given."""
    for name, members in lacking.items():
        if not members:
            continue
        shown = ", ".join(members[:_SHOWN])
        more = f" and {len(members) - _SHOWN} more" if len(members) > _SHOWN else ""
        day = f" on {on}" if on else ""
        declared = rule.weights.get(name)
        table = declared.on(on) if declared else None
        yield Fault(
            "weights_missing",
            f'no weight "{name}" of {shown}{more}{day}',
            _form(name, members[:_SHOWN], in_file=in_file),
            _unit(table.values) if table and table.values else "",
        )


def _form(name: str, members: Sequence[str], *, in_file: bool) -> str:
    if in_file:
        return f"weights: {{{name}: {{{': …, '.join(members)}: …}}}} in the file of --question"
    return f"--weight {name}={':…,'.join(members)}:…"


def _unit(values: Values) -> str:
    most = max(values, key=lambda each: values[each])
    total, highest = text_of(sum(values.values())), text_of(values[most])
    return f"In the unit of the table: {len(values)} members weigh {total}, {most} alone {highest}."
