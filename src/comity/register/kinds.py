"""The whole vocabulary of acts: those of the families of rules, and the register's own."""

from __future__ import annotations

from comity.kernel.kinds import ActKind, Field, vocabulary
from comity.membership import kinds as membership

LIFE_STAGES = ("in_formation", "active", "transformed", "dissolved")

_INSTRUMENT = (
    Field("instrument", "instrument", required=True),
    Field("title", "names"),
    Field("national_act"),
    Field("terms", "mapping"),
)

RECORDS: tuple[ActKind, ...] = (
    ActKind(
        "appointed",
        (Field("office", "office", required=True), Field("person"), Field("until", "date")),
        about="any",
        summary="An office is taken up by a party or a person.",
    ),
    ActKind(
        "left_office",
        (Field("office", "office", required=True), Field("person")),
        about="any",
        summary="An office is left.",
    ),
    ActKind(
        "body_changed",
        (
            Field("body", "body", required=True),
            Field("stage", required=True, choices=LIFE_STAGES),
            Field("into", "body"),
        ),
        about="any",
        summary="A body comes into being, is transformed or dissolved.",
    ),
    ActKind(
        "met",
        (
            Field("body", "body", required=True),
            Field("ordinal", "integer"),
            Field("format"),
            Field("opened_on", "date"),
        ),
        summary="A body met.",
    ),
    ActKind(
        "adopted",
        (
            Field("title", "names", required=True),
            Field("document", "identifier"),
            Field("form"),
            Field("horizon", "integer"),
            Field("parent", "identifier"),
        ),
        summary="A text was adopted.",
    ),
    ActKind("signed", _INSTRUMENT, summary="An instrument was signed."),
    ActKind("ratified", _INSTRUMENT, about="some", summary="A party ratified an instrument."),
    ActKind("deposited", _INSTRUMENT, about="some", summary="A party deposited its instrument."),
    ActKind("acceded", _INSTRUMENT, about="some", summary="A party acceded to an instrument."),
    ActKind("entered_into_force", _INSTRUMENT, summary="An instrument entered into force."),
    ActKind(
        "designated",
        (Field("title", "names", required=True), Field("subject", required=True), Field("period")),
        summary="A year, a city or the like was given a title.",
    ),
    ActKind(
        "invited",
        (Field("body", "body"), Field("capacity")),
        about="some",
        summary="A party was invited.",
    ),
    ActKind(
        "noted",
        (Field("topic", required=True), Field("text", "names", required=True)),
        summary="A statement on the record: practice, or a disagreement of sources.",
    ),
)

ABOUT_THE_REGISTER: tuple[ActKind, ...] = (
    ActKind(
        "corrected",
        (Field("act", "act", required=True), Field("changes", "mapping", required=True)),
        summary="An act reads otherwise from here on.",
    ),
    ActKind(
        "annulled",
        (Field("act", "act", required=True), Field("reason")),
        summary="An act is as if it had not been, from here on.",
    ),
    ActKind(
        "rules_recorded",
        (Field("digest", "identifier", required=True),),
        about="none",
        summary="The edition of the charter in use from here on.",
    ),
)

KINDS = vocabulary(membership.KINDS, RECORDS, ABOUT_THE_REGISTER)
REVISING = frozenset({"corrected", "annulled"})
