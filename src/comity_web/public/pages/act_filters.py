"""What acts are asked for, read from the address, and what else could be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, gettext_noop

from comity.kernel.dates import PartialDate
from comity.kernel.errors import DataError, Fault
from comity.register.browsing import Chosen, Index, Wanted
from comity.register.kinds import KINDS
from comity.register.records import CONFIDENCES
from comity.wording import names
from comity_web.public import words
from comity_web.public.pages.reader import Page, Reader, capital
from comity_web.register.indexes import index_of
from comity_web.register.questions import BadQuestion, one_of
from comity_web.search.reading import MOST_WORDS

# By what acts are filtered, in the order in which it is offered.
FACETS = {
    "kind": gettext_noop("Kind"),
    "party": gettext_noop("Party"),
    "body": gettext_noop("Body"),
    "article": gettext_noop("Article"),
    "confidence": gettext_noop("Confidence"),
    "source": gettext_noop("Source"),
}
NAMES = (*FACETS, "from", "to", "q")
SORTS = {
    "newest": gettext_noop("Newest first"),
    "oldest": gettext_noop("Oldest first"),
    "entered": gettext_noop("Entered last first"),
    "entered-first": gettext_noop("In the order of entry"),
}
NEWEST = next(iter(SORTS))
_OFFERED = 300  # of more values those with most acts are offered
_LINKS = 10  # so many values of a facet are shown as links, the others on demand


@dataclass(frozen=True, slots=True)
class Filters:
    """The acts asked for, and how the reader asked."""

    reader: Reader
    index: Index
    wanted: Wanted
    chosen: Chosen
    text: str

    def asked(self) -> dict[str, str]:
        """Return what the form was filled with; days as whole ones."""
        wanted = self.wanted
        days = {"from": wanted.start, "to": wanted.end}
        shown = {name: day.isoformat() if day else "" for name, day in days.items()}
        return {name: wanted.values.get(name, "") for name in FACETS} | shown | {"q": self.text}

    def chips(self) -> list[Page]:
        """Return each filter that is set, with the address that takes it away."""
        reader, wanted = self.reader, self.wanted
        said = {name: self._label(name, value) for name, value in wanted.values.items()}
        said |= {"from": reader.day(wanted.start), "to": reader.day(wanted.end), "q": self.text}
        titles = {**FACETS, "from": gettext_noop("From"), "to": gettext_noop("To")}
        titles["q"] = gettext_noop("Words")
        return [
            {
                "name": gettext(titles[name]),
                "label": label,
                "url": reader.question.other(**{name: "", "page": ""}),
            }
            for name, label in said.items()
            if label
        ]

    def facets(self) -> list[Page]:
        """Return for each facet its values with their counts, as links and for the form.

        Sources are too many to choose from here: the page of a source leads to its acts.
        """
        offered = ((name, title) for name, title in FACETS.items() if name != "source")
        return [self._facet(name, gettext(title)) for name, title in offered]

    def _facet(self, name: str, title: str) -> Page:
        chosen = self.wanted.values.get(name, "")
        counts = {**({chosen: 0} if chosen else {}), **self.chosen.counts[name]}
        most = sorted(counts.items(), key=lambda each: (each[0] != chosen, -each[1], each[0]))
        values = [self._value(name, value, count, chosen) for value, count in most[:_OFFERED]]
        values.sort(key=lambda each: (-each["count"], each["label"]))
        return {
            "name": name,
            "title": title,
            "values": values[:_LINKS],
            "more": values[_LINKS:],
            "options": sorted(values, key=lambda each: str(each["label"])),
            "chosen": chosen,
        }

    def _value(self, name: str, value: str, count: int, chosen: str) -> Page:
        return {
            "value": value,
            "label": self._label(name, value),
            "count": count,
            "url": self.reader.question.other(**{name: value, "page": ""}),
            "chosen": value == chosen,
        }

    def _label(self, name: str, value: str) -> str:
        return capital(_LABELS[name](self.reader, value))


def _article(reader: Reader, identifier: str) -> str:
    versions = reader.charter.articles.get(identifier)
    return reader.article_label(versions.nearest(reader.question.on)) if versions else identifier


def _source(reader: Reader, identifier: str) -> str:
    return str(reader.sources([identifier])[0]["title"]) or identifier


_LABELS: Mapping[str, Callable[[Reader, str], str]] = {
    "kind": lambda _, value: words.kind(value),
    "party": lambda reader, value: reader.party_name(value),
    "body": lambda reader, value: reader.body_name(value),
    "article": _article,
    "confidence": lambda reader, value: names.confidence_name(value, reader.language),
    "source": _source,
}


def _words(text: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(text.split()))
    if len(words) > MOST_WORDS:
        found, most = f"{len(words)} words", f"at most {MOST_WORDS} words"
        raise BadQuestion("q", text, Fault("too_many_words", found, most))
    return words


def read_filters(reader: Reader, asked: Mapping[str, str]) -> Filters:
    """Read which acts are asked for.

    Raises `BadQuestion` for a value that is not offered or a period that cannot be read,
    `UnknownName` for a party that the record does not know.
    """
    charter = reader.charter
    party = asked["party"] and reader.record.party(asked["party"])
    values = {
        "kind": one_of("kind", asked["kind"], KINDS),
        "party": party,
        "body": one_of("body", asked["body"], charter.bodies),
        "article": one_of("article", asked["article"], charter.articles),
        "confidence": one_of("confidence", asked["confidence"], CONFIDENCES),
        "source": one_of("source", asked["source"], charter.sources),
    }
    start, end = _bound("from", asked["from"]), _bound("to", asked["to"])
    wanted = Wanted(
        values={name: value for name, value in values.items() if value},
        start=start.first if start else None,
        end=end.last if end else None,
        words=_words(asked["q"]),
    )
    _check_period(wanted, asked["to"])
    index = index_of(reader.record, reader.situation.known)
    return Filters(reader, index, wanted, index.choose(wanted), asked["q"])


def _bound(name: str, text: str) -> PartialDate | None:
    """Read an end of the period: a day, a month or a year."""
    if not text:
        return None
    try:
        return PartialDate.parse(text)
    except DataError as error:
        raise BadQuestion(name, text, error.faults[0]) from error


def _check_period(wanted: Wanted, text: str) -> None:
    if wanted.end and (wanted.start or date.min) > wanted.end:
        found = f"the period from {wanted.start} to {wanted.end}"
        fault = Fault("days_out_of_order", found, "the earlier day first")
        raise BadQuestion("to", text, fault)


def in_order(filters: Filters, sort: str) -> list[int]:
    """Return the places in the index of the acts chosen, in one of the orders of `SORTS`.

    Raises `BadQuestion` for another.
    """
    sort = one_of("sort", sort, SORTS) or NEWEST
    by_entry, descending = sort.startswith("entered"), sort in ("newest", "entered")
    places = filters.index.in_order(filters.chosen, by="entry" if by_entry else "effect")
    return places[::-1] if descending else places
