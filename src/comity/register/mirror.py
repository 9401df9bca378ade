"""A copy of a served record, byte for byte its export, which grows and is proved each time.

What is copied is put together beside the old copy and verified as a whole; only then does it take
its place. So a copy is always whole, and whoever serves a rewritten log cannot touch it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from comity.kernel.errors import DataError, Fault, IntegrityError, Place
from comity.register.export import (
    CHARTERS,
    KEY,
    LOG,
    Progress,
    VerifiedExport,
    charter_file,
    editions_named,
    judged,
    read_key,
    write_files,
)
from comity.register.served import Fetch, Served, most_bytes
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.directory import CHECKPOINT, verify_directory
from comity.tlog.note import VerifierKey
from comity.tlog.tiles import bundle_ids, tile_ids

MOST_ENTRIES = 10_000_000
_MAX_CHARTER_BYTES = 32_000_000
_CHARTER = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}-[0-9a-f]{16}\.json")
File: TypeAlias = tuple[str, int]
"""A path of the export, and how many bytes it may have there."""
Spread: TypeAlias = Callable[[Callable[[File], None], Iterable[File]], Iterator[None]]
"""Does one thing for each of many, like ``map``: perhaps several at a time."""


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What was copied and verified.

    ``before`` is the checkpoint of the copy that it continues, ``fetched`` how many files of the
    log were not there yet.
    """

    found: VerifiedExport
    key: VerifierKey
    before: Checkpoint | None
    fetched: int


def mirror(
    fetch: Fetch,
    path: Path,
    *,
    key: VerifierKey | None = None,
    earlier: bytes | None = None,
    law: bool | None = None,
    spread: Spread = map,
    progress: Progress | None = None,
) -> Mirrored:
    """Copy a served record to ``path``, or bring the copy there up to date, and verify all of it.

    Of a copy that is there its key is expected, and the log must have grown from its checkpoint;
    only files it has not are fetched. ``earlier`` is a further signed checkpoint. ``progress`` is
    told of files fetched, then of entries verified. Raises `IntegrityError` or `DataError`; then
    what was at ``path`` is as it was.
    """
    path = path.resolve()
    kept = _Kept.read(path)
    pinned = _pinned(key, kept)
    notes = tuple(each for each in (kept and kept.note, earlier) if each)
    served = Served.open(fetch, key=pinned, earlier=notes)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as workspace:
        draft = _Draft(Path(workspace, "new"), served, path if kept else None)
        fetched = draft.fill(spread, progress)
        found = draft.verify(law, spread, progress)
        _put_in_place(draft.path, path, aside=Path(workspace, "old"))
    before = served.earlier[0] if kept else None
    return Mirrored(found, served.key, before, fetched)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A copy from earlier: its key and its signed checkpoint."""

    key: VerifierKey
    note: bytes

    @classmethod
    def read(cls, path: Path) -> _Kept | None:
        """Return what is at ``path``, ``None`` where nothing is; raises for anything else."""
        if not path.exists() or (path.is_dir() and not any(path.iterdir())):
            return None
        checkpoint = path / LOG / CHECKPOINT
        if not checkpoint.is_file() or not (path / KEY).is_file():
            found = f"{path} is there, and is no copy of a record"
            raise DataError(Fault("not_empty", found, "a copy from earlier, or a new name"))
        return cls(read_key(path), checkpoint.read_bytes())


def _pinned(key: VerifierKey | None, kept: _Kept | None) -> VerifierKey | None:
    if key and kept and key != kept.key:
        found = f"the copy from earlier is signed with the key {kept.key}"
        raise IntegrityError(Fault("wrong_key", found, f"{key}", place=Place(KEY)))
    return key or (kept.key if kept else None)


@dataclass(frozen=True, slots=True)
class _Draft:
    """The copy while it is made, with the files that ``old`` has already."""

    path: Path
    served: Served
    old: Path | None

    def fill(self, spread: Spread, progress: Progress | None) -> int:
        """Bring the files of the log here; return how many were fetched."""
        size = self.served.checkpoint.size
        if size > MOST_ENTRIES:
            found, expected = f"a log of {size} entries", f"at most {MOST_ENTRIES} to be copied"
            raise DataError(Fault("too_large", found, expected, "Prove single acts instead."))
        tiles = chain(bundle_ids(size), tile_ids(size))
        fetched = self._bring(
            [(f"{LOG}/{each.path}", most_bytes(each)) for each in tiles], spread, progress
        )
        self._save(f"{LOG}/{CHECKPOINT}", self.served.note)
        self._save(KEY, f"{self.served.key}\n".encode())
        return fetched

    def verify(self, law: bool | None, spread: Spread, progress: Progress | None) -> VerifiedExport:
        """Verify the log from its entries up, then write and check what follows from them."""
        served = self.served
        earlier = max(served.earlier, key=lambda each: each.size, default=None)
        try:
            log = verify_directory(self.path / LOG, served.key, earlier=earlier, progress=progress)
            leaves, acts = write_files(self.path, log.size)
            names = [_harmless(charter_file(*each)) for each in editions_named(acts)]
            rules = [(f"{CHARTERS}/{each}", _MAX_CHARTER_BYTES) for each in dict.fromkeys(names)]
            self._bring(rules, spread, None)
            return judged(self.path, log, leaves, acts, law=law)
        except IntegrityError as error:
            raise IntegrityError(*(self._told(each) for each in error.faults)) from error

    def _bring(self, files: Iterable[File], spread: Spread, progress: Progress | None) -> int:
        missing = [each for each in files if not self._copied(each[0])]
        for number, _ in enumerate(spread(self._fetch, missing), 1):
            if progress:
                progress(number, len(missing))
        return len(missing)

    def _copied(self, name: str) -> bool:
        """Take a file over from the old copy; its name says what has to be in it."""
        if self.old is None or not (self.old / name).is_file():
            return False
        self._save(name, (self.old / name).read_bytes())
        return True

    def _fetch(self, file: File) -> None:
        name, most = file
        try:
            self._save(name, self.served.fetch(name, most))
        except LookupError as error:
            raise IntegrityError(
                Fault(
                    "missing_file",
                    "nothing is served here",
                    f"a file that the log of {self.served.checkpoint.size} entries calls for",
                    "If the record was just replaced by a newer one, try again.",
                    place=Place(str(error.args[0])),
                )
            ) from error

    def _save(self, name: str, raw: bytes) -> None:
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raw)

    def _told(self, fault: Fault) -> Fault:
        """Say whose file is wrong, where it was not fetched."""
        file = fault.place.file if fault.place else ""
        name = file if file.startswith(f"{CHARTERS}/") else f"{LOG}/{file}"
        if not self.old or not (self.old / name).is_file():
            return fault
        own = "This file is of the copy from earlier, which was damaged: begin a new copy."
        return replace(fault, advice=own)


def _harmless(name: str) -> str:
    """Return the name of a file that an act brought with it, unless it would lead elsewhere."""
    if not _CHARTER.fullmatch(name):
        found = f'an act names rules that would be kept in "{name[:120]}"'
        expected = "an organisation and sixteen hexadecimal digits of a digest"
        raise IntegrityError(Fault("charter_differs", found, expected))
    return name


def _put_in_place(new: Path, path: Path, *, aside: Path) -> None:
    """Let the new copy take the place of the old one, which comes back if it cannot."""
    before = path.exists()
    if before:
        path.rename(aside)
    try:
        new.rename(path)
    except OSError:
        if before:
            aside.rename(path)
        raise
