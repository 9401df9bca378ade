"""The first page: every organisation in the register."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from django.utils.translation import gettext

from comity.charter.model import Charter
from comity_web.public.pages.first_questions import first_questions
from comity_web.public.pages.reader import Page, Reader
from comity_web.register.questions import Question
from comity_web.register.selectors import Present


def organisations(present: Present, question: Question, language: str) -> Page:
    """Return all organisations with their numbers on the day.

    A basis is a matter of each organisation: one that only some define is asked of these, and the
    others count as they do by default. Raises `UnknownName` for a basis that none defines.
    """
    charters = [each.charter for each in present.register.organisations]
    defined = any(question.basis in each.bases for each in charters)
    readers = [
        Reader(present, each.id, _asked_of(each, question) if defined else question, language)
        for each in charters
    ]
    return {
        "title": gettext("Organisations"),
        "organisations": [_entry(each) for each in readers],
        "questions": first_questions(readers),
        "trail": [],
        "question": {"on": question.on.isoformat()},
    }


def _asked_of(charter: Charter, question: Question) -> Question:
    """Return the question without a basis that the organisation does not define."""
    if question.basis in charter.bases:
        return question
    given = tuple(each for each in question.given if each[0] != "basis")
    return replace(question, basis=None, given=given)


def _entry(reader: Reader) -> Page:
    charter = reader.charter
    lines = reader.situation.roster()
    held = Counter(line.status for line in lines)
    numbers = [
        {
            "status": status,
            "name": reader.status_name(status),
            "heading": reader.status_heading(status, held[status]),
            "count": held[status],
            "why": reader.why("count", status),
        }
        for status in charter.statuses
        if held[status]
    ]
    return {
        "id": charter.id,
        "name": reader.text(charter.names) or charter.id,
        "short_name": reader.text(charter.short_names),
        "url": reader.address(),
        "founded_on": reader.day(charter.founded_on),
        "dissolved_on": reader.day(charter.dissolved_on),
        "numbers": numbers,
        "acts": reader.present.acts(charter.id),
    }
