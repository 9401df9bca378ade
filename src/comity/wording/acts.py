"""One sentence for each kind of act.

A sentence is the parties, a head that says what happened, the further details of the act, the day,
the place and the body: ``India: the status “member” begins (admission), 9 June 2017, Astana
(Council of Heads of State)``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from string import Formatter

from comity.charter import queries
from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.kernel.errors import DataError
from comity.kernel.kinds import Field
from comity.register.kinds import KINDS, REVISING
from comity.register.situation import Situation, in_language
from comity.wording import names
from comity.wording.catalogue import catalogue, known, listed, text
from comity.wording.dates import date_text

# Fields whose value is a word of a vocabulary that belongs to comity, not to the charter.
_VOCABULARIES = {"manner": "manner", "mode": "mode", "treated_as": "treated_as", "stage": "life"}
# The mode of a succession chooses the head; a brief sentence stands beside the status.
_IMPLIED_BY_HEAD = frozenset({"mode"})
_IMPLIED = frozenset({"mode", "status"})
# Words for programs: they stand in lists of details, and not in a sentence.
UNSAID = frozenset({"document", "digest"})
_NAMED_BY_DAY = frozenset({"notice", "suspension"})
_DATES_OF_ACTS = frozenset({"effective_on", "decided_on"})
_NAMES_ITS_PARTIES = frozenset({"succeeded"})


def act_sentence(
    act: Act, situation: Situation, language: str, *, about: str | None = None, brief: bool = False
) -> str:
    """Return what an act says, in one sentence without a full stop.

    Names are those of the act's own day. ``about`` names one party among many ("Belgium and 5
    more"). A ``brief`` sentence stands beside the party and the status, and repeats neither.
    """
    said = act_statement(act, situation, language, about=about, brief=brief)
    return said + _circumstances(act, situation, language)


def act_statement(
    act: Act, situation: Situation, language: str, *, about: str | None = None, brief: bool = False
) -> str:
    """Return what an act says without when, where and by whom: those stand beside it."""
    values = _values(act, situation, language)
    told = {"horizon": values.get("title", ""), "format": _place(act, situation, language)}
    key = _head(act, situation, brief=brief)
    used = _placeholders(catalogue(language)[key])
    implied = _IMPLIED if brief else _IMPLIED_BY_HEAD
    details = "".join(
        text(language, f"detail.{each.name}", value=values[each.name])
        for each in KINDS[act.kind].fields
        if each.name in values
        and each.name not in used | implied | UNSAID
        and not (brief and each.holds == "act")  # the act stands beside it
        and values[each.name] not in told.get(each.name, "")
        and not (each.holds == "identifier" and values[each.name] == act.details[each.name])
    )
    parties = "" if brief else _subject(act, situation, language, about)
    head = text(language, key, **values)
    return parties + head + details


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def _head(act: Act, situation: Situation, *, brief: bool) -> str:
    if brief and f"brief.{act.kind}" in catalogue("en"):
        return f"brief.{act.kind}"
    if act.kind == "succeeded":
        return f"act.succeeded_{act.detail('mode')}"
    if act.kind == "stage_reached":
        gives = _gives_status_on(act, situation)
        if set(gives) >= {*situation.charter.bases} or "all" in gives:
            return "act.stage_reached_gives"
        return "act.stage_reached_gives_on" if gives else "act.stage_reached"
    return f"act.{act.kind}"


def _gives_status_on(act: Act, situation: Situation) -> tuple[str, ...]:
    path = queries.path_to(situation.charter, act.detail("status"), act.effective_on.first)
    stages = path.stages if path else ()
    return next((each.gives_status_on for each in stages if each.id == act.detail("stage")), ())


def _subject(act: Act, situation: Situation, language: str, about: str | None) -> str:
    if not act.parties or act.kind in _NAMES_ITS_PARTIES:
        return ""
    day = _day_of_names(act)
    if about is not None and len(act.parties) > 1:
        name = names.party_name(situation, about, language, on=day)
        parties = text(language, "act.others", party=name, number=len(act.parties) - 1)
    else:
        every = (names.party_name(situation, each, language, on=day) for each in act.parties)
        parties = listed(language, every)
    return text(language, "act.subject", parties=parties)


def _day_of_names(act: Act) -> date:
    """A party that changes its name does so under the old one."""
    first = act.effective_on.first
    return first - timedelta(days=1) if act.kind == "renamed" and first > date.min else first


def _circumstances(act: Act, situation: Situation, language: str) -> str:
    sentence = text(language, "act.on", date=date_text(act.effective_on, language))
    if act.decided_on and act.decided_on != act.effective_on:
        sentence += text(language, "act.decided", date=date_text(act.decided_on, language))
    if act.place:
        sentence += text(language, "act.at", place=_place(act, situation, language))
    if act.authority.body:
        day = act.effective_on.first
        body = names.body_name(situation.charter, act.authority.body, day, language)
        sentence += text(language, "act.by", body=body)
    return sentence


def _place(act: Act, situation: Situation, language: str) -> str:
    return situation.charter.in_language(act.place, language)


def _values(act: Act, situation: Situation, language: str) -> dict[str, str]:
    kind = KINDS[act.kind]
    values = {
        field.name: field_text(act, field, situation, language)
        for field in kind.fields
        if act.details.get(field.name) not in (None, "")
    }
    if act.kind == "stage_reached":
        charter = situation.charter
        bases = (names.basis_name(charter, b, language) for b in _gives_status_on(act, situation))
        values["bases"] = listed(language, bases)
    if act.kind in REVISING:
        values |= _revision(act, situation, language)
    return values


def _revision(act: Act, situation: Situation, language: str) -> dict[str, str]:
    """Say which act is revised, and which of its fields; a new note stands with the act itself."""
    revised = act.detail("act")
    said = {"act": text(language, "act.revised_unread", act=revised)}
    if revised in situation.record and (read := situation.act(revised)).kind not in REVISING:
        day = date_text(read.effective_on, language)
        statement = act_statement(read, situation, language)
        said["act"] = text(language, "act.revised", day=day, act=statement)
    changes = act.details.get("changes")
    if isinstance(changes, Mapping):
        every = (_change(name, value, language) for name, value in changes.items())
        said["changes"] = text(language, "list.pairs").join(every)
    return said


def _change(name: str, value: object, language: str) -> str:
    label = known(language, f"label.{name}", name)
    if name == "confidence":
        return known(language, f"confidence.{value}", f"{label} {value}")
    if name in _DATES_OF_ACTS:
        return text(language, "list.pair", name=label, value=_date(str(value), language))
    return label


def field_text(act: Act, field: Field, situation: Situation, language: str) -> str:
    """Return one detail of an act in words: names instead of identifiers, dates written out."""
    value = act.details.get(field.name)
    charter, day = situation.charter, act.effective_on.first
    if isinstance(value, Mapping):
        return _mapping_text(value, field, charter, language)
    if isinstance(value, list | tuple):
        items = (_name(str(each), field.holds, act, situation, language) for each in value)
        return listed(language, items)
    word = str(value)
    if field.name in _VOCABULARIES and field.choices:
        return known(language, f"{_VOCABULARIES[field.name]}.{word}", word)
    if field.name in _NAMED_BY_DAY:
        return _day_of(word, situation, language)
    if field.holds in ("day", "date"):
        return _date(word, language)
    if field.holds == "stage":
        return names.stage_name(charter, act.detail("status"), word, day, language)
    return _name(word, field.holds, act, situation, language)


def _mapping_text(
    value: Mapping[str, object], field: Field, charter: Charter, language: str
) -> str:
    if field.holds == "names":
        given = in_language({key: str(each) for key, each in value.items()}, language)
        # Where the act leaves the language out; and the sentence goes on.
        return charter.in_language(given, language).rstrip(".。")
    return text(language, "list.pairs").join(_pairs(value, charter, language))


def _pairs(value: Mapping[str, object], charter: Charter, language: str) -> Iterator[str]:
    for name, each in value.items():
        said = _plain(each, charter, language)
        yield text(language, "list.pair", name=charter.in_language(name, language), value=said)


def _plain(value: object, charter: Charter, language: str) -> str:
    """Return a free value without brackets, as far as it has no depth of its own."""
    if isinstance(value, Mapping):
        return listed(language, _pairs(value, charter, language))
    if isinstance(value, list | tuple):
        return listed(language, (_plain(each, charter, language) for each in value))
    return charter.in_language(str(value), language)


def _date(word: str, language: str) -> str:
    try:
        return date_text(PartialDate.parse(word), language)
    except DataError:
        return word


def _name(word: str, holds: str, act: Act, situation: Situation, language: str) -> str:
    charter, day = situation.charter, act.effective_on.first
    match holds:
        case "party" | "parties":
            return names.party_name(situation, word, language, on=day)
        case "status" | "statuses":
            return names.status_name(charter, word, day, language)
        case "rights":
            return names.right_name(charter, word, language)
        case "body":
            return names.body_name(charter, word, day, language)
        case "office":
            return names.office_name(charter, word, day, language)
        case "instrument":
            return names.instrument_name(charter, word, language)
        case "territory":
            return names.territory_name(charter, word, language)
        case "identifier":
            return _document(word, situation, language)
        case _:
            return charter.in_language(word, language)


def _day_of(act: str, situation: Situation, language: str) -> str:
    """Name an act by its day: that says more than an identifier beside what it bears on."""
    if act not in situation.record:
        return act
    return date_text(situation.act(act).effective_on, language)


def _document(document: str, situation: Situation, language: str) -> str:
    """Name a text by what it was adopted as, or as an instrument; else by its identifier."""
    if document in situation.charter.instruments:
        return names.instrument_name(situation.charter, document, language)
    return document
