"""Check that every decision rule is whole, and that its versions do not meet."""

from __future__ import annotations

from collections.abc import Iterator

from comity.decision.model import NO_QUORUM
from comity.decision.tables import faults_of_periods, period_in
from comity.decision.tree import Check, Tree, leads_back, versions
from comity.kernel.errors import Fault
from comity.kernel.trees import Path, find, mapping


def _whole_rules(tree: Tree) -> Iterator[Fault]:
    for path, rule in versions(tree):
        if ("decide" in rule) == ("chosen_by" in rule):
            both = "both decide and chosen_by" if "decide" in rule else "no decide and no chosen_by"
            yield tree.wrong("rule_unclear", both, "one of the two", "", *path)
        elif "decide" in rule and "positions" not in rule:
            yield tree.wrong(
                "missing_key", 'no key "positions"', 'the key "positions"',
                "The table of positions.", *path,
            )  # fmt: skip
        if "without_quorum" in rule and "quorum" not in rule:
            yield tree.wrong(
                "rule_unclear", "without_quorum, and no quorum", "the key quorum",
                "Say what must hold before anything is counted.", *path, "without_quorum",
            )  # fmt: skip
        entries = rule.get("decide")
        if not isinstance(entries, list):
            continue
        for number, entry in enumerate(entries):
            last = number == len(entries) - 1
            if isinstance(entry, dict) and ("when" in entry) == last:
                found = "the last outcome has a condition" if last else "an outcome always reached"
                yield tree.wrong(
                    "outcomes_incomplete", found, "a condition at every outcome but the last",
                    "What holds when no condition is met stands last, alone.",
                    *path, "decide", number,
                )  # fmt: skip


def _periods(tree: Tree) -> Iterator[Fault]:
    yield from faults_of_periods(tree, "decision_rules.*", "versions")
    yield from faults_of_periods(tree, "weights.*.tables", "tables")


def _circles(tree: Tree) -> Iterator[Fault]:
    """A rule that is chosen by itself, however many rules lie between, is never found."""
    chosen: dict[str, set[str]] = {}
    places: dict[str, Path] = {}
    for path, rule in versions(tree):
        named = find(mapping(rule.get("chosen_by")), "rule")
        others = [*find(rule, "chosen_by.outcomes.*"), *find(rule, "chosen_by.otherwise"), *named]
        chosen.setdefault(str(path[1]), set()).update(str(name) for _, name in others)
        places[str(path[1])] = path
    for start in chosen:
        if leads_back(start, chosen):
            yield tree.wrong(
                "circular_reference", f'chosen_by leads from "{start}" back to it',
                "a rule that is known in the end", "", *places[start], "chosen_by",
            )  # fmt: skip


def _chains(tree: Tree) -> Iterator[Fault]:
    """A decision selects a rule that can be put: one outcome says nothing of a second decision."""
    every = [
        (str(path[1]), period_in(rule)) for path, rule in versions(tree) if "chosen_by" in rule
    ]
    for path, rule in versions(tree):
        selects = [*find(rule, "chosen_by.outcomes.*"), *find(rule, "chosen_by.otherwise")]
        for below, name in selects:
            held = [period for other, period in every if other == name != path[1]]
            if any(period.overlaps(period_in(rule)) for period in held):
                yield tree.wrong(
                    "rule_unclear", f'the rule "{name}", which another decision selects again',
                    "a rule with the key decide",
                    f'Give each of the rules that "{name}" leads to an outcome here.',
                    *path, *below,
                )  # fmt: skip


def _no_quorum(tree: Tree) -> Iterator[Fault]:
    """The outcome ``no_quorum`` belongs to the quorum."""
    for path, rule in versions(tree):
        for below, name in find(rule, "decide.[].outcome"):
            if name == NO_QUORUM:
                yield tree.wrong(
                    "reserved_name", 'the outcome "no_quorum" in decide', "the key quorum",
                    "State the quorum; it is tested first. What follows is without_quorum.",
                    *path, *below,
                )  # fmt: skip


CHECKS: tuple[Check, ...] = (
    _whole_rules,
    _periods,
    _circles,
    _chains,
    _no_quorum,
)
