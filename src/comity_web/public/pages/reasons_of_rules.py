"""Why something is so in the organisation itself: rights of a status, bodies, offices, articles."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from comity.charter.model import ALL, Status, Versions
from comity.wording import names
from comity_web.public import words
from comity_web.public.pages.reader import Reader, capital
from comity_web.public.pages.reason import NOTHING_MORE, Link, Reason
from comity_web.public.pages.reasons_of_parties import practice_said, terms


def order(reader: Reader) -> Reason:
    """Say in which order States are listed."""
    finding = reader.situation.order_of_states()
    asks = gettext("Order of States on %(day)s")
    answer = gettext("%(language)s alphabetical order") % {
        "language": words.language(finding.value)
    }
    unsaid = gettext("No rule in force on this day says so; lists are kept in this order here.")
    more = () if finding.grounds else ((unsaid, ""),)
    return Reason(asks % _day(reader), answer, finding, section="charter", more=more)


def grant(reader: Reader, status: str, right: str, body: str = "") -> Reason:
    """Say whether a status by itself gives a right (in a body)."""
    finding = reader.situation.granted(status, right, body or None)
    asks = gettext("“%(status)s” on %(day)s: %(right)s – %(body)s")
    said = {
        **_day(reader),
        "status": reader.status_name(status),
        "right": names.right_name(reader.charter, right, reader.language),
        "body": reader.body_name(body or ALL),
    }
    answer = (
        gettext("No rule says so")
        if finding.value.unsaid
        else capital(names.answer_name(finding.value.answer, reader.language))
    )
    return Reason(
        asks % said,
        answer,
        finding,
        section="rights",
        more=(
            *_not_on_the_day(reader, reader.charter.statuses[status]),
            *practice_said(reader, finding),
            *terms(reader, finding.value, ("grant", status, right)),
            *_in_general(reader, status, right, body),
        ),
    )


def _not_on_the_day(reader: Reader, versions: Versions[Status]) -> Iterator[Link]:
    """Say that a status cannot be held on the day, where that is so."""
    day = reader.question.on
    if versions.on(day):
        return
    nearest = versions.nearest(day).period
    if nearest.start and nearest.start > day:
        said = gettext("The status can be held from %(day)s.") % {"day": reader.day(nearest.start)}
    else:
        said = gettext("The status could be held until %(day)s.") % {"day": reader.day(nearest.end)}
    yield said, ""


def _in_general(reader: Reader, status: str, right: str, body: str) -> Iterator[Link]:
    """Say what a rule for every body answers, where the body's own is an exception to it."""
    if not body:
        return
    general = reader.situation.granted(status, right).value
    own = reader.situation.granted(status, right, body).value
    if not general.bodies and not general.unsaid and general != own:
        answer = names.answer_name(general.answer, reader.language)
        said = gettext("An exception: the rule for every body says “%(answer)s”.")
        yield said % {"answer": answer}, reader.why("grant", status, right)


def body(reader: Reader, body: str) -> Reason:
    """Say in which stage of its life a body is."""
    finding = reader.situation.body(body)
    asks = gettext("%(name)s on %(day)s")
    return Reason(
        asks % {**_day(reader), "name": reader.body_name(body)},
        capital(names.life_stage_name(finding.value, reader.language)),
        finding,
        section="bodies",
        trail=_body_trail(reader, body),
    )


def _body_trail(reader: Reader, body: str) -> tuple[Link, ...]:
    return ((reader.body_name(body), reader.address("bodies", body)),)


def seat(reader: Reader, body: str, party: str) -> Reason:
    """Say whether and in which capacity a party sits in a body."""
    finding = reader.situation.seat(body, party)
    asks = gettext("Seat of %(party)s in the body “%(body)s” on %(day)s")
    said = {
        **_day(reader),
        "party": reader.party_name(reader.record.party(party)),
        "body": reader.body_name(body),
    }
    answer = words.capacity(finding.value) if finding.value else gettext("No seat")
    trail = _body_trail(reader, body)
    return Reason(asks % said, answer, finding, section="bodies", trail=trail)


def office(reader: Reader, office: str) -> Reason:
    """Say who holds an office."""
    finding = reader.situation.office(office)
    asks = gettext("%(name)s on %(day)s")
    tenure = finding.value
    answer, more = gettext("Nobody is recorded as holding it on this day."), NOTHING_MORE
    if tenure:
        answer = reader.translated(tenure.person) or reader.party_name(tenure.party)
        since = gettext("since %(day)s") % {"day": reader.day(tenure.start)}
        more = ((capital(since), ""),)
    said = {**_day(reader), "name": capital(reader.office_name(office))}
    return Reason(asks % said, answer, finding, section="offices", more=more)


def next_office(reader: Reader, office: str) -> Reason:
    """Say whose turn the rotation proposes next."""
    finding = reader.situation.next_office(office)
    asks = gettext("Next by the rotation: %(name)s, seen on %(day)s")
    answer = reader.party_name(finding.value) if finding.value else gettext("No turn is laid down")
    caution = gettext("A proposal of the rule; holders are recorded, not computed.")
    said = {**_day(reader), "name": reader.office_name(office)}
    return Reason(asks % said, answer, finding, section="offices", more=((caution, ""),))


def article(reader: Reader, article: str) -> Reason:
    """Say whether an article is in force."""
    finding = reader.situation.rule(article)
    asks = gettext("%(name)s on %(day)s")
    label = reader.article_label(reader.situation.article(article))
    answer = gettext("In force") if finding.value else gettext("Not in force")
    said = {**_day(reader), "name": label}
    trail = ((label, reader.address("articles", article)),)
    return Reason(asks % said, answer, finding, section="charter", trail=trail)


def _day(reader: Reader) -> dict[str, str]:
    return {"day": reader.day(reader.question.on)}
