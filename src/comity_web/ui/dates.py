"""Dates in words, as each language writes them; a month or a year where no more is known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache

from comity.kernel.dates import PartialDate

_ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_RUSSIAN = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
]
_RUSSIAN_OF = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]


@lru_cache(maxsize=16384)
def in_words(when: PartialDate | date, language: str) -> str:
    """Write a date in a language.

    >>> in_words(date(2017, 6, 9), "en"), in_words(PartialDate.parse("2009-01"), "ru")
    ('9 June 2017', 'январь 2009')
    """
    partial = when if isinstance(when, PartialDate) else PartialDate.of(when)
    day, month, year = partial.first.day, partial.first.month, partial.first.year
    if partial.exact:
        return _day(day, month, year, language)
    if partial.last.month == month:
        return _month(month, year, language)
    return f"{year}年" if language == "zh" else f"{year}"


def _day(day: int, month: int, year: int, language: str) -> str:
    if language == "zh":
        return f"{year}年{month}月{day}日"
    names = _RUSSIAN_OF if language == "ru" else _ENGLISH
    return f"{day} {names[month - 1]} {year}"


def _month(month: int, year: int, language: str) -> str:
    if language == "zh":
        return f"{year}年{month}月"
    names = _RUSSIAN if language == "ru" else _ENGLISH
    return f"{names[month - 1]} {year}"


def instant_in_words(instant: datetime, language: str) -> str:
    """Write an instant in UTC, to the minute."""
    moment = instant.astimezone(UTC)
    return f"{in_words(moment.date(), language)}, {moment:%H:%M} UTC"
