"""The words by which an act is found: its own, and the names of what it names, in each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from string import Formatter

from comity.charter import queries
from comity.charter.model import Names, Versions
from comity.kernel.act import Act
from comity.register.browsing import Term, Texts
from comity.register.kinds import KINDS
from comity.register.register import OrganisationRecord
from comity.wording.catalogue import LANGUAGES, catalogue
from comity.wording.dates import date_text

# Fields that say something in words, and not by an identifier that has names.
_IN_WORDS = ("text", "names", "date", "day", "integer", "mapping")


def texts_of(record: OrganisationRecord) -> Texts:
    """Return where the words of a record's acts are looked for."""
    return Texts(lambda act: act_words(act, record), lambda term: term_words(term, record))


def act_words(act: Act, record: OrganisationRecord) -> str:
    """Return what an act says itself: identifier, day, place, notes, titles and free details."""
    own = (act.id, act.place, act.note, *(each.note for each in act.alternatives))
    days = (date_text(act.effective_on, language) for language in LANGUAGES)
    said = (
        act.details.get(each.name) for each in KINDS[act.kind].fields if each.holds in _IN_WORDS
    )
    return " ".join([*own, str(act.effective_on), *days, *_stages(act, record), *_words_in(said)])


def _stages(act: Act, record: OrganisationRecord) -> Iterator[str]:
    """Yield the names of the stage that an act reaches."""
    if act.kind == "stage_reached":
        path = queries.path_to(record.charter, act.detail("status"), act.effective_on.first)
        stages = path.stages if path else ()
        yield from (n for e in stages if e.id == act.detail("stage") for n in e.names.values())


def _words_in(value: object) -> Iterator[str]:
    if isinstance(value, str | int):
        yield str(value)
    elif isinstance(value, Mapping):
        yield from _words_in(value.values())
    elif isinstance(value, Iterable):
        for each in value:
            yield from _words_in(each)


def term_words(term: Term, record: OrganisationRecord) -> str:
    """Return every name of what a term stands for; nothing for what has none."""
    name, value = term
    charter = record.charter
    if name == "kind":
        return " ".join(_heads(value))
    if name == "party":
        return " ".join([value, *_party_names(value, record)])
    found: object = {
        "status": charter.statuses,
        "body": charter.bodies,
        "office": charter.offices,
        "instrument": charter.instruments,
        "territory": charter.territories,
        "right": charter.rights,
    }.get(name, {})
    assert isinstance(found, Mapping)
    return " ".join(each for names in _names(found.get(value)) for each in names.values())


def _heads(kind: str) -> Iterator[str]:
    """Yield what sentences about acts of a kind say in any language, without what varies."""
    for language in LANGUAGES:
        for key, sentence in catalogue(language).items():
            if key == f"act.{kind}" or key.startswith((f"act.{kind}_", f"brief.{kind}")):
                yield " ".join(text for text, *_ in Formatter().parse(sentence))


def _party_names(code: str, record: OrganisationRecord) -> Iterator[str]:
    """Yield the names that a party has or had."""
    declared = record.charter.parties.get(code)
    if declared:
        every = (declared.names, declared.formal_names, declared.order_names)
        yield from (each for names in every for each in names.values())
    for act in record.acts_of(code):
        if act.kind == "renamed":
            yield from _words_in([act.details.get("names"), act.details.get("formal_names")])


def _names(found: object) -> Iterator[Names]:
    if isinstance(found, Versions):
        for each in found.items:
            yield from _names(each)
    else:
        yield from (getattr(found, each, {}) for each in ("names", "short_names"))
