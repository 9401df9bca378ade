"""A log as a directory of files (checkpoint, tiles, entry bundles): written, extended, verified.

The directory holds the files that the size in the checkpoint calls for, and no others, so what is
missing and what was slipped in is found by comparing names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from comity.kernel.errors import DataError, Fault, IntegrityError, Place
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.hashing import HASH_SIZE, leaf_hash
from comity.tlog.note import MAX_NOTE_BYTES, VerifierKey, unverified_text
from comity.tlog.tile_reader import TileReader
from comity.tlog.tiles import (
    ENTRIES,
    MAX_BUNDLE_BYTES,
    TILE_HEIGHT,
    TILE_WIDTH,
    TileId,
    TileStream,
    bundle_ids,
    check_tile,
    decode_bundle,
    encode_bundle,
    enumerate_batches,
    readable_entries,
    tile_ids,
)

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the number of entries done and the number in all."""

CHECKPOINT = "checkpoint"
_SHOWN_FILES = 20


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verified directory was found to hold; ``earlier`` is the checkpoint it continues."""

    checkpoint: Checkpoint
    files: int
    earlier: Checkpoint | None = None

    @property
    def size(self) -> int:
        """The number of entries."""
        return self.checkpoint.size

    @property
    def root(self) -> bytes:
        """The root over all entries, computed from them."""
        return self.checkpoint.root


def write_directory(
    path: Path, entries: Iterable[bytes], signed: str, *, progress: Progress | None = None
) -> Checkpoint:
    """Write a whole log with its signed checkpoint into a new or empty directory.

    The checkpoint is written last, and only if the entries have the size and root it states.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise DataError(
            Fault("not_empty", f"{path} is there already", "a new name, or an empty directory")
        )
    return _write(path, TileStream(), (), entries, signed, progress)


