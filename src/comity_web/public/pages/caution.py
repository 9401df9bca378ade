"""With how much care an answer on a right is to be read: doubts, and practice without a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from comity.charter import queries
from comity.kernel.finding import Finding
from comity.membership.answers import Permission
from comity_web.public import words
from comity_web.public.pages.reader import Page, Reader

PRACTICE = "practice"


def rests_on_practice(reader: Reader, finding: Finding[Permission]) -> bool:
    """Whether the rule that decides, the first ground, is practice; no rule is no practice."""
    rule = next(iter(finding.grounds), "")
    decided = not finding.value.unsaid and rule in reader.charter.articles
    return decided and queries.is_practice(reader.charter, rule, reader.question.on)


def cautions(reader: Reader, finding: Finding[Permission]) -> list[Page]:
    """Return a mark for each sort of doubt, and for practice: a word or two, and the sentences.

    Where the answer depends on the body, each body has marks of its own.
    """
    if finding.value.bodies:
        return []
    said: dict[str, list[str]] = {}
    for each in reader.doubts(finding.doubts):
        said.setdefault(each["code"], []).append(each["text"])
    if rests_on_practice(reader, finding):
        said[PRACTICE] = [words.practice()]
    return [{"code": code, "label": words.mark(code), "texts": said[code]} for code in said]


def legend(answers: Iterable[dict[str, Any]]) -> list[Page]:
    """Return every mark that answers carry, once, with all that it says there."""
    found: dict[str, Page] = {}
    for mark in (mark for each in answers for mark in each["cautions"]):
        known = found.setdefault(mark["code"], {**mark, "texts": []})
        known["texts"] = list(dict.fromkeys([*known["texts"], *mark["texts"]]))
    return list(found.values())
