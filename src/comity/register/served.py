"""A record that is served somewhere, read with nothing trusted but the key.

How it is read is the caller's matter: ``fetch`` returns the bytes at a path of the export, such as
``log/checkpoint``. A site serves it, and so does any web server that shows an exported folder.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias
from urllib.parse import quote

from comity.kernel.act import Act
from comity.kernel.errors import DataError, Fault, IntegrityError, Place, UnknownName
from comity.register.export import KEY, LOG, parse_key
from comity.register.records import from_bytes
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.commitment import is_closed_entry
from comity.tlog.directory import CHECKPOINT, check_earlier
from comity.tlog.hashing import HASH_SIZE, leaf_hash
from comity.tlog.note import MAX_NOTE_BYTES, VerifierKey
from comity.tlog.proofs import verify_consistency, verify_inclusion
from comity.tlog.proven_tiles import ProvenTiles
from comity.tlog.tiles import ENTRIES, MAX_ENTRY_BYTES, TileId
from comity.tlog.tlog_proof import MAX_PROOF_BYTES, TlogProof

Fetch: TypeAlias = Callable[[str, int], bytes]
"""Returns the bytes at a path, at most so many.

Raises `LookupError` with the address where nothing is there.
"""

PROOF = "en/{organisation}/acts/{act}/proof.tlog-proof"
"""Where a site gives the proof of an act; a plain folder has none."""
_MAX_KEY_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class Served:
    """A served log under its checkpoint, whose signature and right edge were verified.

    ``earlier`` are the checkpoints from which it was shown to have grown.
    """

    fetch: Fetch
    key: VerifierKey
    note: bytes
    checkpoint: Checkpoint
    tiles: ProvenTiles = field(repr=False)
    earlier: tuple[Checkpoint, ...] = ()

    @classmethod
    def open(
        cls, fetch: Fetch, *, key: VerifierKey | None = None, earlier: tuple[bytes, ...] = ()
    ) -> Served:
        """Read key and checkpoint, and prove that the log has grown from earlier checkpoints.

        Without ``key`` the one that is served is used. Raises `IntegrityError` for what is not
        the log of that key, or was rewritten; `DataError` where no log is served.
        """
        found = parse_key(_needed(fetch, KEY, _MAX_KEY_BYTES))
        if key and found != key:
            raise IntegrityError(
                Fault(
                    "wrong_key",
                    f"the key served is {found}",
                    f"{key}",
                    "If its keeper has announced another key: give it, and begin a new copy.",
                    place=Place(KEY),
                )
            )
        note = _needed(fetch, f"{LOG}/{CHECKPOINT}", MAX_NOTE_BYTES)
        checkpoint = Checkpoint.open(note, found)
        before = tuple(_opened(each, found) for each in earlier)
        for each in before:
            check_earlier(each, checkpoint)

        def read(path: str) -> bytes:
            return fetch(f"{LOG}/{path}", most_bytes(TileId.parse(path)))

        served = cls(fetch, found, note, checkpoint, ProvenTiles(checkpoint, read), before)
        for each in before:
            served._check_growth(each)
        return served

    def _check_growth(self, earlier: Checkpoint) -> None:
        """Check that the log begins with the earlier one, by a proof from its tiles."""
        proof = self.tiles.consistency_proof(earlier.size)
        now = self.checkpoint
        try:
            verify_consistency(earlier.size, earlier.root, now.size, now.root, proof)
        except IntegrityError as error:
            advice = (
                "The log was rewritten since. Keep both checkpoints: together they prove it. "
                f"The one that is served now is\n{self.note.decode()}"
            )
            raise IntegrityError(*(replace(each, advice=advice) for each in error.faults)) from None

    def prove(self, organisation: str, act: str) -> ProvedAct:
        """Prove that an act is in the log, from its entry and some tiles.

        Where it stands is asked of the site; that it is this act and stands there is computed.
        Raises `UnknownName` where the site gives no proof of such an act.
        """
        given, now = TlogProof.parse(self._proof_file(organisation, act)), self.checkpoint
        if given.index >= now.size:
            found = f"the proof is of leaf {given.index}"
            raise IntegrityError(Fault("no_such_leaf", found, f"one of {now.size} leaves"))
        entry = self.tiles.entry(given.index)
        leaf, found_act = leaf_hash(entry), _act(entry, given.index)
        if (found_act.organisation, found_act.id) != (organisation, act):
            found = f"leaf {given.index} is the act {found_act.organisation}/{found_act.id}"
            raise IntegrityError(Fault("another_act", found, f"{organisation}/{act}"))
        path = self.tiles.inclusion_proof(given.index)
        verify_inclusion(leaf, given.index, now.size, now.root, path)
        _check_given(given, entry, self.key)
        return ProvedAct(found_act, given.index, entry, leaf, tuple(path))

    def _proof_file(self, organisation: str, act: str) -> bytes:
        path = PROOF.format(organisation=quote(organisation, safe=""), act=quote(act, safe=""))
        try:
            return self.fetch(path, MAX_PROOF_BYTES)
        except LookupError as error:
            raise UnknownName(
                Fault(
                    "unknown_act",
                    f'no proof of an act "{organisation}/{act}" is served',
                    "an organisation and an act, as in the address of the act's page",
                    "A copy of the record on a plain web server has no proofs of single acts: "
                    "verify it whole.",
                )
            ) from error


@dataclass(frozen=True, slots=True)
class ProvedAct:
    """An act that is in the log: the entry at ``position``, its hash, and the way to the root."""

    act: Act
    position: int
    entry: bytes
    leaf_hash: bytes
    path: tuple[bytes, ...]


def _check_given(given: TlogProof, entry: bytes, key: VerifierKey) -> None:
    """Check the proof that readers are given: it has to be right as well."""
    given.verify(leaf_hash(entry), key)
    if given.extra not in (b"", entry):
        found = f"what the proof shows as leaf {given.index} is not what was recorded"
        raise IntegrityError(Fault("leaf_differs", found, entry.decode(errors="replace")))


def most_bytes(tile: TileId) -> int:
    """Return how many bytes a tile or bundle may have."""
    return tile.width * (2 + MAX_ENTRY_BYTES if tile.level == ENTRIES else HASH_SIZE)


def _opened(note: bytes, key: VerifierKey) -> Checkpoint:
    """Open a checkpoint that was kept from earlier."""
    try:
        return Checkpoint.open(note, key)
    except IntegrityError as error:
        place = Place("the earlier checkpoint")
        raise IntegrityError(*(replace(each, place=place) for each in error.faults)) from error


def _needed(fetch: Fetch, path: str, most: int) -> bytes:
    try:
        return fetch(path, most)
    except LookupError as error:
        raise DataError(
            Fault(
                "no_record_there",
                "nothing is served here",
                "a record: a site of comity, or an exported folder on a web server",
                "The address is that of the site, without /log.",
                place=Place(str(error.args[0])),
            )
        ) from error


def _act(entry: bytes, leaf: int) -> Act:
    if is_closed_entry(entry):
        fault = Fault("another_act", f"leaf {leaf} is a closed act", "an act whose content is open")
        raise IntegrityError(fault)
    try:
        return from_bytes(entry)
    except DataError as error:
        faults = (replace(each, found=f"leaf {leaf}: {each.found}") for each in error.faults)
        raise IntegrityError(*faults) from error
