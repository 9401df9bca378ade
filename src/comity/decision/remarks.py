"""What whoever publishes decision rules should look at; nothing of it is a fault."""

from __future__ import annotations

from collections.abc import Iterator

from comity.decision.model import Rule
from comity.decision.monotony import Counterexample, monotony
from comity.decision.rules import Rules
from comity.kernel.errors import Fault

_MOST = 3  # kinds of member that a sentence still can name


def remarks(rules: Rules) -> Iterator[Fault]:
    """Yield what is missing of every rule, and where more support can undo a decision.

    That takes some seconds for a rule that is not seen to be monotone by its form.
    """
    for versions in rules.versions.values():
        for rule in versions:
            yield from _of(rule)


def _of(rule: Rule) -> Iterator[Fault]:
    if not rule.article:
        yield Fault("rule_without_article", f'the decision rule "{rule.id}"', "an article")
    if rule.chosen_by is not None:
        return
    found = monotony(rule)
    if found.verdict == "not_monotone" and found.example is not None:
        yield Fault(
            "rule_not_monotone",
            f'under "{rule.id}" more support can undo a decision: {_said(found.example)}',
            "a rule under which it cannot, unless the text says so",
        )
    elif found.verdict == "unknown":
        why = "the positions have no order" if found.method == "no_order" else "no proof was found"
        yield Fault(
            "monotony_unknown",
            f'under "{rule.id}" it is not known whether more support can undo a decision: {why}',
            "an order of positions, from the least support to the most",
        )


def _said(example: Counterexample) -> str:
    kinds = [f"{number} {position}" for _, position, number in example.members]
    shown = ", ".join(kinds[:_MOST]) + (", …" if len(kinds) > _MOST else "")
    return f"{shown}; one leaves {example.before} for {example.after}"
