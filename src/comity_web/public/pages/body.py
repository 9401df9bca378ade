"""The page of a body: its mandate, who sits in it, who may do what there, its meetings and life."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from comity.charter.model import Body
from comity.kernel.act import Act
from comity.kernel.errors import check_known
from comity.register.changes import changes_on
from comity.register.institutions import SeatLine
from comity.register.standing import standing_acts
from comity.register.threads import of_institutions
from comity.wording import names
from comity_web.public import words
from comity_web.public.pages.bodies import chair
from comity_web.public.pages.granted import body_link
from comity_web.public.pages.matrix import matrix
from comity_web.public.pages.reader import Page, Reader, capital
from comity_web.public.pages.rights import former_statuses, granted_statuses, in_words


def body(reader: Reader, body: str) -> Page:
    """Return the page of a body; raises `UnknownName` with the nearest one."""
    check_known("body", body, reader.charter.bodies)
    rules = reader.charter.bodies[body].nearest(reader.question.on)
    finding = reader.situation.body(body)
    name = reader.body_name(body)
    trail = (gettext("Bodies"), reader.address("bodies"))
    statuses = granted_statuses(reader) if finding.value == "active" else []
    return {
        **reader.frame(name, trail, (name, reader.address("bodies", body)), section="bodies"),
        "body": {**body_link(reader, body), "note": reader.text(rules.note)},
        "stage": {
            "stage": finding.value or "none",
            "name": capital(names.life_stage_name(finding.value, reader.language)),
            **reader.reasons(finding, "body", body),
        },
        "mandate": _mandate(reader, rules),
        "seat": reader.text(rules.seat),
        "supreme": rules.supreme,
        "reports_to": body_link(reader, rules.reports_to) if rules.reports_to else None,
        "reporting": [body_link(reader, each) for each in _reporting(reader, body)],
        "offices": list(_offices(reader, rules)),
        "composition": _composition(reader, body, finding.value),
        "matrix": matrix(reader, statuses, body),
        "by_status": [in_words(reader, each, body) for each in statuses],
        "former": [in_words(*each, body) for each in former_statuses(reader)],
        **_meetings(reader, body),
        "life": _life(reader, body),
    }


def _mandate(reader: Reader, rules: Body) -> Page | None:
    """Return the article that a body rests on, with what it says."""
    if rules.article not in reader.charter.articles:
        return None
    article = reader.situation.article(rules.article)
    return {**reader.ground(rules.article), "text": reader.text(article.text)}


def _reporting(reader: Reader, body: str) -> list[str]:
    """Return the bodies that report to a body and have begun."""
    return [each.id for each in reader.situation.bodies() if each.reports_to == body]


def _offices(reader: Reader, rules: Body) -> Iterator[Page]:
    """Yield the holders of the chair and of the other offices of a body."""
    declared = reader.charter.offices
    own = [each for each, v in declared.items() if v.nearest(reader.question.on).body == rules.id]
    for office in dict.fromkeys([*([rules.chair] if rules.chair else []), *own]):
        held = chair(reader, office) if office in declared else None
        if held:
            yield held


def _composition(reader: Reader, body: str, stage: str | None) -> list[Page]:
    """Return who sits in a body; nothing before it has begun, or when it is over."""
    if stage not in ("active", "in_formation"):
        return []
    return [_seat(reader, body, each) for each in reader.situation.composition(body)]


def _seat(reader: Reader, body: str, line: SeatLine) -> Page:
    status = reader.situation.status(line.party).value
    return {
        **reader.party(line.party),
        "capacity": line.capacity,
        "capacity_in_words": words.capacity(line.capacity),
        "status": reader.status_name(status) if status else "",
        "shade": reader.shade(status) if status else 0,
        "suspended": line.suspended,
        "why": reader.why("seat", body, line.party),
    }


def _meetings(reader: Reader, body: str) -> Page:
    """Return the meetings on record by the day, last first, and how many came after it."""
    acts = standing_acts(reader.record, {"met"}, known=reader.situation.known)
    own = [act for act in acts if act.detail("body") == body]
    held = [act for act in own if act.effective_on.first <= reader.question.on]
    return {
        "meetings": [meeting(reader, each) for each in reversed(held)],
        "meetings_to_come": len(own) - len(held),
    }


def meeting(reader: Reader, act: Act) -> Page:
    """Return a meeting as it is on record."""
    return {
        **reader.ground(act.id),
        "body": body_link(reader, act.detail("body")),
        "number": act.details.get("ordinal"),
        "format": reader.translated(act.detail("format")),
        "opened_on": act.detail("opened_on"),
        "on": str(act.effective_on),
        "on_in_words": reader.day(act.effective_on),
        "place": reader.translated(act.place),
        "hosts": [reader.party(each) for each in act.parties if each in reader.charter.parties],
    }


def _life(reader: Reader, body: str) -> list[Page]:
    """Return the stages of a body's life, past and to come, with what each rests on."""
    thread = next(
        each
        for each in of_institutions(reader.situation)
        if (each.aspect, each.of) == ("body", body)
    )
    changes = changes_on(reader.situation, thread, [day for day, _ in thread.turns])
    return [
        {
            "stage": each.after or "none",
            "name": capital(names.life_stage_name(each.after, reader.language)),
            "on": each.on.isoformat(),
            "on_in_words": reader.day(each.on),
            "to_come": each.on > reader.question.on,
            **reader.on(each.on).reasons(each.finding, "body", body),
        }
        for each in changes
    ]
