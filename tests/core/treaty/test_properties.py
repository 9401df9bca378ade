"""What holds of every treaty, whatever happens and in whatever order it is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comity.kernel.dates import Period
from comity.treaty.admitting import REFUSALS
from comity.treaty.fold import status_of
from comity.treaty.lines import Line
from comity.treaty.model import KINDS, Condition, Not, Together, Treaty
from comity.treaty.read import read_file
from comity.treaty.record import KINDS as KINDS_OF_ACT
from comity.treaty.record import Act, Around, Record
from comity.treaty.status import Status

TREATIES = read_file(Path(__file__).parent / "properties.yaml").treaties
BEGINNING = date(2030, 1, 1)
PARTIES = ("AA", "BB", "CC", "DD", "UNION", "ZZ")
AROUND = Around(
    in_force={"parent": Line.of([(date(2030, 6, 1), True)], False)},
    parties={"parent": {"AA": (Period(date(2030, 6, 1)),)}},
    members={"assembly": {each: (Period(),) for each in PARTIES[:4]}},
    exists={"DD": (Period(date(2030, 2, 1)),)},
)

days = st.one_of(st.integers(0, 40), st.integers(0, 1500)).map(
    lambda each: BEGINNING + timedelta(days=each)
)
instants = st.one_of(st.none(), days.map(lambda day: datetime(day.year, day.month, 1, tzinfo=UTC)))
treaties = st.sampled_from(sorted(TREATIES)).map(lambda name: TREATIES[name])


@st.composite
def acts(draw: st.DrawFn, number: int) -> Act:
    kinds = [*sorted(KINDS_OF_ACT), *["consented"] * 25, *["signed"] * 6, *["denounced"] * 3]
    kind, day = draw(st.sampled_from(kinds)), draw(days)
    return Act(
        id=f"act_{number}",
        kind=kind,
        on=BEGINNING if kind == "adopted" else day,
        party="" if kind in ("adopted", "terminated") else draw(st.sampled_from(PARTIES)),
        consent=draw(st.sampled_from(KINDS)),
        mode=draw(st.sampled_from(("simple", "definitive", "ad_referendum"))),
        tags=draw(st.sampled_from(((), ("tagged",)))),
        of=draw(st.sampled_from(PARTIES)),
        to=f"act_{draw(st.integers(0, 9))}",
        text="Not article 3.",
        what=draw(st.sampled_from(("pledges", "other"))),
        topic=draw(st.sampled_from(("provisional", "not_provisional", "provisional_ended"))),
        day=draw(days),
        until=draw(days),
        says=draw(st.sampled_from((None, day))),
        known_at=draw(instants),
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[Act, ...]:
    return tuple(draw(acts(number)) for number in range(draw(st.integers(0, 10))))


def status(treaty: Treaty, history: tuple[Act, ...], on: date) -> Status:
    return status_of(treaty, Record.of(history), on, around=AROUND)


def comparable(found: Status) -> Status:
    """Return a status without the record, in which later acts may stand."""
    return replace(found, record=Record())


@settings(max_examples=50, deadline=None)
@given(treaty=treaties, history=histories(), on=days, data=st.data())
def test_the_order_of_recording_does_not_matter(
    treaty: Treaty, history: tuple[Act, ...], on: date, data: st.DataObject
) -> None:
    shuffled = tuple(data.draw(st.permutations(history)))
    assert status(treaty, shuffled, on) == status(treaty, history, on)


@settings(max_examples=50, deadline=None)
@given(treaty=treaties, history=histories(), later=histories(), on=days)
def test_later_acts_do_not_change_what_stood(
    treaty: Treaty, history: tuple[Act, ...], later: tuple[Act, ...], on: date
) -> None:
    added = [replace(each, id=f"later_{each.id}") for each in later if each.on > on]
    before, after = status(treaty, history, on), status(treaty, (*history, *added), on)
    assert comparable(before) == comparable(after)


@settings(max_examples=50, deadline=None)
@given(treaty=treaties, history=histories(), later=histories(), on=days, known=days)
def test_what_was_known_at_an_instant_never_changes(
    treaty: Treaty, history: tuple[Act, ...], later: tuple[Act, ...], on: date, known: date
) -> None:
    """Acts recorded afterwards, whatever days they speak of, do not change an answer given."""
    at = datetime(known.year, known.month, known.day, 12, tzinfo=UTC)
    heard = at + timedelta(seconds=1)
    added = [replace(each, id=f"later_{each.id}", known_at=heard) for each in later]
    record, grown = Record.of(history), Record.of((*history, *added))
    before, after = (
        status_of(treaty, each, on, known_at=at, around=AROUND) for each in (record, grown)
    )
    assert comparable(before) == comparable(after)


def has_not(condition: Condition) -> bool:
    if isinstance(condition, Together):
        return any(map(has_not, condition.conditions))
    return isinstance(condition, Not)


def shares_grow(treaty: Treaty) -> bool:
    """Whether a base may grow with a consent, so that one consent more can be too few."""
    return treaty.id in ("of_signatories", "of_consents", "not_many")


@settings(max_examples=50, deadline=None)
@given(treaty=treaties, history=histories(), party=st.sampled_from(PARTIES), on=days)
def test_a_further_deposit_never_delays(
    treaty: Treaty, history: tuple[Act, ...], party: str, on: date
) -> None:
    """Under a condition without ``not``, of a base that no consent makes larger."""
    if treaty.entry is None or has_not(treaty.entry.when) or shares_grow(treaty):
        return
    assume(not any(each.party == party for each in history))
    more = Act("more", "consented", on, party, "ratification")
    end = date(2040, 1, 1)
    before, after = status(treaty, history, end), status(treaty, (*history, more), end)
    if before.met_on is not None:
        assert after.met_on is not None
        assert after.met_on <= before.met_on
        assert after.enters_on is not None or before.enters_on is None


@settings(max_examples=50, deadline=None)
@given(history=histories(), number=st.integers(1, 5))
def test_a_party_counts_once(history: tuple[Act, ...], number: int) -> None:
    """However often it consents, with whatever kind, the numbers are the same."""
    treaty, end = TREATIES["plain"], date(2040, 1, 1)
    first = next((each for each in history if each.kind == "consented"), None)
    assume(first is not None)
    assert first is not None
    again = [
        replace(first, id=f"again_{n}", on=first.on + timedelta(days=n), consent="accession")
        for n in range(1, number + 1)
    ]
    others = tuple(
        each for each in history if each.kind == "consented" and each.party != first.party
    )
    once, often = ((first, *others), (first, *others, *again))
    before, after = (status_of(treaty, Record.of(each), end) for each in (once, often))
    assert (before.met_on, before.enters_on) == (after.met_on, after.enters_on)
    assert [each.counted for each in before.reckonings] == [
        each.counted for each in after.reckonings
    ]
    assert {each.code for each in after.refused} >= {"already_consented"}


@settings(max_examples=50, deadline=None)
@given(treaty=treaties, history=histories(), on=days)
def test_nothing_is_in_effect_before_its_ground(
    treaty: Treaty, history: tuple[Act, ...], on: date
) -> None:
    found = status(treaty, history, on)
    by_id = {each.id: each for each in history}
    if found.computed_on is not None and found.met_on is not None:
        assert found.computed_on >= found.met_on
    assert all(by_id[each].on <= on for each in found.because if each in by_id)
    for party in found.parties.values():
        for bound in party.bound:
            assert bound.until is None or bound.since < bound.until
            grounds = [by_id[each] for each in bound.acts if each in by_id]
            consent = next((each for each in grounds if each.kind in ("consented", "signed")), None)
            if consent is not None and not bound.determined:
                assert bound.since >= consent.on
            way_waits = not any(not each.waits for each in treaty.ways)
            if treaty.entry is not None and way_waits and not bound.determined:
                assert found.enters_on is not None
                assert bound.since >= found.enters_on


@settings(max_examples=50, deadline=None)
@given(treaty=treaties, history=histories(), on=days)
def test_every_act_refused_has_one_known_reason(
    treaty: Treaty, history: tuple[Act, ...], on: date
) -> None:
    found = status(treaty, history, on)
    names = [each.act for each in found.refused]
    assert len({*names}) == len(names)
    assert {each.code for each in found.refused} <= {*REFUSALS}
    assert {*names} <= {each.id for each in history}


@settings(max_examples=50, deadline=None)
@given(treaty=treaties, history=histories(), first=days, second=days)
def test_the_day_a_condition_is_met_stays(
    treaty: Treaty, history: tuple[Act, ...], first: date, second: date
) -> None:
    if treaty.entry is None or treaty.entry.must_hold:
        return
    earlier, later = (status(treaty, history, each) for each in sorted((first, second)))
    if earlier.met_on is not None:
        assert later.met_on == earlier.met_on
