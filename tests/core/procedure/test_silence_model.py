"""Silence against a model that walks through every minute, in zones where clocks change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from comity.procedure.calendars import Calendar, SpecialDay, special_days
from comity.procedure.events import Event, Matter
from comity.procedure.fold import state_of
from comity.procedure.read import read_file
from tests.core.procedure.naive import Office, Silence

SILENCE = read_file(Path(__file__).parent / "data" / "assembly.yaml").on("silence")
MEMBERS = ("AA", "BB", "CC")
MATTER = Matter.of("m", MEMBERS, roles={"chair": ["AA"], "secretariat": ["SEC"]})
MINUTE = timedelta(minutes=1)
HOURS = 60

# A change of clocks, both ways, and a new year lie within the days that follow.
BEGINNINGS = (
    datetime(2030, 3, 27, 22, 50, tzinfo=UTC),
    datetime(2030, 10, 24, 21, 30, tzinfo=UTC),
    datetime(2030, 12, 28, 12, 0, tzinfo=UTC),
    datetime(2031, 3, 7, 5, 15, tzinfo=UTC),
)
ZONES = ("Asia/Shanghai", "Europe/Brussels", "America/New_York", "Australia/Lord_Howe")
CLOSED = frozenset({date(2030, 4, 1), date(2031, 1, 1), date(2030, 10, 29)})

# Minutes after the beginning: soon, anywhere, or about the instants at which something ends.
minutes = st.one_of(
    st.integers(60, 72 * HOURS),
    st.integers(0, 16 * 24 * HOURS),
    st.builds(
        lambda days, minute: days * 24 * HOURS + minute, st.integers(1, 14), st.integers(-1, 61)
    ),
)
lengths = st.sampled_from(
    [None, None, 72 * HOURS - 1, 72 * HOURS, 72 * HOURS + 1, 96 * HOURS, 240 * HOURS]
)
# What members usually do, and now and then what nobody may.
ACTS = (
    ("position_given", "objects", "Paragraph 1."),
    ("position_given", "objects", "Paragraph 1."),
    ("position_given", "joins_consensus", ""),
    ("objection_withdrawn", "", ""),
    ("objection_withdrawn", "", ""),
    ("amended", "", ""),
    ("extended", "", ""),
    ("silence_opened", "", ""),
    ("statement_filed", "", ""),
    ("withdrawn", "", ""),
    ("tabled", "", ""),
    ("position_given", "objects", ""),
    ("position_given", "no_such_word", ""),
    ("referred", "", ""),
)
WHO = ("AA", "AA", "BB", "CC", "CC", "XX")


@st.composite
def histories(draw: st.DrawFn) -> tuple[datetime, str, list[Event]]:
    beginning = draw(st.sampled_from(BEGINNINGS))
    events = []
    if draw(st.integers(0, 9)):  # most begin in order, or nothing would ever be under silence
        opened = beginning + draw(st.integers(0, 59)) * MINUTE
        events = [Event("t", "tabled", beginning, "BB"), Event("u", "silence_opened", opened, "AA")]
    for number in range(draw(st.integers(0, 10))):
        kind, position, reason = draw(st.sampled_from(ACTS))
        at = beginning + draw(minutes) * MINUTE
        length = draw(lengths) if kind in ("extended", "silence_opened") else None
        text = draw(st.sampled_from(["", "", "", "A/1", "A/2"]))
        until = at + length * MINUTE if length else None
        who = draw(st.sampled_from(WHO))
        events.append(Event(f"e{number}", kind, at, who, position, text, until, reason))
    return beginning, draw(st.sampled_from(ZONES)), events


def objection(at: datetime, text: str = "") -> Event:
    return Event("o", "position_given", at, "CC", "objects", text, reason="Paragraph 1.")


FIRST = BEGINNINGS[0]
OPENED = [Event("t", "tabled", FIRST, "BB"), Event("s", "silence_opened", FIRST, "AA")]
END = FIRST + 72 * HOURS * MINUTE


@settings(max_examples=100, deadline=None)
@given(history=histories(), after=st.lists(minutes, min_size=1, max_size=3))
@example(history=(FIRST, ZONES[1], [*OPENED, objection(END)]), after=[72 * HOURS])
@example(history=(FIRST, ZONES[1], [*OPENED, objection(END - MINUTE)]), after=[72 * HOURS - 1])
def test_silence_stands_where_it_does_for_one_who_watches_every_minute(
    history: tuple[datetime, str, list[Event]], after: list[int]
) -> None:
    beginning, zone, events = history
    calendar = Calendar("c", zone, holidays=special_days(map(SpecialDay, CLOSED)))
    procedure = replace(SILENCE, calendar=calendar)
    for each in after:
        at = beginning + each * MINUTE
        found = state_of(procedure, MATTER, events, at).value
        model = Silence(MEMBERS, "AA", Office(zone, CLOSED)).walk(events, beginning, at)
        assert found.stage == model.stage
        assert (found.deadline.at if found.deadline else None) == model.deadline
        assert {each.event for each in found.refused} == model.refused
        assert found.bound == (MEMBERS if model.stage == "adopted" else ())
        if model.stage == "adopted":
            assert found.since == model.adopted_at
