"""Which acts are asked for, in which order, and where a page of them begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from comity.kernel.act import Act
from comity.kernel.errors import DataError, Fault, Place
from comity.register.browsing import Index, Wanted
from comity_web.api.answers.reader import Reader
from comity_web.register.indexes import index_of

MOST, USUALLY = 1000, 100
ORDERS = ("recorded", "-recorded", "effective", "-effective")


@dataclass(frozen=True, slots=True)
class PageOfActs:
    """Acts as they read, how many there are on all pages, and whether more follow."""

    acts: list[Act]
    total: int
    more: bool


def page_of(reader: Reader) -> PageOfActs:
    """Return the page of acts that is asked for; raises `DataError` where none can begin.

    A page begins after an act, so that none is missed or seen twice when others are recorded.
    """
    index = index_of(reader.record, reader.situation.known)
    order = reader.asked.text("order") or ORDERS[0]
    limit: int = reader.asked.own.get("limit", USUALLY)
    found = [
        each for each in _places(index, _wanted(reader), order) if _is_late(reader, index, each)
    ]
    rest = found[_passed(reader, index, found, order) :]
    acts = [index.acts[each] for each in rest[:limit]]
    return PageOfActs(acts, total=len(found), more=len(rest) > limit)


def _places(index: Index, wanted: Wanted, order: str) -> list[int]:
    """Return the places of acts in the index, in the order asked for."""
    by_effect = order.endswith("effective")
    places = index.in_order(index.choose(wanted), by="effect" if by_effect else "entry")
    return places[::-1] if order.startswith("-") else places


def _passed(reader: Reader, index: Index, found: list[int], order: str) -> int:
    """Return how many of the acts found do not come after the one that a page begins after.

    That one need not be among them: it may have been corrected since.
    """
    after = reader.asked.text("after")
    if not after:
        return 0
    rank = {place: n for n, place in enumerate(_places(index, Wanted(), order))}
    at = next((rank[n] for n, act in enumerate(index.acts) if act.id == after), None)
    if at is None:
        expected = "the last act of the page before"
        raise DataError(Fault("unknown_act", f'no act "{after}"', expected, place=Place("after")))
    return sum(rank[each] <= at for each in found)


def _is_late(reader: Reader, index: Index, place: int) -> bool:
    since: date | None = reader.asked.own.get("recorded_since")
    return since is None or index.acts[place].recorded_at >= _instant(since)


def _instant(moment: date) -> datetime:
    """Return a moment as an instant: of a day, its first."""
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time.min, tzinfo=UTC)


def _wanted(reader: Reader) -> Wanted:
    asked = reader.asked
    party = asked.text("party")
    values = {
        "kind": asked.text("kind"),
        "party": reader.record.party(party) if party else "",
        "body": asked.text("body"),
    }
    return Wanted(
        values={name: value for name, value in values.items() if value},
        start=asked.own.get("from"),
        end=asked.own.get("to"),
        words=tuple(asked.text("text").split()),
    )
