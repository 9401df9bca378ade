"""Read a charter from its folder or from a self-contained case; all faults at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from comity.charter.build import build
from comity.charter.checks import faults_of_meaning
from comity.charter.model import Charter
from comity.charter.parts import CODELISTS, RULES, Part, Parts, mapping
from comity.charter.structure import faults_of_form
from comity.charter.writing import FORMAT, as_data
from comity.kernel import documents
from comity.kernel.canonical import digest
from comity.kernel.documents import Document
from comity.kernel.errors import DataError, Fault, Place, did_you_mean

FILES = {
    "parties": Path("codelists", "parties.yaml"),
    "territories": Path("codelists", "territories.yaml"),
    "sources": Path("sources.yaml"),
}
# What a self-contained case may use without defining it.
LENIENT = frozenset({"articles", "bodies", "rights", "sources"})


def load(folder: Path) -> Charter:
    """Read the charter in ``organisations/<id>/``; raises `DataError` with all its faults.

    ``codelists/`` and ``sources.yaml`` may be absent. Acts and cases are not read here.
    """
    faults = _files_unknown(folder)
    rules = _read(folder / "charter.yaml", faults)
    lists = {
        name: Part(document)
        for name, file in FILES.items()
        if (folder / file).exists() and (document := _read(folder / file, faults))
    }
    if rules is None or faults:
        raise DataError(*faults)
    return of_parts(Parts(Part(rules), lists))


def _files_unknown(folder: Path) -> list[Fault]:
    """Name code lists that nobody would read, because the name of the file is misspelt."""
    known = [file.name for file in FILES.values() if file.parent.name == "codelists"]
    return [
        Fault(
            "unknown_file",
            f"the file {file.name} among the code lists",
            f"one of {', '.join(known)}",
            did_you_mean(file.name, known),
            place=Place(str(file)),
        )
        for file in sorted((folder / "codelists").glob("*.y*ml"))
        if file.name not in known
    ]


def _read(path: Path, faults: list[Fault]) -> Document | None:
    try:
        return documents.read(path)
    except DataError as error:
        faults.extend(error.faults)
        return None


def load_inline(document: Document, *path: str | int, extra_parties: Iterable[str] = ()) -> Charter:
    """Read the charter that a self-contained case brings; raises `DataError` with all its faults.

    ``path`` leads to the mapping with the key ``charter`` and, beside it, ``parties``,
    ``territories`` and ``sources``, all but the first optional. ``extra_parties`` are the codes
    that the case's acts name: they are parties too. ``format`` may be left out, and so may
    ``articles``, ``bodies`` and ``rights``: what a rule names is then defined by being named.
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
    return of_parts(Parts(charter, lists, LENIENT, frozenset(extra_parties)))


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
    faults = [*faults_of_form(parts), *faults_of_meaning(parts)]
    if faults:
        raise DataError(*sorted(faults, key=_position))
    charter = build(parts.tree(), extra_parties=parts.extra_parties)
    return replace(charter, digest=digest(as_data(charter)))


def _position(fault: Fault) -> tuple[str, int, int]:
    place = fault.place or Place("")
    return place.file, place.line, place.column
