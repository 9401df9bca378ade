"""``comity decide``: what a decision rule makes of positions, why, and what would be otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from comity.cli.context import Session, common, on_option
from comity.cli.decision_rules import rules_data, show_rules
from comity.cli.decisions import Answer, answer_data, needs_of, show_answer
from comity.cli.elections import election_data, show_election
from comity.cli.members import Deciding, check_prior, deciding, nobody
from comity.cli.premises import Selected, selection_data, selection_line
from comity.cli.questions import listed, names_in, pair, question_of, refused, sets_of
from comity.cli.rulebook import Rulebook, open_rulebook
from comity.cli.tables import Page
from comity.cli.weights import require_weights
from comity.decision.cases import ballots_in, by_member
from comity.decision.changes import smallest_changes
from comity.decision.deciding import decide, decide_tallied
from comity.decision.election import elect
from comity.decision.model import Rule
from comity.kernel import documents
from comity.kernel.errors import DataError, check_known

KEYS = ("members", "positions", "tallies", "ballots", "groups", "roles", "weights", "prior")
WAYS = 100  # of the smallest changes, at most so many are looked for


@click.command(
    "decide",
    epilog="""\b
Examples:
  comity decide --rules sco
  comity decide sco consensus --position objects=IN --rest joins_consensus
  comity decide eu qualified_majority --rest yes --position no=DE,FR,PL --what-would-change
  comity decide un general_assembly --prior adopted --tally yes=51,no=49,abstain=25 --which-rule
  comity decide au election_of_the_chairperson --ballot GA=28,ZA=25,members=53
