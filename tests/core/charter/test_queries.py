"""Which rules hold on a day."""

from __future__ import annotations

from datetime import date

import pytest

from comity.charter import queries
from comity.charter.load import load_inline
from comity.charter.model import Charter
from comity.kernel import documents
from comity.kernel.errors import UnknownName

EARLY, LATE = date(2002, 1, 1), date(2012, 1, 1)


def test_an_article_is_read_in_the_version_of_the_day(club: Charter) -> None:
    early = queries.article_on(club, "treaty__art_7", EARLY)
    late = queries.article_on(club, "treaty__art_7", LATE)
    assert early is not None
    assert late is not None
    assert early.text["en"] == "Twelve months after notice."
    assert late.text["en"] == "Notice by 1 July for 1 January."


def test_an_article_begins_and_ends_with_its_days(club: Charter) -> None:
    first, end = date(1999, 6, 15), date(2020, 1, 1)
    assert queries.article_on(club, "regulations__rule_2", date(1999, 6, 14)) is None
    assert queries.article_on(club, "regulations__rule_2", first) is not None
    assert queries.article_on(club, "regulations__rule_2", end) is None


def test_an_unknown_article_is_refused_with_the_nearest(club: Charter) -> None:
    with pytest.raises(UnknownName, match=r'Did you mean "treaty__art_1"\?'):
        queries.article_on(club, "treatyart_1", EARLY)


def test_statuses_of_the_day_in_the_order_of_the_charter(club: Charter) -> None:
    def ids(on: date) -> list[str]:
        return [status.id for status in queries.statuses_on(club, on)]

    assert ids(date(1995, 1, 1)) == ["member", "at_rest", "crew"]
    assert ids(EARLY) == ["member", "friend", "at_rest", "crew"]
    assert ids(date(2020, 1, 1)) == ["member", "partner", "at_rest", "crew"]
    assert queries.statuses_on(club, LATE)[1].names["en"] == "old friend"


def test_the_order_of_states_of_the_day(club: Charter) -> None:
    assert queries.order_on(club, date(1999, 12, 31)).language == "en"
    assert queries.order_on(club, date(2000, 1, 1)).by == "order_names"


def test_the_capital_of_the_day(club: Charter) -> None:
    old, new = (queries.capital_on(club, "XA", each) for each in (date(2009, 12, 31), LATE))
    assert old is not None
    assert new is not None
    assert (old.names["en"], new.names["en"]) == ("Old Ferryton", "Ferryton")
    assert queries.capital_on(club, "XB", LATE) is None
    with pytest.raises(UnknownName):
        queries.capital_on(club, "XX", LATE)


def test_without_a_rule_states_are_ordered_by_english_names() -> None:
    charter = of("paths: []")
    assert queries.order_on(charter, EARLY).language == "en"
    assert queries.order_on(charter, EARLY).article == ""


def test_the_path_of_the_day(club: Charter) -> None:
    path = queries.path_to(club, "friend", EARLY)
    assert path is not None
    assert path.article == "regulations__rule_2"
    assert queries.path_to(club, "friend", date(1999, 6, 14)) is None
    assert queries.path_to(club, "crew", EARLY) is None


@pytest.mark.parametrize(
    ("status", "right", "body", "on", "answer"),
    [
        pytest.param("member", "decide", "bureau", EARLY, "yes", id="all_rights_in_all_bodies"),
        pytest.param("friend", "speak", "bureau", EARLY, "no", id="the_rule_for_all_bodies"),
        pytest.param("friend", "speak", "assembly", EARLY, "conditional", id="the_body_named"),
        pytest.param("friend", "speak", "assembly", LATE, "yes", id="the_later_from"),
        pytest.param("friend", "decide", "assembly", EARLY, None, id="nothing_said"),
        pytest.param("crew", "attend", "assembly", EARLY, None, id="a_status_without_grants"),
    ],
)
def test_a_grant(
    club: Charter, status: str, right: str, body: str, on: date, answer: str | None
) -> None:
    grant = queries.grant_for(club, (status,), right, body, on)
    assert (grant.answer if grant else None) == answer


def test_a_body_named_goes_before_a_later_rule_for_all() -> None:
    charter = of(
        "grants:",
        "  - {statuses: [member], rights: [speak], bodies: [board], answer: no}",
        "  - {statuses: [member], rights: [speak], from: 2001-01-01}",
    )
    grant = queries.grant_for(charter, ("member",), "speak", "board", EARLY)
    assert grant is charter.grants[0]
    assert queries.grant_for(charter, ("member",), "speak", "other", EARLY) is charter.grants[1]


def test_a_grant_to_a_status_of_another_facet_is_the_special_rule() -> None:
    charter = of(
        "facets: {membership: {}, departure: {}}",
        "grants:",
        "  - {statuses: [leaving], rights: [speak], answer: no}",
        "  - {statuses: [member], rights: [speak], bodies: [board], from: 1991-01-01}",
        statuses="{member: {}, leaving: {facet: departure}}",
    )
    both = ("member", "leaving")
    assert queries.grant_for(charter, ("member",), "speak", "board", EARLY) is charter.grants[1]
    assert queries.grant_for(charter, both, "speak", "board", EARLY) is charter.grants[0]


def test_bodies_that_no_grant_tells_apart_stand_together(club: Charter) -> None:
    grants = queries.grants_to(club, ("member", "friend"), EARLY)
    bodies = [*club.bodies, "one", "another"]
    groups = queries.told_apart(grants, bodies)
    assert sorted(each for group in groups for each in group) == sorted(bodies)
    assert any({"one", "another"} <= set(group) for group in groups)
    for group in groups:
        named = [{body in grant.bodies for body in group} for grant in grants]
        assert all(len(each) == 1 for each in named)
    assert queries.told_apart((), ["one", "another"]) == (("one", "another"),)


