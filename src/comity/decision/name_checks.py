"""Check that what decision rules name is there: positions, classes, weights and other rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.decision.model import ALL, BASES, COMPARATORS, MEMBERS, OUTCOMES, PARTICIPANTS
from comity.decision.tables import faults_of_weights
from comity.decision.tree import Check, Tree, conditions, texts, versions
from comity.kernel.errors import Fault
from comity.kernel.trees import Path, find, mapping


def _names(tree: Tree) -> Iterator[Fault]:
    rules, tables = tree.entries("decision_rules"), tree.entries("position_tables")
    bodies = tree.known.bodies
    groups = {*tree.entries("groups"), *tree.known.groups, ALL}
    for path, rule in versions(tree):
        if isinstance(name := rule.get("positions"), str) and name not in tables:
            yield tree.unknown("position table", name, tables, *path, "positions")
        elector = mapping(rule.get("electorate"))
        if isinstance(name := elector.get("among"), str) and name not in groups:
            yield tree.unknown("group", name, groups, *path, "electorate", "among")
        roles = {*tree.entries("roles"), *tree.known.roles}
        for name in texts(elector.get("without")):
            if name not in roles:
                yield tree.unknown("role", name, roles, *path, "electorate", "without")
        for below, name in _rules_named(rule):
            if isinstance(name, str) and name not in rules:
                yield tree.unknown("rule", name, rules, *path, *below)
        known_bodies = {*tree.entries("bodies"), *(bodies or ())}
        bodies_named = [*find(rule, "decide.[].then.body"), *find(rule, "without_quorum.body")]
        for below, name in bodies_named:
            if isinstance(name, str) and name not in known_bodies:
                yield tree.unknown("body", name, known_bodies, *path, *below)


def _rules_named(rule: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    for pattern in (
        "decide.[].then.rule",
        "without_quorum.rule",
        "chosen_by.rule",
        "chosen_by.outcomes.*",
        "chosen_by.otherwise",
    ):
        yield from find(rule, pattern)


def _articles(tree: Tree) -> Iterator[Fault]:
    """Where articles are defined, here or in a charter, every article named is one of them."""
    own = tree.entries("articles")
    if tree.known.articles is None and not own:
        return
    known = {*own, *(tree.known.articles or ())}
    places = [*find(tree.sections, "decision_rules.*.~.article")]
    places += [*find(tree.sections, "decision_rules.*.~.decide.[].article")]
    places += [*find(tree.sections, "position_tables.*.article")]
    places += [((*path, "article"), each.get("article")) for path, each, _ in conditions(tree)]
    for path, name in places:
        if isinstance(name, str) and name not in known:
            yield tree.unknown("article", name, known, *path)


def _outcomes(tree: Tree) -> Iterator[Fault]:
    known = {*OUTCOMES, *tree.entries("outcomes")}
    for name in tree.entries("outcomes"):
        if name in OUTCOMES:
            yield tree.wrong(
                "reserved_name", f'an outcome called "{name}"', "another name",
                "Every file has this outcome already.", "outcomes", name,
            )  # fmt: skip
    for path, rule in versions(tree):
        places = list(find(rule, "decide.[].outcome"))
        chosen = mapping(mapping(rule.get("chosen_by")).get("outcomes"))
        places += [(("chosen_by", "outcomes", name), name) for name in chosen]
        for below, name in places:
            if isinstance(name, str) and name not in known:
                yield tree.unknown("outcome", name, known, *path, *below)


def _tables(tree: Tree) -> Iterator[Fault]:
    for name, table in tree.entries("position_tables").items():
        positions = mapping(mapping(table).get("positions"))
        path = ("position_tables", name)
        for key in ("silent", "unlisted", "order"):
            for word in texts(mapping(table).get(key)):
                if word not in positions:
                    yield tree.unknown("position", word, positions, *path, key)
        classes: set[str] = {
            name for _, name in find(positions, "*.counts_as") if isinstance(name, str)
        }
        for below, counts_as in find(positions, "*.counts_as"):
            if counts_as in (*BASES, PARTICIPANTS):
                yield _reserved(tree, counts_as, *path, "positions", *below)
        for word in mapping(mapping(table).get("classes")):
            if word not in classes:
                yield tree.unknown("class", word, classes, *path, "classes", word)
    for section in ("groups", "weights"):
        if ALL in tree.entries(section):
            yield _reserved(tree, ALL, section, ALL)


def _reserved(tree: Tree, name: str, *path: str | int) -> Fault:
    return tree.wrong(
        "reserved_name", f'something called "{name}"', "another name",
        f'"{name}" has a meaning of its own in every test.', *path,
    )  # fmt: skip


def _classes(tree: Tree) -> Iterator[Fault]:
    weights = tree.entries("weights")
    groups = {*tree.entries("groups"), *tree.known.groups, ALL}
    for path, condition, rule in conditions(tree):
        table = tree.entries("position_tables").get(str(rule.get("positions")))
        classes = [name for _, name in find(table, "positions.*.counts_as")]
        known = {*(each for each in classes if isinstance(each, str)), *BASES}
        fewest = [
            (key, mapping(condition[key]).get("fewest_with"))
            for key in COMPARATORS
            if isinstance(condition.get(key), dict)
        ]
        places = [((), condition), *(((key, "fewest_with"), mapping(each)) for key, each in fewest)]
        for below, each in places:
            for key in ("votes", "other_than", "of"):
                for name in texts(each.get(key)):
                    if table is not None and name not in known:
                        yield tree.unknown("class", name, known, *path, *below, key)
                    elif name in BASES and len(texts(each[key])) > 1:
                        yield tree.wrong(
                            "test_unclear", f'"{name}" among classes', f'"{name}" alone',
                            "It holds members of several classes already.", *path, *below, key,
                        )  # fmt: skip
            for key in ("group", "of_group"):
                group = each.get(key)
                if isinstance(group, str) and group not in groups:
                    yield tree.unknown("group", group, groups, *path, *below, key)
            weight = each.get("weight")
            if isinstance(weight, str) and weight not in weights:
                yield tree.unknown("weight", weight, weights, *path, *below, "weight")


def _binds(tree: Tree) -> Iterator[Fault]:
    """A decision binds members, participants, or those of classes that the table has."""
    for path, rule in versions(tree):
        table = tree.entries("position_tables").get(str(rule.get("positions")))
        classes = {str(name) for _, name in find(table, "positions.*.counts_as")}
        for below, value in [(("binds",), rule.get("binds")), *find(rule, "decide.[].binds")]:
            for name in texts(value):
                if name in (MEMBERS, PARTICIPANTS):
                    if len(texts(value)) > 1:
                        yield tree.wrong(
                            "rule_unclear", f'"{name}" among classes', f'"{name}" alone',
                            "It holds members of several classes already.", *path, *below,
                        )  # fmt: skip
                elif table is not None and name not in classes:
                    known = {*classes, MEMBERS, PARTICIPANTS}
                    yield tree.unknown("class", name, known, *path, *below)


CHECKS: tuple[Check, ...] = (
    _names,
    _articles,
    _outcomes,
    _tables,
    _classes,
    _binds,
    faults_of_weights,
)
