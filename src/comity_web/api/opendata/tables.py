"""All tables, with the meaning of every column."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_noop

from comity_web.api.opendata import rows
from comity_web.api.opendata.columns import (
    ARTICLE,
    BASIS,
    BEGAN_BY,
    CONFIDENCE,
    DOUBTS,
    ENDED_BY,
    FACET,
    FROM,
    FROM_DAY,
    GROUNDS,
    NOTE,
    ON,
    PARTY,
    RULE_FROM,
    RULE_UNTIL,
    SINCE,
    SOURCES,
    STATUS,
    UNTIL,
    UNTIL_DAY,
    Column,
    Table,
)


def _id(about: str) -> Column:
    return Column("id", about)


def _names(about: str, name: str = "name") -> Column:
    return Column(name, about, "names")


ACTS = Table(
    "acts",
    gettext_noop("Every act as it reads after corrections, in the order of recording."),
    (
        Column("position", gettext_noop("Its place in the log; the first has 0."), "integer"),
        _id(gettext_noop("The identifier of the act.")),
        Column("kind", gettext_noop("The kind of act.")),
        Column("effective_on", gettext_noop("When it takes effect, as far as is known."), "when"),
        Column("effective_from", gettext_noop("The first day that this can mean."), "day"),
        Column("effective_to", gettext_noop("The last day that this can mean."), "day"),
        Column("decided_on", gettext_noop("When it was decided, if on another day."), "when"),
        Column("recorded_at", gettext_noop("The instant of recording, in UTC."), "instant"),
        Column("parties", gettext_noop("The codes of the parties that it names."), "list"),
        Column("body", gettext_noop("The body that acted, as in the table of bodies.")),
        ARTICLE,
        Column("details", gettext_noop("The fields of its kind."), "json"),
        Column("place", gettext_noop("Where it was done.")),
        NOTE,
        SOURCES,
        CONFIDENCE,
        Column("alternatives", gettext_noop("Other dates that sources give."), "json"),
        Column("annulled", gettext_noop("Whether it is as if it had not been."), "flag"),
        Column("revised_by", gettext_noop("The acts that correct or annul it."), "list"),
        Column("leaf_hash", gettext_noop("The hash of its leaf in the log.")),
    ),
    ("id",),
    rows.acts,
)
PARTIES = Table(
    "parties",
    gettext_noop("Every party that the data names, with its names on the day."),
    (
        Column("code", gettext_noop("The code of the party.")),
        Column("kind", gettext_noop("What the party is: a state, an organisation, …")),
        _names(gettext_noop("Its name on the day.")),
        _names(gettext_noop("Its formal name on the day."), "formal_name"),
        _names(gettext_noop("The name it is placed by in the order of States."), "order_name"),
        Column("former_codes", gettext_noop("Codes under which acts may name it as well."), "list"),
        _names(gettext_noop("A note on the name, the organisation’s own."), "note"),
    ),
    ("code",),
    rows.parties,
)
SPELLS = Table(
    "spells",
    gettext_noop("Every status that a party holds, held or will hold, from when to when."),
    (
        PARTY,
        FACET,
        STATUS,
        FROM,
        UNTIL,
        FROM_DAY,
        UNTIL_DAY,
        SINCE,
        Column("ended_as", gettext_noop("How it ended: promoted, withdrew, expelled, …")),
        BEGAN_BY,
        ENDED_BY,
        BASIS,
    ),
    ("party", "facet", "from", "status"),
    rows.spells,
)
STATUSES = Table(
    "statuses",
    gettext_noop("Who holds which status on the day, and why."),
    (
        ON,
        BASIS,
        PARTY,
        FACET,
        STATUS,
        SINCE,
        Column("suspended", gettext_noop("Whether the party is suspended."), "flag"),
        GROUNDS,
        DOUBTS,
    ),
    ("facet", "party"),
    rows.statuses,
)
TENURES = Table(
    "tenures",
    gettext_noop("Who holds or held which office, from when to when."),
    (
        Column("office", gettext_noop("The office.")),
        replace(PARTY, about=gettext_noop("The party that holds it, or the person’s.")),
        Column("person", gettext_noop("The person, where a person holds it.")),
        FROM,
        UNTIL,
        FROM_DAY,
        UNTIL_DAY,
        BEGAN_BY,
        ENDED_BY,
    ),
    ("office", "began_by"),
    rows.tenures,
)
BODIES = Table(
    "bodies",
    gettext_noop("Every body that the rules name, with the stage of its life on the day."),
    (
        _id(gettext_noop("The identifier of the body.")),
        _names(gettext_noop("Its name on the day.")),
        _names(gettext_noop("Its short name on the day."), "short_name"),
        Column("stage", gettext_noop("in_formation, active, transformed or dissolved.")),
        Column("supreme", gettext_noop("Whether it is the supreme body."), "flag"),
        Column("reports_to", gettext_noop("The body that it reports to.")),
        Column("chair", gettext_noop("The office of its chair.")),
        _names(gettext_noop("Where it has its seat."), "seat"),
        ARTICLE,
        GROUNDS,
    ),
    ("id",),
    rows.bodies,
)
GRANTS = Table(
    "grants",
    gettext_noop("What the rules let the holders of statuses do, in which bodies, on what terms."),
    (
        Column("number", gettext_noop("Its place in the rules."), "integer"),
        Column("statuses", gettext_noop("The statuses that it is about."), "list"),
        Column("rights", gettext_noop("The rights; “all” is every right."), "list"),
        Column("bodies", gettext_noop("The bodies; “all” is every body."), "list"),
        Column("answer", gettext_noop("yes, no or conditional.")),
        _names(gettext_noop("The condition, where there is one."), "condition"),
        ARTICLE,
        RULE_FROM,
        RULE_UNTIL,
    ),
    ("number",),
    rows.grants,
)
ARTICLES = Table(
    "articles",
    gettext_noop("Every version of every article, in our own words."),
    (
        _id(gettext_noop("The identifier of the article.")),
        Column("instrument", gettext_noop("The instrument that it belongs to.")),
        Column("version", gettext_noop("Which version it is; the first has 1."), "integer"),
        Column("number", gettext_noop("Its number there.")),
        RULE_FROM,
        RULE_UNTIL,
        _names(gettext_noop("Its title."), "title"),
        _names(gettext_noop("What it says, in our own words."), "text"),
        CONFIDENCE,
        SOURCES,
    ),
    ("id", "version"),
    rows.articles,
)
INSTRUMENTS = Table(
    "instruments",
    gettext_noop("Every treaty, regulation or decision that articles belong to."),
    (
        _id(gettext_noop("The identifier of the instrument.")),
        _names(gettext_noop("Its name.")),
        Column("signed_on", gettext_noop("When it was signed."), "when"),
        Column("adopted_on", gettext_noop("When it was adopted."), "when"),
        Column("in_force_on", gettext_noop("When it entered into force."), "when"),
        CONFIDENCE,
        NOTE,
        SOURCES,
    ),
    ("id",),
    rows.instruments,
)
SOURCES_TABLE = Table(
    "sources",
    gettext_noop("Every source that rules and acts rest on."),
    (
        _id(gettext_noop("The identifier of the source.")),
        Column("title", gettext_noop("Its title.")),
        Column("url", gettext_noop("Its address.")),
        Column("publisher", gettext_noop("Who published it.")),
        Column("kind", gettext_noop("What it is.")),
        Column("read", gettext_noop("How much of it was seen.")),
        Column("accessed", gettext_noop("When it was seen.")),
    ),
    ("id",),
    rows.sources,
)

TABLES = {
    each.name: each
    for each in (
        ACTS,
        PARTIES,
        SPELLS,
        STATUSES,
        TENURES,
        BODIES,
        GRANTS,
        ARTICLES,
        INSTRUMENTS,
        SOURCES_TABLE,
    )
}
