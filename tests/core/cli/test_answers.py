"""What each command answers, in words and as data."""

from __future__ import annotations

import re

import pytest

from comity.wording.catalogue import LANGUAGES
from tests.core.cli.conftest import GUILDS, Ask, Run

VOTING = str(GUILDS / "voting.yaml")
CASES = str(GUILDS / "voting-cases.yaml")
THREE = ("--members", "Amber,Birch,Cedar")
DOGWOOD = ("--joining", "Dogwood", "--weight", "lanterns=Dogwood:2")
QUESTIONS = {
    "orgs": ("orgs",),
    "at": ("at", "guild", "2010-01-01"),
    "at-nobody": ("at", "guild", "1980-01-01"),
    "status": ("status", "guild", "XC", "--on", "2010-01-01"),
    "history": ("history", "guild", "XD"),
    "may": ("may", "guild", "XC", "speak", "assembly", "--on", "2010-01-01"),
    "may-all": ("may", "guild", "XC", "--on", "2010-01-01"),
    "rules": ("rules", "guild", "--on", "2010-01-01"),
    "article": ("rules", "guild", "pact__art_7"),
    "diff": ("diff", "guild", "2000-01-01", "2018-01-01"),
    "act": ("act", "guild", "xc-friend"),
    "power": ("power", VOTING, "lanterns", *THREE),
    "power-joining": ("power", VOTING, "lanterns", *THREE, *DOGWOOD),
    "power-replay": ("power", VOTING, "lanterns", *DOGWOOD, "--replay", CASES),
    "power-consensus": ("power", VOTING, *THREE, "--consensus", "--objecting", "0.1"),
}
LEAVES_NO_DATE = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", QUESTIONS.values(), ids=QUESTIONS)
def test_every_command_answers_in_three_languages(
    words: tuple[str, ...], language: str, run: Run
) -> None:
    result = run(*words, "--lang", language)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert bool(re.search("[а-я]", result.stdout)) == (language == "ru")
    assert bool(re.search("[一-鿿]", result.stdout)) == (language == "zh")


@pytest.mark.parametrize("words", QUESTIONS.values(), ids=QUESTIONS)
def test_every_command_answers_in_json(words: tuple[str, ...], ask: Ask) -> None:
    data = ask(*words)
    assert data["language"] == "en"


@pytest.mark.parametrize("words", QUESTIONS.values(), ids=QUESTIONS)
def test_every_command_answers_on_a_narrow_terminal(words: tuple[str, ...], run: Run) -> None:
    wide = run(*words).stdout
    assert wide == run(*words, "--no-color").stdout, "nothing is said by colour alone"
    assert not [line for line in wide.splitlines() if len(line) > 110 and "http" not in line]


def test_at_shows_who_since_when_and_why(run: Run) -> None:
    text = run("at", "guild", "2005-06-01").stdout
    assert "Guild of Lanterns on 1 June 2005" in text
    assert "Members (3)" in text
    assert "Friend (1)" in text
    assert "Birchland (suspended)" in text
    assert "admission, 1 May 1990, Ferryton; Pact of Lanterns, Article 1" in text
    assert "Family (4)" in text
    assert "Rests on acts of less than high confidence: XD." in text
    assert "comity status guild XA --on 2005-06-01" in text


def test_at_counts_on_the_other_basis_and_says_what_is_in_doubt(run: Run, ask: Ask) -> None:
    text = run("at", "guild", "2000-08-01").stdout
    assert "Friend (1; 0 on the basis “signature”)" in text
    assert "? XC: Counted on the basis “signature”: no status." in text
    assert "friend" not in run("at", "guild", "2000-08-01", "--basis", "signature").stdout
    friend = ask("at", "guild", "2000-08-01")["statuses"][1]
    assert (friend["status"], friend["count"]) == ("friend", 1)
    assert friend["parties"][0]["doubts"][0]["code"] == "other_basis"


def test_at_by_status_facet_and_knowledge(run: Run, ask: Ask) -> None:
    only = ask("at", "guild", "2010-01-01", "--status", "friend")["statuses"]
    assert [(each["status"], each["count"]) for each in only] == [("friend", 1)]
    crew = ask("at", "guild", "2018-01-01", "--facet", "fleet")["statuses"]
    assert [each["parties"][0]["party"] for each in crew] == ["XB"]
    nobody_yet = ask("at", "guild", "2018-01-01", "--known-at", "2000-01-01")
    assert (nobody_yet["statuses"], nobody_yet["known_acts"]) == ([], 0)
    text = run("at", "guild", "2010-01-01", "--known-at", "2026-01-15").stdout
    assert "As known on 1 January 2026." in text
    assert "Partner (0)" in run("at", "guild", "2010-01-01", "--status", "partner").stdout