""",
)
@click.argument("organisation", metavar="ORG|FILE")
@click.argument("rule", required=False, metavar="[RULE]")
@click.option("--rules", "list_rules", is_flag=True, help="List the rules, each in words.")
@click.option(
    "--position",
    "positions",
    multiple=True,
    metavar="POSITION=A,B",
    help="The position of some members; may be repeated.",
)
@click.option("--rest", metavar="POSITION", help="The position of all other members.")
@click.option(
    "--tally",
    "tallies",
    multiple=True,
    metavar="POSITION=N,...",
    help="How many took each position, where no names are known; also group=, weight=, members=, "
    "everybody=.",
)
@click.option(
    "--ballot",
    "ballots",
    multiple=True,
    metavar="A=N,B=N,...",
    help="The votes for each candidate in a ballot of an election; also members=, "
    "total=, everybody=.",
)
@click.option(
    "--members",
    metavar="A,B",
    help="Who decides [default: the members on the day; of rules without a record, those in the "
    "tables of weights].",
)
@click.option(
    "--group", "groups", multiple=True, metavar="GROUP=A,B", help="The members of a group."
)
@click.option("--role", "roles", multiple=True, metavar="ROLE=A,B", help="The members in a role.")
@click.option(
    "--prior", metavar="OUTCOME", help="The outcome of the decision that selects the rule."
)
@click.option(
    "--question",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file with positions, tallies or ballots, members, groups, roles, weights, prior.",
)
@click.option(
    "--what-would-change", is_flag=True, help="The smallest changes that would change the outcome."
)
@click.option(
    "--which-rule",
    is_flag=True,
    help="Which amounts of the rule, or which other rules, another outcome would have needed.",
)
@click.option("--to", metavar="OUTCOME", help="With either of these: only this other outcome.")
@on_option
@common
def command(
    session: Session,
    organisation: str,
    rule: str | None,
    list_rules: bool,
    on: date,
    what_would_change: bool,
    which_rule: bool,
    to: str | None,
    **given: Any,
) -> int:
    """Say what RULE of ORG makes of positions, why, whom it binds, and who is outstanding.

    The rule is one of an organisation, or of a FILE of decision rules. The exit code is 1 where no
    decision is taken.
    """
    book = open_rulebook(session, organisation, on)
    if list_rules or rule is None:
        if session.as_json:
            session.emit(rules_data(book, session.language, only=rule))
        else:
            show_rules(Page(session), book, only=rule)
        return 0
    if to is not None and not (what_would_change or which_rule):
        raise refused(f"--to {to} alone", "with it --what-would-change or --which-rule")
    asked = _asked(book, rule, **given)
    asked["to"] = to
    if asked.get("ballots"):
        return _election(session, book, asked, explained=what_would_change or which_rule)
    found = _answer(book, asked, what_would_change=what_would_change)
    if which_rule:
        found = replace(found, needs=needs_of(book, found, asked))
    if session.as_json:
        session.emit(answer_data(book, found, session.language))
    else:
        show_answer(Page(session), book, found)
    return 0 if found.finding.value.carried else 1


def _election(
    session: Session, book: Rulebook, asked: Mapping[str, Any], *, explained: bool
) -> int:
    if explained:
        named = "--what-would-change or --which-rule with ballots"
        raise refused(named, "positions or tallies: ballots are counted one after another")
    rule = asked["rule"]
    found = elect(rule, [*ballots_in(asked["ballots"])])
    if session.as_json:
        data = election_data(book, rule, found, session.language)
        session.emit({**data, **selection_data(asked["selected"])})
    else:
        taken = selection_line(book, rule, asked["selected"], session.language)
        show_election(Page(session), book, rule, found, taken=taken)
    return 0 if found.value.elected is not None else 1


def _answer(book: Rulebook, asked: Mapping[str, Any], *, what_would_change: bool) -> Answer:
    rule, selected = asked["rule"], asked["selected"]
    if asked.get("tallies"):
        if what_would_change:
            raise refused("tallies, which name nobody who could change", "positions of members")
        return Answer(rule, decide_tallied(rule, asked["tallies"]), selected=selected)
    question = question_of(book, rule, asked)
    require_weights(rule, question, in_file=True)
    positions = asked["positions"]
    found = decide(rule, question, positions)
    deciding = asked["deciding"]
    answer = Answer(rule, found, question, positions, deciding=deciding, selected=selected)
    if not what_would_change:
        return answer
    changes = smallest_changes(rule, question, positions, to=asked["to"], limit=WAYS)
    return replace(answer, changes=changes)


# What was asked


def _asked(
    book: Rulebook,
    name: str,
    *,
    file: Path | None,
    positions: Iterable[str],
    rest: str | None,
    tallies: Iterable[str],
    ballots: Iterable[str],
    members: str | None,
    groups: Iterable[str],
    roles: Iterable[str],
    prior: str | None,
) -> dict[str, Any]:
    """Return the question: what the file says, and what the options say beside or instead."""
    asked = _from_file(file) if file else {}
    for option, key, given in (("--tally", "tallies", tallies), ("--ballot", "ballots", ballots)):
        if given:
            asked[key] = [dict(pair(option, part) for part in each.split(",")) for each in given]
    if prior:
        asked["prior"] = prior
    prior = asked.get("prior") or ""
    check_prior(book, name, prior)
    asked["selected"] = Selected(name, prior)
    asked["rule"] = book.rules.chosen(name, book.on, prior=prior)
    counted = [key for key in ("tallies", "ballots") if asked.get(key)]
    if not (counted or positions or rest or asked.get("positions")):
        raise _nothing_said(asked["rule"])
    if counted:
        if positions or rest or asked.get("positions") or len(counted) > 1:
            named = " and ".join(["positions", *counted] if len(counted) == 1 else counted)
            raise refused(named, "one of the two")
        return asked
    asked["groups"] = sets_of(book, asked.get("groups"), "--group", groups)
    asked["roles"] = sets_of(book, asked.get("roles"), "--role", roles)
    taken = by_member(asked.get("positions") or {})
    taken |= by_member(listed("--position", positions))
    found = {book.code(member): position for member, position in taken.items()}
    said = names_in(members) if members else [*(asked.get("members") or ())]
    asked["deciding"] = _members(book, asked["rule"], said, found, rest)
    asked["members"] = asked["deciding"].members
    others = {member: rest for member in asked["members"] if rest}
    asked["positions"] = others | found
    return asked


def _members(
    book: Rulebook,
    rule: Rule,
    said: Iterable[str],
    found: Mapping[str, str],
    rest: str | None,
) -> Deciding:
    """Return who decides; where nothing says it, who has a position."""
    decides = deciding(book, rule, said)
    if decides.members:
        return decides
    if rest or not found:
        raise nobody(book, rule)
    return Deciding(tuple(found))


def _nothing_said(rule: Rule) -> DataError:
    if rule.elects is not None:
        return refused(f'no ballot in the election "{rule.id}"', "--ballot A=N,B=N,members=N")
    expected = "--position POSITION=A,B, --rest POSITION, or --tally POSITION=N,…"
    return refused(f'nobody said who takes which position under "{rule.id}"', expected)


def _from_file(file: Path) -> dict[str, Any]:
    data = documents.read(file).data
    if not isinstance(data, dict):
        raise refused(f"no keys in {file}", f"some of {', '.join(KEYS)}")
    for key in data:
        check_known("key", str(key), KEYS)
    return dict(data)
