"""Cases of treaties: what happened, and what a lawyer expects on given days.

The format is in ``docs/reference/treaties.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from comity.decision.cases import Result, cases_of, result_of
from comity.kernel import documents
from comity.kernel.dates import Period
from comity.kernel.documents import Document
from comity.kernel.errors import DataError, Fault
from comity.treaty.acts import (
    SHORT,
    check_keys,
    day_of,
    instant_of,
    list_of,
    mapping_of,
    read_record,
    read_spells,
)
from comity.treaty.answers import EXPECTED, Found, differences
from comity.treaty.fold import status_of
from comity.treaty.lines import Line, Spells
from comity.treaty.model import Treaties, Treaty
from comity.treaty.read import SECTIONS, read_file, read_treaties
from comity.treaty.record import Around, Record
from comity.treaty.status import Party, Status

ABOUT = ("title", "source", "note", "confidence")
CASE = ("treaty", *ABOUT, *SHORT, "members", "exists", "around", "questions")
AROUND = (*SHORT, "in_force")
QUESTION = ("on", "known_at", *ABOUT)


@dataclass(frozen=True, slots=True)
class Case:
    """A case that has been read: everything that `status_of` asks for, and the questions.

    ``others`` are records of other treaties, ``since`` when those are in force of which only that
    is known.
    """

    treaty: Treaty
    record: Record
    members: Mapping[str, Mapping[str, Spells]]
    exists: Mapping[str, Spells]
    others: Mapping[str, tuple[Treaty, Record]]
    since: Mapping[str, date]
    questions: tuple[Mapping[str, Any], ...]

    def status(self, on: date, known_at: datetime | None) -> Found:
        """Return the status of the treaty, and those of the treaties around it."""
        others, around = self._around(on, known_at)
        status = status_of(self.treaty, self.record, on, known_at=known_at, around=around)
        return Found(status, others)

    def around(self, on: date, known_at: datetime | None = None) -> Around:
        """Return what is around the treaty on a day: other treaties, members, who exists."""
        return self._around(on, known_at)[1]

    def _around(self, on: date, known_at: datetime | None) -> tuple[dict[str, Status], Around]:
        others: dict[str, Status] = {}
        in_force = {name: Line.of([(day, True)], False) for name, day in self.since.items()}
        parties: dict[str, Mapping[str, Spells]] = {}
        around = Around(in_force, parties, self.members, self.exists)
        for name, (treaty, record) in self.others.items():
            found = status_of(treaty, record, on, known_at=known_at, around=around)
            others[name], in_force[name] = found, _in_force(found)
            parties[name] = {who: _spells(each) for who, each in found.parties.items()}
        return others, around


def _in_force(status: Status) -> Line[bool]:
    if status.enters_on is None or (status.ended_on and status.ended_on <= status.enters_on):
        return Line.always(False)
    ended = [(status.ended_on, False)] if status.ended_on else []
    return Line.of([(status.enters_on, True), *ended], False)


def _spells(party: Party) -> Spells:
    return tuple(Period(each.since, each.until) for each in party.bound)


def holds_treaties(data: Any) -> bool:
    """Whether a case file is about treaties: it names their file or brings them."""
    return (
        isinstance(data, dict)
        and "charter" not in data
        and isinstance(data.get("treaties"), str | dict)
    )


def run_file(path: Path, treaties: Treaties | None = None) -> Iterator[Result]:
    """Run the cases of one file; raises `DataError` where the file or its rules cannot be read."""
    yield from run_document(documents.read(path), treaties)


def run_document(document: Document, treaties: Treaties | None = None) -> Iterator[Result]:
    """Run the cases of a document under its own treaties, those given, or those of a file."""
    cases = cases_of(document)
    found = _treaties(document, treaties)
    for case, place in cases:
        yield result_of(case, place, partial(_failures, case, found))


def _treaties(document: Document, given: Treaties | None) -> Treaties:
    named = document.data.get("treaties")
    if isinstance(named, dict):
        sections = {key: each for key, each in document.data.items() if key in SECTIONS}
        return read_treaties(Document(document.file, sections, document.places))
    if given is not None:
        return given
    if isinstance(named, str):
        return read_file(Path(document.file).parent / named)
    expected = "treaties: the path of a file of treaties, or the treaties themselves"
    found = "cases without treaties"
    raise DataError(Fault("malformed_cases", found, expected, place=document.place()))


def _failures(data: Any, treaties: Treaties) -> Iterator[str]:
    case = read_case(data, treaties)
    for question in case.questions:
        yield from _answered(case, question)


def read_case(data: Any, treaties: Treaties) -> Case:
    """Read one case; raises `DataError` or `UnknownName` where something in it cannot be read."""
    check_keys(data, CASE, "a case", ("treaty", "questions"))
    around = mapping_of(data, "around")
    for each in around.values():
        check_keys(each, AROUND, "a treaty around", ())
    known = {name: day_of(each["in_force"]) for name, each in around.items() if "in_force" in each}
    treaty, record = treaties.treaty(str(data["treaty"])), read_record(data)
    if treaty.part_of in around and treaty.part_of not in known:
        record = record.adding(read_record(around[treaty.part_of]).of_part(treaty.id).acts)
    return Case(
        treaty=treaty,
        record=record,
        members={name: read_spells(each) for name, each in mapping_of(data, "members").items()},
        exists=read_spells(mapping_of(data, "exists")),
        others={
            name: (treaties.treaty(name), read_record(each))
            for name, each in around.items()
            if name not in known
        },
        since={treaties.treaty(name).id: day for name, day in known.items()},
        questions=tuple(list_of(data, "questions")),
    )


def _answered(case: Case, question: Mapping[str, Any]) -> Iterator[str]:
    """Yield how the status on a day differs from what is expected."""
    check_keys(question, (*QUESTION, *EXPECTED), "a question", ("on",))
    on = day_of(question["on"])
    found = case.status(on, instant_of(question.get("known_at"), end=True))
    wanted = {key: each for key, each in question.items() if key in EXPECTED}
    for each in differences(found, wanted):
        yield f"{on}, {each}"
