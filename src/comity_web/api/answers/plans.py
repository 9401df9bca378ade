"""Adopted texts and titles of years and places, as recorded."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext_noop
from msgspec import Meta

from comity.kernel.act import Act
from comity.kernel.finding import Doubt, unique
from comity_web.api.answers.parts import Because, Names, OfOrganisation, Said, When
from comity_web.api.answers.reader import Reader


class Plan(Because):
    """A text adopted, or a year or place given a title, by the day."""

    kind: Literal["adopted", "designated"]
    title: Names
    effective_on: When
    document: Annotated[
        str | None, Meta(description=gettext_noop("The identifier of the text, where it has one."))
    ]
    form: str | None
    horizon: Annotated[
        int | None,
        Meta(description=gettext_noop("The year that the text itself names as its end.")),
    ]
    parent: Annotated[
        str | None, Meta(description=gettext_noop("The text that this one carries out."))
    ]
    subject: Annotated[
        str | None, Meta(description=gettext_noop("What was given the title: a year, a city."))
    ]
    period: str | None
    body: str | None
    parties: list[str]
    place: Said | None
    sources: list[str]


class Plans(OfOrganisation):
    """Texts adopted and titles given by the day, oldest first."""

    plans: list[Plan]


def plans(reader: Reader) -> Plans:
    """Return what had been adopted and designated by the day, and not annulled."""
    situation = reader.situation
    recorded = situation.record.acts[: situation.known]
    acts = [reader.act(each.id) for each in recorded if each.kind in ("adopted", "designated")]
    standing = [
        act
        for act in acts
        if act.effective_on.first <= situation.on
        and not reader.annulled_by(reader.revisions(act.id))
    ]
    standing.sort(key=lambda act: (act.effective_on, act.id))
    found = [_plan(reader, each) for each in standing]
    return Plans(**reader.frame("plans", page="plans"), plans=found)


def _plan(reader: Reader, act: Act) -> Plan:
    title, horizon = act.details.get("title"), act.details.get("horizon")
    grounds = unique((act.authority.article, act.id, *reader.revisions(act.id)))
    doubts = [Doubt(f"{act.confidence}_confidence", act.id)] if act.confidence != "high" else []
    return Plan(
        kind="adopted" if act.kind == "adopted" else "designated",
        title={key: str(text) for key, text in title.items()} if isinstance(title, dict) else {},
        effective_on=str(act.effective_on),
        document=act.detail("document") or None,
        form=act.detail("form") or None,
        horizon=horizon if isinstance(horizon, int) else None,
        parent=act.detail("parent") or None,
        subject=act.detail("subject") or None,
        period=act.detail("period") or None,
        body=act.authority.body or None,
        parties=list(act.parties),
        place=reader.said(act.place),
        sources=list(act.sources),
        **reader.reasons(grounds, doubts),
    )