def test_at_without_a_date_is_today(ask: Ask) -> None:
    assert ask("at", "guild")["on"] == ask("at", "guild", "today")["on"]


def test_status_resolves_grounds_and_sources(ask: Ask) -> None:
    data = ask("status", "guild", "XD", "--on", "2004-01-01")
    assert (data["value"], data["since"], data["party_name"]) == ("member", "2003-04-01", "Dogwood")
    article, act = data["grounds"]
    assert article["heading"] == "Pact of Lanterns, Article 1: Members"
    assert article["sources"][0]["url"] == "https://example.org/pact"
    assert act["sentence"] == "Dogwood: the status “member” begins, 1 April 2003"
    assert act["alternatives"][0]["effective_on"] == "2003-02-01"
    assert data["doubts"][0]["sentence"] == "Little of the sources was seen (xd-member)."


def test_status_shows_text_address_and_other_dates(run: Run) -> None:
    text = run("status", "guild", "XD", "--on", "2003-03-01").stdout
    assert "The members and how they join." in text
    assert "https://example.org/pact" in text
    assert "another date: 1 February 2003 (Pact of Lanterns, Lantern Press; the preamble" in text
    assert "Sources disagree: by another source 1 February 2003" in text


@pytest.mark.parametrize("name", ["XC", "xc", "XQ", "Cedarland", "cedarland", "雪松国", "кедрия"])
def test_a_party_is_named_by_code_former_code_or_name(name: str, ask: Ask) -> None:
    assert ask("status", "guild", name, "--on", "2010-01-01")["party"] == "XC"


def test_status_shows_what_is_pending(run: Run, ask: Ask) -> None:
    leaving = run("status", "guild", "XA", "--on", "2012-06-01").stdout
    assert "Notice of withdrawal takes effect on 1 March 2013" in leaving
    assert "Formal name: Republic of Alderland" in leaving
    coming = run("status", "guild", "XE", "--on", "2014-01-01")
    assert "On the way to “member”: application" in coming.stdout
    suspended = run("status", "guild", "XB", "--on", "2005-06-01").stdout
    assert "Suspended since 1 January 2005; rights affected: all rights" in suspended
    data = ask("status", "guild", "XA", "--on", "2012-06-01")
    assert data["pending_departure"]["value"] == "2013-03-01"
    assert data["in_base"]["value"] is True
    assert ask("status", "guild", "XB", "--on", "2005-06-01")["suspension"]["value"] == {
        "since": "2005-01-01", "until": "2006-01-01", "rights": ["all"], "act": "xb-suspended",
    }  # fmt: skip


def test_a_way_that_led_to_the_status_is_not_pending(ask: Ask) -> None:
    assert ask("status", "guild", "XC", "--on", "2010-01-01")["pending_stages"] == []
    before = ask("status", "guild", "XC", "--on", "1999-12-31", code=1)
    assert [each["value"] for each in before["pending_stages"]] == ["applied"]


def test_history_lists_spells_and_acts(run: Run, ask: Ask) -> None:
    data = ask("history", "guild", "XA")
    assert [(s["status"], s["from"], s["until"], s["ended_as"]) for s in data["spells"]] == [
        ("member", "1990-05-01", "2013-03-01", "notice")
    ]
    assert [each["id"] for each in data["acts"]] == ["founders", "xa-notice"]
    text = run("history", "guild", "XA").stdout
    assert "notice of withdrawal took effect [xa-notice]" in text
    assert "Alderland and 1 more: the status “member” begins" in text
    assert "Revised by: xc-fix" in run("history", "guild", "XC").stdout
    assert "No status in the record." in run("history", "guild", "XE").stdout


