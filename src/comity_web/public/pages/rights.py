"""The rights: what each status may do, in general and in each body, and under which rule."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext

from comity.charter import queries
from comity.kernel.errors import check_known
from comity.wording import names
from comity_web.public.pages.granted import body_link, of_status
from comity_web.public.pages.matrix import matrix, status_link
from comity_web.public.pages.reader import Page, Reader, capital

BODY = "body"


def rights(reader: Reader, body: str) -> Page:
    """Return the table of rights, in one body or in general.

    Raises `UnknownName` with the nearest body.
    """
    if body:
        check_known("body", body, reader.charter.bodies)
    title = gettext("Rights")
    stage = _stage(reader, body) if body else None
    nobody = stage is not None and stage["stage"] != "active"
    statuses = [] if nobody else granted_statuses(reader)
    return {
        **reader.frame(title, (title, reader.address("rights")), section="rights"),
        "body": body_link(reader, body) if body else None,
        "stage": stage,
        "choices": _choices(reader, body),
        "matrix": matrix(reader, statuses, body),
        "by_status": [in_words(reader, each, body) for each in statuses],
        "former": [in_words(*each, body) for each in former_statuses(reader)],
        "coming": _coming(reader),
    }


def granted_statuses(reader: Reader) -> list[str]:
    """Return the statuses of the day that the table is about.

    Those of the main facet always, others where a rule gives or refuses them something.
    """
    charter, day = reader.charter, reader.question.on
    held = [each.id for each in queries.statuses_on(charter, day)]
    main = charter.main_facet
    return [
        each
        for each in held
        if charter.facet_of(each) == main or queries.grants_to(charter, (each,), day)
    ]


def former_statuses(reader: Reader) -> list[tuple[Reader, str]]:
    """Return the statuses that are no more and had rights, each with a reader of its last day."""
    found = []
    for status, versions in reader.charter.statuses.items():
        end = versions.items[-1].period.end
        if end and end <= reader.question.on:
            last = end - timedelta(days=1)
            if queries.grants_to(reader.charter, (status,), last):
                found.append((reader.on(last), status))
    return found


def in_words(reader: Reader, status: str, body: str) -> Page:
    """Return what a status may do, in a body or in general, put in lines."""
    return {
        **status_link(reader, status),
        "day_in_words": reader.day(reader.question.on),
        "groups": of_status(reader, status, body),
    }


def _stage(reader: Reader, body: str) -> Page:
    finding = reader.situation.body(body)
    return {
        "stage": finding.value or "none",
        "name": capital(names.life_stage_name(finding.value, reader.language)),
        **reader.reasons(finding, "body", body),
    }


def _choices(reader: Reader, body: str) -> list[Page]:
    """Return a link for each body that has begun and is not over; the first is for all."""
    every = {"name": gettext("In general"), "short_name": gettext("In general"), "id": ""}
    begun = [body_link(reader, each.id) for each in reader.situation.bodies()]
    return [
        {
            **each,
            "url": reader.question.other(body=each["id"]),
            "current": each["id"] == body,
        }
        for each in (every, *begun)
    ]


def _coming(reader: Reader) -> list[Page]:
    """Return the statuses that can be held from a later day on, with that day."""
    first = {status: _first(reader, status) for status in reader.charter.statuses}
    return [
        {
            **status_link(reader, status),
            "on_in_words": reader.day(day),
            "url": reader.question.other(on=day.isoformat()),
        }
        for status, day in first.items()
        if day and day > reader.question.on
    ]


def _first(reader: Reader, status: str) -> date | None:
    return reader.charter.statuses[status].items[0].period.start
