"""Texts that the rules and the acts give in one language only, and what of them is translated.

An act is never rewritten, so its words in other languages belong to the rules: the translations of
the charter. Names by language are not looked at, except where an act leaves a language out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.kernel.errors import Fault
from comity.kernel.kinds import Field
from comity.register.kinds import KINDS
from comity.register.register import OrganisationRecord

_ENGLISH = frozenset({"en"})


@dataclass(frozen=True, slots=True)
class Standing:
    """A text as it stands, where, and the languages that need no translation of it."""

    text: str
    where: str
    languages: frozenset[str] = _ENGLISH


def untranslated(record: OrganisationRecord, languages: Iterable[str]) -> tuple[Fault, ...]:
    """Return a fault for every text of the rules and the acts that lacks one of the languages.

    A text is taken to be English, so English may be missing.
    """
    wanted, charter = tuple(languages), record.charter
    found: dict[str, Standing] = {}
    for each in (*_of_charter(charter), *_of_acts(record)):
        first = found.setdefault(each.text, each)
        found[each.text] = replace(first, languages=first.languages & each.languages)
    faults = (_missing(each, charter, wanted) for each in found.values())
    return tuple(fault for fault in faults if fault)


def _missing(standing: Standing, charter: Charter, wanted: Iterable[str]) -> Fault | None:
    text = standing.text
    lacking = [
        each
        for each in wanted
        if each not in standing.languages and text not in charter.translations.get(each, {})
    ]
    if not lacking or not _has_words(text, charter):
        return None
    found = f'"{text}", {standing.where}, is not translated into {", ".join(lacking)}'
    files = ", ".join(f"translations/{each}.yaml" for each in lacking)
    return Fault("translation_missing", found, f"an entry in {files}")


def _has_words(text: str, charter: Charter) -> bool:
    """Whether there is anything to translate: figures and codes of parties are the same for all."""
    return any(each.isalpha() for each in text) and text not in charter.parties


def _of_charter(charter: Charter) -> Iterator[Standing]:
    for instrument in charter.instruments.values():
        yield Standing(instrument.note, f'the note of the instrument "{instrument.id}"')
    for source in charter.sources.values():
        yield Standing(source.title, f'the title of the source "{source.id}"')


def _of_acts(record: OrganisationRecord) -> Iterator[Standing]:
    """Yield the texts of every act as it was recorded, and as it reads now."""
    for act in record.acts:
        now = record.act(act.id)
        for each in (act,) if now == act else (act, now):
            yield from _of_act(each)


def _of_act(act: Act) -> Iterator[Standing]:
    yield Standing(act.place, f"the place of {act.id}")
    yield Standing(act.note, f"the note of {act.id}")
    for other in act.alternatives:
        yield Standing(other.note, f"a note on another date of {act.id}")
    kind = KINDS[act.kind]
    for name, value in act.details.items():
        field = kind.field(name)
        if field is not None and act.kind not in ("corrected", "annulled"):
            yield from _of_field(field, value, f'the field "{name}" of {act.id}')


def _of_field(field: Field, value: object, where: str) -> Iterator[Standing]:
    if field.holds == "names" and isinstance(value, Mapping):
        first = str(value.get("en") or next(iter(value.values())))
        yield Standing(first, where, frozenset(map(str, value)))
    elif field.holds == "mapping" or (field.holds == "text" and not field.choices):
        for text in _strings(value):
            yield Standing(text, where)


def stale_translations(charter: Charter, acts: Iterable[Act]) -> tuple[tuple[str, str], ...]:
    """Return language and text of every translation of what neither the rules nor the acts say."""
    if not charter.translations:
        return ()
    said = {each.text for each in _of_charter(charter)}
    said |= {source.publisher for source in charter.sources.values()}
    said |= {text for act in acts for text in texts_of(act)}
    return tuple(
        (language, text)
        for language, texts in charter.translations.items()
        for text in texts
        if text not in said
    )


def texts_of(act: Act) -> Iterator[str]:
    """Yield every text of an act, and of what a correction lets it say."""
    yield from (act.place, act.note, *(each.note for each in act.alternatives))
    yield from _strings(act.details)


def _strings(value: object) -> Iterator[str]:
    """Yield every text in a value, and every key."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield str(key)
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
