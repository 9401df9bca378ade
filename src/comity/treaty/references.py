"""Check the names that treaties use: of classes, weights, countings, treaties, articles, bodies."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from comity.decision.tree import Tree, leads_back, texts
from comity.kernel.errors import Fault
from comity.kernel.trees import Path, find, mapping
from comity.treaty.model import ALL, CLASSES, CONSENTS, SIGNATORIES, TOTAL
from comity.treaty.tree import conditions, starts, steps, treaties

ANYONE = "anyone"
DECLARED = "declared"
RESERVED = (*CLASSES, ANYONE, DECLARED, TOTAL, CONSENTS)
RELATIONS = ("amends", "part_of", "protocol_to", "replaces")

# Where treaties name classes, and what else may be named there.
_CLASSES = {
    "signature.by": (ANYONE,),
    "consents.[].by": (ANYONE,),
    "consents.[].accepted_by.each": (),
    "consents.[].accepted_by.among": (),
    "for_parties.[].among": (ALL,),
    "for_parties.[].without": (),
    "binds": (ALL,),
    "provisional.by": (ALL, DECLARED),
    "withdrawal.with": (ALL,),
}

_IN_TESTS = {"consents": (ALL,), "every": (ALL,), "without": (), "of": (ALL, TOTAL, CONSENTS)}


def _classes(tree: Tree) -> Iterator[Fault]:
    for path, name, more in _classes_named(tree):
        known = {*tree.entries("classes"), SIGNATORIES, *more}
        if name not in known:
            yield tree.unknown("class", name, known, *path)


def _classes_named(tree: Tree) -> Iterator[tuple[Path, str, Collection[str]]]:
    for pattern in ("*.any_of", "*.without", "*.largest.among"):
        for below, value in find(tree.entries("classes"), pattern):
            for name in texts(value):
                yield ("classes", *below), name, (ALL,) if below[-1] == "among" else ()
    for path, treaty in treaties(tree):
        for pattern, more in _CLASSES.items():
            for below, value in find(treaty, pattern):
                for name in texts(value):
                    yield (*path, *below), name, more
    for path, condition, _ in conditions(tree):
        for key, more in _IN_TESTS.items():
            for name in texts(condition.get(key)):
                yield (*path, key), name, more


def _weights(tree: Tree) -> Iterator[Fault]:
    known = tree.entries("weights")
    places = [
        (("classes", *below), name)
        for pattern in ("*.having.weight", "*.largest.weight")
        for below, name in find(tree.entries("classes"), pattern)
    ]
    for path, condition, _ in conditions(tree):
        places += [((*path, key), condition.get(key)) for key in ("weight", "of_weight")]
    yield from _not_in(tree, "weight", known, places)


def _not_in(
    tree: Tree, kind: str, known: Collection[str], places: list[tuple[Path, Any]]
) -> Iterator[Fault]:
    for path, name in places:
        if isinstance(name, str) and name not in known:
            yield tree.unknown(kind, name, known, *path)


def _countings(tree: Tree) -> Iterator[Fault]:
    places = [((*path, "counting"), treaty.get("counting")) for path, treaty in treaties(tree)]
    places += [((*path, "counting"), step.get("counting")) for path, step in steps(tree)]
    yield from _not_in(tree, "counting", tree.entries("countings"), places)


def _treaties(tree: Tree) -> Iterator[Fault]:
    places = [
        (("classes", *below), name) for below, name in find(tree.entries("classes"), "*.parties_of")
    ]
    for path, treaty in treaties(tree):
        places += [((*path, key), treaty.get(key)) for key in RELATIONS]
    places += [((*path, "in_force"), each.get("in_force")) for path, each, _ in conditions(tree)]
    for path, since, _, _ in starts(tree):
        places.append(((*path, "in_force"), mapping(since).get("in_force")))
    yield from _not_in(tree, "treaty", tree.entries("treaties"), places)


def _newcomers(tree: Tree) -> Iterator[Fault]:
    for path, treaty in treaties(tree):
        if "binds_newcomers" in treaty and "amends" not in treaty:
            yield tree.wrong(
                "missing_key", 'binds_newcomers without "amends"', 'the key "amends"',
                "Newcomers come to the treaty that is amended.", *path, "binds_newcomers",
            )  # fmt: skip


def _articles(tree: Tree) -> Iterator[Fault]:
    """Where articles are defined, here or in a charter, every article named is one of them."""
    own = tree.entries("articles")
    if tree.known.articles is None and not own:
        return
    known = {*own, *(tree.known.articles or ())}
    places = [((*path, "article"), each.get("article")) for path, each, _ in conditions(tree)]
    for path, treaty in treaties(tree):
        for pattern in ("*.article", "*.[].article"):
            places += [((*path, *below), name) for below, name in find(treaty, pattern)]
    yield from _not_in(tree, "article", known, places)


def _from_the_charter(tree: Tree) -> Iterator[Fault]:
    """Bodies and parties, where the charter around the treaties defines them."""
    classes = tree.entries("classes")
    if tree.known.bodies is not None:
        places = [(("classes", *below), name) for below, name in find(classes, "*.members_of")]
        yield from _not_in(tree, "body", tree.known.bodies, places)
    if tree.known.members is not None:
        listed = [(("classes", *b), each) for b, each in find(classes, "*.parties.[]")]
        listed += [(("classes", *b), b[-1]) for b, _ in find(classes, "*.spells.*")]
        yield from _not_in(tree, "member", tree.known.members, listed)


def _reserved(tree: Tree) -> Iterator[Fault]:
    for name in tree.entries("classes"):
        if name in RESERVED:
            yield tree.wrong(
                "reserved_name", f'a class called "{name}"', "another name",
                f'"{name}" has a meaning of its own in every treaty.', "classes", name,
            )  # fmt: skip


def _circles(tree: Tree) -> Iterator[Fault]:
    classes = {
        name: {
            *texts(mapping(each).get("any_of")), *texts(mapping(each).get("without")),
            *texts(mapping(mapping(each).get("largest")).get("among")),
        }
        for name, each in tree.entries("classes").items()
    }  # fmt: skip
    for name in classes:
        if leads_back(name, classes):
            yield _circle(tree, f'the class "{name}" contains itself', "classes", name)
    for key in RELATIONS:
        graph = {str(path[1]): texts(treaty.get(key)) for path, treaty in treaties(tree)}
        for name in graph:
            if leads_back(name, graph):
                yield _circle(tree, f'{key} leads from "{name}" back to it', "treaties", name, key)
    waiting: dict[str, list[str]] = {}
    for path, condition, _ in conditions(tree):
        waiting.setdefault(str(path[1]), []).extend(texts(condition.get("in_force")))
    for name in waiting:
        if leads_back(name, waiting):
            found = f'"{name}" waits to be in force until it is in force'
            yield _circle(tree, found, "treaties", name, "enters_into_force", "when")


def _circle(tree: Tree, found: str, *path: str | int) -> Fault:
    return tree.wrong("circular_reference", found, "one that ends", "Cut the circle.", *path)


REFERENCES = (
    _classes,
    _weights,
    _countings,
    _treaties,
    _newcomers,
    _articles,
    _from_the_charter,
    _reserved,
    _circles,
)
