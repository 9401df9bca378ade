"""What may be done where: answers on rights put together, by body, by answer and by rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext

from comity.charter import queries
from comity.kernel.finding import Finding
from comity.membership.answers import Permission
from comity.wording import names
from comity_web.public.pages.caution import cautions
from comity_web.public.pages.reader import Page, Reader, capital

Answer = tuple[Finding[Permission], str]
"""Whether something may be done, and the address at which that opens its grounds."""

Ask = Callable[[str, str], Answer]
"""Answers for a right in a body; for no body, in general."""

UNSAID = "unsaid"
_RANK = {answer: number for number, answer in enumerate(("yes", "conditional", "no", UNSAID))}


def of_party(reader: Reader, party: str) -> list[Page]:
    """Return what a party may do on the day; nothing where it holds no status."""
    facets = reader.charter.facets
    held = [status for f in facets if (status := reader.situation.status(party, f).value)]

    def ask(right: str, body: str) -> Answer:
        found = reader.situation.may(party, right, body or None)
        return found, reader.why("right", party, right, *_named(body))

    return _in_general(reader, held, ask) if held else []


def of_status(reader: Reader, status: str, body: str = "") -> list[Page]:
    """Return what a status by itself gives, in one body or in general and where it differs."""

    def ask(right: str, body: str) -> Answer:
        found = reader.situation.granted(status, right, body or None)
        return found, reader.why("grant", status, right, *_named(body))

    if body:
        return [_group(reader, (body,), _asked(reader, ask, body))]
    return _in_general(reader, [status], ask)


def _named(body: str) -> tuple[str, ...]:
    return (body,) if body else ()


def _in_general(reader: Reader, statuses: Iterable[str], ask: Ask) -> list[Page]:
    """Return what holds in general, and, for bodies that rules name, what holds otherwise there.

    Where all depends on the body, what no rule gives there goes without saying.
    """
    general = _asked(reader, ask, "")
    grants = queries.grants_to(reader.charter, [*statuses], reader.question.on)
    groups = [_group(reader, (), general)]
    for bodies in queries.told_apart(grants, _active(reader)):
        if any(bodies[0] in grant.bodies for grant in grants):
            found = _asked(reader, ask, bodies[0])
            own = {right: found[right] for right in found if _differs(found[right], general[right])}
            groups += [_group(reader, bodies, own)] if own else []
    return groups


def _active(reader: Reader) -> list[str]:
    """Return the bodies in which rights can be exercised on the day."""
    bodies = reader.charter.bodies
    return [each for each in bodies if reader.situation.body(each).value == "active"]


def _asked(reader: Reader, ask: Ask, body: str) -> dict[str, Answer]:
    return {right: ask(right, body) for right in reader.charter.rights}


def _differs(own: Answer, general: Answer) -> bool:
    here, everywhere = own[0].value, general[0].value
    return here != everywhere and not (everywhere.bodies and here.unsaid)


def _group(reader: Reader, bodies: tuple[str, ...], found: Mapping[str, Answer]) -> Page:
    return {"bodies": [body_link(reader, each) for each in bodies], "lines": _lines(reader, found)}


def _lines(reader: Reader, found: Mapping[str, Answer]) -> list[Page]:
    """Return the rights with the same answer, terms, rule and doubts."""
    lines: dict[tuple[str, ...], Page] = {}
    for right, (finding, why) in found.items():
        said, rule = answered(reader, finding.value), _rule(finding)
        said["cautions"] = cautions(reader, finding)
        doubted = (text for each in said["cautions"] for text in each["texts"])
        line = lines.setdefault(
            (said["answer_in_words"], said["condition"], rule, *doubted),
            {**said, "rule": reader.ground(rule, finding.grounds) if rule else None, "rights": []},
        )
        name = reader.text(reader.charter.rights[right].names) or right
        line["rights"].append({"id": right, "name": name, "why": why})
    return sorted(lines.values(), key=lambda line: _RANK[line["answer"]])


def _rule(found: Finding[Permission]) -> str:
    """Return what says so: the first ground, unless nothing does or each body has its own."""
    silent = found.value.unsaid or found.value.bodies or not found.grounds
    return "" if silent else found.grounds[0]


def answered(reader: Reader, permission: Permission) -> Page:
    """Return an answer in a word, with the terms it is given on."""
    if permission.unsaid:
        said = gettext("No rule")
    elif permission.bodies:
        said = gettext("Depends on the body")
    else:
        said = capital(names.answer_name(permission.answer, reader.language))
    return {
        "answer": UNSAID if permission.unsaid else permission.answer,
        "answer_in_words": said,
        "condition": reader.text(permission.condition),
    }


def body_link(reader: Reader, body: str) -> Page:
    """Return a body as a link, with its short name where it has one."""
    short = reader.text(reader.charter.bodies[body].nearest(reader.question.on).short_names)
    name = reader.body_name(body)
    return {
        "id": body,
        "name": name,
        "short_name": short or name,
        "url": reader.address("bodies", body),
    }