def test_of_two_grants_from_one_day_the_one_below_wins() -> None:
    charter = of(
        "grants:",
        "  - {statuses: [member], rights: [speak], answer: no}",
        "  - {statuses: [member], rights: all}",
    )
    assert queries.grant_for(charter, ("member",), "speak", "board", EARLY) is charter.grants[1]


def test_the_suspension_rule_of_the_day(club: Charter) -> None:
    before = queries.suspension_rule(club, "member", date(2004, 12, 31))
    after = queries.suspension_rule(club, "member", date(2005, 1, 1))
    assert before is club.suspension[0]
    assert after is club.suspension[1]
    assert queries.suspension_rule(club, "crew", EARLY) is None


def test_the_withdrawal_rule_of_the_day(club: Charter) -> None:
    assert queries.withdrawal_rule(club, "member", EARLY) is club.withdrawal[0]
    assert queries.withdrawal_rule(club, "member", LATE) is club.withdrawal[1]
    assert queries.withdrawal_rule(club, "partner", LATE) is club.withdrawal[2]
    assert queries.withdrawal_rule(club, "at_rest", LATE) is None


def test_of_two_withdrawal_rules_the_later_from_wins() -> None:
    charter = of(
        "withdrawal:",
        "  - {statuses: [member], notice: {months: 6}, from: 2001-01-01}",
        "  - {statuses: [member], notice: {months: 12}}",
    )
    assert queries.withdrawal_rule(charter, "member", date(2000, 1, 1)) is charter.withdrawal[1]
    assert queries.withdrawal_rule(charter, "member", EARLY) is charter.withdrawal[0]


def test_the_ending_in_a_manner(club: Charter) -> None:
    assert queries.ending_rule(club, "member", "expelled", EARLY) is club.endings[0]
    assert queries.ending_rule(club, "friend", "revoked", date(2020, 1, 1)) is None
    assert queries.ending_rule(club, "member", "revoked", EARLY) is None


def test_rules_in_force_are_listed_section_by_section(club: Charter) -> None:
    rules = queries.rules_on(club, EARLY)
    assert list(dict.fromkeys(rule.section for rule in rules)) == [
        "articles",
        "statuses",
        "counts",
        "paths",
        "bodies",
        "composition",
        "life",
        "grants",
        "suspension",
        "withdrawal",
        "endings",
        "offices",
        "languages",
        "order_of_states",
    ]
    assert all(EARLY in rule.period for rule in rules)
    article = next(rule for rule in rules if rule.id == "treaty__art_7")
    assert (article.article, article.names["en"]) == ("treaty__art_7", "Withdrawal")
    assert ("grants", "friend, partner") in {(rule.section, rule.id) for rule in rules}


def test_rules_that_changed_between_two_days(club: Charter) -> None:
    changes = queries.rules_changed(club, date(2009, 12, 31), date(2010, 1, 1))
    assert [(each.section, each.id) for each in changes] == [
        ("articles", "treaty__art_7"),
        ("statuses", "friend"),
        ("grants", "friend"),
        ("withdrawal", "member"),
    ]
    article, status, grant, withdrawal = changes
    assert article.before is not None
    assert article.after is not None
    assert article.before.period.end == article.after.period.start == date(2010, 1, 1)
    assert status.after is not None
    assert status.after.names["en"] == "old friend"
    assert grant.before is None
    assert withdrawal.after is not None
    assert withdrawal.after.rule is club.withdrawal[1]


def test_a_rule_that_ended_has_no_after(club: Charter) -> None:
    changes = queries.rules_changed(club, date(2019, 12, 31), date(2020, 1, 1))
    told = {(each.section, each.id, each.before is None, each.after is None) for each in changes}
    assert told == {
        ("articles", "regulations__rule_2", False, True),
        ("statuses", "friend", False, True),
        ("statuses", "partner", True, False),
        ("paths", "friend", False, True),
        ("composition", "assembly", False, True),
        ("endings", "friend", False, True),
    }


def test_between_the_same_day_nothing_changed(club: Charter) -> None:
    assert queries.rules_changed(club, EARLY, EARLY) == ()


def test_a_seat_holds_only_while_its_version_of_the_body_does(club: Charter) -> None:
    def seats(on: date) -> list[str]:
        rules = queries.rules_on(club, on)
        return [str(rule.period) for rule in rules if rule.section == "composition"]

    assert seats(date(1999, 1, 1)) == ["…/2000-01-01", "…/…"]
    assert seats(date(2000, 6, 1)) == ["2000-01-01/…", "…/…"]
    assert seats(EARLY) == ["2000-01-01/…", "2001-01-01/2020-01-01", "…/…"]


def of(*lines: str, statuses: str = "{member: {}}") -> Charter:
    rules = ["organisation: {id: club}", f"statuses: {statuses}", *lines]
    return load_inline(documents.parse("charter:\n" + "\n".join(f"  {line}" for line in rules)))


PRACTICE = """
charter:
  organisation: {id: league}
  instruments: {treaty: {}, custom: {practice: true}}
  articles:
    art_1: {instrument: treaty}
    custom_1: {instrument: custom}
    loose: {}
  statuses: {member: {article: art_1}}
"""


@pytest.mark.parametrize(
    ("article", "practice"), [("custom_1", True), ("art_1", False), ("loose", False)]
)
def test_an_article_is_practice_where_its_instrument_is(article: str, practice: bool) -> None:
    charter = load_inline(documents.parse(PRACTICE, "league"))
    assert queries.is_practice(charter, article, EARLY) is practice