def test_statuses_in_other_facets_are_told(run: Run, ask: Ask) -> None:
    data = ask("history", "guild", "XB")
    assert [(each["facet"], each["status"]) for each in data["spells"]] == [
        ("membership", "member"),
        ("fleet", "crew"),
    ]
    assert "crew (joint fleet)" in run("history", "guild", "XB").stdout
    assert len(ask("history", "guild", "XB", "--facet", "fleet")["spells"]) == 1
    status = ask("status", "guild", "XB", "--on", "2018-01-01")
    assert [(each["facet"], each["value"]) for each in status["other_facets"]] == [
        ("fleet", "crew")
    ]
    text = run("status", "guild", "XB", "--on", "2018-01-01").stdout
    assert "joint fleet: crew, since 5 May 2017" in text


def test_may_answers_with_terms(run: Run, ask: Ask) -> None:
    data = ask("may", "guild", "XC", "speak", "assembly", "--on", "2010-01-01")
    assert (data["value"], data["condition"]) == ("conditional", "if the chair agrees")
    text = run("may", "guild", "XC", "speak", "assembly", "--on", "2010-01-01").stdout
    assert "speak – Assembly: on a condition" in text
    assert "on condition: if the chair agrees" in text


def test_may_without_a_right_is_a_table(run: Run, ask: Ask) -> None:
    data = ask("may", "guild", "XC", "--on", "2010-01-01")
    answers = {(each["right"], each["body"]): each["value"] for each in data["rights"]}
    assert answers[("speak", "assembly")] == "conditional"
    assert answers[("attend", None)] == "conditional"  # it depends on the body
    text = run("may", "guild", "XC", "--on", "2010-01-01").stdout
    assert re.search(r"Assembly +yes +\(1\) +no", text)
    assert re.search(r"Bureau, any other body +no +no +no", text)
    assert "(1) if the chair agrees" in text


def test_rules_and_articles(run: Run, ask: Ask) -> None:
    data = ask("rules", "guild", "--on", "2009-01-01", "--section", "withdrawal")
    assert [each["says"] for each in data["rules"]] == [
        "member: notice of 6 months",
        "friend: notice by 07-01, effect on 01-01 (month-day)",
    ]
    article = ask("rules", "guild", "pact__art_7", "--on", "2009-01-01")
    assert article["article"]["text"] == "Six months after notice."
    text = run("rules", "guild", "pact__art_7").stdout
    assert "Rules that rest on it" in text
    assert "Other versions" in text
    assert "The charter has no text" in run("rules", "guild", "pact__art_8").stdout


def test_diff_names_the_act_behind_each_change(run: Run, ask: Ask) -> None:
    data = ask("diff", "guild", "2000-01-01", "2018-01-01")
    changes = [
        (each["party"], each["before"], each["after"], each["act"]) for each in data["changes"]
    ]
    assert changes == [
        ("XC", None, "friend", "xc-friend"),
        ("XD", None, "member", "xd-member"),
        ("XA", "member", None, "xa-notice"),
        ("XF", None, "partner", "xf-partner"),
        ("XB", None, "crew", "xb-crew"),
    ]  # fmt: skip
    assert {each["id"] for each in data["other_acts"]} >= {"xb-suspended", "xd-renamed", "xb-chair"}
    assert {each["section"] for each in data["rules"]} >= {"articles", "statuses", "withdrawal"}
    quiet = run("diff", "guild", "1991-01-01", "1992-01-01").stdout
    assert "No status changed." in quiet


def test_act_in_full_with_what_corrected_it(run: Run, ask: Ask) -> None:
    data = ask("act", "guild", "xc-friend")
    assert (data["act"]["effective_on"], data["as_recorded"]["effective_on"]) == (
        "2000-06-02",
        "2000-06-01",
    )
    assert data["act"]["revised_by"] == ["xc-fix"]
    before = ask("act", "guild", "xc-friend", "--known-at", "2026-01-15")
    assert (before["act"]["effective_on"], before["as_recorded"]) == ("2000-06-01", None)
    text = run("act", "guild", "xc-friend").stdout
    assert "As first recorded" in text
    assert "correction of the act of 2 June 2000 (" in text
    assert "another date: 1 February 2003" in run("act", "guild", "xd-member").stdout


def test_orgs(run: Run, ask: Ask) -> None:
    assert "Guild of Lanterns" in run("orgs").stdout
    assert ask("orgs")["organisations"][0]["founded_on"] == "1990-05-01"


def test_a_proposed_command_repeats_the_options_given(run: Run) -> None:
    assert "--lang ru" in run("at", "guild", "2010-01-01", "--lang", "ru").stdout
    assert "--lang" not in run("at", "guild", "2010-01-01", LC_ALL="ru_RU.UTF-8").stdout
