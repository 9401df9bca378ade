"""Cases of procedures: what happened to a matter, and what a lawyer expects at given instants.

The format is in ``docs/reference/procedures.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from comity.decision.cases import Result, by_member, cases_of, result_of
from comity.kernel import documents
from comity.kernel.dates import Period, format_instant, parse_day
from comity.kernel.documents import Document
from comity.kernel.errors import DataError, Fault, unknown
from comity.kernel.finding import Finding
from comity.procedure import case_forms
from comity.procedure.events import KINDS, Event, Matter, Seats
from comity.procedure.fold import state_of
from comity.procedure.model import Procedure, Procedures
from comity.procedure.read import read_file, read_procedures
from comity.procedure.standing import Standing
from comity.procedure.zones import parse_local

CASE = (
    "title", "procedure", "on", "zone", "matter", "events", "questions", "source", "note",
    "constructed",
)  # fmt: skip
MATTER = ("members", "bodies", "roles", "groups", "weights")
EVENT = (
    "id", "at", "zone", "event", "by", "position", "text", "until", "reason", "about", "positions",
    "source", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A case that has been read: everything that `state_of` asks for, and the questions."""

    title: str
    procedure: Procedure
    matter: Matter
    events: tuple[Event, ...]
    questions: tuple[Mapping[str, Any], ...]
    zone: str


def holds_procedures(data: Any) -> bool:
    """Whether a case file is about procedures: it names their file or brings them."""
    return (
        isinstance(data, dict)
        and "charter" not in data
        and isinstance(data.get("procedures"), str | dict)
    )


def run_file(path: Path, procedures: Procedures | None = None) -> Iterator[Result]:
    """Run the cases of one file; raises `DataError` where the file or its rules cannot be read."""
    yield from run_document(documents.read(path), procedures)


def run_document(document: Document, procedures: Procedures | None = None) -> Iterator[Result]:
    """Run the cases of a document under its own procedures, those given, or those of a file."""
    cases = cases_of(document)
    found = _procedures(document, procedures)
    for case, place in cases:
        yield result_of(case, place, partial(_failures, case, found))


def _procedures(document: Document, given: Procedures | None) -> Procedures:
    named = document.data.get("procedures")
    if isinstance(named, str) and given is None:
        return read_file(Path(document.file).parent / named)
    if isinstance(named, dict):
        rules = {key: each for key, each in document.data.items() if key != "cases"}
        return read_procedures(Document(document.file, rules, document.places))
    if given is None:
        expected = "procedures: the path of a file of procedures, or the procedures themselves"
        fault = Fault("malformed_cases", "cases without procedures", expected)
        raise DataError(fault)
    return given


def _failures(data: Any, procedures: Procedures) -> Iterator[str]:
    case = read_case(data, procedures)
    for question in case.questions:
        yield from _answered(case, question)


def read_case(data: Any, procedures: Procedures) -> Case:
    """Read one case; raises `DataError` or `UnknownName` where something in it cannot be read."""
    _check_keys(data, CASE, "a case", ("procedure", "matter", "events", "questions"))
    _check_form(data, case_forms.CASE)
    day = parse_day(str(data["on"])) if data.get("on") else None
    procedure = procedures.on(str(data["procedure"]), day)
    zone = str(data.get("zone") or procedure.calendar.zone)
    return Case(
        title=str(data.get("title", "(no title)")),
        procedure=procedure,
        matter=matter_of(data["matter"]),
        events=tuple(event_of(each, n, zone) for n, each in enumerate(data["events"] or (), 1)),
        questions=tuple(data["questions"] or ()),
        zone=zone,
    )


def _check_keys(data: Any, known: tuple[str, ...], what: str, needed: tuple[str, ...]) -> None:
    if not isinstance(data, dict):
        raise DataError(Fault("malformed_cases", f"{what} that is no set of fields", "fields"))
    for key in data:
        if key not in known:
            raise DataError(unknown("field", str(key), known))
    for key in needed:
        if key not in data:
            raise DataError(Fault("missing_key", f'{what} without "{key}"', f'the key "{key}"'))


def matter_of(data: Any, *, id: str = "case") -> Matter:
    """Read a matter as cases write it; raises `DataError`."""
    _check_keys(data, MATTER, "a matter", ("members",))
    _check_form(data, case_forms.MATTER)
    return Matter.of(
        id,
        _seats(data["members"] or ()),
        bodies={name: _seats(each) for name, each in (data.get("bodies") or {}).items()},
        roles={name: _seats(each) for name, each in (data.get("roles") or {}).items()},
        groups={str(name): map(str, each) for name, each in (data.get("groups") or {}).items()},
        weights=data.get("weights") or {},
    )


