"""Write a charter as data in the charter format, in one normal form.

Defaults are left out, every rule that may have versions is a list of them, and ``order`` says in
which order the entries of each section stand, because the canonical encoding sorts keys while
the first facet is the main one and lists are shown in the order of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Any

from comity.charter.model import (
    ALL,
    Charter,
    Notice,
    OrderOfStates,
    Position,
    Source,
    Status,
    Versions,
    WithdrawalRule,
)
from comity.charter.parts import DECISIONS, PROCEDURES, TRANSLATIONS
from comity.kernel.canonical import JSON
from comity.kernel.dates import PartialDate, Period, format_instant

FORMAT = "comity-charter/1"
ORDERED = (
    "instruments",
    "articles",
    "bases",
    "facets",
    "statuses",
    "counts",
    "bodies",
    "rights",
    "offices",
)
_ORGANISATION = (
    "id", "names", "short_names", "founded_on", "dissolved_on", "recorded_at", "note",
)  # fmt: skip


# Keys that the format asks for, and that are written even where they say the default.
_ALWAYS = {
    (Status, "facet"),
    (OrderOfStates, "language"),
    (WithdrawalRule, "notice"),
    (Source, "title"),
}


def as_data(charter: Charter) -> dict[str, JSON]:
    """Return the whole charter as one value: the four files and the order of entries."""
    data = _fields(charter, without=(TRANSLATIONS, DECISIONS, PROCEDURES))
    organisation = {key: data.pop(key) for key in _ORGANISATION if key in data}
    data.pop("digest", None)
    default = data.pop("default_basis", "effect")
    data["bases"] = _entries(charter.bases)
    data["bases"][default]["default"] = True
    data["facets"] = _entries(charter.facets)
    if charter.translations:
        data[TRANSLATIONS] = _translations(charter)
    if charter.decisions:
        data[DECISIONS] = _versions(charter.decisions.data, ("decision_rules",))
    if charter.procedures:
        sections = ("decision_rules", PROCEDURES)
        data[PROCEDURES] = _versions(charter.procedures.data, sections)
    order = {name: list(data[name]) for name in ORDERED if name in data}
    return {"format": FORMAT, "organisation": organisation, **data, "order": order}


def _translations(charter: Charter) -> dict[str, JSON]:
    """Return pairs of texts: the canonical encoding has no key beyond ASCII."""
    return {
        language: [[text, texts[text]] for text in sorted(texts)]
        for language, texts in charter.translations.items()
    }


def _versions(sections: Mapping[str, Any], of: Iterable[str]) -> dict[str, JSON]:
    """Return sections as they are written, each entry of some of them a list of its versions."""
    listed = {
        section: {
            name: each if isinstance(each, list) else [each]
            for name, each in sections[section].items()
        }
        for section in of
        if section in sections
    }
    return {**sections, **listed}


def _fields(rule: Any, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for each in fields(rule):
        value = getattr(rule, each.name)
        if isinstance(value, Period):
            result |= _period(value)
        elif each.name not in without and (
            (type(rule), each.name) in _ALWAYS or not _left_out(each, value)
        ):
            result[each.name] = _value(value)
    return result


def _left_out(each: Any, value: Any) -> bool:
    if each.default is not MISSING and value == each.default:
        return True
    return each.default_factory is not MISSING and not value


def _period(period: Period) -> dict[str, str]:
    bounds = {"from": period.start, "until": period.end}
    return {key: day.isoformat() for key, day in bounds.items() if day}


def _value(value: Any) -> Any:
    if isinstance(value, Notice):
        return _notice(value)
    if isinstance(value, datetime):
        return format_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Mapping):
        return _entries(value)
    if isinstance(value, Versions):
        return [_fields(each, without=("id",)) for each in value.items]
    if isinstance(value, Position):
        return [str(value.latitude), str(value.longitude)]
    if isinstance(value, tuple):
        return ALL if value == (ALL,) else [_value(each) for each in value]
    return _fields(value) if hasattr(value, "__dataclass_fields__") else value


def _entries(section: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _entry(each) for name, each in section.items()}


def _entry(value: Any) -> Any:
    if isinstance(value, Versions | str):
        return _value(value)
    return _fields(value, without=("id", "code"))


def _notice(notice: Notice) -> dict[str, Any]:
    result: dict[str, Any] = {"months": notice.months, "days": notice.days}
    if notice.notice_by and notice.effect:
        result = {"cutoff": {"notice_by": _day(notice.notice_by), "effect": _day(notice.effect)}}
    if notice.then != "same_day":
        result["then"] = notice.then
    if notice.roll_over:
        result["month_end"] = "roll_over"
    if notice.not_within_months:
        result["not_within"] = {"months": notice.not_within_months}
    return result


def _day(month_and_day: tuple[int, int]) -> str:
    return "{:02d}-{:02d}".format(*month_and_day)
