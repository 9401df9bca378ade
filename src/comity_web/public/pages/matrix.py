"""The table of rights: a column for each status, a row for each right, in one body or in all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from comity.charter import queries
from comity.charter.model import Grant
from comity.membership.answers import Permission
from comity_web.public.pages.caution import cautions, legend
from comity_web.public.pages.granted import UNSAID, answered, body_link
from comity_web.public.pages.reader import Page, Reader


def matrix(reader: Reader, statuses: list[str], body: str = "") -> Page:
    """Return the table of what statuses give in a body, or, without one, in every body.

    ``rules`` are the articles of all cells; a cell has the numbers of its own among them.
    ``legend`` explains the marks of what is in doubt, or rests on practice only.
    """
    rows = [
        {
            "id": right,
            "name": reader.text(declared.names) or right,
            "cells": [_cell(reader, status, right, body) for status in statuses],
        }
        for right, declared in (reader.charter.rights.items() if statuses else ())
    ]
    return {
        "statuses": [status_link(reader, each) for each in statuses],
        "rows": rows,
        "rules": _numbered(rows),
        "legend": legend(_answers(rows)),
    }


def status_link(reader: Reader, status: str) -> Page:
    """Return a status with its name and tint."""
    name = reader.status_heading(status, 1)
    return {"id": status, "name": name, "shade": reader.shade(status)}


def _cell(reader: Reader, status: str, right: str, body: str) -> Page:
    finding = reader.situation.granted(status, right, body or None)
    own = (body,) if body else ()
    return {
        "status": status,
        **answered(reader, finding.value),
        "exception": bool(body) and _differs_from_all(reader, status, right, finding.value),
        "elsewhere": [] if body else _elsewhere(reader, status, right, finding.value),
        "cautions": cautions(reader, finding),
        **reader.reasons(finding, "grant", status, right, *own),
    }


def _differs_from_all(reader: Reader, status: str, right: str, found: Permission) -> bool:
    """Whether a rule for every body answers otherwise than the one for this body."""
    general = reader.situation.granted(status, right).value
    return not general.bodies and not general.unsaid and general != found


def _elsewhere(reader: Reader, status: str, right: str, general: Permission) -> list[Page]:
    """Return the active bodies in which a rule of their own answers otherwise."""
    situation = reader.situation
    grants = queries.grants_to(reader.charter, (status,), reader.question.on)
    found = ((body, situation.granted(status, right, body)) for body in _named(grants, right))
    return [
        {
            **body_link(reader, body),
            **answered(reader, own.value),
            "cautions": cautions(reader, own),
            **reader.reasons(own, "grant", status, right, body),
        }
        for body, own in found
        if own.value != general and situation.body(body).value == "active"
    ]


def _named(grants: Iterable[Grant], right: str) -> list[str]:
    """Return the bodies that grants of a right name."""
    about = (each for each in grants if right in each.rights or "all" in each.rights)
    return [each for each in dict.fromkeys(b for g in about for b in g.bodies) if each != "all"]


def _numbered(rows: list[Page]) -> list[Page]:
    """Return the articles that cells rest on, and give each cell the numbers of its own."""
    rules: dict[str, Page] = {}
    for answer in _answers(rows):
        answer["numbers"] = []
        for ground in () if _says_nothing(answer) else answer["grounds"]:
            rule = rules.setdefault(ground["id"], {**ground, "number": len(rules) + 1})
            answer["numbers"].append(rule["number"])
    return list(rules.values())


def _answers(rows: list[Page]) -> Iterator[Page]:
    """Yield every cell, then what they say of single bodies."""
    cells = [cell for row in rows for cell in row["cells"]]
    return chain(cells, *(cell["elsewhere"] for cell in cells))


def _says_nothing(answer: Page) -> bool:
    """Whether no rule is cited beside an answer: none says so, or each body has its own."""
    return answer["answer"] == UNSAID or bool(answer.get("elsewhere"))
