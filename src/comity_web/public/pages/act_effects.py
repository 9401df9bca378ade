"""What an act changed, and which answers of the day rest on it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.utils.translation import gettext

from comity.kernel.act import Act
from comity.register.changes import Change
from comity.register.effects import Answer, Effect, effects, resting_on
from comity.wording import names
from comity.wording.changes import holder_text, value_text
from comity_web.public.pages.changed import about, reasons, reasons_at, subject
from comity_web.public.pages.reader import Page, Reader, capital


def changed(reader: Reader, act: Act) -> list[Page]:
    """Return what an act changed, the parties to which it did the same together."""

    def same(effect: Effect) -> tuple[Any, ...]:
        found = effect.change
        return found.on, found.aspect, found.part, str(found.before), str(found.after), effect.bases

    every = sorted(effects(reader.situation, act.id), key=lambda each: str(same(each)))
    groups = [list(group) for _, group in groupby(every, key=same)]
    return [_changed(reader, act, group) for group in sorted(groups, key=_place)]


def _place(group: list[Effect]) -> tuple[Any, ...]:
    change = group[0].change
    return change.on, change.aspect == "stage", change.aspect


def _changed(reader: Reader, act: Act, group: list[Effect]) -> Page:
    first = group[0].change
    bases = [] if set(group[0].bases) == {*reader.charter.bases} else group[0].bases
    situation, language = reader.situation, reader.language
    return {
        "aspect": first.aspect,
        "about": about(reader, first),
        "of": [_subject(reader, each.change) for each in group],
        "before": capital(value_text(first, first.before, situation, language)),
        "after": capital(value_text(first, first.after, situation, language)),
        "on": first.on.isoformat(),
        "on_in_words": reader.day(first.on),
        "later": first.on != act.effective_on.first,
        "bases": [names.basis_name(reader.charter, each, language) for each in bases],
        **(reasons(_counting(reader, group[0]), first) if len(group) == 1 else {}),
    }


def _subject(reader: Reader, change: Change[Any]) -> Page:
    return {**subject(reader, change), "why": reasons_at(reader, change)}


def _counting(reader: Reader, effect: Effect) -> Reader:
    """Return the reader on a basis on which the act changed something."""
    own = reader.situation.basis
    return reader if own in effect.bases else reader.counting(effect.bases[0])


def resting(reader: Reader, act: Act) -> list[Page]:
    """Return the answers of the day that have an act among their grounds."""
    return [_answer(reader, each) for each in resting_on(reader.situation, act.id)]


def _answer(reader: Reader, answer: Answer) -> Page:
    named, url = _named(reader, answer)
    return {
        "question": answer.question,
        "of": answer.of,
        "name": named,
        "url": url,
        "answer": _value(reader, answer),
        "why": reader.why(*_asked(reader, answer)),
    }


def _asked(reader: Reader, answer: Answer) -> tuple[str, ...]:
    if answer.question == "status":
        return ("status", answer.of, *reader.in_facet(answer.part))
    return ("territory" if answer.question == "covers" else answer.question, answer.of)


def _named(reader: Reader, answer: Answer) -> tuple[str, str]:
    """Return what an answer is about, and where that is told."""
    charter, on, language = reader.charter, reader.question.on, reader.language
    if answer.question == "count":
        heading = names.count_heading if answer.of in charter.counts else names.status_heading
        return heading(charter, answer.of, 2, on, language), ""
    if answer.question == "office":
        return capital(reader.office_name(answer.of)), reader.address("offices")
    if answer.question == "body":
        return capital(reader.body_name(answer.of)), reader.address("bodies", answer.of)
    if answer.question == "covers":
        return names.territory_name(charter, answer.of, language), ""
    return reader.party_name(answer.of), reader.address("parties", answer.of)


def _value(reader: Reader, answer: Answer) -> str:
    value, language = answer.finding.value, reader.language
    said = {
        "status": lambda: reader.status_name(value),
        "suspension": lambda: gettext("suspended"),
        "departure": lambda: (
            gettext("notice of withdrawal, with effect on %(day)s") % {"day": reader.day(value)}
        ),
        "name": lambda: gettext("named so"),
        "covers": lambda: gettext("covered") if value else gettext("not covered"),
        "office": lambda: holder_text(value, reader.situation, language),
        "body": lambda: names.life_stage_name(value, language),
        "count": lambda: str(value),
    }
    return said[answer.question]()
