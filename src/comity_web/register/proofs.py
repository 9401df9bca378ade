"""The proof that one act is in the log, for a page to show and for anybody to check."""

from __future__ import annotations

from dataclasses import dataclass

from comity.kernel.canonical import JSON
from comity.kernel.errors import DataError, Fault, IntegrityError, UnknownName, unknown
from comity.tlog.hashing import leaf_hash
from comity.tlog.tile_reader import TileReader
from comity.tlog.tiles import TileId
from comity.tlog.tlog_proof import TlogProof
from comity_web.register.log_files import tile_bytes
from comity_web.register.log_tree import TREE, not_covered
from comity_web.register.models import Entry
from comity_web.register.selectors import Present, signed_head


@dataclass(frozen=True, slots=True)
class ActProof:
    """That the act stands at ``position`` in the log of ``size`` entries with this ``root``.

    ``leaf`` is the entry as it was hashed; ``path`` are the hashes from its neighbour up to the
    root's child. Hashes are written in hexadecimal. ``checkpoint`` is the signed note, which
    states size and root.
    """

    organisation: str
    act: str
    position: int
    leaf: bytes
    leaf_hash: str
    path: tuple[str, ...]
    size: int
    root: str
    checkpoint: str

    def data(self) -> dict[str, JSON]:
        """Return the proof for JSON; the leaf is text, whose UTF-8 bytes were hashed."""
        return {
            "organisation": self.organisation,
            "act": self.act,
            "position": self.position,
            "leaf": self.leaf.decode(),
            "leaf_hash": self.leaf_hash,
            "path": list(self.path),
            "size": self.size,
            "root": self.root,
            "checkpoint": self.checkpoint,
        }

    def text(self) -> str:
        """Return the proof as a file (C2SP tlog-proof), with the leaf as its extra data."""
        path = tuple(bytes.fromhex(each) for each in self.path)
        return TlogProof(self.position, path, self.checkpoint, self.leaf).text()


def inclusion_proof(organisation: str, act_id: str, *, size: int) -> ActProof | None:
    """Return the proof that an act is among the first ``size`` of the log, or ``None``.

    ``size`` is that of the head (``Present.size``) or of an earlier checkpoint. However large the
    log is, it takes three queries (four at an earlier size) and at most 512 hashes. Raises
    `DataError` where no checkpoint was signed at this size, `IntegrityError` where the database
    does not hold what was signed.
    """
    head = signed_head(size)
    if head is None:
        found = f"no checkpoint was signed at size {size}"
        raise DataError(Fault("no_such_size", found, "the size of a checkpoint"))
    rows = Entry.objects.filter(organisation=organisation, act_id=act_id, position__lt=size)
    row = rows.values_list("position", "leaf").first()
    if row is None:
        return None
    position, leaf = row[0], bytes(row[1])
    levels = TREE.at(head.frontier)
    reader = TileReader(size, lambda path: tile_bytes(levels, TileId.parse(path)))
    if reader.leaf_hash(position) != leaf_hash(leaf):
        raise IntegrityError(not_covered(position, position + 1))
    return ActProof(
        organisation=organisation,
        act=act_id,
        position=position,
        leaf=leaf,
        leaf_hash=leaf_hash(leaf).hex(),
        path=tuple(each.hex() for each in reader.inclusion_proof(position)),
        size=size,
        root=head.frontier.root().hex(),
        checkpoint=head.note,
    )


def proof_of(now: Present, organisation: str, act_id: str) -> ActProof:
    """Return the proof that an act is in the log as it stands.

    Raises `UnknownName` with the nearest organisation or act, `IntegrityError` as above.
    """
    now.register.organisation(organisation).recorded_act(act_id)  # refuses what is not there
    proof = inclusion_proof(organisation, act_id, size=now.size)
    if proof is None:  # recorded since the head of the log that this answer is about
        raise UnknownName(unknown("act", act_id, ()))
    return proof
