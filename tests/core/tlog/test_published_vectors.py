"""Values that others published: Certificate Transparency, the C2SP specifications, Go's sumdb.

The tree of eight leaves and its proofs are those of the Certificate Transparency test suites
(today in transparency-dev/merkle); notes are from c2sp.org/signed-note, c2sp.org/tlog-checkpoint,
c2sp.org/tlog-cosignature and golang.org/x/mod/sumdb/note.
"""

import base64

import pytest

from comity.kernel.errors import DataError, IntegrityError
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.hashing import EMPTY_ROOT, leaf_hash, node_hash
from comity.tlog.note import COSIGNATURE, SigningKey, VerifierKey, open_note, sign
from comity.tlog.proofs import verify_consistency, verify_inclusion
from comity.tlog.tiles import ENTRIES, TileId, tile_ids
from comity.tlog.tree import Frontier, Tree

LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = [  # index, size, proof in base64
    (0, 1, []),
    (
        0,
        8,
        [
            "lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=",
            "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
            "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=",
        ],
    ),
    (
        5,
        8,
        [
            "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=",
            "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=",
            "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
        ],
    ),
    (2, 3, ["+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU="]),
    (
        1,
        5,
        [
            "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=",
            "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
            "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=",
        ],
    ),
]
CONSISTENCY = [  # old size, new size, proof in base64
    (1, 1, []),
    (
        1,
        8,
        [
            "lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=",
            "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
            "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=",
        ],
    ),
    (
        6,
        8,
        [
            "DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=",
            "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=",
            "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
        ],
    ),
    (
        2,
        5,
        [
            "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
            "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=",
        ],
    ),
    (
        6,
        7,
        [
            "DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=",
            "sIaT7C5yFZcTBkHoIR5+7cy0wmQTlj7ubB4u0W/7Gl8=",
            "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
        ],
    ),
]

PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
    "otpRZb6KE6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWL"
    "ox33WWd1RvMc+QQ=\n"
)


def decoded(proof: list[str]) -> list[bytes]:
    return [base64.b64decode(each) for each in proof]


def test_hashes_of_leaf_and_node() -> None:
    assert EMPTY_ROOT.hex() == ROOTS[0]
    assert leaf_hash(b"").hex() == ROOTS[1]
    assert leaf_hash(b"L123456").hex() == (
        "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    )
    assert node_hash(b"N123", b"N456").hex() == (
        "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"
    )


@pytest.mark.parametrize("size", range(9))
def test_roots_of_the_eight_leaves(size: int) -> None:
    hashes = [leaf_hash(each) for each in LEAVES]
    assert Tree(hashes).root(size).hex() == ROOTS[size]
    assert Frontier().extend(hashes[:size]).root().hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_inclusion_proofs(index: int, size: int, proof: list[str]) -> None:
    tree = Tree(leaf_hash(each) for each in LEAVES)
    assert tree.inclusion_proof(index, size) == decoded(proof)
    root = bytes.fromhex(ROOTS[size])
    verify_inclusion(leaf_hash(LEAVES[index]), index, size, root, decoded(proof))


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY)
def test_consistency_proofs(old: int, new: int, proof: list[str]) -> None:
    tree = Tree(leaf_hash(each) for each in LEAVES)
    assert tree.consistency_proof(old, new) == decoded(proof)
    verify_consistency(
        old, bytes.fromhex(ROOTS[old]), new, bytes.fromhex(ROOTS[new]), decoded(proof)
    )


def test_go_signs_the_same_bytes() -> None:
    key = SigningKey.parse(PETER_PRIVATE)
    assert str(key.verifier) == PETER
    assert key.private_text() == PETER_PRIVATE
    assert sign(TEXT, key) == TEXT + "\n" + PETER_LINE


def test_go_note_with_two_signatures() -> None:
    note = TEXT + "\n" + PETER_LINE + ENOCH_LINE
    peter, enoch = VerifierKey.parse(PETER), VerifierKey.parse(ENOCH)
    one = open_note(note, [peter])
    assert one.text == TEXT
    assert [each.name for each in one.signatures] == ["PeterNeumann"]
    assert [each.name for each in one.unknown] == ["EnochRoot"]
    both = open_note(note.encode(), [enoch, peter])
    assert [each.name for each in both.signatures] == ["PeterNeumann", "EnochRoot"]
    assert both.unknown == ()


