"""The whole public record as a directory that anyone can keep, check and restore from.

```
register.vkey        the key that checkpoints are signed with (compare it with the published one)
log/                 checkpoint, tiles and entries (docs/reference/log-format.md)
charters/ID-HEX.json every edition of an organisation's rules, named by its digest
acts.jsonl           the entries of the log, one a line
acts.csv             the acts as a table
```
Everything but the key is determined by the entries and the charters, so `verify_export` computes
it again and compares byte by byte. What the register would have refused to record it refuses too.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from comity.charter.bundle import bundle, from_bundle
from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.kernel.canonical import encode
from comity.kernel.dates import parse_instant
from comity.kernel.errors import DataError, Fault, IntegrityError, Place
from comity.kernel.tables import csv_rows
from comity.register.checking import Editions, Sequels, check_acts
from comity.register.records import from_bytes, from_record
from comity.register.register import Register
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.commitment import is_closed, is_closed_entry
from comity.tlog.directory import Verified, verify_directory, write_directory
from comity.tlog.hashing import leaf_hash
from comity.tlog.note import SigningKey, VerifierKey
from comity.tlog.tiles import bundle_ids, decode_bundle
from comity.tlog.tree import Frontier

KEY, LOG, CHARTERS, ACTS, TABLE = "register.vkey", "log", "charters", "acts.jsonl", "acts.csv"
COLUMNS = (
    "position",
    "organisation",
    "id",
    "kind",
    "effective_on",
    "decided_on",
    "recorded_at",
    "parties",
    "body",
    "article",
    "details",
    "place",
    "sources",
    "confidence",
    "note",
)
LAW_LIMIT = 50_000  # acts; the footing of more is checked where it is asked for
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class VerifiedExport:
    """What a verified export holds.

    ``law_checked`` says whether the footing of acts was asked for. It is not known for the
    organisations in ``with_closed``: their public acts may stand on closed ones.
    """

    log: Verified
    register: Register
    editions: tuple[Charter, ...]
    closed: int
    law_checked: bool = True
    with_closed: tuple[str, ...] = ()


def write_export(
    path: Path,
    *,
    entries: Iterable[bytes],
    charters: Iterable[Charter],
    key: SigningKey | None = None,
    signed: str = "",
    verifier: VerifierKey | None = None,
    progress: Progress | None = None,
) -> Checkpoint:
    """Write the record into a new or empty directory, signed with ``key``.

    ``charters`` are all editions that acts of kind ``rules_recorded`` name. Instead of a ``key``,
    the checkpoint that was ``signed`` when the entries were recorded can be given, with its
    ``verifier``: then entries that are not those it covers are an `IntegrityError`.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        fault = Fault("not_empty", f"{path} is there already", "a new name, or an empty directory")
        raise DataError(fault)
    leaves = list(entries)
    if key is not None:
        frontier = Frontier().extend(leaf_hash(each) for each in leaves)
        signed, verifier = Checkpoint.of(key.name, frontier).sign(key), key.verifier
    if verifier is None:
        raise DataError(Fault("unsigned", "an export that nobody signed", "a key, or a note"))
    Checkpoint.open(signed, verifier)
    checkpoint = write_directory(path / LOG, leaves, signed, progress=progress)
    (path / KEY).write_text(f"{verifier}\n")
    for charter in charters:
        target = path / CHARTERS / charter_file(charter.id, charter.digest)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(encode(bundle(charter)))
    with (path / ACTS).open("wb") as lines:
        lines.writelines(each + b"\n" for each in leaves)
    with (path / TABLE).open("wb") as table:
        table.writelines(table_rows(leaves))
    return checkpoint


def charter_file(organisation: str, digest: str) -> str:
    """Return the name of the file that holds one edition of an organisation's rules."""
    return f"{organisation}-{digest.removeprefix('sha256:')[:16]}.json"


def table_rows(entries: Iterable[bytes]) -> Iterator[bytes]:
    """Write entries as rows of CSV (RFC 4180, UTF-8), the first row naming the columns."""
    yield csv_rows([COLUMNS])
    for position, raw in enumerate(entries):
        yield csv_rows([_cells(position, json.loads(raw))])


def _cells(position: int, record: Mapping[str, Any]) -> list[object]:
    if is_closed(record):
        cells = {"id": record["commitment"], "kind": "closed"}
        cells |= {k: record[k] for k in ("organisation", "recorded_at")}
        return [position if name == "position" else cells.get(name) for name in COLUMNS]
    cells = {**record, "position": position, **record.get("authority", {})}
    cells["details"] = encode(record.get("details", {})).decode() if "details" in record else ""
    cells.setdefault("confidence", "high")
    return [cells.get(name) for name in COLUMNS]


# Reading


