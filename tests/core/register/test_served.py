"""One act of a served record: proved by a few files, and nothing the server says is believed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from comity.cli.benchmark import synthetic
from comity.kernel.errors import DataError, IntegrityError, UnknownName
from comity.register.records import to_bytes
from comity.register.served import Served
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.commitment import closed_leaf, commit
from comity.tlog.hashing import leaf_hash
from comity.tlog.note import SigningKey
from comity.tlog.tiles import entry_bundles, tiles
from comity.tlog.tlog_proof import TlogProof
from comity.tlog.tree import Tree

KEY = SigningKey.from_seed("league.example/log", bytes(range(32)))
OTHER = SigningKey.from_seed("league.example/log", bytes(range(1, 33)))
SIZE, LATER = 66_000, 66_010
_, _ACTS = synthetic.register(1000, 3, seed=5)
ACTS = list(_ACTS)
CLOSED = 7
# A large log, of which only the first acts are read.
ENTRIES = [to_bytes(each) for each in ACTS] + [b"%d" % each for each in range(LATER - len(ACTS))]
ENTRIES[CLOSED] = closed_leaf(
    commit(b"secret", bytes(32)), organisation="org0001", recorded_at=ACTS[CLOSED].recorded_at
)
TREE = Tree(leaf_hash(each) for each in ENTRIES)
ACT = 300
NAME = ACTS[ACT].organisation, ACTS[ACT].id
ADDRESS = "en/{}/acts/{}/proof.tlog-proof".format(*NAME)


def note(size: int, root: bytes | None = None) -> bytes:
    return Checkpoint(KEY.name, size, root or TREE.root(size)).sign(KEY).encode()


def proof(position: int, size: int = SIZE) -> TlogProof:
    path = tuple(TREE.inclusion_proof(position, size))
    return TlogProof(position, path, note(size).decode(), ENTRIES[position])


def site(size: int = SIZE) -> dict[str, bytes]:
    log = {**dict(tiles(TREE, size)), **dict(entry_bundles(ENTRIES[:size]))}
    served = {f"log/{path}": raw for path, raw in log.items()}
    served["log/checkpoint"] = note(size)
    served["register.vkey"] = f"{KEY.verifier}\n".encode()
    return {**served, ADDRESS: proof(ACT).text().encode()}


def fetching(served: dict[str, bytes], asked: list[str]) -> Callable[[str, int], bytes]:
    def fetch(path: str, most: int) -> bytes:
        asked.append(path)
        assert len(served[path]) <= most
        return served[path]

    return fetch


def test_an_act_is_proved_by_a_few_files() -> None:
    asked: list[str] = []
    served = Served.open(fetching(site(), asked), key=KEY.verifier)
    found = served.prove(*NAME)
    assert (found.act, found.position, found.entry) == (ACTS[ACT], ACT, ENTRIES[ACT])
    assert found.leaf_hash == leaf_hash(ENTRIES[ACT])
    assert list(found.path) == TREE.inclusion_proof(ACT, SIZE)
    assert len(asked) == len(set(asked)) == 9
    read = sum(len(site()[each]) for each in asked)
    assert read < 200_000


def test_the_log_may_have_grown_since_the_proof_was_made() -> None:
    served = Served.open(fetching(site(LATER), []), earlier=(note(SIZE), note(ACT), note(LATER)))
    assert served.prove(*NAME).position == ACT
    assert [each.size for each in served.earlier] == [SIZE, ACT, LATER]


def test_a_rewritten_log_is_told_without_reading_it() -> None:
    asked: list[str] = []
    before = note(ACT, bytes(32))
    with pytest.raises(IntegrityError) as refused:
        Served.open(fetching(site(), asked), earlier=(before,))
    assert refused.value.code == "not_consistent"
    assert note(SIZE).decode() in str(refused.value)
    assert len(asked) < 8


def test_an_act_that_is_not_there_is_told() -> None:
    served = Served.open(fetching(site(), []))
    with pytest.raises(UnknownName, match="verify it whole") as refused:
        served.prove("league", "../nothing")
    assert refused.value.code == "unknown_act"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (proof(ACT + 1), "another_act"),
        (proof(CLOSED), "another_act"),
        (proof(5000), "malformed_act"),
        (TlogProof(SIZE + 5, (), note(SIZE).decode()), "no_such_leaf"),
        (TlogProof(2**60, (), note(SIZE).decode()), "no_such_leaf"),
        (TlogProof(ACT, proof(ACT).path, note(SIZE).decode(), b"other"), "leaf_differs"),
        (TlogProof(ACT, proof(ACT + 1).path, note(SIZE).decode()), "not_included"),
        (TlogProof(ACT, (), note(SIZE).decode()), "malformed_proof"),
        (TlogProof(ACT, proof(ACT).path, Checkpoint("x", 1, bytes(32)).sign(OTHER)), None),
    ],
)
def test_a_proof_that_is_wrong_is_refused(given: TlogProof, code: str | None) -> None:
    served = Served.open(fetching({**site(), ADDRESS: given.text().encode()}, []))
    with pytest.raises(IntegrityError) as refused:
        served.prove(*NAME)
    assert code in (None, refused.value.code), refused.value


@pytest.mark.parametrize(
    "path",
    [
        "log/checkpoint",
        "log/tile/0/001",
        "log/tile/1/000",
        "log/tile/0/257.p/208",
        "log/tile/1/001.p/1",
        "log/tile/2/000.p/1",
        "log/tile/entries/001",
        ADDRESS,
    ],
)
@pytest.mark.parametrize("at", [0.0, 0.2, 0.6, 0.999])
def test_one_flipped_byte_of_what_is_read_is_noticed(path: str, at: float) -> None:
    served = site()
    raw = bytearray(served[path])
    raw[int(at * len(raw))] ^= 1
    with pytest.raises(IntegrityError):
        Served.open(fetching({**served, path: bytes(raw)}, []), key=KEY.verifier).prove(*NAME)


def test_where_there_is_no_record_it_is_said_what_an_address_is() -> None:
    with pytest.raises(DataError, match="without /log") as refused:
        Served.open(fetching({}, []))
    assert refused.value.code == "no_record_there"