def extend_directory(
    path: Path, entries: Iterable[bytes], signed: str, *, progress: Progress | None = None
) -> Checkpoint:
    """Add the entries that follow those in the directory, and replace the checkpoint.

    An interrupted extension leaves the old checkpoint and is repaired by doing it again.
    """
    old = Checkpoint.parse(unverified_text(_read_checkpoint(path)))
    reader = TileReader(old.size, lambda name: (path / name).read_bytes())
    stream = reader.stream()
    if stream.frontier().root() != old.root:
        raise IntegrityError(
            Fault(
                "root_differs",
                "the tiles at the right edge do not have the root of the checkpoint",
                old.root.hex(),
                "Verify the directory before extending it.",
                place=Place(CHECKPOINT),
            )
        )
    kept = reader.bundle(old.size // TILE_WIDTH) if old.size % TILE_WIDTH else ()
    checkpoint = _write(path, stream, kept, entries, signed, progress)
    _remove_outdated(path, old.size, checkpoint.size)
    return checkpoint


def verify_directory(
    path: Path,
    verifier: VerifierKey | Sequence[VerifierKey],
    *,
    earlier: Checkpoint | None = None,
    progress: Progress | None = None,
) -> Verified:
    """Recompute a log from its entries and check files, hashes, root and signature.

    ``earlier`` is a checkpoint seen before (already opened): the log must begin with exactly the
    entries it stood for. Raises `IntegrityError` naming the first leaf or the file that is wrong.
    """
    keys = (verifier,) if isinstance(verifier, VerifierKey) else tuple(verifier)
    checkpoint = Checkpoint.open(_read_checkpoint(path), *keys)
    if earlier is not None:
        check_earlier(earlier, checkpoint)
    files = _check_files(path, checkpoint.size)
    _Verification(path, checkpoint, earlier).run(progress)
    return Verified(checkpoint, files, earlier)


@dataclass(slots=True)
class _Verification:
    """One pass over the entries, in memory never more than a bundle and the open tiles."""

    path: Path
    checkpoint: Checkpoint
    earlier: Checkpoint | None
    stream: TileStream = field(default_factory=TileStream)
    mismatch: _Mismatch | None = None

    def run(self, progress: Progress | None) -> None:
        for bundle in bundle_ids(self.checkpoint.size):
            raw = _read(self.path, bundle.path, MAX_BUNDLE_BYTES)
            hashes = [leaf_hash(each) for each in self._decode(bundle, raw)]
            self._compare_earlier(bundle.first_leaf, hashes)
            self._compare(self.stream.add(b"".join(hashes)))
            if progress:
                progress(self.stream.size, self.checkpoint.size)
        self._compare_earlier(self.checkpoint.size, [])
        self._compare(self.stream.unfinished())
        root = self.stream.frontier().root()
        if self.mismatch:
            raise IntegrityError(self.mismatch.fault(root == self.checkpoint.root))
        if root != self.checkpoint.root:
            raise IntegrityError(_wrong_root(self.checkpoint, root))

    def _decode(self, bundle: TileId, raw: bytes) -> list[bytes]:
        """Read a bundle. Where a wrong length breaks it, say at which leaf that began."""
        try:
            return decode_bundle(raw, bundle)
        except IntegrityError as broken:
            tile = TileId(0, bundle.index, bundle.width)
            known = _read(self.path, tile.path, TILE_WIDTH * HASH_SIZE)
            for number, entry in enumerate(readable_entries(raw, bundle.width)[0]):
                if leaf_hash(entry) != known[number * HASH_SIZE : (number + 1) * HASH_SIZE]:
                    differs = _Mismatch(tile, number, number * HASH_SIZE).fault(False)
                    raise IntegrityError(differs, *broken.faults) from broken
            raise

    def _compare(self, computed: list[tuple[TileId, bytes]]) -> None:
        for tile, expected in computed:
            found = check_tile(tile, _read(self.path, tile.path, TILE_WIDTH * HASH_SIZE))
            if found != expected and self.mismatch is None:
                at = next(n for n in range(len(found)) if found[n] != expected[n])
                self.mismatch = _Mismatch(tile, at // HASH_SIZE, at)

    def _compare_earlier(self, first: int, hashes: list[bytes]) -> None:
        """Compare the root at the earlier size, when this lot of entries reaches it."""
        old = self.earlier
        if old is None or not first <= old.size < first + max(len(hashes), 1):
            return
        root = self.stream.frontier().extend(hashes[: old.size - first]).root()
        if root != old.root and self.mismatch is None:
            raise IntegrityError(
                Fault(
                    "not_consistent",
                    f"the first {old.size} entries have the root {root.hex()}",
                    f"{old.root.hex()}, as the earlier checkpoint states",
                    "The log was rewritten since: keep both checkpoints, together they prove it.",
                )
            )


@dataclass(frozen=True, slots=True)
class _Mismatch:
    """The first hash in a tile that is not what the entries below it give."""

    tile: TileId
    number: int
    byte: int

    def fault(self, entries_are_signed: bool) -> Fault:
        """Say what differs. If the entries have the signed root, it is the tile that is wrong."""
        leaves = self._leaves()
        if entries_are_signed or self.tile.level > 0:
            return Fault(
                "tile_differs",
                f"byte {self.byte} is not of the hash over {leaves}",
                "the hash computed from the entries",
                "The entries have the signed root: only this tile is damaged."
                if entries_are_signed
                else "The entries do not have the signed root either: they were changed.",
                place=Place(self.tile.path),
            )
        bundle = TileId(ENTRIES, self.tile.index, self.tile.width)
        return Fault(
            "leaf_differs",
            f"{leaves} does not have the hash that stands in {self.tile.path}",
            "the entry that was signed",
            "The entries do not have the signed root: the entry was changed.",
            place=Place(bundle.path),
        )

    def _leaves(self) -> str:
        width = 1 << TILE_HEIGHT * self.tile.level
        first = (self.tile.index * TILE_WIDTH + self.number) * width
        return f"leaf {first}" if width == 1 else f"leaves {first} to {first + width - 1}"


def check_earlier(earlier: Checkpoint, checkpoint: Checkpoint) -> None:
    """Check that a checkpoint can come after an earlier one: the same log, and not smaller."""
    if earlier.origin != checkpoint.origin:
        raise IntegrityError(
            Fault(
                "wrong_origin",
                f'the earlier checkpoint is of the log "{earlier.origin}"',
                f'"{checkpoint.origin}"',
            )
        )
    if earlier.size > checkpoint.size:
        raise IntegrityError(
            Fault(
                "log_shrank",
                f"the log has {checkpoint.size} entries",
                f"at least {earlier.size}, which the earlier checkpoint states",
            )
        )


def _check_files(path: Path, size: int) -> int:
    """Compare the names of files with those a log of this size consists of."""
    expected = _expected_files(size)
    found = {
        each.relative_to(path).as_posix()
        for each in path.rglob("*")
        if each.is_symlink() or not each.is_dir()
    }
    faults = [
        Fault("missing_file", "the file is missing", "a file", place=Place(name))
        for name in sorted(expected - found)
    ] + [
        Fault(
            "unexpected_file",
            "the file does not belong to the log",
            f"only what a log of {size} entries consists of",
            place=Place(name),
        )
        for name in sorted(found - expected)
    ]
    if len(faults) > _SHOWN_FILES:
        more = len(faults) - _SHOWN_FILES
        faults[_SHOWN_FILES:] = [Fault("more_faults", f"and {more} more files of this sort")]
    if faults:
        raise IntegrityError(*faults)
    return len(expected)


def _expected_files(size: int) -> set[str]:
    return {CHECKPOINT} | {each.path for each in chain(tile_ids(size), bundle_ids(size))}


def _wrong_root(checkpoint: Checkpoint, root: bytes) -> Fault:
    return Fault(
        "root_differs",
        f"the {checkpoint.size} entries have the root {root.hex()}",
        f"{checkpoint.root.hex()}, which was signed",
        "Entries and tiles agree with one another: both were replaced after signing. Compare with "
        "another copy of the log to find the first leaf that differs.",
    )


def _write(
    path: Path,
    stream: TileStream,
    kept: Sequence[bytes],
    entries: Iterable[bytes],
    signed: str,
    progress: Progress | None,
) -> Checkpoint:
    """Write the bundles and tiles that change, then the checkpoint, if it fits them."""
    checkpoint = Checkpoint.parse(unverified_text(signed))
    start, known = stream.size - len(kept), len(kept)
    for index, batch in enumerate_batches(chain(kept, entries), start):
        bundle = TileId(ENTRIES, index, len(batch))
        _save(path, bundle.path, encode_bundle(batch, bundle.first_leaf))
        added = b"".join([leaf_hash(each) for each in batch[known:]])
        known = 0
        for tile, raw in stream.add(added):
            _save(path, tile.path, raw)
        if progress:
            progress(stream.size, checkpoint.size)
    for tile, raw in stream.unfinished():
        _save(path, tile.path, raw)
    _check_fits(checkpoint, stream)
    _save(path, CHECKPOINT, signed.encode())
    return checkpoint


def _check_fits(checkpoint: Checkpoint, stream: TileStream) -> None:
    frontier = stream.frontier()
    if (frontier.size, frontier.root()) != (checkpoint.size, checkpoint.root):
        raise IntegrityError(
            Fault(
                "checkpoint_differs",
                f"{frontier.size} entries with the root {frontier.root().hex()}",
                f"{checkpoint.size} entries with the root {checkpoint.root.hex()}, as signed",
            )
        )


def _save(path: Path, name: str, raw: bytes) -> None:
    """Write a file beside its place and move it there, so that no half file is ever seen."""
    target = path / name
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.new")
    beside.write_bytes(raw)
    beside.replace(target)


def _remove_outdated(path: Path, old_size: int, size: int) -> None:
    """Remove partial files which the larger log has replaced by fuller ones."""
    for name in _expected_files(old_size) - _expected_files(size):
        target = path / name
        target.unlink(missing_ok=True)
        if not any(target.parent.iterdir()):
            target.parent.rmdir()


def _read_checkpoint(path: Path) -> bytes:
    return _read(path, CHECKPOINT, MAX_NOTE_BYTES)


def _read(path: Path, name: str, limit: int) -> bytes:
    """Read a file of at most ``limit`` bytes; one more is enough to see that it is too long."""
    place = Place(name)
    try:
        with (path / name).open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        found = f"the file cannot be read ({error.strerror})"
        advice = f"Is {path} the directory of a log?" if name == CHECKPOINT else ""
        raise IntegrityError(Fault("missing_file", found, "a file", advice, place=place)) from error
    if len(raw) > limit:
        found = f"the file has more than {limit} bytes"
        raise IntegrityError(Fault("file_too_large", found, f"at most {limit}", place=place))
    return raw
