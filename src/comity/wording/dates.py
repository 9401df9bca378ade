"""Dates as they are written in each language."""

from __future__ import annotations

from datetime import date

from comity.kernel.dates import PartialDate, Period
from comity.wording.catalogue import text


def date_text(day: date | PartialDate, language: str) -> str:
    """Return a date to the day, month or year, as much as is known.

    >>> date_text(date(2017, 6, 9), "en"), date_text(PartialDate.parse("2009-01"), "ru")
    ('9 June 2017', 'январь 2009 г.')
    >>> date_text(date(2017, 6, 9), "zh"), date_text(PartialDate.parse("1962"), "en")
    ('2017年6月9日', '1962')
    """
    known = PartialDate.of(day) if isinstance(day, date) else day
    year, number = known.first.year, known.first.month
    if known.exact:
        month = text(language, f"month_in_date.m{number}")
        return text(language, "date.day", day=known.first.day, month=month, year=year)
    if known.first.month == known.last.month:
        return text(language, "date.month", month=text(language, f"month.m{number}"), year=year)
    return text(language, "date.year", year=year)


def period_text(period: Period, language: str) -> str:
    """Return from when until when something holds; the end is the first day it no longer does.

    >>> period_text(Period(None, date(2020, 1, 1)), "en")
    'until 1 January 2020'
    """
    if period.start and period.end:
        start, end = date_text(period.start, language), date_text(period.end, language)
        return text(language, "date.period", start=start, end=end)
    if period.start:
        return text(language, "date.from", start=date_text(period.start, language))
    if period.end:
        return text(language, "date.until", end=date_text(period.end, language))
    return text(language, "date.always")
