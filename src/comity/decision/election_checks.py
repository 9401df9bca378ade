"""Check what rules say of elections: the positions and outcomes they name, and their stages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.decision.model import OUTCOMES
from comity.decision.tree import Tree, versions
from comity.kernel.errors import Fault
from comity.kernel.trees import Path, find, mapping


def faults_of_elections(tree: Tree) -> Iterator[Fault]:
    """Yield every fault of the key ``elects`` in rules of the right form."""
    for path, rule in versions(tree):
        if "elects" not in rule:
            continue
        if "decide" not in rule:
            yield tree.wrong(
                "rule_unclear", "elects without decide", "the key decide",
                "The rule is put to each candidate.", *path, "elects",
            )  # fmt: skip
        elects, at = mapping(rule["elects"]), (*path, "elects")
        yield from _names(tree, rule, elects, at)
        yield from _stages(tree, elects, at)


def _names(tree: Tree, rule: dict[str, Any], elects: dict[str, Any], at: Path) -> Iterator[Fault]:
    table = mapping(tree.entries("position_tables").get(str(rule.get("positions"))))
    for kind, known, keys in (
        ("position", mapping(table.get("positions")), ("supporting", "other")),
        ("outcome", {**OUTCOMES, **tree.entries("outcomes")}, ("otherwise",)),
        ("weight", tree.entries("weights"), ("weight",)),
    ):
        for key in keys:
            name = elects.get(key)
            if isinstance(name, str) and name not in known:
                yield tree.unknown(kind, name, known, *at, key)


def _stages(tree: Tree, elects: dict[str, Any], at: Path) -> Iterator[Fault]:
    """Yield the stages that say nothing, or that no election can come to."""
    fewest = None
    for path, stage in find(elects, "stages.[]"):
        number = mapping(stage).get("candidates")
        if path[-1] == 0 and number is not None:
            yield tree.wrong(
                "stages_unclear", f"{number} candidates in the first stage", "no number there",
                "There is no ballot before, by which they could be chosen.",
                *at, *path, "candidates",
            )  # fmt: skip
        elif path[-1] != 0 and number is None:
            yield tree.wrong(
                "stages_unclear", "a later stage with all candidates", "the key candidates",
                "More ballots among the same are more ballots of the stage before.", *at, *path,
            )  # fmt: skip
        elif isinstance(number, int) and fewest is not None and number >= fewest:
            yield tree.wrong(
                "stages_unclear", f"{number} candidates after {fewest}", "fewer in every stage",
                "Who was left out does not come back.", *at, *path, "candidates",
            )  # fmt: skip
        if isinstance(number, int) and path[-1] != 0:
            fewest = number