@pytest.mark.parametrize(
    "key",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_go_refuses_these_keys_too(key: str) -> None:
    with pytest.raises(DataError) as caught:
        VerifierKey.parse(key)
    assert caught.value.code == "malformed_key"


@pytest.mark.parametrize("private", [False, True])
def test_mangled_keys_are_refused(private: bool) -> None:
    text = PETER_PRIVATE if private else PETER
    parse = SigningKey.parse if private else VerifierKey.parse
    slices = {text[start:end] for start in range(len(text)) for end in range(start, len(text) + 1)}
    changed = {text[:at] + chr(ord(text[at]) + 1) + text[at + 1 :] for at in range(len(text))}
    for mangled in (slices | changed) - {text}:
        with pytest.raises(DataError):
            parse(mangled)


def test_the_note_of_the_specification() -> None:
    key = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    note = (
        "This is an example message.\n"
        "\n"
        "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3"
        "mFXmRKuwHjG1Yu72IneyaQM=\n"
    )
    assert open_note(note, [key]).text == "This is an example message.\n"


def test_the_checkpoint_of_the_specification_parses() -> None:
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    checkpoint = Checkpoint.parse(text)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.root.hex() == (
        "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"
    )
    assert checkpoint.text() == text


def test_the_cosigned_message_of_the_specification() -> None:
    """The public key of the example is not published; the bytes that are signed are."""
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    plain = SigningKey.from_seed("witness.example.com/w1", bytes(32))
    witness = SigningKey.from_seed("witness.example.com/w1", bytes(32), algorithm=COSIGNATURE)
    stated = witness.signature(text, timestamp=1679315147)
    assert stated[:8].hex() == "00000000641850cb"
    assert stated[8:] == plain.signature("cosignature/v1\ntime 1679315147\n" + text)


@pytest.mark.parametrize(
    ("path", "tile"),
    [
        ("tile/0/x001/x234/067", TileId(0, 1234067)),
        ("tile/0/x001/234.p/5", TileId(0, 1234, 5)),
        ("tile/5/x123/x456/078.p/2", TileId(5, 123456078, 2)),
        ("tile/63/000", TileId(63, 0)),
        ("tile/entries/x003/x057/500", TileId(ENTRIES, 3057500)),
    ],
)
def test_paths_of_tiles(path: str, tile: TileId) -> None:
    assert tile.path == path
    assert TileId.parse(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/5/123/456/078",
        "tile/-1/000",
        "tile/64/000",
        "tile/00/000",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/001.p/256",
        "tile/0/001.p/0",
        "tile/0/001.p/05",
        "tile/0/001/",
        "tile/data/001",
        "",
    ],
)
def test_paths_that_are_none(path: str) -> None:
    with pytest.raises(DataError) as caught:
        TileId.parse(path)
    assert caught.value.code == "malformed_path"


def test_the_tiles_of_the_specification() -> None:
    """c2sp.org/tlog-tiles counts the tiles of a log of 70,000 entries, and of one of 256."""
    ids = list(tile_ids(70_000))
    full = [each for each in ids if each.is_full]
    partial = [(each.level, each.width) for each in ids if not each.is_full]
    assert [each.level for each in full] == [0] * 273 + [1]
    assert partial == [(0, 112), (1, 17), (2, 1)]
    assert list(tile_ids(256)) == [TileId(0, 0), TileId(1, 0, 1)]


@pytest.mark.parametrize(
    "note",
    [
        TEXT,
        TEXT + "\n",
        TEXT + "\n" + PETER_LINE[:-1],
        "\x01" + TEXT + "\n" + PETER_LINE,
        b"\xff" + (TEXT + "\n" + PETER_LINE).encode(),
        TEXT + "\n" + PETER_LINE.replace("PeterNeumann", "Bad Name"),
        TEXT + "\n" + PETER_LINE + "Unexpected line.\n",
        TEXT + "\n" + PETER_LINE * 101,
    ],
)
def test_malformed_notes_of_go(note: str | bytes) -> None:
    with pytest.raises(IntegrityError) as caught:
        open_note(note, [VerifierKey.parse(PETER)])
    assert caught.value.code == "malformed_note"
