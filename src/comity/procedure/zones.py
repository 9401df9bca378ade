"""Instants and what clocks show: an instant is in UTC, a local time belongs to a zone.

The zones are those of the IANA database as Python has it (the system's, else ``tzdata``).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from comity.kernel.dates import parse_instant
from comity.kernel.errors import DataError, Fault

_LOCAL = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?: ?([+-]\d{2}:\d{2}))?", re.ASCII
)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}", re.ASCII)
SECOND = timedelta(seconds=1)

# Beyond these instants no local time can be reckoned in every zone.
FIRST = datetime(1, 1, 3, tzinfo=UTC)
LAST = datetime(9999, 12, 29, tzinfo=UTC)


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """Return the zone with an IANA name; raises `DataError`.

    >>> zone_of("Asia/Shanghai").key
    'Asia/Shanghai'
    """
    if _ZONE.fullmatch(name):
        try:
            return ZoneInfo(name)
        except (OSError, ValueError):  # one that is not there is a KeyError and an OSError by turns
            pass
        except KeyError:
            pass
    expected = "a name of the IANA database, such as Asia/Shanghai or Europe/Brussels"
    raise DataError(Fault("unknown_zone", f'no time zone "{name[:80]}"', expected))


def local_time(instant: datetime, zone: str) -> datetime:
    """Return what a clock in the zone shows at an instant, without the zone."""
    return instant.astimezone(zone_of(zone)).replace(tzinfo=None, fold=0)


def instant_of(local: datetime, zone: str) -> datetime:
    """Return the instant at which a period ends that ends at a local time.

    A time that clocks show twice is taken at its second turn, and one that they leave out where
    they go on: nobody loses time by a change of the clock.

    >>> print(instant_of(datetime(2030, 10, 27, 2, 30), "Europe/Brussels"))
    2030-10-27 01:30:00+00:00
    >>> print(instant_of(datetime(2030, 3, 31, 2, 30), "Europe/Brussels"))
    2030-03-31 01:00:00+00:00
    """
    where = zone_of(zone)
    first, second = (_in_utc(local, where, fold) for fold in (0, 1))
    if second >= first:  # once, or twice
        return second
    return _change_between(second, first, where)


def occurrences(local: datetime, zone: str) -> tuple[datetime, ...]:
    """Return the instants at which clocks show a local time: none, one or two."""
    where = zone_of(zone)
    found = {_in_utc(local, where, fold) for fold in (0, 1)}
    return tuple(sorted(each for each in found if local_time(each, zone) == local))


def _in_utc(local: datetime, where: ZoneInfo, fold: int) -> datetime:
    return local.replace(tzinfo=where, fold=fold).astimezone(UTC)


def _change_between(before: datetime, after: datetime, where: ZoneInfo) -> datetime:
    """Return the first instant with the offset that holds ``after``; clocks change at a second."""
    low, high = before.replace(microsecond=0), after.replace(microsecond=0) + SECOND
    new = after.astimezone(where).utcoffset()
    while high - low > SECOND:
        middle = low + timedelta(seconds=(high - low) // SECOND // 2)
        if middle.astimezone(where).utcoffset() == new:
            high = middle
        else:
            low = middle
    return high


def parse_clock(text: str) -> time:
    """Read ``HH:MM``; raises `DataError`."""
    if _CLOCK.fullmatch(text):
        return time.fromisoformat(text)
    fault = Fault("malformed_time", f'"{text[:80]}" is not a time of day', "a time such as 18:00")
    raise DataError(fault)


def parse_local(text: str, zone: str) -> datetime:
    """Read the instant that a local time means, ``2030-05-03 18:00``; raises `DataError`.

    A time that clocks show twice needs its offset: ``2030-10-27 02:30 +01:00``. An instant in UTC,
    ``2030-05-03T10:00:00Z``, stands for itself.

    >>> print(parse_local("2030-05-03 18:00", "Asia/Shanghai"))
    2030-05-03 10:00:00+00:00
    """
    if text.endswith("Z"):
        return parse_instant(text)
    match = _LOCAL.fullmatch(text)
    try:
        local = datetime.fromisoformat(f"{match[1]}T{match[2]}") if match else None
    except ValueError:
        local = None
    if match is None or local is None or not FIRST.year < local.year < LAST.year:
        expected = "a local time such as 2030-05-03 18:00, or an instant in UTC"
        raise DataError(Fault("malformed_time", f'"{text[:80]}" is not a time', expected))
    return _only_one(local, zone, match[3])


def _only_one(local: datetime, zone: str, offset: str | None) -> datetime:
    found = occurrences(local, zone)
    if offset is not None:
        found = tuple(each for each in found if _offset(each, zone) == offset)
    if len(found) == 1:
        return found[0]
    shown = f"{local:%Y-%m-%d %H:%M} in {zone}"
    if found:
        offsets = " or ".join(_offset(each, zone) for each in found)
        raise DataError(
            Fault("time_twice", f"clocks show {shown} twice", f"the offset as well: {offsets}")
        )
    advice = "Clocks leave this time out, or the offset is not the one they have then."
    raise DataError(Fault("time_left_out", f"clocks never show {shown}", "another time", advice))


def _offset(instant: datetime, zone: str) -> str:
    text = f"{instant.astimezone(zone_of(zone)):%z}"
    return f"{text[:3]}:{text[3:5]}"
