"""How the power of members looks on a terminal, and as data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from comity.cli.members import NOBODY_SAID, Deciding, by_tables
from comity.cli.rulebook import Rulebook
from comity.cli.tables import Page
from comity.decision.model import Rule
from comity.decision.question import Question
from comity.kernel.canonical import JSON
from comity.power.answers import Power, Reckoning, Value
from comity.power.comparison import Comparison, Row, compare
from comity.power.efficiency import Standing, standing
from comity.power.game import Game
from comity.power.indices import power
from comity.power.rules import game_of, sides_of
from comity.wording.catalogue import listed, text
from comity.wording.dates import date_text
from comity.wording.decision_names import position_name, rule_name


@dataclass(frozen=True, slots=True)
class Asked:
    """The rule, the positions of supporters and of all others (or none), and how to count.

    ``deciding`` says from which tables of weights the members were taken, if they were.
    """

    rule: Rule
    support: str = ""
    otherwise: str = ""
    method: str | None = None
    seed: int = 0
    deciding: Deciding = NOBODY_SAID

    @property
    def sides(self) -> tuple[str, str]:
        """The two positions of the game."""
        return sides_of(self.rule, support=self.support, otherwise=self.otherwise)

    def game(self, question: Question) -> Game:
        """Return the game of a question; raises what `game_of` raises."""
        support, otherwise = self.sides
        return game_of(self.rule, question, support=support, otherwise=otherwise)


@dataclass(frozen=True, slots=True)
class Measured:
    """A game with its indices, and who has a veto or no say in it."""

    game: Game
    power: Power
    standing: Standing


def measure(asked: Asked, question: Question) -> Measured:
    """Return the power of members under a rule; raises what `game_of` and `power` raise."""
    game = asked.game(question)
    found = power(game, method=asked.method, seed=asked.seed)
    return Measured(game, found, standing(game, found.banzhaf))


def _say(page: Page, key: str, /, **values: object) -> str:
    return text(page.language, f"power.{key}", **values)


# For people


def show_power(
    page: Page, book: Rulebook, asked: Asked, before: Measured, after: Measured | None
) -> None:
    """Print the game, both indices of every member, and what is known for certain."""
    name = f"{rule_name(asked.rule.id, book.rules, page.language)} – {book.title(page.language)}"
    page.line(page.word("on", name=name, date=date_text(book.on, page.language)), style="bold")
    support, otherwise = (
        position_name(each, asked.rule.positions, page.language) for each in asked.sides
    )
    if line := by_tables(book, asked.rule, asked.deciding, page.language):
        page.line(line, indent=2)
    page.line(_say(page, "sides", support=support, otherwise=otherwise), indent=2)
    page.space()
    if after is None:
        _table(page, book, before)
    else:
        _comparison(page, book, compare(before.power, after.power))
    _state(page, book, before)
    if after is not None:
        page.heading(_say(page, "after"))
        _state(page, book, after)
    grounds = [
        *book.ground_lines([asked.rule.article] if asked.rule.article else [], page.language)
    ]
    if grounds:
        page.heading(page.word("rests_on"))
    for summary, _ in grounds:
        page.line(summary, indent=2)


def _table(page: Page, book: Rulebook, found: Measured) -> None:
    columns = [_say(page, key) for key in ("member", "shapley", "banzhaf")]
    rows = compare(found.power, found.power).rows
    page.rows(
        columns,
        (
            (book.name(row.player, page.language), _share(row.shapley[0]), _share(row.banzhaf[0]))
            for row in sorted(rows, key=lambda row: -(row.shapley[0] or 0))
        ),
    )


def _comparison(page: Page, book: Rulebook, found: Comparison) -> None:
    keys = ("member", "shapley", "then", "change", "banzhaf", "then", "change")
    page.rows([_say(page, key) for key in keys], (_compared(page, book, row) for row in found.rows))


def _compared(page: Page, book: Rulebook, row: Row) -> tuple[str, ...]:
    cells = [
        cell
        for before, after in (row.shapley, row.banzhaf)
        for cell in (_share(before), _share(after), _points((after or 0) - (before or 0)))
    ]
    return (book.name(row.player, page.language), *cells)


def _state(page: Page, book: Rulebook, found: Measured) -> None:
    page.line(_say(page, "acting", share=_share(found.power.banzhaf.acting)), indent=2)
    for key, members in (
        ("vetoers", found.standing.vetoers),
        ("dummies", found.standing.dummies),
    ):
        names = listed(page.language, (book.name(each, page.language) for each in members))
        page.line(_say(page, key, members=names or _say(page, "nobody")), indent=2)
    for index, how in (
        ("shapley", found.power.shapley.how),
        ("banzhaf", found.power.banzhaf.how),
    ):
        page.line(_how(page, _say(page, index), how), indent=2)


def _how(page: Page, index: str, how: Reckoning) -> str:
    if how.exact:
        return _say(page, "exact", index=index, method=how.method)
    key = "bounded" if how.confidence == 1 else "sampled"
    values = {"error": f"{how.error:.1e}", "confidence": f"{100 * how.confidence:g} %"}
    return _say(page, key, index=index, method=how.method, **values)


def _share(value: Value | None) -> str:
    return "–" if value is None else f"{100 * float(value):.3f} %"


def _points(value: Value) -> str:
    return f"{100 * float(value):+.3f}"


# For machines


def power_data(
    book: Rulebook, asked: Asked, before: Measured, after: Measured | None, language: str
) -> dict[str, JSON]:
    """Return the power of members as plain data; numbers are texts, with twelve decimals."""
    support, otherwise = asked.sides
    data: dict[str, JSON] = {
        "organisation": book.id,
        "on": book.on.isoformat(),
        "language": language,
        "rule": asked.rule.id,
        "rule_name": rule_name(asked.rule.id, book.rules, language),
        "members_by": list(asked.deciding.by),
        "support": support,
        "otherwise": otherwise,
        **_measured_data(book, before, language),
        "grounds": book.grounds([asked.rule.article] if asked.rule.article else [], language),
    }
    if after is not None:
        data["after"] = _measured_data(book, after, language)
        data["changes"] = [*_changes(compare(before.power, after.power))]
    return data


def _measured_data(book: Rulebook, found: Measured, language: str) -> dict[str, JSON]:
    banzhaf, shapley = found.power.banzhaf, found.power.shapley
    values = zip(
        found.game.players, shapley.values, banzhaf.normalised, banzhaf.absolute, strict=True
    )
    return {
        "powers": [
            {
                "member": member,
                "member_name": book.name(member, language),
                "shapley": _decimal(share),
                "shapley_exact": str(share) if shapley.how.exact else None,
                "banzhaf": _decimal(normalised),
                "banzhaf_absolute": _decimal(absolute),
            }
            for member, share, normalised, absolute in values
        ],
        "acting": _decimal(banzhaf.acting),
        "vetoers": list(found.standing.vetoers),
        "dummies": list(found.standing.dummies),
        "methods": {"shapley": _how_data(shapley.how), "banzhaf": _how_data(banzhaf.how)},
    }


def _how_data(how: Reckoning) -> dict[str, JSON]:
    return {
        "method": how.method,
        "exact": how.exact,
        "error": f"{how.error:.3e}",
        "confidence": f"{how.confidence:g}",
    }


def _changes(found: Comparison) -> Iterable[JSON]:
    for row in found.rows:
        yield {
            "member": row.player,
            "joined": row.joined,
            "left": row.left,
            "shapley": _difference(row.shapley),
            "banzhaf": _difference(row.banzhaf),
        }


def _difference(values: tuple[Value | None, Value | None]) -> str:
    before, after = (cast(Value, each or 0) for each in values)
    return _decimal(after - before)


def _decimal(value: Value) -> str:
    return f"{float(value):.12f}"
