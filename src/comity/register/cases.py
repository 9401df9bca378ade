"""Cases: questions with the answer and the grounds that a lawyer expects.

The format is in ``docs/reference/cases.md``. A file names an organisation, or brings a small
charter and acts of its own. Cases of decisions (docs/reference/decision-rules.md) and of
procedures (docs/reference/procedures.md) are run too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from comity.charter.load import PROCEDURES_FILE, load_inline
from comity.decision import cases as decision_cases
from comity.kernel import documents
from comity.kernel.dates import parse_day, parse_moment
from comity.kernel.documents import Document
from comity.kernel.errors import ComityError, DataError, Fault, Place, unknown
from comity.kernel.finding import Finding, unique
from comity.membership.answers import Permission
from comity.procedure import cases as procedure_cases
from comity.procedure.model import Procedures
from comity.register.changes import changes_between
from comity.register.reading import acts_in, plain_record
from comity.register.records import from_record
from comity.register.register import OrganisationRecord, Register
from comity.register.rules import procedures_in, stands_alone
from comity.register.situation import Situation

Organisations = Callable[[str, Path], OrganisationRecord]
_FRAME = {"title", "ask", "on", "known_at", "basis", "expect", "because", "because_includes"}
_FRAME |= {"doubts", "source", "note"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case went; ``failures`` says what differed, and is empty if it passed."""

    title: str
    place: Place
    failures: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether answer, grounds and doubts were as expected."""
        return not self.failures


def case_files(path: Path) -> list[Path]:
    """Return the case files at or below a path: a file itself, or ``**/cases/**/*.yaml``."""
    if path.is_file():
        return [path]
    if path.name == "cases" or "cases" in path.parts:
        return sorted(path.rglob("*.yaml"))
    return sorted(path.rglob("cases/**/*.yaml"))


def run_file(path: Path, organisation: Organisations) -> Iterator[Outcome]:
    """Run the cases of one file; ``organisation`` gives the record of an organisation by name.

    Raises `DataError` where the file itself cannot be read.
    """
    document = documents.read(path)
    yield from run_document(document, organisation)


def run_document(document: Document, organisation: Organisations) -> Iterator[Outcome]:
    """Run the cases of a document: on the record, on decision rules or on procedures."""
    data = document.data
    if procedure_cases.holds_procedures(data):
        found = procedure_cases.run_document(document, _procedures_of_a_charter(document))
    elif decision_cases.holds_decisions(data):
        found = decision_cases.run_document(document)
    else:
        yield from _of_the_record(document, organisation)
        return
    for each in found:
        yield Outcome(each.title, each.place, each.failures)


def _procedures_of_a_charter(document: Document) -> Procedures | None:
    """Return the procedures that a file of cases names, if they stand beside a charter."""
    named = document.data["procedures"]
    path = Path(document.file).parent / named if isinstance(named, str) else None
    if path is None or path.name != PROCEDURES_FILE.name or stands_alone(path.parent):
        return None
    return procedures_in(path.parent)


def _of_the_record(document: Document, organisation: Organisations) -> Iterator[Outcome]:
    data = document.data
    if not isinstance(data, dict) or not isinstance(data.get("cases"), list):
        fault = Fault("malformed_cases", "no list of cases", "cases: [...]", place=document.place())
        raise DataError(fault)
    record = _record(document, organisation)
    for number, case in enumerate(data["cases"]):
        place = document.place("cases", number)
        yield _run(case, record, place)


def _record(document: Document, organisation: Organisations) -> OrganisationRecord:
    data = document.data
    if "charter" not in data:
        if not isinstance(data.get("organisation"), str):
            expected = "organisation: its identifier, or charter: with rules of its own"
            fault = Fault("malformed_cases", "no organisation", expected, place=document.place())
            raise DataError(fault)
        return organisation(data["organisation"], Path(document.file))
    return _inline_record(document)


def _inline_record(document: Document) -> OrganisationRecord:
    charter_data = document.data["charter"]
    own = charter_data.get("organisation", {}) if isinstance(charter_data, dict) else {}
    name = own.get("id", "") if isinstance(own, dict) else ""
    read, faults = acts_in(document, ("acts",), str(name)) if "acts" in document.data else ([], [])
    if faults:
        raise DataError(*faults)
    acts = sorted((each.act for each in read), key=lambda act: act.recorded_at)
    named = {party for act in acts for party in act.parties}
    named |= {party for act in acts for party in act.listed("predecessors")}
    named |= {act.detail("successor") for act in acts} - {""}
    charter = load_inline(document, extra_parties=named)
    register = Register([charter])
    places = {each.act.id: each.place for each in read}
    wrong = register.faults(acts)
    if wrong:
        raise DataError(*(replace(f, place=f.place or places.get(f.act)) for f in wrong))
    register.load(acts)
    return register.organisation(charter.id)


def _run(case: Any, record: OrganisationRecord, place: Place) -> Outcome:
    if not isinstance(case, dict):
        return Outcome("(no title)", place, ("the case is not a set of fields",))
    title = str(case.get("title", "(no title)"))
    try:
        question = _question(case)
        situation = record.situation(
            on=parse_day(str(case["on"])),
            known_at=_moment(case.get("known_at")),
            basis=case.get("basis"),
        )
        finding = question.ask(situation, case)
    except ComityError as error:
        return Outcome(title, place, (str(error),))
    return Outcome(title, place, tuple(_differences(case, finding)))


def _moment(text: object) -> datetime | date | None:
    if text is None:
        return None
    return parse_moment(str(text))


def _differences(case: Mapping[str, Any], finding: Finding[Any]) -> Iterator[str]:
    expected = _as_answered(case["expect"], finding.value)
    if finding.value != expected:
        yield f"expected {_shown(expected)}, found {_shown(finding.value)}"
    because = case.get("because")
    if because is not None and set(because) != set(finding.grounds):
        yield f"expected because {_listed(because)}, found {_listed(finding.grounds)}"
    missing = set(case.get("because_includes", ())) - set(finding.grounds)
    if missing:
        yield f"expected among the grounds {_listed(missing)}, found {_listed(finding.grounds)}"
    codes = {doubt.code for doubt in finding.doubts}
    if "doubts" in case and set(case["doubts"]) != codes:
        yield f"expected doubts {_listed(case['doubts'])}, found {_listed(codes)}"


def _as_answered(expected: Any, value: Any) -> Any:
    """Let a bare year, which reads as a number, stand where the answer is a date."""
    if isinstance(expected, list) and isinstance(value, list) and len(expected) == len(value):
        return [_as_answered(one, other) for one, other in zip(expected, value, strict=True)]
    is_year = isinstance(expected, int) and not isinstance(expected, bool)
    return str(expected) if is_year and isinstance(value, str) else expected


def _shown(value: object) -> str:
    return "nothing" if value is None else str(value)


def _listed(names: Iterable[str]) -> str:
    return "[" + ", ".join(sorted(names)) + "]"


@dataclass(frozen=True, slots=True)
class _Question:
    """One thing that can be asked: the fields it needs, those it may have, how it is answered."""

    needs: tuple[str, ...]
    ask: Callable[[Situation, Mapping[str, Any]], Finding[Any]]
    may_have: tuple[str, ...] = ()


def _question(case: Mapping[str, Any]) -> _Question:
    """Return the question a case asks; raises `DataError` for one that cannot be understood."""
    name = str(case.get("ask", ""))
    question = _QUESTIONS.get(name)
    if question is None:
        raise DataError(unknown("question", name, _QUESTIONS))
    missing = [each for each in ("on", "expect", *question.needs) if each not in case]
    if missing:
        found = f"the case has no {', '.join(missing)}"
        raise DataError(Fault("malformed_case", found, f"{name} needs {', '.join(question.needs)}"))
    allowed = _FRAME | {*question.needs, *question.may_have, "ask"}
    for key, value in case.items():
        if key not in allowed:
            raise DataError(unknown("field", str(key), allowed))
        expected = _expected_form(key)
        if not _has_form(value, expected):
            found = f'"{key}" is {str(value)[:60]!r}'
            raise DataError(Fault("malformed_case", found, expected))
    return question


def _expected_form(key: str) -> str:
    if key in ("because", "because_includes", "doubts"):
        return "a list of identifiers"
    if key == "formal":
        return "true or false"
    return "anything" if key in ("expect", "act", "title", "note", "source") else "text"


def _has_form(value: object, expected: str) -> bool:
    if expected == "a list of identifiers":
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if expected == "true or false":
        return isinstance(value, bool)
    return expected == "anything" or isinstance(value, str)


def _seniority(situation: Situation, case: Mapping[str, Any]) -> Finding[Any]:
    found = situation.since(case["party"], case.get("facet"))
    return found.map(lambda since: str(since) if since else None)


def _roster(situation: Situation, case: Mapping[str, Any]) -> Finding[Any]:
    count = situation.count(case["status"])
    return count.map(lambda _: [line.party for line in situation.roster(case["status"])])


def _granted(permission: Permission) -> str:
    return "unsaid" if permission.unsaid else permission.answer


def _under_way(situation: Situation, case: Mapping[str, Any]) -> Finding[Any]:
    found = situation.under_way(case["party"])
    grounds = (ground for _, each in found for ground in each.grounds)
    return Finding([[status, each.value] for status, each in found], unique(tuple(grounds)))


def _history(situation: Situation, case: Mapping[str, Any]) -> Finding[Any]:
    spells = situation.history(case["party"], case.get("facet"))
    rows = [[s.status, str(s.start), str(s.end) if s.end else None] for s in spells]
    acts = [act for spell in spells for act in (*spell.began_by, *spell.ended_by)]
    return Finding(rows, tuple(dict.fromkeys(acts)))


def _sits_in(situation: Situation, case: Mapping[str, Any]) -> Finding[Any]:
    lines = [
        line
        for line in situation.composition(case["body"])
        if line.capacity == "full" and not line.suspended
    ]
    grounds = tuple(dict.fromkeys(ground for line in lines for ground in line.grounds))
    return Finding([line.party for line in lines], grounds)


def _changes(situation: Situation, case: Mapping[str, Any]) -> Finding[Any]:
    found = changes_between(
        situation.record,
        parse_day(str(case["from"])),
        situation.on,
        facet=case.get("facet"),
        known_at=_moment(case.get("known_at")),
        basis=situation.basis,
    )
    grounds = tuple(dict.fromkeys(ground for each in found for ground in each.finding.grounds))
    return Finding([[each.party, each.before, each.after] for each in found], grounds)


def _refused(situation: Situation, case: Mapping[str, Any]) -> Finding[Any]:
    record = situation.record
    last = max((act.recorded_at for act in record.acts), default=None)
    plain = plain_record(case["act"], record.charter.id)
    act = from_record(plain)
    if last and act.recorded_at < last:
        act = replace(act, recorded_at=last)
    faults = record.faults([act])
    grounds = tuple(dict.fromkeys(fault.rule for fault in faults if fault.rule))
    return Finding(faults[0].code if faults else None, grounds)


def _name(situation: Situation, case: Mapping[str, Any]) -> Finding[Any]:
    return situation.name(
        case["party"], case.get("language", "en"), formal=case.get("formal", False)
    )


_PARTY = ("party",)
_QUESTIONS: Mapping[str, _Question] = {
    "status": _Question(_PARTY, lambda s, c: s.status(c["party"], c.get("facet")), ("facet",)),
    "holds": _Question(("party", "status"), lambda s, c: s.holds(c["party"], c["status"])),
    "since": _Question(_PARTY, _seniority, ("facet",)),
    "roster": _Question(("status",), _roster),
    "count": _Question(
        (), lambda s, c: s.count(c.get("count") or c.get("status", "")), ("status", "count")
    ),
    "may": _Question(
        ("party", "right"),
        lambda s, c: s.may(c["party"], c["right"], c.get("body")).map(lambda p: p.answer),
        ("body",),
    ),
    "granted": _Question(
        ("status", "right"),
        lambda s, c: s.granted(c["status"], c["right"], c.get("body")).map(_granted),
        ("body",),
    ),
    "suspended": _Question(_PARTY, lambda s, c: s.suspension(c["party"]).map(bool)),
    "all_suspended": _Question((), lambda s, _: s.all_suspended().map(list)),
    "in_base": _Question(_PARTY, lambda s, c: s.in_base(c["party"])),
    "pending": _Question(
        _PARTY,
        lambda s, c: s.pending_departure(c["party"]).map(lambda day: day and day.isoformat()),
    ),
    "stage": _Question(("party", "status"), lambda s, c: s.stage(c["party"], c["status"])),
    "under_way": _Question(_PARTY, _under_way),
    "history": _Question(_PARTY, _history, ("facet",)),
    "name": _Question(_PARTY, _name, ("language", "formal")),
    "represented_by": _Question(
        _PARTY, lambda s, c: s.represented_by(c["party"], c.get("language", "en")), ("language",)
    ),
    "covers": _Question(("territory",), lambda s, c: s.covers(c["territory"])),
    "office": _Question(
        ("office",), lambda s, c: s.office(c["office"]).map(lambda t: t and t.holder)
    ),
    "next_office": _Question(("office",), lambda s, c: s.next_office(c["office"])),
    "body": _Question(("body",), lambda s, c: s.body(c["body"])),
    "seat": _Question(("body", "party"), lambda s, c: s.seat(c["body"], c["party"])),
    "sits_in": _Question(("body",), _sits_in),
    "changes": _Question(("from",), _changes, ("facet",)),
    "rule": _Question(("article",), lambda s, c: s.rule(c["article"])),
    "refused": _Question(("act",), _refused),
}
