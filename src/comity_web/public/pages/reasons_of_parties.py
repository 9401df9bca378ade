"""Why a party is what it is: its statuses, what is under way, its rights, its names; and counts."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from comity.charter.model import ALL
from comity.kernel.finding import Finding
from comity.membership.answers import Permission
from comity.wording import names
from comity_web.public import words
from comity_web.public.pages.caution import rests_on_practice
from comity_web.public.pages.elsewhere import told_elsewhere
from comity_web.public.pages.reader import Reader, capital
from comity_web.public.pages.reason import NOTHING_MORE, Link, Reason
from comity_web.public.pages.ways import ways


def status(reader: Reader, party: str, facet: str = "") -> Reason:
    """Say which status a party holds in a facet."""
    facet = facet or reader.charter.main_facet
    finding = reader.situation.status(party, facet)
    if facet == reader.charter.main_facet:
        asks = gettext("Status of %(party)s on %(day)s")
    else:
        asks = gettext("%(facet)s: %(party)s on %(day)s")
    facet_name = capital(names.facet_name(reader.charter, facet, reader.language))
    return _about_party(
        reader,
        party,
        asks,
        capital(reader.status_name(finding.value)),
        finding,
        more=tuple(_standing(reader, party, facet)),
        facet=facet_name,
    )


def _standing(reader: Reader, party: str, facet: str) -> Iterator[Link]:
    """Say since when a status is held; where none is, what was before and what comes."""
    spell = reader.situation.spell(party, facet)
    asked = (party, *reader.in_facet(facet))
    if spell:
        since = gettext("since %(day)s") % {"day": reader.day(spell.since)}
        yield capital(since), reader.why("since", *asked)
        if spell.start != spell.since:
            resumed = gettext("the present spell from %(day)s") % {"day": reader.day(spell.start)}
            yield capital(resumed), ""
    else:
        yield from _before_and_after(reader, party, facet)
    if facet == reader.charter.main_facet:
        yield from _circumstances(reader, party)


def _before_and_after(reader: Reader, party: str, facet: str) -> Iterator[Link]:
    day, spells = reader.question.on, reader.situation.history(party, facet)
    over = [each for each in spells if each.end and each.end.first <= day]
    if over:
        said = {"status": reader.status_name(over[-1].status), "day": reader.day(over[-1].end)}
        yield gettext("Earlier: “%(status)s”, until %(day)s.") % said, ""
    to_come = [each for each in spells if each.start.first > day]
    if to_come:
        said = {
            "status": reader.status_name(to_come[0].status),
            "day": reader.day(to_come[0].start),
        }
        yield gettext("Later: “%(status)s”, from %(day)s.") % said, ""


def _circumstances(reader: Reader, party: str) -> Iterator[Link]:
    """Say what else bears on the status: a suspension, a notice, a way to another one."""
    situation = reader.situation
    running = situation.suspension(party).value
    if running:
        said = gettext("Suspended since %(day)s.") % {"day": reader.day(running.start)}
        yield said, reader.why("suspension", party)
    leaving = situation.pending_departure(party).value
    if leaving:
        said = gettext("Notice of withdrawal has been given; it takes effect on %(day)s.")
        yield said % {"day": reader.day(leaving)}, reader.why("departure", party)
    for way in ways(reader, party):
        said = gettext("On the way to “%(status)s”: %(stage)s.")
        values = {"status": way["name"], "stage": way["stage_name"]}
        yield said % values, way["why"]
        if way["ended"]:
            yield way["ended"], ""


def since(reader: Reader, party: str, facet: str = "") -> Reason:
    """Say from when the present status of a party counts."""
    finding = reader.situation.since(party, facet or None)
    held = reader.situation.spell(party, facet or None)
    asks = gettext("Since when %(party)s has held “%(status)s”, seen on %(day)s")
    answer = reader.day(finding.value) or capital(reader.status_name(None))
    held_status = reader.status_name(held.status if held else None)
    return _about_party(reader, party, asks, answer, finding, status=held_status)


def suspension(reader: Reader, party: str) -> Reason:
    """Say whether a party is suspended."""
    finding = reader.situation.suspension(party)
    running = finding.value
    answer, more = gettext("Not suspended"), NOTHING_MORE
    if running:
        answer = gettext("Suspended since %(day)s.") % {"day": reader.day(running.start)}
        rights = (names.right_name(reader.charter, e, reader.language) for e in running.rights)
        lost = gettext("Rights affected: %(rights)s.") % {"rights": reader.listed(rights)}
        more = ((lost, ""),)
    asks = gettext("Suspension of %(party)s, seen on %(day)s")
    return _about_party(reader, party, asks, answer, finding, more=more)


def departure(reader: Reader, party: str) -> Reason:
    """Say whether and when a notice of withdrawal takes effect."""
    finding = reader.situation.pending_departure(party)
    if finding.value:
        answer = gettext("It takes effect on %(day)s") % {"day": reader.day(finding.value)}
    else:
        answer = gettext("No notice is running")
    asks = gettext("Notice of withdrawal of %(party)s, seen on %(day)s")
    return _about_party(reader, party, asks, answer, finding)


def stage(reader: Reader, party: str, status: str) -> Reason:
    """Say how far a party has come on the way to a status."""
    finding = reader.situation.stage(party, status)
    if finding.value:
        answer = capital(reader.stage_name(status, finding.value, reader.question.on))
    else:
        answer = gettext("No stage reached")
    asks = gettext("%(party)s on the way to “%(status)s”, on %(day)s")
    ended = (each["ended"] for each in ways(reader, party) if each["status"] == status)
    more = tuple((text, "") for text in ended if text)
    named = reader.status_name(status)
    return _about_party(reader, party, asks, answer, finding, more=more, status=named)


def base(reader: Reader, party: str) -> Reason:
    """Say whether a party counts in the base of a decision."""
    finding = reader.situation.in_base(party)
    answer = gettext("It counts") if finding.value else gettext("It does not count")
    asks = gettext("%(party)s in the base of decisions on %(day)s")
    return _about_party(reader, party, asks, answer, finding)


def right(reader: Reader, party: str, right: str, body: str = "") -> Reason:
    """Say whether a party may do something (in a body)."""
    finding = reader.situation.may(party, right, body or None)
    asks = gettext("%(party)s on %(day)s: %(right)s – %(body)s")
    unsaid = ((gettext("No rule grants it."), ""),) if finding.value.unsaid else ()
    practice = practice_said(reader, finding)
    return _about_party(
        reader,
        party,
        asks,
        capital(names.answer_name(finding.value.answer, reader.language)),
        finding,
        more=(*unsaid, *practice, *terms(reader, finding.value, ("right", party, right))),
        right=names.right_name(reader.charter, right, reader.language),
        body=reader.body_name(body or ALL),
    )


def practice_said(reader: Reader, finding: Finding[Permission]) -> tuple[Link, ...]:
    """Say that an answer rests on practice only, where it does."""
    return ((words.practice(), ""),) if rests_on_practice(reader, finding) else ()


def terms(reader: Reader, permission: Permission, asked: tuple[str, ...]) -> Iterator[Link]:
    """Say on what terms something is allowed; ``asked`` asks the same without a body."""
    condition = reader.text(permission.condition)
    if condition:
        yield gettext("Condition: %(text)s") % {"text": condition}, ""
    for body in permission.bodies:
        said = gettext("It depends on the body: %(body)s") % {"body": reader.body_name(body)}
        yield said, reader.why(*asked, body)


def name(reader: Reader, party: str) -> Reason:
    """Say what a party is called, and by which act."""
    return _name(reader, party, gettext("Name of %(code)s on %(day)s"))


def formal_name(reader: Reader, party: str) -> Reason:
    """Say what a party is formally called, and by which act."""
    return _name(reader, party, gettext("Formal name of %(code)s on %(day)s"), formal=True)


def _name(reader: Reader, party: str, asks: str, *, formal: bool = False) -> Reason:
    finding = reader.situation.name(party, reader.language, formal=formal)
    declared = gettext("As the list of parties in the rules has it; no act on record changed it.")
    more = () if finding.grounds else ((declared, ""),)
    code = reader.record.party(party)
    return _about_party(reader, party, asks, finding.value, finding, more=more, code=code)


def represented(reader: Reader, party: str) -> Reason:
    """Say who represents a party, where that is recorded."""
    finding = reader.situation.represented_by(party, reader.language)
    answer = finding.value or gettext("Nothing is recorded")
    asks = gettext("Who represents %(party)s on %(day)s")
    return _about_party(reader, party, asks, answer, finding)


def territory(reader: Reader, territory: str) -> Reason:
    """Say whether the status of its State covers a territory."""
    finding = reader.situation.covers(territory)
    answer = gettext("Covered") if finding.value else gettext("Not covered")
    asks = gettext("%(territory)s, covered by the status of %(party)s on %(day)s")
    of = reader.charter.territories[territory].of
    called = names.territory_name(reader.charter, territory, reader.language)
    return _about_party(reader, of, asks, answer, finding, territory=called)


def _about_party(
    reader: Reader,
    party: str,
    asks: str,
    answer: str,
    finding: Finding[object],
    *,
    more: tuple[Link, ...] = (),
    **values: str,
) -> Reason:
    code = reader.record.party(party)
    called = reader.party_name(code)
    said = {"party": called, "day": reader.day(reader.question.on), **values}
    return Reason(
        asks % said,
        answer,
        finding,
        section="parties",
        trail=((called, reader.address("parties", code)),),
        more=more,
    )


# Several parties at once


def count(reader: Reader, counted: str) -> Reason:
    """Say how many hold a status, or the statuses of a count, and who they are."""
    finding = reader.situation.count(counted)
    charter, day = reader.charter, reader.question.on
    if counted in charter.counts:
        called = names.count_heading(charter, counted, finding.value, day, reader.language)
        statuses = charter.counts[counted].nearest(day).statuses
    else:
        called, statuses = reader.status_heading(counted, finding.value), (counted,)
    in_facet = {
        line.party: reader.in_facet(charter.facet_of(each))
        for each in statuses
        for line in reader.situation.roster(each)
    }
    asks = gettext("How many are “%(name)s” on %(day)s")
    return Reason(
        asks % {"name": called, "day": reader.day(day)},
        str(finding.value),
        finding,
        section="parties",
        among=tuple(
            (reader.party_name(each), reader.why("status", each, *in_facet[each]))
            for each in reader.situation.order(in_facet)
        ),
        more=tuple(_otherwise(reader, counted, finding)),
    )


def _otherwise(reader: Reader, counted: str, finding: Finding[int]) -> Iterator[Link]:
    """Say who makes the number another on another basis; each leads to its status there."""
    for basis in told_elsewhere(reader, counted, finding):
        for group in basis["others"]:
            for party in group["parties"]:
                yield f"{basis['text']} {group['label']} {party['name']}", party["why"]


def suspended(reader: Reader) -> Reason:
    """Say which parties are under a suspension."""
    finding = reader.situation.all_suspended()
    asks = gettext("Parties under a suspension on %(day)s")
    return Reason(
        asks % {"day": reader.day(reader.question.on)},
        str(len(finding.value)) if finding.value else gettext("Nobody"),
        finding,
        section="parties",
        among=tuple(
            (reader.party_name(each), reader.why("suspension", each)) for each in finding.value
        ),
    )