def _check_form(data: Mapping[str, Any], forms: Mapping[str, case_forms.Form]) -> None:
    if faults := [*case_forms.faults_of_form(data, forms)]:
        raise DataError(*faults)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _seats(data: Any) -> Seats:
    """Read who holds seats: a name, a list of names, or periods by name (``{from:, until:}``)."""
    if isinstance(data, dict):
        return {str(who): (_period(each or {}),) for who, each in data.items()}
    names = data if isinstance(data, list | tuple) else [data]
    return {str(who): (Period(),) for who in names}


def _period(data: Mapping[str, Any]) -> Period:
    days: list[date | None] = [
        parse_day(str(data[key])) if data.get(key) else None for key in ("from", "until")
    ]
    return Period(*days)


def event_of(data: Any, number: int, zone: str) -> Event:
    """Read an event as cases write it, the ``number``-th of its list; raises `DataError`.

    ``zone`` is the one in which its local times are, unless it names its own.
    """
    _check_keys(data, EVENT, "an event", ("at", "event", "by"))
    _check_form(data, case_forms.EVENT)
    if data["event"] not in KINDS:
        raise DataError(unknown("kind of event", str(data["event"]), KINDS))
    zone = str(data.get("zone") or zone)
    return Event(
        id=_text(data.get("id")) or f"e{number}",
        kind=str(data["event"]),
        at=parse_local(str(data["at"]), zone),
        by=_text(data["by"]),
        position=_text(data.get("position")),
        text=_text(data.get("text")),
        until=parse_local(str(data["until"]), zone) if data.get("until") else None,
        reason=_text(data.get("reason")),
        about=_text(data.get("about")),
        positions={str(who): word for who, word in by_member(data.get("positions") or {}).items()},
    )


def _answered(case: Case, question: Mapping[str, Any]) -> Iterator[str]:
    """Yield how the answer to a question differs from what is expected."""
    _check_keys(question, ("at", "zone", *EXPECTED), "a question", ("at",))
    zone = str(question.get("zone") or case.zone)
    at = parse_local(str(question["at"]), zone)
    finding = state_of(case.procedure, case.matter, case.events, at)
    for key, expected in question.items():
        if key in ("at", "zone"):
            continue
        found = EXPECTED[key](finding)
        wanted = _instants(expected, zone) if key in INSTANTS else expected
        if key == "bound_from" and isinstance(wanted, str):
            wanted = dict.fromkeys(found, wanted)
        if isinstance(wanted, list) and isinstance(found, list) and key not in ORDERED:
            wanted, found = sorted(map(str, wanted)), sorted(map(str, found))
        if found != wanted:
            yield f"{question['at']}, {key}: expected {wanted}, found {found}"


def _instants(expected: Any, zone: str) -> Any:
    if isinstance(expected, dict):
        return {key: _instants(each, zone) for key, each in expected.items()}
    return format_instant(parse_local(str(expected), zone)) if expected else expected


def _instant(instant: datetime | None) -> str | None:
    return format_instant(instant) if instant else None


def _next(standing: Standing) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for each in standing.next:
        found.setdefault(each.kind, set()).update(each.who)
    return {kind: sorted(who) for kind, who in found.items()}


INSTANTS = ("deadline", "since", "bound_from")
ORDERED = ("issued", "stages")

EXPECTED: Mapping[str, Callable[[Finding[Standing]], Any]] = {
    "stage": lambda finding: finding.value.stage,
    "since": lambda finding: _instant(finding.value.since),
    "body": lambda finding: finding.value.body,
    "text": lambda finding: finding.value.text,
    "outcome": lambda finding: finding.value.outcome or None,
    "deadline": lambda finding: _instant(
        finding.value.deadline.at if finding.value.deadline else None
    ),
    "positions": lambda finding: {
        who: each.word for who, each in sorted(finding.value.positions.items())
    },
    "participants": lambda finding: sorted(finding.value.participants),
    "bound": lambda finding: [*finding.value.bound],
    "not_bound": lambda finding: [
        *(finding.value.decision.not_bound if finding.value.decision else ())
    ],
    "bound_from": lambda finding: {
        each.member: _instant(each.since) for each in finding.value.bonds if each.until is None
    },
    "blocked_by": lambda finding: [
        *(finding.value.decision.blocked_by if finding.value.decision else ())
    ],
    "on_record": lambda finding: [
        *(finding.value.decision.on_record if finding.value.decision else ())
    ],
    "statements": lambda finding: [each.member for each in finding.value.statements],
    "refused": lambda finding: {each.event: each.code for each in finding.value.refused},
    "issued": lambda finding: [each.document for each in finding.value.issued],
    "stages": lambda finding: [each.stage for each in finding.value.spells],
    "suspended": lambda finding: [*finding.value.suspended],
    "next": lambda finding: _next(finding.value),
    "may": lambda finding: [*_next(finding.value)],
    "because": lambda finding: [*finding.grounds],
    "doubts": lambda finding: [each.code for each in finding.doubts],
}
