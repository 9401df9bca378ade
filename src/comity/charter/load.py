"""Read a charter from its folder or from a self-contained case; all faults at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

from comity.charter.build import build
from comity.charter.checks import entries, faults_of_meaning
from comity.charter.model import Charter
from comity.charter.parts import (
    CODELISTS,
    DECISIONS,
    PROCEDURES,
    RULES,
    TRANSLATIONS,
    TREATIES,
    Parts,
)
from comity.charter.structure import faults_of_form
from comity.charter.writing import FORMAT, as_data
from comity.decision.read import FILE as DECISIONS_NAME
from comity.decision.read import read_rules
from comity.decision.rules import Rules
from comity.decision.tree import Known, texts
from comity.kernel import documents
from comity.kernel.canonical import digest
from comity.kernel.documents import Document
from comity.kernel.errors import DataError, Fault, Place, did_you_mean
from comity.kernel.trees import Part, mapping
from comity.procedure.model import Procedures
from comity.procedure.read import faults_of as faults_of_procedures
from comity.procedure.read import read_procedures
from comity.treaty.model import Treaties
from comity.treaty.read import read_treaties

FILES = {
    "parties": Path("codelists", "parties.yaml"),
    "territories": Path("codelists", "territories.yaml"),
    "sources": Path("sources.yaml"),
}
LANGUAGES = Path(TRANSLATIONS)
DECISIONS_FILE = Path(DECISIONS_NAME)
PROCEDURES_FILE = Path(f"{PROCEDURES}.yaml")
TREATIES_FILE = Path(f"{TREATIES}.yaml")
# What a self-contained case may use without defining it.
LENIENT = frozenset({"articles", "bodies", "rights", "sources"})


def load(folder: Path) -> Charter:
    """Read the charter in ``organisations/<id>/``; raises `DataError` with all its faults.

    ``codelists/``, ``translations/``, ``sources.yaml``, ``decisions.yaml``, ``procedures.yaml`` and
    ``treaties.yaml`` may be absent. Acts and cases are not read here.
    """
    faults = _files_unknown(folder)
    rules = _read(folder / "charter.yaml", faults)
    lists = {
        name: Part(document)
        for name, file in FILES.items()
        if (folder / file).exists() and (document := _read(folder / file, faults))
    }
    if translations := translation_files(folder):
        lists[TRANSLATIONS] = Part(_together(translations, faults))
    decisions = _beside(folder / DECISIONS_FILE, faults)
    procedures = _beside(folder / PROCEDURES_FILE, faults)
    treaties = _beside(folder / TREATIES_FILE, faults)
    if rules is None or faults:
        raise DataError(*faults)
    return of_parts(
        Parts(Part(rules), lists, decisions=decisions, procedures=procedures, treaties=treaties)
    )


def _beside(file: Path, faults: list[Fault]) -> Part | None:
    document = _read(file, faults) if file.exists() else None
    return Part(document) if document else None


def translation_files(folder: Path) -> list[Path]:
    """Return the files of translations in an organisation's folder, each named by its language."""
    return sorted((folder / LANGUAGES).glob("*.yaml"))


def _together(files: list[Path], faults: list[Fault]) -> Document:
    """Return the translations of all files by language; each value keeps the place in its file."""
    languages: dict[str, Any] = {}
    places: dict[tuple[str | int, ...], Place] = {(): Place(str(files[0].parent))}
    for file in files:
        document = _read(file, faults)
        if document is not None:
            languages[file.stem] = document.data
            above = (TRANSLATIONS, file.stem)
            places[above] = Place(str(file))
            places |= {(*above, *path): place for path, place in document.places.items()}
    return Document(str(files[0].parent), {TRANSLATIONS: languages}, places)


def _files_unknown(folder: Path) -> list[Fault]:
    """Name files that nobody would read, because they are misspelt."""
    known = [file.name for file in FILES.values() if file.parent.name == "codelists"]
    lists = sorted((folder / "codelists").glob("*.y*ml"))
    languages = sorted((folder / LANGUAGES).glob("*.yml"))
    return [
        *(_unknown_file(each, "code lists", known) for each in lists if each.name not in known),
        *(_unknown_file(each, "translations", [f"{each.stem}.yaml"]) for each in languages),
    ]


def _unknown_file(file: Path, among: str, known: list[str]) -> Fault:
    found = f"the file {file.name} among the {among}"
    advice = did_you_mean(file.name, known)
    expected = f"one of {', '.join(known)}" if len(known) > 1 else known[0]
    return Fault("unknown_file", found, expected, advice, place=Place(str(file)))


def _read(path: Path, faults: list[Fault]) -> Document | None:
    try:
        return documents.read(path)
    except DataError as error:
        faults.extend(error.faults)
        return None


