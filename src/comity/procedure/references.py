"""Check the names that procedures use: of stages, rules, positions, roles, documents, articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.decision.model import PositionTable
from comity.kernel.errors import Fault
from comity.kernel.trees import Path, find, mapping
from comity.procedure.model import ACTORS, COUNTED
from comity.procedure.tree import Tree, listed, steps, texts, versions


def _stages(tree: Tree) -> Iterator[Fault]:
    for path, procedure in versions(tree):
        stages = mapping(procedure.get("stages"))
        leading: list[tuple[Path, Any]] = [(("starts",), procedure.get("starts"))]
        leading += [
            ((*below, "to"), step["to"]) for below, step in steps(procedure) if "to" in step
        ]
        unknown = [each for each in leading if each[1] not in [*stages]]
        for below, name in unknown:
            if isinstance(name, str):
                yield tree.unknown("stage", name, stages, *path, *below)
        # Where a name is wrong, it may be the one that was meant to lead there.
        if not unknown:
            yield from _unreachable(tree, stages, {name for _, name in leading}, path)


def _unreachable(
    tree: Tree, stages: dict[str, Any], reached: set[Any], path: Path
) -> Iterator[Fault]:
    for name in stages:
        if name not in reached:
            yield tree.wrong(
                "stage_unreachable", f'nothing leads to the stage "{name}"',
                "an event, a deadline or an outcome with it", "", *path, "stages", name,
            )  # fmt: skip


def _documents(tree: Tree) -> Iterator[Fault]:
    known = tree.entries("documents")
    for path, procedure in versions(tree):
        for below, step in steps(procedure):
            for name in texts(step.get("issues")):
                if name not in known:
                    yield tree.unknown("document", name, known, *path, *below, "issues")


def _named_once(tree: Tree) -> Iterator[Fault]:
    """Calendars, rules and bodies that procedures and stages name."""
    calendars = tree.entries("calendars")
    for path, procedure in versions(tree):
        name = procedure.get("calendar")
        if isinstance(name, str) and name not in calendars:
            yield tree.unknown("calendar", name, calendars, *path, "calendar")
        if tree.bodies is not None:
            for below, body in find(procedure, "stages.*.body"):
                if isinstance(body, str) and body not in tree.bodies:
                    yield tree.unknown("body", body, tree.bodies, *path, *below)
        yield from _rules_named(tree, path, procedure)


def _rules_named(tree: Tree, path: Path, procedure: dict[str, Any]) -> Iterator[Fault]:
    if tree.rules is None:
        return
    places = [(("rule",), procedure.get("rule")), *find(procedure, "stages.*.rule")]
    places += [
        ((*below, "decide", "rule"), mapping(step.get("decide")).get("rule"))
        for below, step in steps(procedure)
    ]
    for below, name in places:
        if isinstance(name, str) and name not in tree.rules.versions:
            yield tree.unknown("rule", name, tree.rules.versions, *path, *below)
    for stage, below, decide in _decisions(procedure):
        if not (decide.get("rule") or stage.get("rule") or procedure.get("rule")):
            yield tree.wrong(
                "missing_rule", "a decision asked of no rule", "the key rule",
                "Name it there, at the stage or at the procedure.", *path, *below,
            )  # fmt: skip


def _decisions(procedure: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Path, dict[str, Any]]]:
    stages = mapping(procedure.get("stages"))
    for below, step in steps(procedure):
        if isinstance(step.get("decide"), dict):
            yield mapping(stages.get(str(below[1]))), (*below, "decide"), step["decide"]


def _outcomes(tree: Tree) -> Iterator[Fault]:
    for path, procedure in versions(tree):
        for _, below, decide in _decisions(procedure):
            answers = listed(decide.get("outcomes"))
            for number, answer in enumerate(answers):
                yield from _outcome(
                    tree, answer, number == len(answers) - 1, (*path, *below), number
                )


def _outcome(tree: Tree, answer: Any, last: bool, path: Path, number: int) -> Iterator[Fault]:
    if not isinstance(answer, dict):
        return
    for name in texts(answer.get("outcome")):
        if tree.rules is not None and name not in tree.rules.outcomes:
            known = tree.rules.outcomes
            yield tree.unknown("outcome", name, known, *path, "outcomes", number, "outcome")
    always = "outcome" not in answer and "when" not in answer
    if always != last:
        found = "the last outcome is not for any" if last else "an answer that is always given"
        yield tree.wrong(
            "outcomes_incomplete", found, "outcome or when at every answer but the last",
            "What follows any other outcome stands last, alone.", *path, "outcomes", number,
        )  # fmt: skip


def _articles(tree: Tree) -> Iterator[Fault]:
    known = tree.articles
    if known is None:
        return
    for path, procedure in versions(tree):
        places = [*find(procedure, "article"), *find(procedure, "stages.*.article")]
        for below, step in steps(procedure):
            places.append(((*below, "article"), step.get("article")))
            places += [((*below, *more), each) for more, each in find(step, "when.[].article")]
            places += [((*below, *more), each) for more, each in find(step, "suspends.[]")]
        for below, name in places:
            if isinstance(name, str) and name not in known:
                yield tree.unknown("article", name, known, *path, *below)


def _suspensions(tree: Tree) -> Iterator[Fault]:
    """An article can be set aside only where a condition rests on it."""
    for path, procedure in versions(tree):
        every = [*steps(procedure)]
        rests = {str(each) for _, step in every for _, each in find(step, "when.[].article")}
        for below, step in every:
            for more, article in find(step, "suspends.[]"):
                if isinstance(article, str) and article not in rests:
                    yield tree.wrong(
                        "nothing_to_suspend", f'no condition has the article "{article}"',
                        "an article of a condition of this procedure", "",
                        *path, *below, *more,
                    )  # fmt: skip


def _actors(tree: Tree) -> Iterator[Fault]:
    roles = tree.known_roles()
    for section in ("roles",):
        for name in tree.entries(section):
            if name in {*ACTORS, *COUNTED}:
                yield tree.wrong(
                    "reserved_name", f'a role called "{name}"', "another name",
                    f'"{name}" has a meaning of its own in every procedure.', section, name,
                )  # fmt: skip
    if tree.rules is None:  # which may define further roles
        return
    for path, procedure in versions(tree):
        for below, step in steps(procedure):
            for key in ("by", "without"):
                for name in texts(step.get(key)):
                    if name not in {*ACTORS, *roles}:
                        yield tree.unknown("actor", name, {*ACTORS, *roles}, *path, *below, key)
            for more, name in find(step, "when.[].count"):
                if isinstance(name, str) and name not in {*COUNTED, *roles}:
                    known = {*COUNTED, *roles}
                    yield tree.unknown("count", name, known, *path, *below, *more)


def _words(tree: Tree) -> Iterator[Fault]:
    """Positions and classes, by the tables of the rules under which the stage may decide."""
    for path, procedure in versions(tree):
        every = _tables(tree, procedure, {})
        for name in texts(procedure.get("objections")):
            classes = {each for table in every for each in _classes(table)}
            if every and name not in classes:
                yield tree.unknown("class", name, classes, *path, "objections")
        for below, step in steps(procedure):
            stage = mapping(mapping(procedure.get("stages")).get(str(below[1])))
            tables = _tables(tree, procedure, stage)
            word = step.get("position")
            words = {each for table in tables for each in table.positions}
            if tables and isinstance(word, str) and word not in words:
                yield tree.unknown("position", word, words, *path, *below, "position")
            classes = {each for table in tables for each in _classes(table)}
            for number, condition in enumerate(listed(step.get("when"))):
                for name in texts(mapping(condition).get("counts_as")):
                    if tables and name not in classes:
                        at = (*path, *below, "when", number, "counts_as")
                        yield tree.unknown("class", name, classes, *at)


def _tables(
    tree: Tree, procedure: dict[str, Any], stage: dict[str, Any]
) -> tuple[PositionTable, ...]:
    """Return the tables of the rule of a stage, of every version and of all that it may select."""
    if tree.rules is None:
        return ()
    found: list[PositionTable] = []
    front, seen = {str(stage.get("rule") or procedure.get("rule") or "")}, set[str]()
    while front:
        name = front.pop()
        seen.add(name)
        for rule in tree.rules.versions.get(name, ()):
            if rule.table is not None:
                found.append(rule.table)
            if rule.chosen_by is not None:
                chosen = rule.chosen_by
                front |= {*chosen.outcomes.values(), chosen.otherwise} - seen
    return tuple(found)


def _classes(table: PositionTable) -> set[str]:
    return {each.counts_as for each in table.positions.values()} - {""}


REFERENCES = (
    _stages,
    _documents,
    _named_once,
    _outcomes,
    _articles,
    _suspensions,
    _actors,
    _words,
)
