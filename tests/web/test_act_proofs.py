"""The proof that one act is in the log: right for every act, cheap, refused where it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comity.kernel.errors import DataError, IntegrityError
from comity.tlog.checkpoint import Checkpoint as SignedCheckpoint
from comity.tlog.hashing import leaf_hash
from comity.tlog.proofs import verify_inclusion
from comity.tlog.tlog_proof import TlogProof
from comity_web.register import proofs
from comity_web.register.log_tree import LogTree
from comity_web.register.models import Entry
from comity_web.register.proofs import ActProof, inclusion_proof
from comity_web.register.selectors import HEAD
from comity_web.register.signing import verifier_key
from tests.web.registers import Growing
from tests.web.tampering import alter_a_leaf, drop_triggers, forge_the_head

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin as a process does that has just started."""
    monkeypatch.setattr(proofs, "TREE", LogTree())
    HEAD.forget()
    yield
    HEAD.forget()


@pytest.fixture
def growing(database: str) -> Growing:  # noqa: ARG001
    return Growing(1500)


def proof_at(position: int, size: int) -> ActProof | None:
    row = Entry.objects.get(position=position)
    return inclusion_proof(row.organisation, row.act_id, size=size)


def check(proof: ActProof | None, position: int, size: int) -> None:
    assert proof is not None
    assert (proof.position, proof.size) == (position, size)
    assert proof.leaf == bytes(Entry.objects.get(position=position).leaf)
    assert leaf_hash(proof.leaf).hex() == proof.leaf_hash
    checkpoint = SignedCheckpoint.open(proof.checkpoint, verifier_key())
    assert (checkpoint.size, checkpoint.root.hex()) == (size, proof.root)
    path = [bytes.fromhex(each) for each in proof.path]
    leaf, root = bytes.fromhex(proof.leaf_hash), bytes.fromhex(proof.root)
    verify_inclusion(leaf, position, size, root, path)
    TlogProof.parse(proof.text().encode()).verify(leaf, verifier_key())


def test_every_act_is_proved_at_every_checkpoint(growing: Growing) -> None:
    sizes = [1, 2, 256, 257, 600, 1025]
    for size in sizes:
        growing.to(size)
        for position in {0, 255, 256, 511, 512, size // 2, size - 1} & set(range(size)):
            check(proof_at(position, size), position, size)
    for size in sizes:
        check(proof_at(size - 1, size), size - 1, size)


def test_an_act_is_not_proved_before_it_was_recorded(growing: Growing) -> None:
    for size in (3, 10):
        growing.to(size)
    assert proof_at(5, 3) is None
    check(proof_at(5, 10), 5, 10)


def test_a_size_without_a_checkpoint_has_no_proof(growing: Growing) -> None:
    growing.to(10)
    with pytest.raises(DataError) as refused:
        proof_at(0, 7)
    assert refused.value.code == "no_such_size"


@pytest.mark.parametrize("position", [0, 255, 309])
def test_a_proof_costs_the_same_in_a_small_log_and_a_large_one(
    growing: Growing, position: int
) -> None:
    growing.to(310)
    row = Entry.objects.get(position=position)
    assert queries(row, size=310) <= 3
    growing.to(1300)
    assert queries(row, size=1300) <= 3
    assert queries(row, size=310) <= 4  # as it was


def queries(row: Entry, *, size: int) -> int:
    inclusion_proof(row.organisation, row.act_id, size=size)  # the tree is in memory by now
    with CaptureQueriesContext(connection) as asked:
        check(inclusion_proof(row.organisation, row.act_id, size=size), row.position, size)
    return len(asked) - 1  # one is the check's own


def alter_only_the_entry() -> None:
    drop_triggers()
    last = Entry.objects.order_by("-position")[0]
    leaf = bytes(last.leaf).replace(b'"note"', b'"mote"')
    Entry.objects.filter(position=last.position).update(leaf=leaf)


@pytest.mark.parametrize("tamper", [alter_a_leaf, alter_only_the_entry, forge_the_head])
def test_what_was_not_signed_is_not_proved(growing: Growing, tamper: Callable[[], None]) -> None:
    growing.to(300)
    tamper()
    with pytest.raises(IntegrityError):
        proof_at(299, 300)


# At its address


def get(path: str, **headers: str) -> HttpResponse:
    return Client().get(path, headers=headers)


@pytest.fixture
def address(growing: Growing) -> str:
    growing.to(300)
    row = Entry.objects.get(position=123)
    return f"/ru/{row.organisation}/acts/{row.act_id}/proof"


def test_the_proof_is_data_and_a_file(address: str) -> None:
    data = get(f"{address}.json")
    assert data.headers["Content-Type"] == "application/json"
    found = data.json()
    proof = proof_at(123, 300)
    assert proof is not None
    assert found == {**proof.data(), "key": str(verifier_key())}
    file = get(f"{address}.tlog-proof")
    assert file.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert file.content.decode() == proof.text()
    assert TlogProof.parse(file.content).extra == proof.leaf
    for each in (data, file):
        assert each.cookies == {}
        assert each.headers["Cache-Control"] == "public, no-cache"


def test_a_proof_asked_for_again_is_not_sent_again(address: str, growing: Growing) -> None:
    first = get(f"{address}.json")
    again = get(f"{address}.json", **{"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    growing.to(301)
    assert get(f"{address}.json", **{"if-none-match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("kind", ["json", "tlog-proof"])
@pytest.mark.parametrize(
    ("path", "code", "near"),
    [
        ("/en/org0000/acts/rules-nothing/proof", "unknown_act", ""),
        ("/en/org000/acts/x/proof", "unknown_organisation", "org0000"),
        ("/en/org0000/acts/%00/proof", "unknown_act", ""),
        ("/en/%00/acts/%00/proof", "unknown_organisation", ""),
        ("/en/org0000/acts/" + "x" * 900 + "/proof", "unknown_act", ""),
    ],
)
@pytest.mark.usefixtures("address")
def test_an_act_that_is_not_there_is_told(path: str, code: str, near: str, kind: str) -> None:
    response = get(f"{path}.{kind}")
    assert response.status_code == 404
    assert near in response.content.decode()
    if kind == "json":
        assert response.json()["faults"][0]["code"] == code


def test_a_record_that_is_not_the_log_s_is_not_proved(address: str) -> None:
    assert get(f"{address}.json").status_code == 200
    forge_the_head()
    response = get(f"{address}.json")
    assert response.status_code == 503
    assert response.json()["faults"][0]["code"] in ("bad_signature", "no_known_signature")


def test_at_its_address_a_proof_costs_four_queries_and_needs_no_register(address: str) -> None:
    get(f"{address}.json")
    for kind in ("json", "tlog-proof"):
        HEAD.forget()
        with CaptureQueriesContext(connection) as asked:
            get(f"{address}.{kind}")
        assert len(asked) <= 4
