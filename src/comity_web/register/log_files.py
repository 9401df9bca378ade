"""The files that the public record consists of, each made from the database when it is asked for.

They are those of `export_register`, byte for byte. What is read is compared with the levels of
the log above the leaves (`log_tree`) before it is given out; what does not fit is an
`IntegrityError`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from comity.kernel.errors import DataError, Fault, IntegrityError
from comity.register.export import charter_file, table_rows
from comity.register.records import from_bytes
from comity.tlog.hashing import HASH_SIZE, leaf_hash
from comity.tlog.tiles import TILE_HEIGHT, TILE_WIDTH, TileId, encode_bundle
from comity.tlog.upper_levels import UpperLevels
from comity_web.register.editions import RULES_RECORDED
from comity_web.register.log_tree import leaf_hashes, not_covered
from comity_web.register.models import Edition, Entry
from comity_web.serving.whole import joined

_READ_TOGETHER = 4096
_MIRROR = "To have it: comity verify --url <this site> --mirror <folder>"


def tile_bytes(levels: UpperLevels, tile: TileId) -> bytes:
    """Return a tile or an entry bundle of the log, also as narrow as it was earlier.

    One query for leaves or entries, none for the levels above. Raises `DataError` where a log of
    this size has no such tile.
    """
    _check_there(tile, levels.size)
    if tile.level > 0:
        return levels.tile(tile)
    if tile.level == 0:
        return _leaf_tile(levels, tile.index)[: tile.width * HASH_SIZE]
    start, end = _span(tile.index, levels.size)
    rows = Entry.objects.filter(position__gte=start, position__lt=end).order_by("position")
    entries = _checked(levels, tile.index, rows.values_list("leaf", flat=True))
    return encode_bundle(entries[: tile.width], start)


def charter_bytes(levels: UpperLevels, name: str) -> bytes:
    """Return the edition of rules that is kept in a file of this name: three queries.

    Raises `DataError` where no act names such an edition.
    """
    organisation = name.rpartition("-")[0]
    named = _editions_named(organisation, levels.size) if name.isprintable() else {}
    if name not in named:
        known = f"one of {', '.join(named)}" if named else "a file that an act names"
        raise DataError(
            Fault(
                "no_such_rules",
                f'no act names an edition of rules that is kept as "{name[:120]}"',
                known,
                "Each is named by the digest in an act of kind rules_recorded.",
            )
        )
    position, leaf = named[name]
    _check_entry(levels, position, leaf)
    return _edition(_digest(leaf))


def acts_lines(levels: UpperLevels) -> bytes:
    """Return the entries of the log, each followed by a newline: one query.

    Raises `TooLarge` where they come to more than 16 MB.
    """
    return joined((entry + b"\n" for entry in _entries(levels)), advice=_MIRROR)


def acts_table(levels: UpperLevels) -> bytes:
    """Return the acts as a table (CSV): one query; raises `TooLarge` above 16 MB."""
    return joined(table_rows(_entries(levels)), advice=_MIRROR)


def _entries(levels: UpperLevels) -> Iterator[bytes]:
    """Yield all entries; each lot of 256 is compared with the log before its first is given."""
    rows = Entry.objects.filter(position__lt=levels.size).order_by("position")
    leaves = rows.values_list("leaf", flat=True).iterator(chunk_size=_READ_TOGETHER)
    for index in range(-(-levels.size // TILE_WIDTH)):
        yield from _checked(levels, index, islice(leaves, TILE_WIDTH))


def _checked(
    levels: UpperLevels, index: int, leaves: Iterable[bytes | memoryview[int]]
) -> Sequence[bytes]:
    """Return the entries of a bundle; raises `IntegrityError` unless they are those signed."""
    entries = [bytes(each) for each in leaves]
    _check_leaves(levels, index, b"".join([leaf_hash(each) for each in entries]))
    return entries


def _leaf_tile(levels: UpperLevels, index: int) -> bytes:
    """Return the hashes of all leaves that a tile has; those at the right edge are known."""
    if index == levels.size // TILE_WIDTH:
        return levels.edge
    hashes = leaf_hashes(*_span(index, levels.size))
    _check_leaves(levels, index, hashes)
    return hashes


def _check_leaves(levels: UpperLevels, index: int, hashes: bytes) -> None:
    if not levels.are_leaves(index, hashes):
        raise IntegrityError(not_covered(*_span(index, levels.size)))


def _check_entry(levels: UpperLevels, position: int, leaf: bytes) -> None:
    """Raise `IntegrityError` unless this is the entry that was signed."""
    index, place = divmod(position, TILE_WIDTH)
    hashes = _leaf_tile(levels, index)
    if hashes[place * HASH_SIZE : (place + 1) * HASH_SIZE] != leaf_hash(leaf):
        raise IntegrityError(not_covered(position, position + 1))


def _span(index: int, size: int) -> tuple[int, int]:
    """Return the first leaf of a tile of level 0, and the one after its last."""
    return index * TILE_WIDTH, min(size, (index + 1) * TILE_WIDTH)


def _check_there(tile: TileId, size: int) -> None:
    count = size >> TILE_HEIGHT * max(tile.level, 0)
    if tile.index * TILE_WIDTH + tile.width > count:
        what = "entries" if tile.level <= 0 else f"hashes on level {tile.level}"
        raise DataError(
            Fault(
                "no_such_tile",
                f"there is no {tile.path[:120]}",
                f"a file that ends at or before number {count}: the log has {count} {what}",
                "Which files there are follows from the size in log/checkpoint.",
            )
        )


def _editions_named(organisation: str, size: int) -> dict[str, tuple[int, bytes]]:
    """Return the acts that name an organisation's rules, by the files that these are kept in."""
    named = Entry.objects.filter(
        organisation=organisation, kind=RULES_RECORDED, position__lt=size
    ).values_list("position", "leaf")
    acts = [(position, bytes(leaf)) for position, leaf in named]
    return {charter_file(organisation, _digest(leaf)): (position, leaf) for position, leaf in acts}


def _digest(leaf: bytes) -> str:
    try:
        return from_bytes(leaf).detail("digest")
    except DataError:  # altered, and so not the one that is looked for
        return ""


def _edition(digest: str) -> bytes:
    text = Edition.objects.filter(digest=digest).values_list("bundle", flat=True).first() or ""
    raw = text.encode()
    if "sha256:" + hashlib.sha256(raw).hexdigest() != digest:
        found = f"the rules {digest} are missing in the database, or are others"
        raise IntegrityError(Fault("rules_differ", found, "the rules with this digest"))
    return raw
