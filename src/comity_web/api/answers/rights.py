"""What may be done: by a party, and by each status in each body."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_noop
from msgspec import Meta

from comity.charter.queries import statuses_on
from comity.kernel.errors import DataError, Place, unknown
from comity.kernel.finding import Finding
from comity.membership.answers import Permission
from comity_web.api.answers.parts import Because, Names, OfOrganisation
from comity_web.api.answers.reader import Reader

Everywhere = Annotated[
    str | None,
    Meta(description=gettext_noop("A body; null: in general, where none is named.")),
]


class RightAnswer(Because):
    """Whether something may be done, on what terms, and why."""

    right: str
    body: Everywhere
    answer: Literal["yes", "no", "conditional"]
    unsaid: Annotated[
        bool, Meta(description=gettext_noop("Whether it is no because no rule says anything."))
    ]
    condition: Names
    bodies: Annotated[
        list[str],
        Meta(
            description=gettext_noop(
                "Where the answer depends on the body and none is named: those that do not refuse."
            )
        ),
    ]


class PartyRights(OfOrganisation):
    """What a party may do, in general and in each body of the day."""

    party: str
    rights: list[RightAnswer]


class StatusRight(RightAnswer):
    """What a status lets its holders do."""

    status: str


class RightsMatrix(OfOrganisation):
    """What each status lets its holders do, in general and in each body of the day."""

    rights: list[StatusRight]


def party_rights(reader: Reader, party: str) -> PartyRights:
    """Return what a party may do; ``body`` and ``right`` narrow it."""
    code = reader.record.party(party)
    return PartyRights(
        **reader.frame("parties", code, "rights", page="party", party=code),
        party=code,
        rights=[
            _answer(reader, reader.situation.may(code, right, body), right, body)
            for right in _rights(reader)
            for body in _bodies(reader)
        ],
    )


def _answer(
    reader: Reader, finding: Finding[Permission], right: str, body: str | None
) -> RightAnswer:
    return RightAnswer(**_said(reader, finding, right, body))


def _said(
    reader: Reader, finding: Finding[Permission], right: str, body: str | None
) -> dict[str, Any]:
    return {
        "right": right,
        "body": body,
        "answer": finding.value.answer,
        "unsaid": finding.value.unsaid,
        "condition": dict(finding.value.condition),
        "bodies": list(finding.value.bodies),
        **reader.because(finding),
    }


def rights_matrix(reader: Reader) -> RightsMatrix:
    """Return what each status of the day lets its holders do."""
    return RightsMatrix(
        **reader.frame("rights", page="rights"),
        rights=[
            _of_status(reader, status, right, body)
            for status in _statuses(reader)
            for right in _rights(reader)
            for body in _bodies(reader)
        ],
    )


def _of_status(reader: Reader, status: str, right: str, body: str | None) -> StatusRight:
    finding = reader.situation.granted(status, right, body)
    return StatusRight(status=status, **_said(reader, finding, right, body))


def _statuses(reader: Reader) -> list[str]:
    return _asked(
        reader, "status", [e.id for e in statuses_on(reader.charter, reader.situation.on)]
    )


def _rights(reader: Reader) -> list[str]:
    return _asked(reader, "right", reader.charter.rights)


def _bodies(reader: Reader) -> list[str | None]:
    """Return the body asked about; else none, which is in general, and then each of the day."""
    asked = _asked(reader, "body", reader.charter.bodies)
    if reader.asked.text("body"):
        return [*asked]
    return [None, *(each.id for each in reader.situation.bodies())]


def _asked(reader: Reader, name: str, known: Iterable[str]) -> list[str]:
    """Return the one that a parameter names, or all; raises `DataError`."""
    every, wanted = list(known), reader.asked.text(name)
    if wanted and wanted not in every:
        raise DataError(unknown(name, wanted, every, place=Place(name)))
    return [wanted] if wanted else every
