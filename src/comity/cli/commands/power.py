"""``comity power``: how much each member can decide under a rule, and what joining would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import click

from comity.cli.context import Session, common, on_option
from comity.cli.powers import Asked, Measured, measure, power_data, show_power
from comity.cli.questions import names_in, question_of, refused, sets_of
from comity.cli.rulebook import Rulebook, open_rulebook
from comity.cli.tables import Page
from comity.decision.model import Rule
from comity.kernel.errors import DataError, Fault, UnknownName, unknown
from comity.power.choosing import METHODS

Sets = Mapping[str, Sequence[str]]


@click.command(
    "power",
    epilog="""\b
Examples:
  comity power eu qualified_majority
  comity power eu qualified_majority --leaving DE,FR
  comity power sco consensus --joining MN --json
  comity power rules.yaml vote --members A,B,C --group founders=A --otherwise abstain
""",
)
@click.argument("organisation", metavar="ORG|FILE")
@click.argument("name", metavar="RULE")
@click.option("--members", metavar="A,B", help="Who decides [default: the members on the day].")
@click.option(
    "--group", "groups", multiple=True, metavar="GROUP=A,B", help="The members of a group."
)
@click.option("--role", "roles", multiple=True, metavar="ROLE=A,B", help="The members in a role.")
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
@on_option
@common
def command(
    session: Session,
    organisation: str,
    name: str,
    on: date,
    members: str | None,
    groups: Iterable[str],
    roles: Iterable[str],
    prior: str,
    support: str,
    otherwise: str,
    joining: str,
    leaving: str,
    method: str | None,
) -> int:
    """Say how much each member can decide under RULE of ORG: Shapley-Shubik and Penrose-Banzhaf.

    A member supports a proposal, or holds the position of all others; a coalition wins where the
    outcome of the rule carries. A rule under which support can defeat a proposal is refused.
    """
    book = open_rulebook(session, organisation, on)
    rule = _rule(book, name, prior)
    now = _members(book, members)
    sets = sets_of(book, None, "--group", groups), sets_of(book, None, "--role", roles)
    later = _changed(book, now, joining, leaving)
    _check_sets(sets, {*now, *(later or ())})
    asked = Asked(rule, support, otherwise, method)
    before = _measured(book, asked, now, sets)
    after = _measured(book, asked, later, sets) if later is not None else None
    if session.as_json:
        session.emit(power_data(book, asked, before, after, session.language))
    else:
        show_power(Page(session), book, asked, before, after)
    return 0


def _rule(book: Rulebook, name: str, prior: str) -> Rule:
    """Return the rule; raises `DataError` where an earlier decision selects it and is not given."""
    chosen = book.rules.on(name, book.on).chosen_by
    if chosen is not None and not prior:
        fault = Fault(
            "rule_not_chosen",
            f'the rule "{name}" is selected by an earlier decision',
            f"--prior OUTCOME, with {' or '.join(chosen.outcomes)}",
            f'After any other outcome the rule is "{chosen.otherwise}".',
        )
        raise DataError(fault)
    return book.rules.chosen(name, book.on, prior=prior)


def _measured(
    book: Rulebook, asked: Asked, members: Sequence[str], sets: tuple[Sets, Sets]
) -> Measured:
    groups, roles = (
        {name: [each for each in named if each in members] for name, named in each_set.items()}
        for each_set in sets
    )
    rule: Rule = asked.rule
    asked_of = {"members": members, "groups": groups, "roles": roles}
    return measure(asked, question_of(book, rule, asked_of))


def _members(book: Rulebook, given: str | None) -> tuple[str, ...]:
    """Return who decides: as said, else the members by the record."""
    found = tuple(book.code(each) for each in names_in(given)) if given else book.members()
    if not found:
        fault = f"no members of {book.id} on {book.on}"
        raise DataError(Fault("no_members", fault, "--members A,B", "No record says them."))
    return tuple(dict.fromkeys(found))


def _changed(
    book: Rulebook, now: Sequence[str], joining: str, leaving: str
) -> tuple[str, ...] | None:
    """Return the members after the change, or ``None`` where none is asked about."""
    come, gone = ([book.code(each) for each in names_in(given)] for given in (joining, leaving))
    if not (come or gone):
        return None
    for each in come:
        if each in now:
            raise refused(f'--joining "{each}", a member already', "somebody who is no member")
    for each in gone:
        if each not in now:
            raise UnknownName(unknown("member", each, now))
    return (*(each for each in now if each not in gone), *dict.fromkeys(come))


def _check_sets(sets: tuple[Sets, Sets], known: set[str]) -> None:
    for named in sets:
        for each in (member for members in named.values() for member in members):
            if each not in known:
                raise UnknownName(unknown("member", each, known))
