"""``comity power``: who can decide how much, what joining would change, and what it would have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import click
from click.core import ParameterSource

from comity.cli import chances, recorded
from comity.cli.context import Session, as_day, common, on_option
from comity.cli.members import changed, chosen_rule, known, members_of
from comity.cli.powers import Asked, Measured, measure, power_data, show_power
from comity.cli.questions import names_in, refused, sets_of
from comity.cli.replays import replay_data, show_replay
from comity.cli.rulebook import Rulebook, open_rulebook
from comity.cli.tables import Page
from comity.cli.weights import weights_of
from comity.decision.replay import Change
from comity.kernel.dates import Period
from comity.power.chance import DRAWS
from comity.power.choosing import METHODS

REPLAY = "replay"
CONSENSUS = "consensus"
MOST_DRAWS = 10_000_000
OWN = {
    REPLAY: ("under", "start", "end"),
    CONSENSUS: ("objecting", "together", "blocs", "draws"),
}
OF_A_RULE = ("groups", "roles", "weights", "prior", "support", "otherwise")
NOT_OF = {
    REPLAY: ("members", "support", "otherwise", "method", "seed"),
    CONSENSUS: ("method",),
}


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    return as_day(context, parameter, value) if value else None


@click.command(
    "power",
    epilog="""\b
Examples:
  comity power eu qualified_majority
  comity power eu qualified_majority --joining TR --weight population=TR:1600
  comity power sco consensus --joining MN --json
  comity power rules.yaml vote --members A,B,C --group founders=A --otherwise abstain
  comity power un security_council --from 1946-01-01 --on 1950-01-01 --replay
  comity power eu qualified_majority --under weighted_majority --on 2016-06-01 --replay
  comity power sco --consensus --objecting 0.02 --joining MN
