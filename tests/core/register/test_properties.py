"""What must always hold of a register, whatever was recorded in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.act import Act
from comity.kernel.dates import add_months
from comity.membership.kinds import RANK
from comity.register.register import OrganisationRecord, Register
from tests.core.register.league import PARTIES, act, charter

DAYS = [date(1955, 1, 1) + timedelta(days=91 * number) for number in range(90)]
REVISIONS = ("corrected", "annulled")
_START = datetime(2026, 1, 1, tzinfo=UTC)


_SUSPENSIONS: tuple[dict[str, Any], ...] = (
    {},
    {"rights": ["speak"]},
    {"until": "1978-01-01"},
    {"rights": ["attend"]},
)
_WITHOUT_PARTY = frozenset({"succeeded", "statuses_merged", *REVISIONS})


def _make(
    number: int, kind: str, party: str, day: date, status: str, other: str, when: str = ""
) -> Act:
    """Make an act; ``when`` is how its date is written, where it is not known to the day."""
    by_kind: dict[str, dict[str, Any]] = {
        "admitted": {"status": status},
        "returned": {"status": status, "treated_as": "resumption"},
        "stage_reached": {"status": "observer", "stage": "decided" if number % 2 else "signed"},
        "status_ended": {"status": status, "manner": "lapsed"},
        "notice_rescinded": {"notice": f"a{max(0, number - 1)}"},
        "notice_extended": {"notice": f"a{max(0, number - 1)}", "until": "1977-05-05"},
        "succeeded": {"predecessors": [other], "successor": party, "mode": "continuation"},
        "statuses_merged": {"statuses": ["observer", "member"], "into": "partner"},
        "suspended": _SUSPENSIONS[number % len(_SUSPENSIONS)],
        "renamed": {"names": {"en": f"{party} of {day.year}"}},
        "representation_changed": {"represented_by": {"en": f"those of {day.year}"}},
        "corrected": {
            "act": f"a{day.toordinal() % max(1, number)}",
            "changes": {"effective_on": day.isoformat()},
        },
        "annulled": {"act": f"a{day.toordinal() % max(1, number)}"},
    }
    details = by_kind.get(kind, {})
    parties = () if kind in _WITHOUT_PARTY else (party,)
    instant = _START + timedelta(seconds=number)
    made = act(kind, parties, when or day.isoformat(), id=f"a{number}", **details)
    return replace(made, recorded_at=instant)


KINDS = ["admitted", "admitted", *sorted(RANK.keys() - {"territory_left", "territory_joined"})]


@st.composite
def histories(draw: Callable[..., Any], least: int = 1, *, revised: bool = True) -> list[Act]:
    """Acts of every kind in any order, most with footing and some without.

    Some dates are known to the month or year only; ``revised`` lets acts revise earlier ones.
    """
    size = draw(st.integers(least, 14))
    made: list[Act] = []
    for number in range(size):
        kinds = [*KINDS, *REVISIONS] if revised and number else KINDS
        kind, day = draw(st.sampled_from(kinds)), draw(st.sampled_from(DAYS))
        known_to = 10 if kind in REVISIONS else draw(st.sampled_from([10, 10, 10, 7, 4]))
        party, other = draw(st.sampled_from(PARTIES[:3])), draw(st.sampled_from(PARTIES[:3]))
        status = draw(st.sampled_from(["member", "observer", "commander"]))
        made.append(_make(number, kind, party, day, status, other, day.isoformat()[:known_to]))
    return made


def _record(acts: list[Act]) -> OrganisationRecord:
    return Register([charter()], acts).organisation("league")


def _answers(record: OrganisationRecord, *, known_at: datetime | None = None) -> list[object]:
    """Everything that can be asked, on days all through, on both bases."""
    found: list[object] = []
    for day in DAYS[5::16]:
        for basis in record.charter.bases:
            situation = record.situation(on=day, known_at=known_at, basis=basis)
            found.append(situation.roster())
            found.append(situation.count("family"))
            assert situation.number("family") == found[-1].value
            for party in PARTIES[:3]:
                found += [
                    situation.status(party),
                    situation.status(party, "command"),
                    situation.since(party),
                    situation.suspension(party),
                    situation.in_base(party),
                    situation.pending_departure(party),
                    situation.may(party, "decide", "council"),
                    situation.name(party),
                    situation.history(party),
                ]
    return found


@settings(max_examples=50)
@given(histories(revised=False), st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_change_the_situation(acts: list[Act], chance: Any) -> None:
    shuffled = list(acts)
    chance.shuffle(shuffled)
    instants = sorted(each.recorded_at for each in acts)
    again = [replace(each, recorded_at=when) for each, when in zip(shuffled, instants, strict=True)]
    assert _answers(_record(acts)) == _answers(_record(again))


@settings(max_examples=50)
@given(histories(least=2), st.integers(1, 13))
def test_later_acts_never_change_what_was_known_earlier(acts: list[Act], known: int) -> None:
    known = min(known, len(acts) - 1)
    moment = acts[known - 1].recorded_at
    then = _answers(_record(acts[:known]))
    assert _answers(_record(acts), known_at=moment) == then


@settings(max_examples=50)
@given(histories())
def test_the_incremental_fold_equals_the_full_one(acts: list[Act]) -> None:
    growing = Register([charter()]).organisation("league")
    for each in acts:
        growing.add(each)
        growing.situation(on=DAYS[40]).roster()  # questions between acts fill the caches
        growing.situation(on=DAYS[80], basis="decision").count("family")
    assert _answers(growing) == _answers(_record(acts))


@given(histories())
def test_what_is_refused_changes_nothing_and_what_is_recorded_has_footing(acts: list[Act]) -> None:
    register = Register([charter()])
    record = register.organisation("league")
    for each in acts:
        before = len(register)
        faults = register.faults([each])
        if faults:
            assert len(register) == before
        else:
            register.append([each])
    standing = [record.history(p, basis="signature", known=len(record.acts)) for p in PARTIES]
    assert [fault for history in standing for fault in history.faults] == []


@given(histories())
def test_no_party_has_two_statuses_in_one_facet_on_a_day(acts: list[Act]) -> None:
    record = _record(acts)
    for party in PARTIES[:3]:
        for facet in record.charter.facets:
            spells = record.situation(on=DAYS[0]).history(party, facet)
            ends = [each.end.first if each.end else date.max for each in spells]
            starts = [each.start.first for each in spells]
            assert all(start < end for start, end in zip(starts, ends, strict=True))
            assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


@given(histories())
def test_every_ground_is_an_article_or_an_act(acts: list[Act]) -> None:
    record = _record(acts)
    for day in DAYS[::10]:
        situation = record.situation(on=day)
        for party in PARTIES[:3]:
            for finding in (situation.status(party), situation.may(party, "decide")):
                assert all(g in record.charter.articles or g in record for g in finding.grounds)
                assert finding.grounds


# A naive model: walk through the days and do what each act says.


@st.composite
def plain_lives(draw: Callable[..., Any]) -> list[Act]:
    """The life of one party: admissions, withdrawals, suspensions and liftings on distinct days."""
    days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=10, unique=True))
    kinds = st.sampled_from(["admitted", "withdrew", "suspended", "suspension_lifted"])
    return [
        _make(4 * number, draw(kinds), "AA", day, "member", "AA") for number, day in enumerate(days)
    ]


@given(plain_lives())
@settings(max_examples=80)
def test_the_fold_agrees_with_walking_through_the_days(acts: list[Act]) -> None:
    by_day = {each.effective_on.first: each.kind for each in acts}
    record = _record(acts)
    member = suspended = False
    for day in DAYS:
        kind = by_day.get(day)
        member = (member or kind == "admitted") and kind != "withdrew"
        suspended = member and (suspended or kind == "suspended") and kind != "suspension_lifted"
        situation = record.situation(on=day)
        assert situation.holds("AA", "member").value == member
        assert bool(situation.suspension("AA").value) == suspended
        assert situation.in_base("AA").value == (member and not suspended)


_EVENTFUL = (
    "admitted",
    "withdrew",
    "suspended",
    "suspension_lifted",
    "statuses_merged",
    "withdrawal_notified",
)


@st.composite
def eventful_lives(draw: Callable[..., Any]) -> list[Act]:
    """The life of one party with narrowed suspensions, notices and mergers of its status."""
    days = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=2, max_size=12, unique=True)))
    kinds = ["admitted", *(draw(st.sampled_from(_EVENTFUL)) for _ in days[1:])]
    narrowed = [draw(st.booleans()) for _ in days]  # `_SUSPENSIONS` is of all rights, or of one
    return [
        _make(4 * number + narrow, kind, "AA", day, "member", "AA")
        for number, (kind, day, narrow) in enumerate(zip(kinds, days, narrowed, strict=True))
    ]


@dataclass
class Walk:
    """What a party is on a day, by walking there: the naive model of `eventful_lives`."""

    acts: list[Act]
    status: str | None = None
    suspended: set[tuple[str, ...]] = field(default_factory=set)
    due: date | None = None
    noticed: str = ""

    def go(self, day: date) -> None:
        if self.due == day:
            self.due = self._left_after(day)
            if self.due is None:
                self._leave()
        for each in self.acts:
            if each.effective_on.first == day:
                self._do(each, day)

    def _left_after(self, day: date) -> date | None:
        """The day of the next departure, if nothing could make it one from something else."""
        for each in self.acts:
            if each.effective_on.first >= day:
                if each.kind == "withdrew":
                    return each.effective_on.first
                if each.kind == "admitted":
                    return None
                if each.kind == "statuses_merged" and self.noticed == "partner":
                    return None
        return None

    def _leave(self) -> None:
        self.status, self.suspended, self.due = None, set(), None

    def _do(self, each: Act, day: date) -> None:
        if each.kind == "withdrew":
            self._leave()
        elif each.kind == "admitted" and self.status != "member":
            self._leave()
            self.status = "member"
        elif each.kind == "statuses_merged" and self.status == "member":
            self.status, self.noticed = "partner", "partner" if self.due else ""
        elif each.kind == "suspended" and self.status == "member":
            self.suspended.add(each.listed("rights"))
        elif each.kind == "suspension_lifted":
            self.suspended = set()
        elif each.kind == "withdrawal_notified" and self.status == "member" and not self.due:
            self.due, self.noticed = add_months(day, 12), "member"


@given(eventful_lives())
@settings(max_examples=80)
def test_suspensions_and_notices_run_through_mergers_as_in_the_model(acts: list[Act]) -> None:
    record, walk = _record(acts), Walk(acts)
    for number in range((DAYS[-1] - DAYS[0]).days + 400):
        day = DAYS[0] + timedelta(days=number)
        walk.go(day)
        if day in DAYS or day == walk.due:
            situation = record.situation(on=day)
            assert situation.status("AA").value == walk.status
            assert bool(situation.suspension("AA").value) == bool(walk.suspended)
            assert situation.pending_departure("AA").value == (walk.due if walk.status else None)
