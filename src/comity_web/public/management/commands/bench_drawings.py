"""Measure how long drawings of made-up families take, and how large they are."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.core.management.base import BaseCommand

from comity.kernel.dates import PartialDate
from comity_web.drawing.bars import Bar
from comity_web.drawing.growth import Band, Event, Stretch, growth
from comity_web.drawing.map import Point, map_of
from comity_web.drawing.plate import Caption, Plate
from comity_web.drawing.scale import Scale
from comity_web.drawing.svg import text_of
from comity_web.drawing.timelines import Group, Row, timelines

_CAPTION = Caption("bench", "A made-up family", "As many parties as were asked for.")
_SCALE = Scale(date(1958, 1, 1), date(2026, 1, 1))
_DAY = date(2020, 1, 1)
_LANDS = ("Ashland", "Birchia", "Democratic Republic of the Elm", "Cedaria", "United Oaks")


class Command(BaseCommand):
    """Draw each drawing many times; the times are of the processor, so that others do not count."""

    help = "Measure the drawings of families of 30, 100 and 200 parties."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare how often each is drawn."""
        parser.add_argument("--times", type=int, default=50)

    def handle(self, times: int, **_: object) -> None:
        """Measure, and print the median and the size."""
        for number in (30, 100, 200):
            for name, draw in _drawings(number).items():
                waits, size = _measured(draw, times)
                self.stdout.write(
                    f"{name} of {number}: {waits[times // 2] * 1000:.1f} ms, {size / 1000:.1f} kB"
                )


def _measured(draw: Callable[[], Sequence[Plate]], times: int) -> tuple[list[float], int]:
    waits = []
    size = 0
    for _ in range(times):
        start = time.process_time()
        text = "".join(text_of(each.element) for each in draw())
        waits.append(time.process_time() - start)
        size = len(text.encode())
    return sorted(waits), size


def _drawings(number: int) -> dict[str, Callable[[], Sequence[Plate]]]:
    groups = [Group("Members", tuple(_row(each) for each in range(number)))]
    points = [_point(each) for each in range(number)]
    bands = [Band(1, "M", "Members"), Band(2, "O", "Observers")]
    steps = [Stretch(_day(each), (each + 1, each // 2)) for each in range(number)]
    events = [Event(n, e.start, 1, f"/?on={e.start}", "moved") for n, e in enumerate(steps, 1)]
    return {
        "timelines": lambda: timelines(groups, caption=_CAPTION, scale=_SCALE, day=_DAY),
        "growth": lambda: [growth(bands, steps, events, caption=_CAPTION, scale=_SCALE)],
        "map": lambda: [map_of(points, caption=_CAPTION)],
    }


def _day(number: int) -> date:
    """Return a day of the scale; the days of many numbers are spread over it."""
    return _SCALE.first + timedelta(days=101 * number)


def _name(number: int) -> str:
    return f"{_LANDS[number % len(_LANDS)]} {number}"


def _row(number: int) -> Row:
    joined, rose = (PartialDate.of(_day(number) + timedelta(days=days)) for days in (0, 1000))
    spells = (
        Bar(joined, rose, 2, "O", "observer, 9 June 2005 – 9 June 2017"),
        Bar(rose, None, 1, "M", "member State, 9 June 2017 – present"),
    )
    history = "; ".join(each.label for each in spells)
    label = f"{_name(number)}: {history}"
    return Row(_name(number), f"/en/bench/parties/X{number}/?on=2020-01-01", label, spells)


def _point(number: int) -> Point:
    place = (-10 + number * 37 % 140, -20 + number * 23 % 75)
    return Point(place, number, number % 3 + 1, _name(number), "/en/bench/", _name(number))
