"""The worked example of docs/reference/log-format.md, computed afresh and compared with the page.

Every value below stands on the page, and every hash on the page is one of these values.
"""

import base64
import re
from datetime import UTC, datetime
from pathlib import Path

from comity.kernel import canonical
from comity.tlog.checkpoint import Checkpoint, cosign, cosignatures
from comity.tlog.commitment import closed_leaf, commit, opens
from comity.tlog.directory import verify_directory, write_directory
from comity.tlog.hashing import EMPTY_ROOT, leaf_hash, node_hash
from comity.tlog.note import COSIGNATURE, SigningKey, VerifierKey
from comity.tlog.proofs import verify_consistency, verify_inclusion
from comity.tlog.tiles import encode_bundle
from comity.tlog.tree import Tree

PAGE = (Path(__file__).parents[3] / "docs/reference/log-format.md").read_text()

LOG = SigningKey.from_seed("club.example/register", bytes(range(32)))
WITNESS = SigningKey.from_seed(
    "delegation.example/witness", bytes(range(32, 64)), algorithm=COSIGNATURE
)
SALT = bytes(range(64, 96))
CLOSED = canonical.encode(
    {
        "effective_on": "2030-01-20",
        "id": "2030-01-20-note",
        "kind": "noted",
        "organisation": "club",
        "recorded_at": "2030-01-21T08:00:00Z",
    }
)
COMMITMENT = commit(CLOSED, SALT)
ENTRIES = [
    canonical.encode(
        {
            "id": "2030-01-01-aa-member",
            "organisation": "club",
            "kind": "admitted",
            "effective_on": "2030-01-01",
            "recorded_at": "2030-01-02T09:00:00Z",
            "parties": ["AA"],
            "details": {"status": "member"},
        }
    ),
    canonical.encode(
        {
            "id": "2030-01-15-bb-member",
            "organisation": "club",
            "kind": "admitted",
            "effective_on": "2030-01-15",
            "recorded_at": "2030-01-15T17:30:00Z",
            "parties": ["BB"],
            "details": {"status": "member"},
            "place": "Женева",
        }
    ),
    closed_leaf(COMMITMENT, organisation="club", recorded_at=datetime(2030, 1, 21, 8, tzinfo=UTC)),
]
LEAVES = [leaf_hash(each) for each in ENTRIES]
NODE = node_hash(LEAVES[0], LEAVES[1])
ROOT = node_hash(NODE, LEAVES[2])
CHECKPOINT = Checkpoint("club.example/register", 3, ROOT)
SIGNED = CHECKPOINT.sign(LOG)
COSIGNED = cosign(SIGNED, WITNESS, timestamp=1_895_313_600)


def values() -> dict[str, str]:
    """All values of the example, by what they are."""
    return {
        "empty root": EMPTY_ROOT.hex(),
        **{f"entry {n}": each.decode() for n, each in enumerate(ENTRIES)},
        **{f"leaf hash {n}": each.hex() for n, each in enumerate(LEAVES)},
        "node over leaves 0 and 1": NODE.hex(),
        "root": ROOT.hex(),
        "seed of the log": LOG.seed.hex(),
        "public key of the log": LOG.verifier.public.hex(),
        "key of the log": str(LOG.verifier),
        "key of the witness": str(WITNESS.verifier),
        "checkpoint": SIGNED,
        "cosigned": COSIGNED,
        "cosigned message": f"cosignature/v1\ntime 1895313600\n{CHECKPOINT.text()}",
        "start of bundle": encode_bundle(ENTRIES)[:12].hex(" "),
        "length of bundle": f"{len(encode_bundle(ENTRIES))} bytes",
        "lengths": f"{len(ENTRIES[0])}, {len(ENTRIES[1])} and {len(ENTRIES[2])} bytes",
        "closed content": CLOSED.decode(),
        "salt": SALT.hex(),
        "commitment": COMMITMENT,
        "signature": base64.b64encode(
            LOG.verifier.key_id + LOG.signature(CHECKPOINT.text())
        ).decode(),
    }


def test_every_value_stands_on_the_page() -> None:
    missing = {name: value for name, value in values().items() if value not in PAGE}
    assert missing == {}


def test_every_hash_on_the_page_is_a_value() -> None:
    known = "\n".join(values().values())
    on_page = re.findall(r"\b[0-9a-f]{64}\b", PAGE)
    assert len(on_page) >= 10
    assert [each for each in on_page if each not in known] == []


def test_the_proofs_of_the_example_verify() -> None:
    tree = Tree(LEAVES)
    assert tree.root() == ROOT
    assert tree.inclusion_proof(1) == [LEAVES[0], LEAVES[2]]
    assert tree.consistency_proof(2) == [LEAVES[2]]
    verify_inclusion(LEAVES[1], 1, 3, ROOT, [LEAVES[0], LEAVES[2]])
    verify_consistency(2, NODE, 3, ROOT, [LEAVES[2]])


def test_the_signatures_of_the_example_verify() -> None:
    key = VerifierKey.parse(values()["key of the log"])
    assert Checkpoint.open(COSIGNED, key) == CHECKPOINT
    witness = VerifierKey.parse(values()["key of the witness"])
    assert [each.timestamp for each in cosignatures(COSIGNED, [witness])] == [1_895_313_600]


def test_the_commitment_of_the_example_opens() -> None:
    assert opens(COMMITMENT, CLOSED, SALT)


def test_the_directory_of_the_example_verifies(tmp_path: Path) -> None:
    write_directory(tmp_path, ENTRIES, SIGNED)
    assert verify_directory(tmp_path, LOG.verifier).files == 3
    for each in tmp_path.rglob("*"):
        if each.is_file():
            assert f"`{each.relative_to(tmp_path).as_posix()}`" in PAGE
