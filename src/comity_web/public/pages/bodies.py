"""The bodies: what each is, in which stage of its life, who chairs it, how often it has met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext, gettext_noop

from comity.register.standing import standing_acts
from comity.wording import names
from comity_web.public.pages.granted import body_link
from comity_web.public.pages.reader import Page, Reader, capital

# In which order stages of life stand, and what is said over the bodies in each.
_STAGES = {
    "active": gettext_noop("Active"),
    "in_formation": gettext_noop("In formation"),
    "transformed": gettext_noop("Transformed"),
    "dissolved": gettext_noop("Dissolved"),
    "": gettext_noop("Not yet begun on this day"),
}


def bodies(reader: Reader) -> Page:
    """Return every body of the rules, by the stage of its life on the day."""
    title = gettext("Bodies")
    met = _meetings(reader)
    in_tree = dict(_in_tree(reader))
    # Bodies that report to one another in a circle hang on no tree.
    depths = {**in_tree, **{each: 0 for each in reader.charter.bodies if each not in in_tree}}
    every = [_entry(reader, body, depth, met) for body, depth in depths.items()]
    return {
        **reader.frame(title, (title, reader.address("bodies")), section="bodies"),
        "groups": [
            {"stage": stage, "name": gettext(name), "bodies": found}
            for stage, name in _STAGES.items()
            if (found := [each for each in every if each["stage"] == stage])
        ],
    }


def _in_tree(reader: Reader, above: str = "", depth: int = 0) -> Iterator[tuple[str, int]]:
    """Yield the bodies with their depth: each under the one that it reports to."""
    declared = reader.charter.bodies
    for body, versions in declared.items():
        reports_to = versions.nearest(reader.question.on).reports_to
        if (reports_to if reports_to in declared else "") == above:
            yield body, depth
            yield from _in_tree(reader, body, depth + 1)


def _meetings(reader: Reader) -> Counter[str]:
    """Return how often each body is on record as having met by the day."""
    acts = standing_acts(reader.record, {"met"}, known=reader.situation.known)
    held = (act for act in acts if act.effective_on.first <= reader.question.on)
    return Counter(act.detail("body") for act in held)


def _entry(reader: Reader, body: str, depth: int, met: Counter[str]) -> Page:
    finding = reader.situation.body(body)
    rules = reader.charter.bodies[body].nearest(reader.question.on)
    return {
        **body_link(reader, body),
        "depth": depth,
        "stage": finding.value or "",
        "stage_name": capital(names.life_stage_name(finding.value, reader.language)),
        **reader.reasons(finding, "body", body),
        "reports_to": body_link(reader, rules.reports_to) if rules.reports_to else None,
        "chair": chair(reader, rules.chair) if rules.chair else None,
        "meetings": met[body],
    }


def chair(reader: Reader, office: str) -> Page | None:
    """Return who holds an office on the day, with why; nothing where nobody is recorded."""
    finding = reader.situation.office(office)
    tenure = finding.value
    if tenure is None:
        return None
    return {
        "id": office,
        "name": reader.office_name(office),
        "person": reader.translated(tenure.person),
        "party": reader.party(tenure.party) if tenure.party else None,
        "since_in_words": reader.day(tenure.start),
        **reader.reasons(finding, "office", office),
    }
