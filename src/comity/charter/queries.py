"""Look-ups in a charter for a day; pure, and silent about parties and acts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any, Protocol, TypeVar

from comity.charter.model import (
    ALL,
    NO_NAMES,
    Article,
    Body,
    Capital,
    Charter,
    Ending,
    Grant,
    Names,
    OrderOfStates,
    Path,
    Status,
    SuspensionRule,
    WithdrawalRule,
    in_force,
)
from comity.kernel.dates import Period
from comity.kernel.errors import UnknownName, unknown


class _ForStatuses(Protocol):
    @property
    def statuses(self) -> tuple[str, ...]: ...
    @property
    def period(self) -> Period: ...


R = TypeVar("R", bound=_ForStatuses)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule in force: its section of the charter, its name there, article and period.

    A rule without identifier, such as a grant, is named by the statuses it is about. ``rule`` is
    the rule itself, one of the classes of `comity.charter.model`.
    """

    section: str
    id: str
    names: Names
    article: str
    period: Period
    rule: object


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that differs between two days; ``None`` on the day on which it does not hold."""

    section: str
    id: str
    before: Rule | None
    after: Rule | None


def article_on(charter: Charter, article: str, on: date) -> Article | None:
    """Return the version of an article in force on the day, or ``None``.

    Raises `UnknownName` where the charter has no such article at all.
    """
    if article not in charter.articles:
        raise UnknownName(unknown("article", article, charter.articles))
    return charter.articles[article].on(on)


def is_practice(charter: Charter, article: str, on: date) -> bool:
    """Whether an article tells what is done, and is of no text in force."""
    instrument = charter.articles[article].nearest(on).instrument
    return instrument in charter.instruments and charter.instruments[instrument].practice


def statuses_on(charter: Charter, on: date) -> tuple[Status, ...]:
    """Return the statuses that can be held on the day, in the order of the charter."""
    return tuple(
        status for each in charter.statuses.values() if (status := each.on(on)) is not None
    )


def order_on(charter: Charter, on: date) -> OrderOfStates:
    """Return how the list of States is ordered on the day; by English names where nothing says."""
    return next(iter(in_force(charter.order_of_states, on)), OrderOfStates())


def path_to(charter: Charter, status: str, on: date) -> Path | None:
    """Return the path to a status in force on the day, or ``None``."""
    return next((each for each in in_force(charter.paths, on) if each.status == status), None)


def capital_on(charter: Charter, party: str, on: date) -> Capital | None:
    """Return the capital that a party declared for the day, or ``None``.

    Raises `UnknownName` where the charter has no such party.
    """
    if party not in charter.parties:
        raise UnknownName(unknown("party", party, charter.parties))
    capital = charter.parties[party].capital
    return capital.on(on) if capital else None


def grant_for(
    charter: Charter, statuses: Collection[str], right: str, body: str, on: date
) -> Grant | None:
    """Return the grant that says whether a party has a right in a body, or ``None``.

    ``statuses`` are those it holds, at most one in each facet. A grant to a status of another
    facet is the special rule and goes before one to that of the main facet; of two alike, one that
    names the body goes before one for all; then the later ``from`` wins, and of two from the same
    day the one that stands later in the charter.
    """
    return deciding(charter, grants_to(charter, statuses, on), statuses, right, body)


def grants_to(charter: Charter, statuses: Collection[str], on: date) -> tuple[Grant, ...]:
    """Return what is granted or refused to any of the statuses on the day."""
    held = set(statuses)
    return tuple(
        each for each in charter.grants if not held.isdisjoint(each.statuses) and on in each.period
    )


def deciding(
    charter: Charter, grants: Iterable[Grant], statuses: Collection[str], right: str, body: str
) -> Grant | None:
    """Return which of the grants to a party's statuses decides on a right in a body, or ``None``.

    What goes before what is said by `grant_for`.
    """
    main = {each for each in statuses if charter.facet_of(each) == charter.main_facet}
    fitting = [
        (
            main.isdisjoint(grant.statuses),
            body in grant.bodies,
            grant.period.start or date.min,
            number,
            grant,
        )
        for number, grant in enumerate(grants)
        if (right in grant.rights or ALL in grant.rights)
        and (body in grant.bodies or ALL in grant.bodies)
    ]
    return max(fitting, key=lambda each: each[:4])[4] if fitting else None


def in_bodies(grants: Iterable[Grant], right: str) -> tuple[Grant, ...]:
    """Return those of the grants that give a right in some bodies only."""
    return tuple(
        grant
        for grant in grants
        if (right in grant.rights or ALL in grant.rights)
        and ALL not in grant.bodies
        and grant.answer != "no"
    )


def told_apart(grants: Iterable[Grant], bodies: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return bodies in groups within which no grant tells one from another, in their order."""
    every = tuple(grants)
    groups: dict[tuple[bool, ...], list[str]] = {}
    for body in bodies:
        groups.setdefault(tuple(body in grant.bodies for grant in every), []).append(body)
    return tuple(map(tuple, groups.values()))