""",
)
@click.argument("organisation", metavar="ORG|FILE")
@click.argument("name", required=False, metavar="[RULE]")
@click.option("--members", metavar="A,B", help="Who decides [default: the members on the day].")
@click.option(
    "--group", "groups", multiple=True, metavar="GROUP=A,B", help="The members of a group."
)
@click.option("--role", "roles", multiple=True, metavar="ROLE=A,B", help="The members in a role.")
@click.option(
    "--weight",
    "weights",
    multiple=True,
    metavar="WEIGHT=A:1,B:2",
    help="What members weigh, in the unit of the table; it goes before the table.",
)
@click.option(
    "--prior",
    default="",
    metavar="OUTCOME",
    help="The outcome of the decision that selects the rule.",
)
@click.option(
    "--support",
    default="",
    metavar="POSITION",
    help="The position of supporters [default: that of most support].",
)
@click.option(
    "--otherwise",
    default="",
    metavar="POSITION",
    help="That of all others [default: that of least support].",
)
@click.option("--joining", default="", metavar="A,B", help="Beside it, with these members too.")
@click.option("--leaving", default="", metavar="A,B", help="Beside it, without these members.")
@click.option(
    "--method",
    metavar="METHOD",
    help=f"How to count: {', '.join(METHODS)} [default: the best possible].",
)
@click.option("--seed", type=int, default=0, metavar="N", help="Of what is drawn [default: 0].")
@click.option(
    "--replay",
    "cases",
    is_flag=False,
    flag_value="",
    metavar="[CASES.yaml]",
    help="Put decisions of the past under RULE to another membership, rule or day; of a file, or "
    "of the organisation's cases. Give it last where no file follows.",
)
@click.option("--under", default="", metavar="RULE", help="Replay: the other rule.")
@click.option(
    "--from", "start", callback=_day, metavar="DATE", help="Replay: decisions from this day on."
)
@click.option(
    "--until", "end", callback=_day, metavar="DATE", help="Replay: decisions before this day."
)
@click.option(
    "--consensus", is_flag=True, help="The chance that nobody objects, as members are added."
)
@click.option(
    "--objecting",
    multiple=True,
    metavar="P|P=A,B",
    help="Consensus: the probability that each objects; of some, and of all others.",
)
@click.option(
    "--common",
    "together",
    metavar="P",
    help="Consensus: the probability that one cause reaches all [default: 0].",
)
@click.option(
    "--bloc",
    "blocs",
    multiple=True,
    metavar="P=A,B",
    help="Consensus: members that decide together, with this probability.",
)
@click.option(
    "--draws",
    type=click.IntRange(1, MOST_DRAWS),
    default=DRAWS,
    metavar="N",
    help=f"Consensus: how often to draw [default: {DRAWS}].",
)
@on_option
@common
def command(
    session: Session,
    organisation: str,
    name: str | None,
    on: date,
    cases: str | None,
    consensus: bool,
    **given: Any,
) -> int:
    """Say how much each member can decide under RULE of ORG: Shapley-Shubik and Penrose-Banzhaf.

    A member supports a proposal, or holds the position of all others; a coalition wins where the
    outcome of the rule carries. A rule under which support can defeat a proposal is refused.

    With --replay: what would have become of decisions under another rule (--under, or the version
    of --on) or with other members. Positions keep their words; where the outcome hangs on those who
    join it is open. With --consensus: the chance that nobody objects, under assumptions.
    """
    book = open_rulebook(session, organisation, on)
    _check_options(name, replay=cases is not None, consensus=consensus)
    if consensus:
        _consensus(session, book, name, **given)
    elif name is None:
        raise refused("no RULE", f"one of {', '.join(book.rules.versions)}")
    elif cases is not None:
        _replay(session, book, name, cases, **given)
    else:
        _power(session, book, name, **given)
    return 0


def _check_options(name: str | None, *, replay: bool, consensus: bool) -> None:
    """Refuse an option that would be passed over."""
    context = click.get_current_context()
    if replay and consensus:
        raise refused("--replay and --consensus", "one of the two")
    chosen = {REPLAY: replay, CONSENSUS: consensus}
    for parameter in context.command.params:
        option = parameter.opts[0]
        if context.get_parameter_source(parameter.name or "") is not ParameterSource.COMMANDLINE:
            continue
        if name is None and parameter.name in OF_A_RULE:
            raise refused(f"{option} without RULE", "the name of a rule")
        for kind, asked in chosen.items():
            if not asked and parameter.name in OWN[kind]:
                raise refused(f"{option} without --{kind}", f"--{kind}, or no {option}")
            if asked and parameter.name in NOT_OF[kind]:
                raise refused(f"{option} with --{kind}", f"--{kind} without it")


# How much each can decide


def _power(
    session: Session,
    book: Rulebook,
    name: str,
    *,
    members: str | None,
    prior: str,
    support: str,
    otherwise: str,
    joining: str,
    leaving: str,
    method: str | None,
    seed: int,
    **given: Any,
) -> None:
    rule = chosen_rule(book, name, prior)
    now, members_by = members_of(book, names_in(members or ""), rule)
    later = changed(book, now, joining, leaving)
    who = known(book, {*now, *(later or ())}, **given)
    asked = Asked(rule, support, otherwise, method, seed, members_by)
    before = measure(asked, who.question(book, rule, now))
    after: Measured | None = None
    if later is not None:
        after = measure(asked, who.question(book, rule, later))
    if session.as_json:
        session.emit(power_data(book, asked, before, after, session.language))
    else:
        show_power(Page(session), book, asked, before, after)


# What would have become of decisions


def _replay(
    session: Session,
    book: Rulebook,
    name: str,
    cases: str,
    *,
    prior: str,
    joining: str,
    leaving: str,
    under: str,
    start: date | None,
    end: date | None,
    groups: Iterable[str],
    roles: Iterable[str],
    weights: Iterable[str],
    **_: Any,
) -> None:
    asked = recorded.Asked(name, Period(start, end), cases)
    decisions = recorded.decisions_of(book, asked)
    book = book.with_strangers(recorded.members_of(decisions))
    other_day = (
        click.get_current_context().get_parameter_source("on") is not ParameterSource.DEFAULT
    )
    change = Change(
        joining=tuple(book.code(each) for each in names_in(joining)),
        leaving=tuple(book.code(each) for each in names_in(leaving)),
        under=under,
        prior=prior,
        on=book.on if other_day else None,
        groups=sets_of(book, None, "--group", groups),
        roles=sets_of(book, None, "--role", roles),
        weights=weights_of(book, weights),
    )
    found = recorded.replay_of(book, decisions, change)
    if session.as_json:
        session.emit(replay_data(book, asked, change, found, session.language))
    else:
        show_replay(Page(session), book, asked, change, found)


# The chance that nobody objects


def _consensus(
    session: Session,
    book: Rulebook,
    name: str | None,
    *,
    members: str | None,
    prior: str,
    support: str,
    otherwise: str,
    joining: str,
    leaving: str,
    seed: int,
    objecting: Iterable[str],
    together: str | None,
    blocs: Iterable[str],
    draws: int,
    **given: Any,
) -> None:
    rule = chosen_rule(book, name, prior) if name is not None else None
    now, _ = members_of(book, names_in(members or ""), rule)
    all_of = changed(book, now, joining, leaving) or now
    assumption = chances.assumption_of(book, all_of, objecting, together, blocs)
    game = None
    if rule is not None:
        question = known(book, {*all_of}, **given).question(book, rule, all_of)
        game = Asked(rule, support, otherwise).game(question)
    asked = chances.Asked(assumption, seed, draws, rule, game)
    found = chances.chances(asked)
    if session.as_json:
        session.emit(chances.chances_data(book, asked, found, session.language))
    else:
        chances.show_chances(Page(session), book, asked, found)
