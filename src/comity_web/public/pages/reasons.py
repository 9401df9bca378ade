"""Every question whose answer opens its grounds, and how each is asked and answered in words.

``QUESTIONS`` is the table of the addresses below ``/why/``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from comity.kernel.errors import Fault, UnknownName, unknown
from comity_web.public.pages import reasons_of_parties as parties
from comity_web.public.pages import reasons_of_rules as rules
from comity_web.public.pages.reader import Reader
from comity_web.public.pages.reason import Reason


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what its names name, of which the last ``optional`` may be left out."""

    answer: Callable[..., Reason]
    names: tuple[str, ...] = ()
    optional: int = 0

    def takes(self, given: tuple[str, ...]) -> bool:
        """Whether it can be asked with so many names, none of them empty."""
        return len(self.names) - self.optional <= len(given) <= len(self.names) and all(given)


QUESTIONS: Mapping[str, Question] = {
    "status": Question(parties.status, ("party", "facet"), 1),
    "since": Question(parties.since, ("party", "facet"), 1),
    "suspension": Question(parties.suspension, ("party",)),
    "departure": Question(parties.departure, ("party",)),
    "stage": Question(parties.stage, ("party", "status")),
    "base": Question(parties.base, ("party",)),
    "right": Question(parties.right, ("party", "right", "body"), 1),
    "name": Question(parties.name, ("party",)),
    "formal_name": Question(parties.formal_name, ("party",)),
    "represented": Question(parties.represented, ("party",)),
    "territory": Question(parties.territory, ("territory",)),
    "count": Question(parties.count, ("status",)),
    "suspended": Question(parties.suspended),
    "order": Question(rules.order),
    "grant": Question(rules.grant, ("status", "right", "body"), 1),
    "body": Question(rules.body, ("body",)),
    "seat": Question(rules.seat, ("body", "party")),
    "office": Question(rules.office, ("office",)),
    "next": Question(rules.next_office, ("office",)),
    "article": Question(rules.article, ("article",)),
}


def reason(reader: Reader, asked: str, names: tuple[str, ...]) -> Reason:
    """Return the answer to a question of the table; raises `UnknownName` with the nearest name."""
    question = QUESTIONS.get(asked)
    if question is None:
        raise UnknownName(unknown("question", asked, QUESTIONS))
    if not question.takes(names):
        found = f'"{asked}" is asked with {len(names)} names'
        raise UnknownName(Fault("unknown_question", found, f"the names {question.names}"))
    return question.answer(reader, *names)


def named(asked: str, names: str) -> dict[str, str]:
    """Return what the names in an address are names of, as far as the question takes them."""
    question = QUESTIONS.get(asked)
    return dict(zip(question.names, names.split("/"), strict=False)) if question and names else {}
