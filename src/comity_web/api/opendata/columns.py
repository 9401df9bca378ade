"""The columns of a table: what each holds and means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_noop

from comity_web.api.answers.reader import Reader

Holds = Literal["text", "when", "day", "instant", "integer", "flag", "list", "json", "names"]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; one that holds ``names`` is a column for each language of the organisation."""

    name: str
    about: str
    holds: Holds = "text"

    def spelled(self, languages: Iterable[str]) -> list[str]:
        """Return the names in the header: one, or one for each language."""
        return (
            [f"{self.name}_{each}" for each in languages] if self.holds == "names" else [self.name]
        )


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, those that tell its rows apart, and how its rows are made."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Reader], Iterable[Row]]

    def header(self, languages: Iterable[str]) -> list[str]:
        """Return the names of the columns, in their order."""
        known = list(languages)
        return [name for each in self.columns for name in each.spelled(known)]


def by_language(names: Mapping[str, str], languages: Iterable[str]) -> list[str]:
    """Return the cells of a column that holds names."""
    return [names.get(each, "") for each in languages]


ON = Column("on", gettext_noop("The day that the row is about."), "day")
BASIS = Column("basis", gettext_noop("The basis of counting."))
PARTY = Column("party", gettext_noop("The code of a party, as in the table of parties."))
FACET = Column("facet", gettext_noop("What the status is a status of."))
STATUS = Column("status", gettext_noop("A status that the rules define."))
SINCE = Column("since", gettext_noop("From when the status counts: its seniority."), "when")
FROM = Column("from", gettext_noop("When it begins, as exactly as it is known."), "when")
UNTIL = Column("until", gettext_noop("When it no longer holds; empty: it holds still."), "when")
FROM_DAY = Column("from_day", gettext_noop("The first day that “from” can mean."), "day")
UNTIL_DAY = Column("until_day", gettext_noop("The first day that “until” can mean."), "day")
BEGAN_BY = Column("began_by", gettext_noop("The acts by which it began."), "list")
ENDED_BY = Column("ended_by", gettext_noop("The acts by which it ended."), "list")
GROUNDS = Column("grounds", gettext_noop("The articles and acts that the row rests on."), "list")
DOUBTS = Column(
    "doubts", gettext_noop("What is in doubt: list of code, ground and detail."), "json"
)
SOURCES = Column("sources", gettext_noop("What it rests on, as in the table of sources."), "list")
CONFIDENCE = Column("confidence", gettext_noop("high, medium or low."))
ARTICLE = Column("article", gettext_noop("An article, as in the table of articles."))
NOTE = Column("note", gettext_noop("A remark in the words of the record."))
RULE_FROM = Column("from", gettext_noop("The first day; empty: without limit."), "day")
RULE_UNTIL = Column("until", gettext_noop("The first day no longer; empty: without limit."), "day")
