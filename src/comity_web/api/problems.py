"""What is said when a question cannot be answered, in the one form of RFC 9457."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import msgspec
from django.http import HttpResponse
from django.utils.translation import gettext_noop

from comity.kernel.errors import (
    ComityError,
    Fault,
    IntegrityError,
    Place,
    UnknownName,
    nearest,
)
from comity_web.api.addresses import api_url
from comity_web.api.answers.parts import Names, Part
from comity_web.register.naming import called
from comity_web.register.selectors import Present

CONTENT_TYPE = "application/problem+json"
_DOCUMENTED = "/api/#"
_STEPS = {
    "act": "acts",
    "article": "articles",
    "body": "bodies",
    "office": "offices",
    "party": "parties",
}
TITLES = {
    404: gettext_noop("There is nothing at this address"),
    405: gettext_noop("This can only be read"),
    414: gettext_noop("The address is too long"),
    422: gettext_noop("This cannot be answered"),
    429: gettext_noop("Too much at once"),
    503: gettext_noop("The record is not that of the signed log"),
}


class FaultTold(Part):
    """One thing that is wrong: where, what was found, what was expected, what can be done."""

    code: str
    where: str
    found: str
    expected: str
    advice: str


class Near(Part):
    """Something that was perhaps meant."""

    id: str
    names: Names
    url: str


class Problem(Part):
    """Why there is no answer."""

    type: str
    title: str
    status: int
    detail: str
    faults: list[FaultTold]
    near: list[Near]


def problem(status: int, faults: Iterable[Fault], near: Iterable[Near] = ()) -> HttpResponse:
    """Return a problem as an answer."""
    told = list(faults)
    content = Problem(
        type=f"{_DOCUMENTED}{status}",
        title=TITLES[status],
        status=status,
        detail="\n".join(str(each) for each in told),
        faults=[_told(each) for each in told],
        near=list(near),
    )
    return HttpResponse(msgspec.json.encode(content), status=status, content_type=CONTENT_TYPE)


def problem_of(
    error: ComityError, names: Mapping[str, str], present: Present | None
) -> HttpResponse:
    """Return the problem that an error is; ``names`` are those in the address."""
    if isinstance(error, IntegrityError):
        return problem(503, error.faults)
    if not isinstance(error, UnknownName) or present is None:
        return problem(422, error.faults)
    kind = error.code.removeprefix("unknown_")
    faults = [replace(fault, place=Place(kind)) for fault in error.faults]
    if kind not in names:  # it is asked for by a parameter
        return problem(422, faults)
    return problem(404, faults, _near(kind, names, present))


def _told(fault: Fault) -> FaultTold:
    return FaultTold(
        code=fault.code,
        where=str(fault.place) if fault.place else "",
        found=fault.found,
        expected=fault.expected,
        advice=fault.advice,
    )


def _near(kind: str, names: Mapping[str, str], present: Present) -> list[Near]:
    """Return what a name in the address was perhaps meant to be."""
    home = () if kind == "organisation" else (names["organisation"], _STEPS[kind])
    known = called(kind, names["organisation"], present)
    found = dict(known[each] for each in nearest(names[kind], known))
    return [
        Near(id=each, names=dict(texts), url=api_url("organisations", *home, each))
        for each, texts in found.items()
    ]
