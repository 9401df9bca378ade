"""Every operation of the read API: its address, what it takes, what it answers.

The addresses, the reading of parameters and the OpenAPI document are all made from this list.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from comity.kernel.dates import parse_day, parse_moment
from comity.kernel.errors import check_known
from comity.register.kinds import KINDS
from comity.register.register import OrganisationRecord
from comity_web.api.answers.acts import Act, Acts, act, acts
from comity_web.api.answers.bodies import Bodies, Body, bodies, body
from comity_web.api.answers.changes import Changes, changes
from comity_web.api.answers.finding_acts import MOST, ORDERS
from comity_web.api.answers.log import LogState, log_state
from comity_web.api.answers.offices import Office, Offices, office, offices
from comity_web.api.answers.organisations import (
    Organisation,
    Organisations,
    organisation,
    organisations,
)
from comity_web.api.answers.parties import Parties, Party, parties, party
from comity_web.api.answers.parts import Envelope
from comity_web.api.answers.plans import Plans, plans
from comity_web.api.answers.reader import Reader
from comity_web.api.answers.rights import PartyRights, RightsMatrix, party_rights, rights_matrix
from comity_web.api.answers.rules import (
    Article,
    Articles,
    Instruments,
    Sources,
    article,
    articles,
    instruments,
    sources,
)
from comity_web.api.answers.situation import Situation, situation
from comity_web.api.parameters import (
    BASIS,
    DAY,
    KNOWN_AT,
    MOMENT,
    ON,
    QUESTION,
    Asked,
    Parameter,
    number,
    one_of,
)
from comity_web.register.selectors import Present

Make = Callable[..., Envelope]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; ``path`` is its address below ``/api/v1/``, with the names in it in braces."""

    id: str
    path: str
    summary: str
    answer: type[Envelope]
    make: Make
    parameters: tuple[Parameter, ...] = QUESTION

    @property
    def names(self) -> list[str]:
        """The names in the address, in their order."""
        return re.findall(r"\{(\w+)\}", self.path)


def _of_one(make: Callable[..., Envelope]) -> Make:
    """Make an operation of what is answered about one organisation."""

    def of_one(present: Present, asked: Asked, organisation: str, **names: str) -> Envelope:
        return make(Reader(present, organisation, asked), **names)

    return of_one


_ONE = "organisations/{organisation}"


def _body(record: OrganisationRecord, name: str) -> None:
    check_known("body", name, record.charter.bodies)


_STATUS = Parameter(
    "status",
    gettext_noop("One status only."),
    find=lambda record, name: check_known("status", name, record.charter.statuses),
)
_RIGHT = Parameter(
    "right",
    gettext_noop("One right only."),
    find=lambda record, name: check_known("right", name, record.charter.rights),
)
_BODY = Parameter("body", gettext_noop("One body only."), find=_body)
_FINDING = (
    Parameter(
        "kind",
        gettext_noop("Acts of one kind, such as “admitted”."),
        find=lambda _, name: check_known("kind of act", name, KINDS),
    ),
    Parameter(
        "party",
        gettext_noop("Acts that name a party, by its code, a former one or name."),
        find=OrganisationRecord.party,
    ),
    Parameter("body", gettext_noop("Acts of a body, or about it."), find=_body),
    Parameter("from", gettext_noop("Acts in effect on this day or later."), DAY, parse_day),
    Parameter("to", gettext_noop("Acts in effect on this day or earlier."), DAY, parse_day),
    Parameter(
        "text",
        gettext_noop(
            "Acts with all these words in their texts or in the names of what they name. Parts of "
            "words count; case and accents do not matter."
        ),
    ),
    Parameter(
        "recorded_since",
        gettext_noop("Acts recorded on this day, at this instant, or later."),
        MOMENT,
        parse_moment,
    ),
    Parameter(
        "order",
        gettext_noop("By recording or by day of effect; with “-” the latest first."),
        *one_of(*ORDERS),
    ),
    Parameter("limit", gettext_noop("How many on a page; left out: 100."), *number(1, MOST)),
    Parameter(
        "after",
        gettext_noop("The last act of the page before; “next” has it."),
        find=OrganisationRecord.recorded_act,
    ),
)
_TIMES = (
    Parameter("from", gettext_noop("The first of two days."), DAY, parse_day, required=True),
    Parameter(
        "to", gettext_noop("The second of two days; left out: today in UTC."), DAY, parse_day
    ),
)

