"""What an act lets be found: its own words, its days, and everything it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.kernel.kinds import Field
from comity.membership.history import Change
from comity.register.kinds import KINDS, REVISING
from comity.register.register import OrganisationRecord
from comity.wording import names
from comity.wording.act_words import term_words
from comity.wording.acts import field_text
from comity.wording.catalogue import LANGUAGES
from comity_web.search.charters import translated
from comity_web.search.index import Index, Said
from comity_web.search.things import Role, Thing

# What a field names is a node of the charter; the others are text.
_NODES = {
    "party": "party",
    "parties": "party",
    "status": "status",
    "statuses": "status",
    "rights": "right",
    "body": "body",
    "office": "office",
    "instrument": "instrument",
    "territory": "territory",
}


def enter_acts(index: Index, record: OrganisationRecord, first: int, after: int) -> None:
    """Enter the acts at positions from ``first`` up to ``after``, and what they change."""
    index.reaching[record.charter.id] = after
    for position in range(first, after):
        act = record.acts[position]
        _enter(index, record, act, position)
        changed = act if act.kind not in REVISING else _revised(index, record, act, position)
        if changed.kind == "renamed":
            for party in changed.parties:
                _rename(index, record, record.aliases.get(party, party), position)


def _revised(index: Index, record: OrganisationRecord, act: Act, position: int) -> Act:
    """Enter anew the act that a correction or annulment is about in the end, as it reads now."""
    while act.kind in REVISING:
        act = record.recorded_act(act.detail("act"))
    before = index.known("act", record.charter.id, act.id)
    if before is not None:
        _withdraw(index, before, position)
        _enter(index, record, record.act(act.id, known=position + 1), position)
    return act


def _withdraw(index: Index, node: int, position: int) -> None:
    index.withdraw(node, position)
    thing = index.things[node]
    document = index.known("document", thing.organisation, thing.id) if thing else None
    if document is not None:
        index.withdraw(document, position)


def _enter(index: Index, record: OrganisationRecord, act: Act, position: int) -> None:
    day = act.effective_on.first.toordinal()
    node = index.add(Thing("act", act.organisation, act.id, since=position, day=day))
    for key in about(act, record):
        shared = index.known(*key)
        if shared is None:
            shared = index.node(*key)
            for language, text in _shared_words(key, act, record):
                index.say(shared, "text", text, language)
        index.link(shared, node)
        if key[0] == "instrument":
            index.name_at(shared, "acts", act.id)
    for role, language, text in _own_words(act, record.charter):
        index.say(node, role, text, language, manner="text" if role == "note" else "name")
    for each in _days(act):
        index.date(node, each)
    if act.kind == "adopted":
        document = index.add(Thing("document", act.organisation, act.id, since=position, day=day))
        index.say_in_languages(document, "title", texts(act, "title", record.charter))
        index.link(document, node)
        index.date(document, act.effective_on)


def about(act: Act, record: OrganisationRecord) -> Iterator[tuple[str, ...]]:
    """Return the keys of the nodes that an act is about."""
    organisation = record.charter.id
    yield "kind", act.kind
    yield from (("party", organisation, record.aliases.get(e, e)) for e in act.parties)
    if act.authority.body:
        yield "body", organisation, act.authority.body
    if act.place:
        yield "text", organisation, act.place
    for field in KINDS[act.kind].fields if act.kind in KINDS else ():
        yield from _about_field(act, field, record)


def _about_field(act: Act, field: Field, record: OrganisationRecord) -> Iterator[tuple[str, ...]]:
    for value in map(str, act.listed(field.name)):
        if field.holds in _NODES:
            code = record.aliases.get(value, value) if "part" in field.holds else value
            yield _NODES[field.holds], record.charter.id, code
        elif field.holds == "stage":
            yield "stage", record.charter.id, act.detail("status"), value
        elif field.choices:
            yield "choice", field.name, value
        elif field.holds in ("text", "identifier"):
            yield "text", record.charter.id, value
    if field.holds == "integer" and field.name in act.details:
        yield "text", record.charter.id, str(act.details[field.name])


def texts(act: Act, field: str, charter: Charter) -> dict[str, str]:
    """Return a detail that is text by language, in every language that it is translated into."""
    value = act.details.get(field)
    if not isinstance(value, Mapping):
        return {}
    given = {language: text for language, text in value.items() if isinstance(text, str)}
    return {**dict(translated(charter, next(iter(given.values()), ""))), **given}


def _shared_words(
    key: tuple[str, ...], act: Act, record: OrganisationRecord
) -> Iterator[tuple[str, str]]:
    """Return what is said of a node that acts share, by language."""
    if key[0] == "text":
        yield from translated(record.charter, key[2])
    elif key[0] == "kind":
        yield "", term_words(("kind", key[1]), record)
    elif key[0] == "stage":
        day = act.effective_on.first
        for language in LANGUAGES:
            yield language, names.stage_name(record.charter, key[2], key[3], day, language)
    elif key[0] == "choice":
        situation = record.situation(on=act.effective_on.first)
        for field in (each for each in KINDS[act.kind].fields if each.name == key[1]):
            for language in LANGUAGES:
                yield language, field_text(act, field, situation, language)


def _own_words(act: Act, charter: Charter) -> Iterator[Said]:
    """Return what only this act says: its texts by language, and its notes."""
    for field in KINDS[act.kind].fields if act.kind in KINDS else ():
        if field.holds == "names":
            role: Role = "note" if field.name == "text" else "text"
            yield from ((role, *each) for each in texts(act, field.name, charter).items())
    for note in filter(None, (act.note, *(each.note for each in act.alternatives))):
        yield from (("note", *each) for each in translated(charter, note))


def _days(act: Act) -> Iterator[PartialDate]:
    """Return every day on which an act may be looked for: disputed ones too."""
    yield act.effective_on
    yield from (each.effective_on for each in act.alternatives)
    if act.decided_on:
        yield act.decided_on
    if act.detail("opened_on"):
        yield PartialDate.parse(act.detail("opened_on"))


def _rename(index: Index, record: OrganisationRecord, party: str, position: int) -> None:
    """Let a party be found by the names that acts give it, as they read at a position."""
    node = index.known("party", record.charter.id, party)
    if node is None:
        return
    basis = record.charter.default_basis
    history = record.history(party, basis=basis, known=position + 1)
    given = {*_names("name", history.names), *_names("formal_name", history.formal_names)}
    index.rename(node, given, position)


def _names(role: Role, changes: Iterable[Change]) -> Iterator[Said]:
    for change in changes:
        yield from ((role, language, text) for language, text in change.value.items())