def verify_export(
    path: Path,
    *,
    key: VerifierKey | None = None,
    earlier: Checkpoint | None = None,
    law: bool | None = None,
    progress: Progress | None = None,
) -> VerifiedExport:
    """Check an export from its entries up and return the register it holds.

    Without ``key`` the one in the export is used: then it proves that nothing was damaged, not
    who signed it. ``law`` asks whether every act has its footing; left out, it is asked of up to
    50,000 acts. Identity, order of time and form are always checked.

    Raises `IntegrityError` naming the leaf or file that is wrong, `DataError` where there is no
    folder of this name.
    """
    if not path.is_dir():
        raise DataError(Fault("no_such_path", f"no folder {path}", "a folder written by export"))
    _check_names(path)
    verifier = read_key(path)
    if key and verifier != key:
        raise IntegrityError(Fault("wrong_key", f"the export names the key {verifier}", str(key)))
    verified = verify_directory(path / LOG, verifier, earlier=earlier, progress=progress)
    return judged(path, verified, *_compare_files(path, verified.size), law=law)


def judged(
    path: Path, verified: Verified, leaves: Sequels, acts: list[Act], *, law: bool | None
) -> VerifiedExport:
    """Check the acts of a verified log by the rules beside it, and return what the export holds."""
    editions = _editions(path, acts)
    with_law = len(acts) <= LAW_LIMIT if law is None else law
    check_acts(acts, editions, leaves, law=with_law)
    return VerifiedExport(
        log=verified,
        register=_register(editions, acts),
        editions=tuple(editions.values()),
        closed=verified.size - len(acts),
        law_checked=with_law,
        with_closed=tuple(sorted(leaves.closed)),
    )


def load_export(path: Path) -> Register:
    """Read the register in an export without checking it; for one that was verified before."""
    with _open(path, ACTS) as lines:
        acts = [
            from_bytes(line, place=Place(ACTS, number))
            for number, line in enumerate(lines, 1)
            if not is_closed_entry(line)
        ]
    return _register(_editions(path, acts), acts)


def read_key(path: Path) -> VerifierKey:
    """Return the key that the export itself names."""
    return parse_key(_read(path, KEY))


def parse_key(content: bytes) -> VerifierKey:
    """Return the key in the bytes of ``register.vkey``; raises `IntegrityError`."""
    raw = content.decode(errors="replace")
    try:
        key = VerifierKey.parse(raw.removesuffix("\n"))
    except DataError as error:
        raise IntegrityError(*(replace(each, place=Place(KEY)) for each in error.faults)) from error
    if raw != f"{key}\n":
        found = "more than a key"
        raise IntegrityError(Fault("malformed_key", found, "one line, a key", place=Place(KEY)))
    return key


def _check_names(path: Path) -> None:
    known = {KEY, LOG, CHARTERS, ACTS, TABLE}
    found = {each.name for each in path.iterdir()} if path.is_dir() else set()
    faults = [
        Fault("missing_file", f"{name} is missing", "a whole export") for name in known - found
    ]
    if not found:
        faults = [Fault("missing_file", f"{path} is no export", "a folder written by export")]
    faults += [
        Fault("unexpected_file", f"{name} does not belong to an export", ", ".join(sorted(known)))
        for name in sorted(found - known)
    ]
    if faults:
        raise IntegrityError(*faults)


def log_entries(path: Path, size: int) -> Iterator[bytes]:
    """Read the entries of a log that was verified."""
    for each in bundle_ids(size):
        yield from decode_bundle(_read(path, f"{LOG}/{each.path}"), each)


def _compare_files(path: Path, size: int) -> tuple[Sequels, list[Act]]:
    """Compare ``acts.jsonl`` and ``acts.csv`` with the log, and read the acts not closed."""
    with _open(path, ACTS) as lines, _open(path, TABLE) as table:
        _compare(table, csv_rows([COLUMNS]), TABLE, 0, "the first row")

        def compare(leaf: int, entry: bytes, row: bytes) -> None:
            _compare(lines, entry + b"\n", ACTS, leaf, f"the line of leaf {leaf}")
            _compare(table, row, TABLE, leaf + 1, f"the row of leaf {leaf}")

        found = _read_entries(path, size, compare)
        for file, name in ((lines, ACTS), (table, TABLE)):
            if file.read(1):
                fault = Fault("unexpected_bytes", f"{name} goes on after the last entry", "its end")
                raise IntegrityError(fault)
    return found


def write_files(path: Path, size: int) -> tuple[Sequels, list[Act]]:
    """Write ``acts.jsonl`` and ``acts.csv`` from a log that was verified, and read its acts."""
    with (path / ACTS).open("wb") as lines, (path / TABLE).open("wb") as table:
        table.write(csv_rows([COLUMNS]))

        def write(_: int, entry: bytes, row: bytes) -> None:
            lines.write(entry + b"\n")
            table.write(row)

        return _read_entries(path, size, write)


