"""Check that every condition of a decision rule is whole: one thing counted, one amount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from comity.decision.model import COMPARATORS
from comity.decision.numbers import exact
from comity.decision.tree import Check, Tree, conditions
from comity.kernel.errors import DataError, Fault
from comity.kernel.trees import Path, mapping

KINDS_OF_CONDITION = ("all", "any", "not", "votes", "other_than")


def _whole_tests(tree: Tree) -> Iterator[Fault]:
    for path, condition, _ in conditions(tree):
        kinds = [key for key in KINDS_OF_CONDITION if key in condition]
        compared = [key for key in COMPARATORS if key in condition]
        if len(kinds) != 1:
            yield tree.wrong(
                "test_unclear", _together(kinds), f"one of {', '.join(KINDS_OF_CONDITION)}",
                "Put two tests together with all or any.", *path,
            )  # fmt: skip
        elif kinds[0] in ("votes", "other_than"):
            if len(compared) != 1:
                yield tree.wrong(
                    "test_unclear", _together(compared), f"one of {', '.join(COMPARATORS)}",
                    "Put two tests together with all.", *path,
                )  # fmt: skip
            else:
                yield from _amount(tree, condition, compared[0], path)
        else:
            allowed = {kinds[0], "article"}
            if kinds[0] == "any":
                allowed.add("at_least")
                yield from _at_least(tree, condition, path)
            for key in sorted(set(condition) - allowed):
                yield tree.wrong(
                    "test_unclear", f'the key "{key}" beside "{kinds[0]}"', "no more than article",
                    f"Move it into a test below {kinds[0]}.", *path, key,
                )  # fmt: skip


def _at_least(tree: Tree, condition: dict[str, Any], path: Path) -> Iterator[Fault]:
    """Of the conditions in any a whole number may be needed, and no more than there are."""
    number, listed = condition.get("at_least", 1), condition["any"]
    if isinstance(listed, list) and not (isinstance(number, int) and 0 < number <= len(listed)):
        yield tree.wrong(
            "out_of_range", f"at_least: {number} beside any", f"a number from 1 to {len(listed)}",
            "It says how many of the conditions must hold.", *path, "at_least",
        )  # fmt: skip


def _together(keys: Sequence[str]) -> str:
    return f"{' and '.join(keys)} in one test" if keys else "a test that says nothing"


def _amount(tree: Tree, test: dict[str, Any], key: str, path: Path) -> Iterator[Fault]:
    value = test[key]
    if isinstance(value, dict):
        yield from _fewest(tree, mapping(value.get("fewest_with")), test, path, key)
        return
    try:
        number = exact(value)
    except DataError:
        return
    if "of" not in test:
        if number.denominator != 1 and "weight" not in test:
            yield tree.wrong(
                "share_of_nothing", f"{key}: {value}, without a base", "the key of",
                "Write of: electorate, or the classes whose votes are the base.", *path, key,
            )  # fmt: skip
        for other in ("of_group", "rounded"):
            if other in test:
                yield tree.wrong(
                    "share_of_nothing", f'the key "{other}" without a base', "the key of", "",
                    *path, other,
                )  # fmt: skip


def _fewest(
    tree: Tree, fewest: dict[str, Any], test: dict[str, Any], path: Path, key: str
) -> Iterator[Fault]:
    compared = [each for each in ("at_least", "more_than") if each in fewest]
    if len(compared) != 1:
        yield tree.wrong(
            "test_unclear", _together(compared), "one of at_least, more_than", "",
            *path, key, "fewest_with",
        )  # fmt: skip
    for other in ("of", "weight"):
        if other in test:
            yield tree.wrong(
                "test_unclear", f'the key "{other}" beside fewest_with', "members compared",
                "A number of members is compared with a number of members.", *path, other,
            )  # fmt: skip


CHECKS: tuple[Check, ...] = (_whole_tests,)
