"""What a command is asked about a decision rule: members, groups and roles from its options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from comity.cli.rulebook import Rulebook
from comity.decision.counting import units_asked
from comity.decision.model import ALL, Rule
from comity.decision.question import Question
from comity.kernel.errors import DataError, Fault, check_known

FORMS = {  # of options that name something before the sign "="
    "--position": "POSITION=A,B",
    "--tally": "POSITION=N,…",
    "--ballot": "A=N,B=N,…",
    "--group": "GROUP=A,B",
    "--role": "ROLE=A,B",
    "--weight": "WEIGHT=A:1,B:2",
}


def question_of(book: Rulebook, rule: Rule, asked: Mapping[str, Any]) -> Question:
    """Return the question; raises `DataError` where a group that the rule needs is not given."""
    for kind, key in (("group", "groups"), ("role", "roles")):
        for name in asked[key]:
            check_known(kind, name, getattr(book.rules, key))
    needed = {group for group, _ in units_asked(rule)} | {rule.electorate.among}
    for group in sorted(needed - {ALL} - {*asked["groups"]}):
        found = f'nobody said who is in the group "{group}"'
        raise DataError(Fault("group_missing", found, f"--group {group}=A,B"))
    return Question.of(
        asked["members"],
        groups=asked["groups"],
        roles=asked["roles"],
        weights=asked.get("weights") or {},
        on=book.on,
    )


def sets_of(
    book: Rulebook, in_file: Mapping[str, Any] | None, option: str, given: Iterable[str]
) -> dict[str, list[str]]:
    """Return named sets of members, by their codes: those of a file, and those of options."""
    every = {**(in_file or {}), **listed(option, given)}
    return {name: [book.code(each) for each in members] for name, members in every.items()}


def listed(option: str, given: Iterable[str]) -> dict[str, list[str]]:
    """Read ``word=A,B`` as a word and its members; the same word may come again."""
    found: dict[str, list[str]] = {}
    for each in given:
        word, members = pair(option, each)
        found.setdefault(word, []).extend(names_in(members))
    return found


def pair(option: str, given: str) -> tuple[str, str]:
    """Read ``word=value``; raises `DataError`."""
    word, sign, value = given.partition("=")
    if not (sign and word.strip() and value.strip()):
        raise refused(f'{option} "{given}"', f"{option} {FORMS.get(option, 'WORD=…')}")
    return word.strip(), value.strip()


def names_in(given: str) -> list[str]:
    """Read names between commas."""
    return [each.strip() for each in given.split(",") if each.strip()]


def refused(found: str, expected: str) -> DataError:
    """Return the error of a question that cannot be asked so."""
    return DataError(Fault("malformed_question", found, expected))