def _read_entries(
    path: Path, size: int, each: Callable[[int, bytes, bytes], None]
) -> tuple[Sequels, list[Act]]:
    """Read the acts not closed, telling ``each`` of every leaf, its entry and its row."""
    leaves = Sequels(ACTS)
    acts: list[Act] = []
    for leaf, entry in enumerate(log_entries(path, size)):
        record = _record(entry, leaf)
        if is_closed(record):
            recorded_at = parse_instant(record["recorded_at"])
            leaves.take_closed(leaf, record["organisation"], recorded_at)
        else:
            act = _act(entry, record, leaf)
            leaves.take(leaf, act)
            acts.append(act)
        each(leaf, entry, csv_rows([_cells(leaf, record)]))
    return leaves, acts


def _compare(file: io.BufferedReader, expected: bytes, name: str, line: int, what: str) -> None:
    if file.read(len(expected)) != expected:
        fault = Fault(
            "leaf_differs", f"{what} differs", "what the log says", place=Place(name, line + 1)
        )
        raise IntegrityError(fault)


def _record(entry: bytes, leaf: int) -> dict[str, Any]:
    try:
        record = json.loads(entry)
        spelled = encode(record)
    except (ValueError, RecursionError, DataError) as error:
        found = f"leaf {leaf} is no record: {error}"
        raise IntegrityError(Fault("malformed_json", found, "an act, or a commitment")) from error
    if not isinstance(record, dict) or spelled != entry:
        found = f"leaf {leaf} is not in canonical form"
        raise IntegrityError(Fault("not_canonical", found, "the canonical bytes of an object"))
    return record


def _act(entry: bytes, record: dict[str, Any], leaf: int) -> Act:
    try:
        # What the bytes of a record cannot hold is in ours only if they spell NUL.
        return from_bytes(entry) if b"\\u0000" in entry else from_record(record)
    except DataError as error:
        place = Place(ACTS, leaf + 1)
        faults = [replace(f, found=f"leaf {leaf}: {f.found}", place=place) for f in error.faults]
        raise IntegrityError(*faults) from error


def _register(editions: Editions, acts: Iterable[Act]) -> Register:
    """Build a register under the last edition of each organisation's rules."""
    return Register({charter.id: charter for charter in editions.values()}.values(), acts)


def editions_named(acts: Iterable[Act]) -> list[tuple[str, str]]:
    """Return organisation and digest of each edition of rules that acts name, in their order."""
    return [(a.organisation, a.detail("digest")) for a in acts if a.kind == "rules_recorded"]


def _editions(path: Path, acts: Iterable[Act]) -> dict[tuple[str, str], Charter]:
    """Read every edition of rules that an act names, oldest first; there may be no others."""
    named = editions_named(acts)
    expected = {charter_file(*each) for each in named}
    folder = path / CHARTERS
    found = {each.name for each in folder.iterdir()} if folder.is_dir() else set()
    if expected != found:
        odd = sorted(expected ^ found)[0]
        state = "is missing" if odd in expected else "is named by no act"
        place = Place(f"{CHARTERS}/{odd}")
        raise IntegrityError(
            Fault("charter_differs", f"the file {state}", "a file an edition", place=place)
        )
    in_order = dict.fromkeys(reversed(named))  # an edition that came back is the last again
    return {each: _charter(path, *each) for each in reversed(in_order)}


def _charter(path: Path, organisation: str, recorded: str) -> Charter:
    name = f"{CHARTERS}/{charter_file(organisation, recorded)}"
    raw = _read(path, name)
    place = Place(name)
    found = "sha256:" + hashlib.sha256(raw).hexdigest()
    if found != recorded:
        fault = Fault("charter_differs", f"it has the digest {found}", recorded, place=place)
        raise IntegrityError(fault)
    try:
        charter = from_bundle(json.loads(raw), file=name, recorded=recorded)
    except (ValueError, RecursionError, DataError) as error:
        fault = Fault("charter_differs", f"it cannot be read: {error}", "a charter", place=place)
        raise IntegrityError(fault) from error
    if charter.id != organisation:
        fault = Fault("charter_differs", f"rules of {charter.id}", organisation, place=place)
        raise IntegrityError(fault)
    return charter


def _read(path: Path, name: str) -> bytes:
    with _open(path, name) as file:
        return file.read()


def _open(path: Path, name: str) -> io.BufferedReader:
    try:
        return (path / name).open("rb")
    except OSError as error:
        found = f"the file cannot be read ({error.strerror})"
        raise IntegrityError(Fault("missing_file", found, "a file", place=Place(name))) from error
