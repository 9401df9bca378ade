"""Read procedures and calendars from data; all faults at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from comity.decision import read as decisions
from comity.decision.rules import Rules
from comity.decision.tree import NOTHING_KNOWN, Known
from comity.kernel import documents
from comity.kernel.documents import Document
from comity.kernel.errors import DataError, Fault, Place
from comity.kernel.trees import Part, mapping
from comity.procedure.building import build_procedures
from comity.procedure.checks import faults_of_meaning
from comity.procedure.model import Procedures
from comity.procedure.structure import faults_of_form
from comity.procedure.tree import Tree

SECTIONS = ("format", "articles", "roles", "documents", "calendars", "procedures")


def read_file(path: Path, *, known: Known = NOTHING_KNOWN) -> Procedures:
    """Read one file of procedures, with the decision rules that stand in it.

    Where none do, those of ``decisions.yaml`` in the same folder hold, if it is there. Raises
    `DataError` with all faults of both.
    """
    source = Part(documents.read(path))
    beside = path.parent / decisions.FILE
    if "decision_rules" in mapping(source.data) or not beside.exists():
        return read_procedures(source, known=known)
    try:
        rules = decisions.read_file(beside, known=known)
    except DataError as error:
        faults = faults_of(source, None, known=known)
        raise DataError(*sorted([*error.faults, *faults], key=_position)) from error
    return read_procedures(source, rules, known=known)


def read_procedures(
    source: Document | Part, rules: Rules | None = None, *, known: Known = NOTHING_KNOWN
) -> Procedures:
    """Read procedures; raises `DataError` with all their faults.

    Decision rules stand beside the procedures in the same document, or are given. ``known`` are the
    names that the charter around them defines: articles, bodies, and what may be a role.
    """
    part = source if isinstance(source, Part) else Part(source)
    own = rules is None
    faults: list[Fault] = []
    if rules is None:
        try:
            rules = _rules(part, known)
        except DataError as error:
            faults += error.faults
    faults += faults_of(part, rules, known=known, own=own)
    if faults or rules is None:
        raise DataError(*sorted(faults, key=_position))
    return build_procedures(part.data, rules)


def faults_of(
    part: Part, rules: Rules | None, *, known: Known = NOTHING_KNOWN, own: bool = False
) -> list[Fault]:
    """Return the faults of the sections of procedures.

    ``rules`` is ``None`` where the decision rules could not be read; what only they define is then
    not asked for. ``own`` rules stand in the same document.
    """
    others = {*decisions.SECTIONS} - {*SECTIONS}
    if own and "decision_rules" in mapping(part.data):
        part = _only(part, [key for key in part.data if key not in others])
    return [*faults_of_form(part), *faults_of_meaning(_tree(part, rules, known, own=own))]


def _tree(part: Part, rules: Rules | None, known: Known, *, own: bool) -> Tree:
    sections = mapping(part.data)
    elsewhere = {*(known.articles or ()), *(rules.articles if rules else ())}
    unsaid = known.articles is None and not elsewhere and "articles" not in sections
    any_article = unsaid or (rules is None and not own)
    bodies = {*(known.bodies or ()), *(rules.bodies if rules else ())}
    return Tree(
        part,
        rules,
        articles=None if any_article else {*mapping(sections.get("articles")), *elsewhere},
        bodies=None if known.bodies is None or rules is None else bodies,
        roles=known.roles,
    )


def _only(part: Part, names: Collection[str]) -> Part:
    """Return the part with some of its sections; what is no mapping stays to be told."""
    if not isinstance(part.data, dict):
        return part
    data: Any = {key: each for key, each in part.data.items() if key in names}
    for step in reversed(part.path):
        data = {step: data}
    return Part(Document(part.document.file, data, part.document.places), part.path)


def _rules(part: Part, known: Known) -> Rules:
    data = mapping(part.data)
    if "decision_rules" not in data:
        return Rules({})
    own = mapping(data.get("articles"))
    if own:
        known = replace(known, articles=[*(known.articles or ()), *own])
    wanted = [each for each in decisions.SECTIONS if each not in ("format", "articles")]
    return decisions.read_rules(_only(part, wanted), known=known)


def _position(fault: Fault) -> tuple[str, int, int]:
    place = fault.place or Place("")
    return place.file, place.line, place.column
