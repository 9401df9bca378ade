"""The control of the day: the days on which something changed, and the landmarks among them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from comity.register.changes import Turn, turns

if TYPE_CHECKING:
    from comity_web.public.pages.reader import Reader

_LANDMARKS = 12
_NAMED = 3  # a landmark names so many parties, and counts them where there are more
_APART = 25  # thousandths of the axis between two landmarks


def day_control(reader: Reader) -> dict[str, Any]:
    """Return where a reader can go from the day: changes before and after, landmarks, today.

    ``first`` and ``last`` are the ends of the axis of the organisation's life.
    """
    days = turns(reader.situation)
    first, last = _axis(reader, days)
    on = reader.question.on
    return {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "today": "" if on == reader.question.today else reader.question.other(on=""),
        "previous": _step(reader, [each for each in days if each.on < on][-1:]),
        "next": _step(reader, [each for each in days if each.on > on][:1]),
        "landmarks": [
            {**_stop(reader, turn), "weight": _weight(reader, turn), "chosen": turn.on == on}
            for turn in _landmarks(reader, days, first, last)
        ],
    }


def _axis(reader: Reader, days: tuple[Turn, ...]) -> tuple[date, date]:
    """Return the ends of the organisation's life, so far as it is recorded."""
    named = (reader.charter.founded_on, days[0].on if days else None, reader.question.today)
    first = min(each for each in named if each)
    last = max(reader.charter.dissolved_on or reader.question.today, first + timedelta(days=1))
    return first, last


def _place(day: date, first: date, last: date) -> int:
    share = (day - first).days / (last - first).days
    return round(1000 * min(max(share, 0), 1))


def _step(reader: Reader, found: list[Turn]) -> dict[str, Any] | None:
    return _stop(reader, found[0]) if found else None


def _stop(reader: Reader, turn: Turn) -> dict[str, Any]:
    return {
        "on": turn.on.isoformat(),
        "on_in_words": reader.day(turn.on),
        "label": moves_in_words(reader, turn),
        "url": reader.question.other(on=turn.on.isoformat()),
    }


def moves_in_words(reader: Reader, turn: Turn) -> str:
    """Say who came to which status on a day."""
    statuses = [*reader.charter.statuses, None]
    moves = sorted(turn.moves, key=lambda move: statuses.index(move[2]))
    groups = groupby(moves, key=lambda move: move[2])
    return reader.in_series(
        gettext("%(parties)s: %(status)s")
        % {
            "parties": _parties(reader, [party for party, _, _ in group]),
            "status": reader.status_name(status),
        }
        for status, group in groups
    )


def _parties(reader: Reader, parties: list[str]) -> str:
    if len(parties) > _NAMED:
        return gettext("%(number)s parties") % {"number": len(parties)}
    return reader.listed(reader.party_name(each) for each in reader.situation.order(parties))


def _landmarks(reader: Reader, days: Iterable[Turn], first: date, last: date) -> list[Turn]:
    """Return the days that changed most, so far apart that each can be pointed at."""
    chosen: list[Turn] = []
    for turn in sorted(days, key=lambda each: (-_weight(reader, each), each.on)):
        place = _place(turn.on, first, last)
        free = all(abs(place - _place(each.on, first, last)) >= _APART for each in chosen)
        if free and first <= turn.on <= last and len(chosen) < _LANDMARKS:
            chosen.append(turn)
    return sorted(chosen, key=lambda each: each.on)


def _weight(reader: Reader, turn: Turn) -> int:
    """Weigh a day: a move to or from the first status of the charter counts most."""
    order = reversed(list(reader.charter.statuses))
    rank: dict[str, int] = {status: number for number, status in enumerate(order, 1)}
    return sum(
        max(rank.get(before or "", 0), rank.get(after or "", 0)) for _, before, after in turn.moves
    )