def load_inline(document: Document, *path: str | int, extra_parties: Iterable[str] = ()) -> Charter:
    """Read the charter that a self-contained case brings; raises `DataError` with all its faults.

    ``path`` leads to the mapping with the key ``charter`` and, beside it, ``parties``,
    ``territories``, ``sources`` and ``decisions``, all but the first optional. ``extra_parties``
    are the codes that the case's acts name: they are parties too. ``format`` may be left out, and
    so may ``articles``, ``bodies`` and ``rights``: what a rule names is then defined by being
    named.
    """
    case = mapping(Part(document, path).data)
    if RULES not in case:
        fault = Fault(
            "missing_key",
            'no key "charter"',
            "the rules of the case",
            place=Part(document, path).place(),
        )
        raise DataError(fault)
    data = case[RULES]
    rules = {"format": FORMAT, **data} if isinstance(data, dict) else data
    lists = {
        name: Part(_alone(document, path, name, {name: case[name]}))
        for name in CODELISTS
        if name in case
    }
    charter = Part(_under(document, (*path, RULES), rules))
    decisions = None
    if DECISIONS in case:
        decisions = Part(_under(document, (*path, DECISIONS), case[DECISIONS]))
    return of_parts(Parts(charter, lists, LENIENT, frozenset(extra_parties), decisions))


def _under(document: Document, path: tuple[str | int, ...], data: object) -> Document:
    """Return what stands below ``path`` as a document of its own, with its places."""
    depth = len(path)
    places = {each[depth:]: at for each, at in document.places.items() if each[:depth] == path}
    return Document(document.file, data, places)


def _alone(document: Document, path: tuple[str | int, ...], name: str, data: object) -> Document:
    """Return one key of a case as a document of its own, as if it were a file."""
    depth = len(path)
    places = {
        each[depth:]: at
        for each, at in document.places.items()
        if each[: depth + 1] == (*path, name)
    }
    places[()] = document.place(*path)
    return Document(document.file, data, places)


def of_parts(parts: Parts) -> Charter:
    """Check and build the charter that the parts hold; raises `DataError` with all faults."""
    faults = [*faults_of_form(parts), *faults_of_meaning(parts), *_named_twice(parts)]
    decisions = _decisions(parts, faults)
    procedures = _procedures(parts, decisions, faults)
    treaties = _treaties(parts, faults)
    if faults:
        raise DataError(*sorted(faults, key=_position))
    charter = build(parts.tree(), extra_parties=parts.extra_parties)
    charter = replace(charter, decisions=decisions, procedures=procedures, treaties=treaties)
    return replace(charter, digest=digest(as_data(charter)))


def _decisions(parts: Parts, faults: list[Fault]) -> Rules | None:
    """Read the decision rules, which name articles, bodies and parties of the charter."""
    if parts.decisions is None:
        return None
    try:
        return read_rules(parts.decisions, known=_known(parts))
    except DataError as error:
        faults += error.faults
        return None


def _procedures(parts: Parts, decisions: Rules | None, faults: list[Fault]) -> Procedures | None:
    """Read the procedures, whose roles may be offices and statuses of the charter."""
    if parts.procedures is None:
        return None
    tree = parts.tree()
    known = replace(_known(parts), roles=entries(tree, "offices") | entries(tree, "statuses"))
    if parts.decisions is not None and decisions is None:
        faults += faults_of_procedures(parts.procedures, None, known=known)
        return None
    try:
        return read_procedures(parts.procedures, decisions, known=known)
    except DataError as error:
        faults += error.faults
        return None


def _treaties(parts: Parts, faults: list[Fault]) -> Treaties | None:
    """Read the treaties, whose classes may be the members of a body or of the organisation."""
    if parts.treaties is None:
        return None
    known, own = _known(parts), mapping(parts.tree().get("organisation")).get("id")
    known = replace(known, bodies={*(known.bodies or ()), *texts(own)})
    try:
        return read_treaties(parts.treaties, known=known)
    except DataError as error:
        faults += error.faults
        return None


def _known(parts: Parts) -> Known:
    tree = parts.tree()
    lenient = {name for name in parts.lenient if not tree.get(name)}
    return Known(
        articles=None if "articles" in lenient else entries(tree, "articles"),
        bodies=entries(tree, "bodies"),
        members=entries(tree, "parties") | parts.extra_parties,
    )


def _named_twice(parts: Parts) -> Iterator[Fault]:
    every = (parts.decisions, parts.procedures, parts.treaties)
    beside = [part for part in every if part is not None]
    for part, key in product(beside, ("names", "short_names")):
        if key in mapping(part.data):
            found = f'"{key}" of the organisation beside its charter'
            expected = "the names in the charter alone"
            yield Fault("named_twice", found, expected, place=part.place(key))


def _position(fault: Fault) -> tuple[str, int, int]:
    place = fault.place or Place("")
    return place.file, place.line, place.column
