"""Recording acts: all or none, in one order, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from comity.kernel.errors import DataError, IntegrityError, Refusal
from comity.register.records import from_bytes
from comity.tlog.checkpoint import Checkpoint as SignedCheckpoint
from comity.tlog.hashing import leaf_hash
from comity.tlog.tree import Frontier
from comity_web.register import services
from comity_web.register.head import Head
from comity_web.register.models import Checkpoint, Entry
from comity_web.register.services import Receipt
from comity_web.register.signing import verifier_key
from tests.web.registers import RECORDED, Counting, act

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def head() -> Head:
    return Head(Counting)


@pytest.fixture
def append(head: Head) -> Callable[..., Receipt]:
    def record(*acts: object, **options: object) -> Receipt:
        named = {"head": head, "acting_user": "officer", "acting_for": "secretariat"} | options
        return services.append(acts, **named)  # type: ignore[arg-type]

    return record


def frontier() -> Frontier:
    return Frontier.from_bytes(bytes(Checkpoint.objects.latest("size").frontier))


def test_the_receipt_is_a_signed_checkpoint_over_all_leaves(append) -> None:
    append(act("a"))
    receipt = append(act("b"), act("c"))

    leaves = [
        bytes(leaf) for leaf in Entry.objects.order_by("position").values_list("leaf", flat=True)
    ]
    root = Frontier().extend(leaf_hash(leaf) for leaf in leaves).root()
    opened = SignedCheckpoint.open(receipt.note, verifier_key())
    assert (opened.origin, opened.size, opened.root) == (settings.LOG_ORIGIN, 3, root)
    assert (receipt.first, receipt.size, receipt.root) == (1, 3, root)


def test_an_act_comes_back_as_it_went_in(append) -> None:
    sent = act("a", note="Übereinkunft", place="Астана", confidence="medium")
    append(sent, as_recorded=True)
    assert from_bytes(bytes(Entry.objects.get().leaf)) == sent


def test_who_acted_and_for_whom_is_kept(append) -> None:
    append(act("a"), acting_user="a.b", acting_for="delegation of AA")
    assert Entry.objects.values_list("acting_user", "acting_for").get() == (
        "a.b",
        "delegation of AA",
    )


def test_the_moment_of_recording_is_set_when_the_act_is_recorded(append) -> None:
    before = datetime.now(UTC)
    append(act("a"))
    assert before <= Entry.objects.get().recorded_at <= datetime.now(UTC)


def test_an_import_keeps_the_moments_of_its_acts(append) -> None:
    append(act("a"), as_recorded=True)
    assert Entry.objects.get().recorded_at == RECORDED


def test_a_clock_that_was_set_back_does_not_turn_the_record_back(append) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    append(replace(act("a"), recorded_at=tomorrow), as_recorded=True)
    append(act("b"))
    assert [entry.recorded_at for entry in Entry.objects.order_by("position")] == [tomorrow] * 2


def test_the_same_key_gives_the_same_receipt_and_records_nothing(append) -> None:
    append(act("before"))
    first = append(act("a"), act("b"), idempotency_key="k")
    append(act("after"))
    again = append(act("a"), act("b"), idempotency_key="k")
    assert (again, again.replayed, first.replayed) == (first, True, False)
    assert Entry.objects.count() == 4


@pytest.mark.parametrize("other", [("a",), ("a", "c"), ("b", "a"), ("a", "b", "c")])
def test_the_same_key_for_other_acts_is_refused(append, other: tuple[str, ...]) -> None:
    append(act("a"), act("b"), idempotency_key="k")
    with pytest.raises(Refusal) as refused:
        append(*(act(name) for name in other), idempotency_key="k")
    assert refused.value.code == "idempotency_key_reused"
    assert Entry.objects.count() == 2


def test_a_forbidden_act_changes_nothing(append) -> None:
    append(act("a"))
    with pytest.raises(Refusal) as refused:
        append(act("b"), act("c", kind="forbidden"), idempotency_key="k")
    assert refused.value.code == "nothing_to_lift"
    assert (Entry.objects.count(), Checkpoint.objects.count()) == (1, 1)
    assert append(act("b"), idempotency_key="k").size == 2


@pytest.mark.parametrize(
    ("acts", "options", "code"),
    [
        pytest.param([], {}, "nothing_to_append", id="no act"),
        pytest.param([act("a")], {"acting_user": ""}, "nobody_acts", id="nobody"),
        pytest.param([act("a")], {"acting_for": ""}, "nobody_acts", id="for nobody"),
        pytest.param([act("a" * 201)], {}, "wrong_length", id="long identifier"),
        pytest.param([act("a")], {"idempotency_key": "k" * 201}, "wrong_length", id="long key"),
        pytest.param([act("a")], {"idempotency_key": ""}, "wrong_length", id="empty key"),
    ],
)
def test_a_request_that_cannot_be_recorded(append, acts, options, code: str) -> None:
    with pytest.raises(DataError) as refused:
        append(*acts, **options)
    assert refused.value.code == code
    assert Entry.objects.count() == 0


def test_a_transaction_that_fails_later_takes_the_act_back(append, head: Head) -> None:
    append(act("a"))

    def fail_after_two_acts() -> None:
        with transaction.atomic():
            append(act("b"))
            append(act("c"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_two_acts()
    assert Entry.objects.count() == 1
    assert append(act("b")).size == 2
    assert head.at(frontier()).size == 2


def test_an_act_does_not_read_the_register_again(append) -> None:
    append(*(act(f"a{number}") for number in range(50)))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        append(act("b"))
    reads = [each["sql"] for each in captured if "SELECT" in each["sql"]]
    assert len([sql for sql in reads if "register_" in sql]) == 1
    # begin, lock, head, entry, checkpoint, commit: no more on either database
    assert len(captured) <= 6


def test_another_process_s_acts_are_taken_in_first(append) -> None:
    append(act("a"))
    other = Head(Counting)
    append(act("b"), head=other)
    assert append(act("c")).first == 2
    assert other.at(frontier()).size == 3


def test_acts_of_an_undone_transaction_are_forgotten(append, head: Head) -> None:
    def undone() -> None:
        with transaction.atomic():
            append(act("b"))
            append(act("c"))  # reads b, which nobody else will ever see
            raise RuntimeError

    append(act("a"))
    with pytest.raises(RuntimeError):
        undone()
    append(act("d"), head=Head(Counting))
    assert head.at(frontier()).size == 2


def test_entries_that_are_not_those_of_the_log_are_not_answered_from(append) -> None:
    append(act("a"), act("b"))
    other = Frontier().extend([leaf_hash(b"a"), leaf_hash(b"b")])
    with pytest.raises(IntegrityError) as refused:
        Head(Counting).at(other)
    assert refused.value.code == "entries_not_in_log"
