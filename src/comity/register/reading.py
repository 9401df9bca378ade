"""Organisations as folders of data: the charter, and the acts in ``acts/*.yaml``.

In a file an act is written as a lawyer would: ``party`` for one party, the fields of its kind
beside the common ones, a common ``recorded_at`` at the top (``docs/reference/acts.md``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from comity.charter.load import load as load_charter
from comity.charter.load import translation_files
from comity.charter.model import Charter
from comity.kernel import documents
from comity.kernel.act import Act
from comity.kernel.dates import format_instant
from comity.kernel.documents import Document
from comity.kernel.errors import DataError, Fault, Place, did_you_mean, unknown
from comity.register.kinds import KINDS
from comity.register.records import FIELDS, from_record, to_record
from comity.register.register import Register
from comity.register.texts import stale_translations, texts_of

PathInFile = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class ActRead:
    """An act read from a file, and where it stands."""

    act: Act
    place: Place


def find_organisations(root: Path) -> list[Path]:
    """Return the folders of organisations at or below ``root``: those with a ``charter.yaml``."""
    if (root / "charter.yaml").exists():
        return [root]
    return sorted(path.parent for path in root.glob("*/charter.yaml"))


def read_organisation(folder: Path) -> tuple[Charter, list[Act]]:
    """Read the charter and the acts in a folder; raises `DataError` or `Refusal` with all faults.

    Every act is checked as if it were recorded now, and its faults carry their places.
    """
    charter = load_charter(folder)
    read, faults = _read_files(sorted(folder.glob("acts/*.yaml")), charter.id)
    earliest = min((each.act.recorded_at for each in read), default=None)
    recorded = rules_act(charter, otherwise=earliest)
    first = [ActRead(recorded, Place(str(folder / "charter.yaml")))] if recorded else []
    acts = _checked(charter, [*first, *read], faults)
    if stale := stale_translations(charter, acts):
        raise DataError(*_stale_faults(folder, stale, acts))
    return charter, acts


def read_register(root: Path, *organisations: str) -> Register:
    """Read organisations below a folder into one register.

    ``organisations`` are the names of their folders; none means all. Acts come in the order of
    their recording. Raises `DataError` or `Refusal` with the faults of all organisations at once.
    """
    folders = [root / each for each in organisations] or find_organisations(root)
    if not folders:
        expected = "folders with a charter.yaml below it"
        raise DataError(Fault("no_organisation", f"no organisation in {root}", expected))
    charters: list[Charter] = []
    acts: list[Act] = []
    faults: list[Fault] = []
    for folder in folders:
        try:
            charter, read = read_organisation(folder)
        except DataError as error:
            faults += error.faults
        else:
            charters.append(charter)
            acts += read
    if faults:
        raise DataError(*faults)
    return Register(charters, sorted(acts, key=lambda act: act.recorded_at))


def check_acts(folder: Path, document: Document) -> list[Act]:
    """Read further acts for the organisation in a folder, as if they were recorded now.

    Raises `DataError` or `Refusal` with the places of all faults in the document.
    """
    charter, recorded = read_organisation(folder)
    read, faults = _acts_file(document, charter.id)
    if faults:
        raise DataError(*faults)
    places = {each.act.id: each.place for each in read}
    fresh = [each.act for each in read]
    found = Register([charter], recorded).faults(fresh)
    if found:
        raise DataError(*(replace(f, place=f.place or places.get(f.act)) for f in found))
    return fresh


def acts_in(
    document: Document, path: PathInFile, organisation: str, *, recorded_at: str = ""
) -> tuple[list[ActRead], list[Fault]]:
    """Read the list of acts at ``path`` of a document; returns what could be read, and the faults.

    ``recorded_at`` is the instant of acts that give none; left out, it is the start of their day
    of effect.
    """
    items = _at(document.data, path)
    if not isinstance(items, list):
        expected = "a list of acts"
        return [], [
            Fault("wrong_type", "acts that are no list", expected, place=document.place(*path))
        ]
    read: list[ActRead] = []
    faults: list[Fault] = []
    for number, item in enumerate(items):
        place = document.place(*path, number)
        try:
            record = plain_record(item, organisation, recorded_at)
            read.append(ActRead(from_record(record, place=place), place))
        except DataError as error:
            faults += [replace(fault, place=fault.place or place) for fault in error.faults]
    return read, faults


def plain_record(item: object, organisation: str, recorded_at: str = "") -> dict[str, Any]:
    """Return an act as written in a file in the form of a record; raises `DataError`."""
    if not isinstance(item, dict):
        raise DataError(Fault("malformed_act", f"an act that is {item!r:.60}", "fields of an act"))
    record: dict[str, Any] = {"organisation": organisation}
    details: dict[str, Any] = {}
    for key, value in item.items():
        if key == "party":
            record["parties"] = [value]
        elif key in FIELDS:
            record[key] = value
        else:
            details[key] = value
    record.setdefault("recorded_at", recorded_at or _start_of(record.get("effective_on")))
    changes = details.get("changes")
    for dated in (record, *_dicts(record.get("alternatives")), *_dicts([changes])):
        _years_as_text(dated)
    for key in ("id", "kind", "effective_on"):
        near = get_close_matches(key, details, n=1) if key not in record else []
        if near:
            found, expected = f'unknown field "{near[0]}"', f'"{key}"'
            raise DataError(Fault("unknown_field", found, expected, f'Did you mean "{key}"?'))
    record["details"] = _with_texts(record.get("kind"), details)
    if "confidence" in record and record["confidence"] == "high":
        del record["confidence"]
    return record


def _years_as_text(dated: dict[str, Any]) -> None:
    """A bare year in a file reads as a number; let it be the date it is meant to be."""
    for key in ("effective_on", "decided_on"):
        if isinstance(dated.get(key), int):
            dated[key] = str(dated[key])


def _with_texts(kind: object, details: dict[str, Any]) -> dict[str, Any]:
    """Let a bare year stand where the kind wants a date."""
    declared = KINDS.get(kind) if isinstance(kind, str) else None
    dates = {f.name for f in declared.fields if f.holds in ("date", "day")} if declared else set()
    return {
        key: str(value) if key in dates and isinstance(value, int) else value
        for key, value in details.items()
    }


def _start_of(effective_on: object) -> str:
    text = str(effective_on)
    return f"{text + '-01-01'[: 10 - len(text)] if len(text) < 10 else text}T00:00:00Z"


def _dicts(value: object) -> Sequence[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _at(data: Any, path: PathInFile) -> Any:
    for step in path:
        data = data[step]
    return data


def _read_files(paths: Sequence[Path], organisation: str) -> tuple[list[ActRead], list[Fault]]:
    read: list[ActRead] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            document = documents.read(path)
        except DataError as error:
            faults += error.faults
            continue
        found, wrong = _acts_file(document, organisation)
        read += found
        faults += wrong
    return read, faults


def _acts_file(document: Document, organisation: str) -> tuple[list[ActRead], list[Fault]]:
    data = document.data
    if not isinstance(data, dict) or "acts" not in data:
        fault = Fault("wrong_type", "no acts", "recorded_at and acts", place=document.place())
        return [], [fault]
    extra = [key for key in data if key not in ("recorded_at", "acts")]
    faults = [
        replace(unknown("key", key, ["recorded_at", "acts"]), place=document.place(key))
        for key in extra
    ]
    recorded_at = str(data.get("recorded_at", ""))
    items = data["acts"] if isinstance(data["acts"], list) else []
    if not recorded_at and any("recorded_at" not in each for each in _dicts(items)):
        found = "acts without a moment of recording"
        advice = "Write it once at the top of the file: when the register learns of these acts."
        faults.append(
            Fault("missing_field", found, "recorded_at: an instant", advice, document.place())
        )
        return [], faults
    read, wrong = acts_in(document, ("acts",), organisation, recorded_at=recorded_at)
    return read, faults + wrong


def _checked(charter: Charter, read: list[ActRead], faults: list[Fault]) -> list[Act]:
    """Check acts against the charter and one another; faults get the places of their acts."""
    places = {each.act.id: each.place for each in read}
    acts = sorted((each.act for each in read), key=lambda act: act.recorded_at)
    found = Register([charter]).faults(acts)
    placed = [replace(fault, place=fault.place or places.get(fault.act)) for fault in found]
    if faults or placed:
        raise DataError(*faults, *placed)
    return acts


def _stale_faults(
    folder: Path, stale: Iterable[tuple[str, str]], acts: Sequence[Act]
) -> Iterator[Fault]:
    files = {file.stem: file for file in translation_files(folder)}
    said = [text for act in acts for text in texts_of(act)]
    for language, text in stale:
        yield Fault(
            "stale_translation",
            f'the text "{text[:80]}" stands in no rule and in no act',
            "a text exactly as it stands there",
            did_you_mean(text, said),
            place=documents.read(files[language]).place(text),
        )


def rules_act(charter: Charter, *, otherwise: datetime | None = None) -> Act | None:
    """Return the act that records an edition of the rules.

    Its instant is that of the edition, ``otherwise`` where the charter gives none; without
    either there is no act.
    """
    instant = charter.recorded_at or otherwise
    if instant is None:
        return None
    recorded_at = format_instant(instant)
    record = {
        "id": f"rules-{charter.digest.removeprefix('sha256:')[:16]}",
        "organisation": charter.id,
        "kind": "rules_recorded",
        "effective_on": recorded_at[:10],
        "recorded_at": recorded_at,
        "details": {"digest": charter.digest},
    }
    return from_record(record)


def not_recorded_yet(register: Register, charter: Charter, acts: Sequence[Act]) -> list[Act]:
    """Return those of an organisation's acts that the register does not hold yet.

    Raises `DataError` for an act that reads otherwise than it was recorded: the record is not
    rewritten, a mistake is mended by an act of kind ``corrected``.
    """
    known = {record.charter.id: record for record in register.organisations}.get(charter.id)
    fresh: list[Act] = []
    faults: list[Fault] = []
    for act in acts:
        if known is None or act.id not in known:
            fresh.append(act)
        elif to_record(known.recorded_act(act.id)) != to_record(act):
            found = "the act reads otherwise than it was recorded"
            expected = "the act as recorded"
            advice = "Record a correction (kind: corrected) instead of editing the act."
            faults.append(Fault("rewritten_act", found, expected, advice, act=act.id))
    if faults:
        raise DataError(*faults)
    return fresh