def suspension_rule(charter: Charter, status: str, on: date) -> SuspensionRule | None:
    """Return what suspension does to holders of a status on the day, or ``None``."""
    return _latest(charter.suspension, status, on)


def withdrawal_rule(charter: Charter, status: str, on: date) -> WithdrawalRule | None:
    """Return how holders of a status leave by notice given on the day, or ``None``."""
    return _latest(charter.withdrawal, status, on)


def ending_rule(charter: Charter, status: str, manner: str, on: date) -> Ending | None:
    """Return the rule on ending a status in a manner such as ``expelled``, or ``None``."""
    return _latest((each for each in charter.endings if each.manner == manner), status, on)


def _latest(rules: Iterable[R], status: str, on: date) -> R | None:
    fitting = [rule for rule in rules if status in rule.statuses and on in rule.period]
    fitting.reverse()  # of two from the same day, the one that stands later in the charter
    return max(fitting, key=lambda rule: rule.period.start or date.min, default=None)


def rules_on(charter: Charter, on: date) -> tuple[Rule, ...]:
    """Return every article and rule in force on the day, section by section."""
    return tuple(rule for rule in _rules(charter) if on in rule.period)


def rules_changed(charter: Charter, before: date, after: date) -> tuple[RuleChange, ...]:
    """Return the rules that began, ended or were replaced between two days."""
    gone: dict[tuple[str, str], list[Rule]] = {}
    come: dict[tuple[str, str], list[Rule]] = {}
    for rule in _rules(charter):
        held, holds = before in rule.period, after in rule.period
        if held != holds:
            (gone if held else come).setdefault((rule.section, rule.id), []).append(rule)
    names = dict.fromkeys((rule.section, rule.id) for rule in _rules(charter))
    return tuple(
        RuleChange(section, id, one, other)
        for section, id in names
        for one, other in zip_longest(gone.get((section, id), ()), come.get((section, id), ()))
    )


def _rules(charter: Charter) -> Iterator[Rule]:
    for section in ("articles", "statuses", "counts"):
        for versions in getattr(charter, section).values():
            yield from (_rule(section, each.id, each) for each in versions.items)
    yield from (_rule("paths", each.status, each) for each in charter.paths)
    for bodies in charter.bodies.values():
        for body in bodies.items:
            yield _rule("bodies", body.id, body)
            yield from (_part("composition", body, each) for each in body.composition)
            yield from (_part("life", body, each) for each in body.life)
    for section in ("grants", "suspension", "withdrawal", "endings"):
        for each in getattr(charter, section):
            yield _rule(section, ", ".join(each.statuses), each)
    for offices in charter.offices.values():
        yield from (_rule("offices", each.id, each) for each in offices.items)
    yield from (_rule("languages", each.code, each) for each in charter.languages)
    yield from (_rule("order_of_states", each.language, each) for each in charter.order_of_states)


def _part(section: str, body: Body, part: Any) -> Rule:
    """Return a part of one version of a body, which holds only while that version does."""
    starts = [each.start for each in (body.period, part.period) if each.start]
    ends = [each.end for each in (body.period, part.period) if each.end]
    period = Period(max(starts, default=None), min(ends, default=None))
    return replace(_rule(section, body.id, part), period=period)


def _rule(section: str, id: str, rule: Any) -> Rule:
    names = rule.title if isinstance(rule, Article) else getattr(rule, "names", NO_NAMES)
    article = rule.id if isinstance(rule, Article) else rule.article
    return Rule(section, id, names, article, rule.period, rule)
