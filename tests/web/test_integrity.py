"""What this process answers from: the log that it signed, whole, and as it stood at one instant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from threading import Event, Thread

import pytest
from django.db import connections

from comity.kernel.act import Act
from comity.kernel.errors import IntegrityError
from comity.register.register import Register
from comity.tlog.checkpoint import Checkpoint as SignedCheckpoint
from comity.tlog.note import VerifierKey
from comity.tlog.tree import Frontier
from comity_web.register import selectors, services, signing
from comity_web.register.head import Head
from comity_web.register.models import Checkpoint, Entry
from comity_web.register.selectors import Present, present
from tests.web.registers import Counting, act, league, membership
from tests.web.tampering import fit_the_head, forge_the_head

pytestmark = pytest.mark.usefixtures("database")

PARTIES = [f"P{number}" for number in range(200)]
DAY = date(2020, 1, 1)


def append(*acts: Act, head: Head) -> services.Receipt:
    return services.append(acts, head=head, acting_user="officer", acting_for="secretariat")


def admission(party: str) -> Act:
    return membership("admitted", party, "in")


@pytest.fixture
def head(monkeypatch: pytest.MonkeyPatch) -> Iterator[Head[Register]]:
    """Let this process hold the register of a league of two hundred."""
    made: Head[Register] = Head(lambda: league(PARTIES))
    monkeypatch.setattr(selectors, "HEAD", made)
    yield made
    made.forget()


def members(now: Present) -> int:
    return len(now.situation("league", on=DAY).roster())


@pytest.mark.parametrize("tamper", [forge_the_head, fit_the_head])
def test_a_head_that_this_instance_did_not_sign_is_neither_answered_from_nor_extended(
    head: Head[Register], tamper
) -> None:
    append(admission("P0"), head=head)
    append(admission("P1"), head=head)
    assert members(present()) == 2
    tamper()
    for known in (head, Head(head._empty)):
        with pytest.raises(IntegrityError):
            present()
        with pytest.raises(IntegrityError):
            append(admission("P2"), head=known)
        head.forget()
    assert Entry.objects.count() == 2


def test_a_signature_is_verified_once_and_not_at_all_by_the_process_that_made_it(
    head: Head[Register], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    verify = SignedCheckpoint.open

    def counting(note: str, *keys: VerifierKey) -> SignedCheckpoint:
        opened.append(note)
        return verify(note, *keys)

    monkeypatch.setattr(SignedCheckpoint, "open", counting)
    for party in ("P0", "P1", "P2"):
        append(admission(party), head=head)
    assert (members(present()), opened) == (3, [])
    # As in a process that starts.
    monkeypatch.setattr(signing._LAST, "known", None)
    monkeypatch.setattr(selectors, "_LAST_SEEN", None)
    assert (members(present()), members(present()), len(opened)) == (3, 3, 1)


def test_a_forged_receipt_is_not_repeated(head: Head[Register]) -> None:
    named = {"head": head, "acting_user": "a", "acting_for": "b", "idempotency_key": "k"}
    services.append([admission("P0")], **named)
    forge_the_head()
    with pytest.raises(IntegrityError):
        services.append([admission("P0")], **named)


def test_what_was_read_does_not_grow_while_it_is_read(head: Head[Register]) -> None:
    append(admission("P0"), head=head)
    before = present()
    append(admission("P1"), admission("P2"), head=head)
    assert (before.size, before.acts("league"), members(before)) == (1, 1, 1)
    later = before.situation("league", on=DAY, known_at=datetime.now(UTC))
    assert (later.known, len(later.roster())) == (1, 1)
    assert (present().size, members(present())) == (3, 3)


def test_a_reader_who_comes_late_gets_what_was_asked_for(head: Head[Register]) -> None:
    append(admission("P0"), head=head)
    asked = present().frontier
    append(admission("P1"), head=head)
    held = head.read_at(asked)
    assert (held.frontier, held.known) == (asked, {"league": 1})
    assert head.read_at(present().frontier).register is held.register


class Failing(Counting):
    """A register that breaks in the midst of a batch, once."""

    broken = False

    def load(self, acts: Sequence[Act]) -> None:
        for each in acts:
            if each.id == "breaks" and not Failing.broken:
                Failing.broken = True
                raise MemoryError
            self.size += 1


def test_a_batch_that_breaks_midway_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Failing, "broken", False)
    head = Head(Failing)
    append(act("a"), head=head)
    head.at(Frontier.from_bytes(bytes(Checkpoint.objects.get().frontier)))
    append(act("b"), act("breaks"), act("c"), head=Head(Counting))
    frontier = Frontier.from_bytes(bytes(Checkpoint.objects.latest("size").frontier))
    with pytest.raises(MemoryError):
        head.at(frontier)
    assert head.at(frontier).size == 4


def test_readers_in_other_threads_see_whole_batches(head: Head[Register]) -> None:
    """Each batch admits two: a reader who counts an odd number saw half of one."""
    append(admission("P0"), admission("P1"), head=head)
    seen: set[int] = set()
    wrong: list[object] = []
    ended = Event()

    def read() -> None:
        try:
            while not ended.is_set():
                now = present()
                counted = members(now)
                seen.add(counted)
                if counted != now.size or counted % 2:
                    wrong.append((counted, now.size))
        except Exception as error:
            wrong.append(error)
        finally:
            connections["default"].close()

    readers = [Thread(target=read) for _ in range(3)]
    for each in readers:
        each.start()
    for number in range(2, len(PARTIES), 2):
        append(admission(PARTIES[number]), admission(PARTIES[number + 1]), head=head)
    ended.set()
    for each in readers:
        each.join()
    assert wrong == []
    assert len(seen) > 3
    assert members(present()) == len(PARTIES)