OPERATIONS = (
    Operation(
        "organisations",
        "organisations",
        gettext_noop("All organisations in the register"),
        Organisations,
        organisations,
        (ON, KNOWN_AT),
    ),
    Operation(
        "organisation",
        _ONE,
        gettext_noop("An organisation: what its rules define, and its numbers on the day"),
        Organisation,
        _of_one(organisation),
    ),
    Operation(
        "situation",
        f"{_ONE}/situation",
        gettext_noop("The whole situation on a day: who, what, in doubt, under way"),
        Situation,
        _of_one(situation),
    ),
    Operation(
        "parties",
        f"{_ONE}/parties",
        gettext_noop("All parties with their status"),
        Parties,
        _of_one(parties),
    ),
    Operation(
        "party",
        f"{_ONE}/parties/{{party}}",
        gettext_noop("A party: its statuses, since when and why, its history and acts"),
        Party,
        _of_one(party),
    ),
    Operation(
        "party_rights",
        f"{_ONE}/parties/{{party}}/rights",
        gettext_noop("What a party may do, in general and in each body"),
        PartyRights,
        _of_one(party_rights),
        (*QUESTION, _BODY, _RIGHT),
    ),
    Operation(
        "bodies",
        f"{_ONE}/bodies",
        gettext_noop("All bodies with the stage of their life"),
        Bodies,
        _of_one(bodies),
    ),
    Operation(
        "body",
        f"{_ONE}/bodies/{{body}}",
        gettext_noop("A body: its life, who sits in it and in what capacity, its chair"),
        Body,
        _of_one(body),
    ),
    Operation(
        "rights",
        f"{_ONE}/rights",
        gettext_noop("What each status lets its holders do, in general and in each body"),
        RightsMatrix,
        _of_one(rights_matrix),
        (*QUESTION, _STATUS, _RIGHT, _BODY),
    ),
    Operation(
        "offices",
        f"{_ONE}/offices",
        gettext_noop("All offices with their holders"),
        Offices,
        _of_one(offices),
    ),
    Operation(
        "office",
        f"{_ONE}/offices/{{office}}",
        gettext_noop("An office: its rules, who holds it, who held it"),
        Office,
        _of_one(office),
    ),
    Operation(
        "articles",
        f"{_ONE}/articles",
        gettext_noop("All articles, and whether they are in force"),
        Articles,
        _of_one(articles),
    ),
    Operation(
        "article",
        f"{_ONE}/articles/{{article}}",
        gettext_noop("An article: its versions, and what rests on it"),
        Article,
        _of_one(article),
    ),
    Operation(
        "instruments",
        f"{_ONE}/instruments",
        gettext_noop("All instruments that articles belong to"),
        Instruments,
        _of_one(instruments),
    ),
    Operation(
        "sources",
        f"{_ONE}/sources",
        gettext_noop("All sources that rules and acts rest on"),
        Sources,
        _of_one(sources),
    ),
    Operation(
        "acts",
        f"{_ONE}/acts",
        gettext_noop("Acts of the register, found by what they say, page by page"),
        Acts,
        _of_one(acts),
        (KNOWN_AT, *_FINDING),
    ),
    Operation(
        "act",
        f"{_ONE}/acts/{{act}}",
        gettext_noop("An act: as it reads, as it was recorded, its place in the log"),
        Act,
        _of_one(act),
    ),
    Operation(
        "changes",
        f"{_ONE}/changes",
        gettext_noop("What changed between two days: statuses, all else, and rules"),
        Changes,
        changes,
        (*_TIMES, KNOWN_AT, BASIS),
    ),
    Operation(
        "plans",
        f"{_ONE}/plans",
        gettext_noop("Texts adopted, and titles given to years and places, by the day"),
        Plans,
        _of_one(plans),
    ),
    Operation(
        "log", "log", gettext_noop("The head of the log, as signed"), LogState, log_state, ()
    ),
)
