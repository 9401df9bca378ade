"""The chance of consensus on a terminal, and as data, with everything that is assumed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.cli.questions import names_in, refused
from comity.cli.rulebook import Rulebook
from comity.cli.tables import Page
from comity.decision.model import Rule
from comity.decision.numbers import exact
from comity.kernel.canonical import JSON
from comity.kernel.errors import DataError, Fault, UnknownName, unknown
from comity.power.chance import (
    Assumption,
    Bloc,
    Chance,
    chance_of_consensus,
    chance_of_decision,
)
from comity.power.game import Game
from comity.wording.catalogue import listed, text
from comity.wording.decision_names import rule_name


@dataclass(frozen=True, slots=True)
class Asked:
    """What is assumed, and how it is drawn; ``rule`` and its game where one is asked beside."""

    assumption: Assumption
    seed: int
    draws: int
    rule: Rule | None = None
    game: Game | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The chance of consensus for the first member, the first two, and so on; that under a rule."""

    consensus: tuple[Chance, ...]
    decision: Chance | None = None


def assumption_of(
    book: Rulebook,
    members: Sequence[str],
    objecting: Iterable[str],
    common: str | None,
    blocs: Iterable[str],
) -> Assumption:
    """Read ``P`` and ``P=A,B``; raises `DataError` with every member of whom nothing is said."""
    rest: float | None = None
    odds: dict[str, float] = {}
    for each in objecting:
        number, sign, named = each.partition("=")
        if not sign:
            if rest is not None:
                raise refused("--objecting for all others twice", "one number for all others")
            rest = _probability("--objecting", number)
        for member in _known(book, named, members):
            if member in odds:
                raise refused(f'--objecting of "{member}" twice', "one number for each member")
            odds[member] = _probability("--objecting", number)
    lacking = [each for each in members if each not in odds]
    if rest is None and lacking:
        raise DataError(
            Fault(
                "no_probability",
                f"nobody said with what probability {', '.join(lacking)} object",
                "--objecting P for all others, or --objecting P=A,B",
                "It is an assumption: nobody's probability is known.",
            )
        )
    return Assumption(
        tuple(members),
        tuple(odds.get(each, rest or 0.0) for each in members),
        _probability("--common", common) if common else 0.0,
        tuple(_bloc(book, each, members) for each in blocs),
    )


def _bloc(book: Rulebook, given: str, members: Sequence[str]) -> Bloc:
    number, sign, named = given.partition("=")
    who = _known(book, named, members)
    if not (sign and who):
        raise refused(f'--bloc "{given}"', "--bloc P=A,B")
    return Bloc(tuple(who), _probability("--bloc", number))


def _known(book: Rulebook, named: str, members: Sequence[str]) -> list[str]:
    found = [book.code(each) for each in names_in(named)]
    for each in found:
        if each not in members:
            raise UnknownName(unknown("member", each, members))
    return found


def _probability(option: str, given: str) -> float:
    number = exact(given.strip())
    if not 0 <= number <= 1:
        raise refused(f'{option} "{given}"', "a number from 0 to 1, or a share such as 2 %")
    return float(number)


def chances(asked: Asked) -> Found:
    """Draw; raises `DataError` where the game has other players."""
    draw = {"seed": asked.seed, "draws": asked.draws}
    return Found(
        chance_of_consensus(asked.assumption, **draw),
        chance_of_decision(asked.game, asked.assumption, **draw) if asked.game else None,
    )


# For people


def show_chances(page: Page, book: Rulebook, asked: Asked, found: Found) -> None:
    """Print what is assumed, and the chance of consensus as members are added."""
    assumption = asked.assumption
    page.line(_say(page, "title", name=book.title(page.language)), style="bold")
    page.heading(_say(page, "assumed"))
    for odds in dict.fromkeys(assumption.objecting):
        pairs = zip(assumption.members, assumption.objecting, strict=True)
        who = (each for each, its in pairs if its == odds)
        page.line(
            _say(page, "objecting", share=_plain(odds), members=_members(page, book, who)), indent=2
        )
    if assumption.common:
        page.line(_say(page, "common", share=_plain(assumption.common)), indent=2)
    for bloc in assumption.blocs:
        names = _members(page, book, bloc.members)
        page.line(_say(page, "bloc", share=_plain(bloc.cohesion), members=names), indent=2)
    page.line(_say(page, "apart"), indent=2)
    confidence = _plain(found.consensus[0].confidence)
    drawn = {"draws": asked.draws, "seed": asked.seed, "confidence": confidence}
    page.line(_say(page, "drawn", **drawn), indent=2)
    page.space()
    page.rows(
        [_say(page, key) for key in ("number", "added", "formula", "share", "interval")],
        (
            (
                str(number),
                book.name(member, page.language),
                _share(each.analytic),
                _share(each.drawn),
                f"{_share(each.low)} – {_share(each.high)}",
            )
            for number, (member, each) in enumerate(
                zip(assumption.members, found.consensus, strict=True), start=1
            )
        ),
    )
    if found.decision is not None and asked.rule is not None:
        chance = found.decision
        page.space()
        page.line(
            _say(
                page,
                "decision",
                rule=rule_name(asked.rule.id, book.rules, page.language),
                share=_share(chance.drawn),
                low=_share(chance.low),
                high=_share(chance.high),
            )
        )


def _say(page: Page, key: str, /, **values: object) -> str:
    return text(page.language, f"consensus.{key}", **values)


def _members(page: Page, book: Rulebook, members: Iterable[str]) -> str:
    return listed(page.language, (book.name(each, page.language) for each in members))


def _plain(value: float) -> str:
    return f"{100 * value:g} %"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.3f} %"


# For machines


def chances_data(book: Rulebook, asked: Asked, found: Found, language: str) -> dict[str, JSON]:
    """Return assumptions and chances as plain data; numbers are texts, with twelve decimals."""
    assumption = asked.assumption
    data: dict[str, JSON] = {
        "organisation": book.id,
        "on": book.on.isoformat(),
        "language": language,
        "assumption": {
            "objecting": [
                {"member": member, "probability": _decimal(odds)}
                for member, odds in zip(assumption.members, assumption.objecting, strict=True)
            ],
            "common": _decimal(assumption.common),
            "blocs": [
                {"members": list(each.members), "cohesion": _decimal(each.cohesion)}
                for each in assumption.blocs
            ],
        },
        "seed": asked.seed,
        "draws": asked.draws,
        "chances": [
            {"members": number, "added": member, **_chance_data(each)}
            for number, (member, each) in enumerate(
                zip(assumption.members, found.consensus, strict=True), start=1
            )
        ],
    }
    if found.decision is not None and asked.rule is not None:
        data["rule"] = asked.rule.id
        data["decision"] = _chance_data(found.decision)
    return data


def _chance_data(chance: Chance) -> dict[str, JSON]:
    return {
        "analytic": None if chance.analytic is None else _decimal(chance.analytic),
        "drawn": _decimal(chance.drawn),
        "low": _decimal(chance.low),
        "high": _decimal(chance.high),
        "confidence": f"{chance.confidence:g}",
    }


def _decimal(value: float) -> str:
    return f"{value:.12f}"
