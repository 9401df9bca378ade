"""Families to draw: a tiny one that is known by heart, and strategies for any."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import strategies as st

from comity.kernel.dates import PartialDate
from comity_web.drawing.bars import Bar, Slot
from comity_web.drawing.growth import Band, Event, Stretch
from comity_web.drawing.holders import Tenure
from comity_web.drawing.life import Landmark
from comity_web.drawing.map import Point
from comity_web.drawing.path import Lane, Pending, Step
from comity_web.drawing.plate import Caption, Plate
from comity_web.drawing.scale import Scale
from comity_web.drawing.svg import text_of
from comity_web.drawing.timelines import Group, Row

SVG = "{http://www.w3.org/2000/svg}"
SCALE = Scale(date(1990, 1, 1), date(2020, 1, 1))
DAY = date(2012, 6, 1)
CAPTION = Caption("club", "The River Club", "Three parties from 1990 to 2020.")


def when(text: str) -> PartialDate:
    return PartialDate.parse(text)


# A tiny family: Ashland founded it, Birchia rose to membership, Cedaria came and went.

MEMBER, FRIEND = (1, "M"), (2, "F")
ASHLAND = (Bar(when("1990-05-01"), None, *MEMBER, "member, 1 May 1990 – present"),)
BIRCHIA = (
    Bar(when("1995"), when("2001-07-01"), *FRIEND, "friend, 1995 – 1 July 2001"),
    Bar(when("2001-07-01"), None, *MEMBER, "member, 1 July 2001 – present"),
)
CEDARIA = (Bar(when("1999-03-01"), when("2010-05"), *MEMBER, "member, 1 March 1999 – May 2010"),)
AWAY = (Slot(when("2005-01-01"), when("2006-01-01"), "suspended, 1 January 2005 – 2006"),)
ROWS = (
    Row("Ashland", "/parties/A/", "Ashland: member, 1 May 1990 – present", ASHLAND),
    Row("Birchia & Sons", "/parties/B/?x=1&y=2", "Birchia: friend; member", BIRCHIA),
    Row("Cedaria <former>", "", "Cedaria: member", CEDARIA, AWAY),
)
GROUPS = (Group("Members · 2", ROWS[:2]), Group("Formerly · 1", ROWS[2:]))
BANDS = (Band(*MEMBER, "Members"), Band(*FRIEND, "Friends"))
STRETCHES = (
    Stretch(date(1990, 5, 1), (1, 0)),
    Stretch(date(1995, 1, 1), (1, 1)),
    Stretch(date(1999, 3, 1), (2, 1)),
    Stretch(date(2001, 7, 1), (3, 0)),
    Stretch(date(2010, 5, 1), (2, 0)),
)
EVENTS = tuple(
    Event(number, each.start, 1, f"/growth/?on={each.start}", f"{number}. {each.start}")
    for number, each in enumerate(STRETCHES, 1)
)
LANES = (Lane("Membership", BIRCHIA),)
STEPS = (
    Step(1, date(1994, 2, 1), "/acts/applied/", "1. Applied"),
    Step(2, date(2000, 12, 1), "/acts/signed/", "2. Signed"),
    Step(3, date(2001, 7, 1), "/acts/admitted/", "3. Admitted"),
)
PENDING = Pending(date(2012, 1, 1), date(2013, 1, 1), "Notice given, effect in 2013")
LANDMARKS = (
    Landmark(date(1990, 5, 1), "1990", "Foundation", "?on=1990-05-01", 3),
    Landmark(date(1999, 3, 1), "1999", "Cedaria: member", "?on=1999-03-01", 1),
    Landmark(date(1999, 4, 1), "1999", "Nothing much", "?on=1999-04-01", 0),
)
TENURES = (
    Tenure(when("1990-05-01"), when("1992-05-01"), "Ashland", "A", "Ashland, 1990–1992", "/a/"),
    Tenure(when("1992-05-01"), None, "Birchia & Sons", "B", "Birchia, 1992 – present", "/b/"),
)
POINTS = (
    Point((13.4, 52.5), 1, 1, "Ashland", "/parties/A/", "Ashland (Ashford): member"),
    Point((21.0, 52.2), 2, 2, "Birchia", "/parties/B/", "Birchia (Birch): friend"),
    Point((21.3, 52.3), 3, 3, "Cedaria", "", "Cedaria (Cedar): guest", suspended=True),
)


# Any family

DAYS = st.dates(date(1985, 1, 1), date(2025, 12, 31))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=24)


def _known(day: date, length: int) -> PartialDate:
    return PartialDate.parse(day.isoformat()[:length])


PARTIAL = st.builds(_known, DAYS, st.sampled_from([4, 7, 10, 10]))


@st.composite
def spells(draw: st.DrawFn) -> tuple[Bar, ...]:
    """Spells that follow one another as a fold gives them: each ends before the next begins."""
    turns = draw(st.lists(PARTIAL, min_size=1, max_size=6, unique_by=lambda each: each.first))
    turns.sort()
    found = []
    for start, end in zip(turns, [*turns[1:], None], strict=True):
        if draw(st.integers(0, 3)):
            number = draw(st.integers(1, 6))
            found.append(Bar(start, end, number, draw(st.sampled_from("MOD")), draw(WORDS)))
    return tuple(found)


@st.composite
def rows(draw: st.DrawFn) -> Row:
    slot = st.builds(
        lambda start, days: Slot(start, PartialDate.of(start.last + timedelta(days)), "away"),
        PARTIAL,
        st.integers(1, 900),
    )
    away = tuple(draw(st.lists(slot, max_size=2)))
    url = draw(st.sampled_from(["", "/parties/X/?on=2020-01-01&basis=decision"]))
    return Row(draw(WORDS), url, draw(WORDS), draw(spells()), away)


GROUPS_OF_ANY = st.lists(
    st.builds(Group, WORDS, st.lists(rows(), min_size=1, max_size=8).map(tuple)), max_size=4
)


# Reading a drawing again


def parsed(plate: Plate) -> ET.Element:
    """Read a drawing as XML, which fails where it is not well formed."""
    text = text_of(plate.element)
    return ET.fromstring(text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))


def of_class(root: ET.Element, name: str) -> Iterator[ET.Element]:
    return (each for each in root.iter() if name in each.get("class", "").split())


def share(element: ET.Element, name: str) -> float:
    """Return an attribute that is given in percent."""
    value = element.get(name, "0%")
    assert value.endswith("%"), (name, value)
    return float(value.removesuffix("%"))
