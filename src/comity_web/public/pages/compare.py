"""Two days side by side: the numbers, who came, moved and left, and all that changed between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext

from comity.register.changes import Change, all_changes, balance
from comity.register.kinds import KINDS
from comity.register.situation import Situation
from comity.wording import names
from comity.wording.changes import balance_text
from comity_web.public.pages.acts_between import acts_between, choices, day_before, texts
from comity_web.public.pages.changed import change, moved
from comity_web.public.pages.charter import differences
from comity_web.public.pages.reader import Page, Reader, capital
from comity_web.register.questions import one_of, read_day

PARAMETERS = ("with", "kind")
_OF_PARTIES = ("suspension", "departure", "name", "represented_by", "territory")


def compare(reader: Reader, asked: Mapping[str, str]) -> Page:
    """Return what differs between the day and another; raises `BadQuestion`."""
    on = reader.question.on
    other = read_day("with", asked["with"]) if asked["with"] else day_before(reader)
    kind = one_of("kind", asked["kind"], KINDS)
    title = gettext("Two days compared")
    earlier, later = (_on(reader, each) for each in sorted((on, other)))
    changes = all_changes(later, earlier.on)
    facets = reader.charter.facets
    return {
        **reader.frame(title, (title, reader.address("compare")), section="compare"),
        "days": [_day(reader, each) for each in (other, on)],
        "earlier_in_words": reader.day(earlier.on),
        "later_in_words": reader.day(later.on),
        "with": other.isoformat(),
        "with_left_out": not asked["with"],
        "swap": reader.question.other(**{"on": other.isoformat(), "with": on.isoformat()}),
        "summary": [_summary(reader, earlier, later, each) for each in facets],
        "counts": _counts(reader, (other, on)),
        "moves": moved(reader, (c for c in changes if c.aspect == "status")),
        "others": [change(reader, each) for each in changes if each.aspect in _OF_PARTIES],
        "offices": _offices(reader, later.on, changes),
        "bodies": [change(reader, each) for each in changes if each.aspect == "body"],
        "rules": differences(reader, other),
        "texts": texts(reader, earlier.on, later.on),
        "acts": acts_between(reader, earlier.on, later.on, kind),
        "choices": choices(reader, on, other),
    }


def _on(reader: Reader, day: date) -> Situation:
    then = reader.situation
    return Situation(then.record, on=day, known=then.known, basis=then.basis)


def _day(reader: Reader, day: date) -> Page:
    return {
        "on": day.isoformat(),
        "on_in_words": reader.day(day),
        "url": reader.question.other(on=day.isoformat(), **{"with": ""}),
    }


def _summary(reader: Reader, earlier: Situation, later: Situation, facet: str) -> Page:
    """Return in one sentence how the days compare in a facet; nothing where nobody holds one."""
    found = balance(earlier, later, facet)
    main = facet == reader.charter.main_facet
    return {
        "facet": facet,
        "facet_name": ""
        if main
        else capital(names.facet_name(reader.charter, facet, reader.language)),
        "text": capital(balance_text(found, later, reader.language)) if found.counts else "",
        **{
            each: [reader.party(p) for p in getattr(found, each)]
            for each in ("came", "left", "moved")
        },
    }


# Counts


def _counts(reader: Reader, days: tuple[date, date]) -> list[Page]:
    """Return every status, and every count of several, with its number on either day and basis."""
    charter = reader.charter
    columns = [reader.on(day).counting(basis) for day in days for basis in charter.bases]
    several = (name for name, each in charter.counts.items() if len(each.items[-1].statuses) > 1)
    rows = (_row(reader, name, columns) for name in (*several, *charter.statuses))
    return [row for row in rows if any(cell["count"] for cell in row["cells"])]


def _row(reader: Reader, name: str, columns: Sequence[Reader]) -> Page:
    heading = names.count_heading if name in reader.charter.counts else names.status_heading
    cells = [_cell(name, each) for each in columns]
    most = max(int(each["count"]) for each in cells)
    day = max(each.question.on for each in columns)
    return {
        "id": name,
        "name": heading(reader.charter, name, most, day, reader.language),
        "cells": cells,
    }


def _cell(name: str, then: Reader) -> Page:
    basis = names.basis_name(then.charter, then.situation.basis, then.language)
    several = len(then.charter.bases) > 1
    return {
        "on": then.question.on.isoformat(),
        "basis": then.situation.basis,
        "label": then.listed([then.day(then.question.on), *([basis] if several else [])]),
        "count": then.situation.number(name),
        "why": then.why("count", name),
    }


# What is between


def _offices(reader: Reader, later: date, changes: Iterable[Change[Any]]) -> list[Page]:
    """Return each office that changed hands, with its holders from day to day."""
    rows = []
    for office in reader.charter.offices:
        found = [each for each in changes if each.aspect == "office" and each.of == office]
        if found:
            steps = [change(reader, each) for each in found]
            name = names.office_name(reader.charter, office, later, reader.language)
            before, after = steps[0]["before"], steps[-1]["after"]
            rows.append(
                {"id": office, "name": name, "before": before, "after": after, "steps": steps}
            )
    return rows
