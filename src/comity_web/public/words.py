"""Labels for kinds and fields of acts, and short doubts; the reader's language is active.

Sentences about acts and grounds come from `comity.wording`; these are what a page puts above and
beside them.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext, gettext_noop

from comity.kernel.finding import Doubt

KINDS = {
    "admitted": gettext_noop("Admission"),
    "stage_reached": gettext_noop("Stage reached"),
    "returned": gettext_noop("Return"),
    "withdrawal_notified": gettext_noop("Notice of withdrawal"),
    "notice_extended": gettext_noop("Notice extended"),
    "notice_rescinded": gettext_noop("Notice rescinded"),
    "withdrew": gettext_noop("Withdrawal"),
    "expelled": gettext_noop("Expulsion"),
    "status_ended": gettext_noop("End of the status"),
    "suspended": gettext_noop("Suspension"),
    "suspension_lifted": gettext_noop("Suspension lifted"),
    "succeeded": gettext_noop("Succession"),
    "statuses_merged": gettext_noop("Statuses merged"),
    "renamed": gettext_noop("Change of name"),
    "representation_changed": gettext_noop("Change of representation"),
    "territory_left": gettext_noop("Territory left"),
    "territory_joined": gettext_noop("Territory joined"),
    "appointed": gettext_noop("Office taken up"),
    "left_office": gettext_noop("Office left"),
    "body_changed": gettext_noop("Change of a body"),
    "met": gettext_noop("Meeting"),
    "adopted": gettext_noop("Text adopted"),
    "signed": gettext_noop("Signature"),
    "ratified": gettext_noop("Ratification"),
    "deposited": gettext_noop("Deposit"),
    "acceded": gettext_noop("Accession"),
    "entered_into_force": gettext_noop("Entry into force"),
    "designated": gettext_noop("Designation"),
    "invited": gettext_noop("Invitation"),
    "noted": gettext_noop("Note on the record"),
    "corrected": gettext_noop("Correction"),
    "annulled": gettext_noop("Annulment"),
    "rules_recorded": gettext_noop("Edition of the rules"),
}
FIELDS = {
    "status": gettext_noop("Status"),
    "statuses": gettext_noop("Statuses"),
    "stage": gettext_noop("Stage"),
    "until": gettext_noop("Until"),
    "treated_as": gettext_noop("Treated as"),
    "says_effective_on": gettext_noop("Day named in the notice"),
    "notice": gettext_noop("Notice"),
    "manner": gettext_noop("Manner"),
    "rights": gettext_noop("Rights"),
    "suspension": gettext_noop("Suspension"),
    "predecessors": gettext_noop("Predecessors"),
    "successor": gettext_noop("Successor"),
    "mode": gettext_noop("Manner"),
    "into": gettext_noop("Into"),
    "names": gettext_noop("Name"),
    "formal_names": gettext_noop("Formal name"),
    "represented_by": gettext_noop("Represented by"),
    "territory": gettext_noop("Territory"),
    "office": gettext_noop("Office"),
    "person": gettext_noop("Person"),
    "body": gettext_noop("Body"),
    "ordinal": gettext_noop("Number"),
    "format": gettext_noop("Format"),
    "opened_on": gettext_noop("Opened on"),
    "title": gettext_noop("Title"),
    "document": gettext_noop("Document"),
    "form": gettext_noop("Form"),
    "horizon": gettext_noop("Horizon"),
    "parent": gettext_noop("Belongs to"),
    "instrument": gettext_noop("Instrument"),
    "national_act": gettext_noop("National act"),
    "terms": gettext_noop("Terms"),
    "subject": gettext_noop("Subject"),
    "period": gettext_noop("Period"),
    "capacity": gettext_noop("Capacity"),
    "topic": gettext_noop("Topic"),
    "text": gettext_noop("Text"),
    "act": gettext_noop("Act"),
    "changes": gettext_noop("Changes"),
    "reason": gettext_noop("Reason"),
    "digest": gettext_noop("Digest"),
}
DOUBTS = {
    "imprecise_date": gettext_noop("The date is known only as %(detail)s."),
    "disputed_date": gettext_noop("Sources disagree: others give %(detail)s."),
    "low_confidence": gettext_noop("Low confidence: it rests on recollection."),
    "medium_confidence": gettext_noop("Medium confidence: only part of the source was read."),
    "other_basis": gettext_noop("Counted “%(basis)s”: %(detail)s."),
}
# A word or two for each doubt where there is no room for its sentence, and for practice.
MARKS = {
    "imprecise_date": gettext_noop("day not known"),
    "disputed_date": gettext_noop("date disputed"),
    "low_confidence": gettext_noop("from recollection"),
    "medium_confidence": gettext_noop("read in part"),
    "other_basis": gettext_noop("other basis, other answer"),
    "practice": gettext_noop("practice"),
}
SOURCES = {
    "official": gettext_noop("Official sources"),
    "treaty": gettext_noop("Texts of treaties"),
    "press": gettext_noop("Press"),
    "academic": gettext_noop("Academic works"),
    "reference": gettext_noop("Reference works"),
    "interview": gettext_noop("Interviews"),
    "recollection": gettext_noop("Recollection"),
    "": gettext_noop("Other sources"),
}
READ = {
    "whole": gettext_noop("read in full"),
    "excerpt": gettext_noop("read in excerpts"),
    "abstract": gettext_noop("only an abstract was read"),
    "title": gettext_noop("only the title was seen"),
    "": gettext_noop("how much was read is not recorded"),
}
CONFIDENCE = {
    "high": gettext_noop("The sources named say it, in what was read of them."),
    "medium": gettext_noop("Part of it was read in the sources named; the rest is recollection."),
    "low": gettext_noop("Little of it was seen in a source; it rests on recollection."),
}


def kind(code: str) -> str:
    """Name a kind of act."""
    return gettext(KINDS[code]) if code in KINDS else _spaced(code)


def field(code: str) -> str:
    """Name a field of an act."""
    return gettext(FIELDS[code]) if code in FIELDS else _spaced(code)


def language(code: str) -> str:
    """Name a language of the organisation."""
    named = {"en": gettext("English"), "ru": gettext("Russian"), "zh": gettext("Chinese")}
    return named.get(code, code)


def capacity(code: str) -> str:
    """Say in which capacity a seat is held."""
    named = {
        "full": gettext("A full seat"),
        "observer": gettext("As observer"),
        "participant": gettext("As participant"),
    }
    return named.get(code, _spaced(code))


def source_kind(code: str) -> str:
    """Name a kind of source, over those that are of it."""
    return gettext(SOURCES[code]) if code in SOURCES else _spaced(code)


def read(code: str) -> str:
    """Say how much of a source was read."""
    return gettext(READ[code]) if code in READ else _spaced(code)


def confidence(code: str) -> str:
    """Explain how sure the sources of a statement make it."""
    return gettext(CONFIDENCE[code])


def doubt(found: Doubt, *, detail: str, basis: str) -> str:
    """Say why an answer is to be read with care."""
    sentence = gettext(DOUBTS[found.code]) if found.code in DOUBTS else _spaced(found.code)
    # What ends with a full stop of its own, as "2017 г." does, needs no other.
    return re.sub(r"\.\.$", ".", sentence % {"detail": detail, "basis": basis})


def mark(code: str) -> str:
    """Name a sort of doubt, or practice, in a word or two."""
    return gettext(MARKS[code]) if code in MARKS else _spaced(code)


def practice() -> str:
    """Say that what is answered is what is done, and stands in no text."""
    return gettext("Practice: no text in force was found that says so.")


def _spaced(code: str) -> str:
    return code.replace("_", " ")
