"""What answers are made of. A field that says nothing is ``null`` or empty, never left out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from django.utils.translation import gettext_noop
from msgspec import Meta, Struct, field

Names = Annotated[
    dict[str, str], Meta(description=gettext_noop("Text by language, as far as it is given."))
]
When = Annotated[
    str,
    Meta(
        pattern=r"^\d{4}(-\d{2}(-\d{2}(/\d{4}-\d{2}-\d{2})?)?)?$",
        description=gettext_noop(
            "A date of ISO 8601, as exact as it is known: a day, a month or a year; an interval "
            "where other acts narrow it."
        ),
    ),
]
Instant = Annotated[datetime, Meta(tz=True)]
Confidence = Literal["high", "medium", "low"]


class Part(Struct, forbid_unknown_fields=True):
    """What every part of an answer is: fields with names, and no others."""


class Said(Part):
    """A text of the record as it was entered, with the translations that the rules bring."""

    text: str
    translations: dict[str, str]


class Ground(Part):
    """An article or act that a statement rests on."""

    kind: Literal["article", "act", "other"]
    id: str
    url: str | None


class Doubt(Part):
    """A reason to read a statement with care."""

    code: Annotated[
        str,
        Meta(
            description=gettext_noop(
                "imprecise_date, disputed_date, low_confidence, medium_confidence or other_basis."
            )
        ),
    ]
    ground: Annotated[
        str, Meta(description=gettext_noop("The act, article or basis that the doubt is about."))
    ]
    detail: Annotated[
        str, Meta(description=gettext_noop("The other date, or the answer on the other basis."))
    ]


class Because(Part, kw_only=True):
    """A statement with what it rests on and what is in doubt about it, which are told last."""

    grounds: list[Ground]
    doubts: list[Doubt]


class Named(Part):
    """Something that the rules define."""

    id: str
    names: Names


class Period(Part):
    """The days on which something holds."""

    start: Annotated[
        date | None, Meta(description=gettext_noop("The first day; null: without limit."))
    ] = field(name="from")
    until: Annotated[
        date | None,
        Meta(description=gettext_noop("The first day no longer; null: without limit.")),
    ]


class Question(Part):
    """The question that was answered."""

    on: Annotated[date, Meta(description=gettext_noop("The day of legal effect."))]
    known_at: Annotated[
        str | None,
        Meta(description=gettext_noop("The moment of knowledge; null: all that is recorded.")),
    ]
    basis: Annotated[
        str | None,
        Meta(description=gettext_noop("The basis of counting; null: each organisation’s own.")),
    ]


class Log(Part):
    """The head of the log that the answer was read at."""

    origin: str
    size: int
    root: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class Links(Part):
    """Where this answer is, where a long list goes on, and the page for people."""

    here: str = field(name="self")
    next: Annotated[
        str | None,
        Meta(description=gettext_noop("The next page of a list; null: this is the last.")),
    ]
    html: Annotated[
        dict[str, str],
        Meta(description=gettext_noop("The page on the same by language, where there is one.")),
    ]


class Envelope(Part, kw_only=True):
    """What every answer has, told last."""

    log: Log
    links: Links


class Answer(Envelope):
    """An answer to a question about a day."""

    question: Question


class OfOrganisation(Answer):
    """An answer about one organisation."""

    organisation: str


class ActLine(Part):
    """An act in a list about something else."""

    id: str
    kind: str
    effective_on: When
    url: str
