"""Acts, grounds, doubts, dates and rules in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from comity.charter.model import Article, Charter, Count, Source, Status, Versions
from comity.charter.queries import rules_on
from comity.kernel.act import Act, Authority
from comity.kernel.canonical import JSON
from comity.kernel.dates import PartialDate, Period
from comity.kernel.finding import Doubt, Finding
from comity.kernel.kinds import ActKind, Field
from comity.membership.kinds import MODES
from comity.register.kinds import KINDS
from comity.register.register import OrganisationRecord, Register
from comity.register.situation import Situation
from comity.wording import names
from comity.wording.acts import act_sentence
from comity.wording.catalogue import LANGUAGES
from comity.wording.data import finding_data, situation_data
from comity.wording.dates import date_text, period_text
from comity.wording.grounds import (
    alternatives_text,
    article_reference,
    doubt_sentence,
    elsewhere_text,
    grounds_lines,
    source_text,
)
from comity.wording.rules import rule_line

VALUES: dict[str, JSON] = {
    "text": "a word", "identifier": "a_name",
    "names": {"en": "In English.", "ru": "По-русски.", "zh": "中文。"},
    "date": "2009-01", "day": "2017-06-09", "integer": 3, "act": "founders", "party": "XB",
    "parties": ["XA", "XB"], "status": "member", "statuses": ["member", "friend"],
    "stage": "applied", "rights": ["speak"], "body": "assembly", "office": "chair",
    "instrument": "pact", "territory": "TA",
    "mapping": {"effective_on": "2001-01-01", "parties": ["XA"], "authority": {"body": "bureau"}},
}  # fmt: skip


@pytest.fixture
def situation(guild: OrganisationRecord) -> Situation:
    return guild.situation(on=date(2020, 1, 1))


def value_of(kind: ActKind, field: Field) -> JSON:
    if kind.name == "stage_reached" and field.name == "status":
        return "friend"
    return field.choices[0] if field.choices else VALUES[field.holds]


def an_act(kind: ActKind, **details: JSON) -> Act:
    return Act(
        id="an-act", organisation="guild", kind=kind.name,
        effective_on=PartialDate.parse("2017-06-09"), decided_on=PartialDate.parse("2017-06-01"),
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC), place="Ferryton",
        parties=() if kind.about == "none" else ("XA",), authority=Authority("assembly"),
        details={field.name: value_of(kind, field) for field in kind.fields} | details,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_act_is_said_in_full(kind: ActKind, language: str, situation: Situation) -> None:
    sentence = act_sentence(an_act(kind), situation, language)
    day = date_text(date(2017, 6, 9), language)
    assert day in sentence
    assert situation.charter.in_language("Ferryton", language) in sentence
    assert names.body_name(situation.charter, "assembly", situation.on, language) in sentence
    assert "{" not in sentence
    if kind.about != "none" and kind.name != "succeeded":
        assert sentence.startswith(names.party_name(situation, "XA", language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mode", MODES)
def test_a_succession_names_both_parties_once(
    mode: str, language: str, situation: Situation
) -> None:
    sentence = act_sentence(an_act(KINDS["succeeded"], mode=mode), situation, language)
    assert sentence.count(names.party_name(situation, "XB", language)) == 2  # one of them before
    assert "→" in sentence


@pytest.mark.parametrize(
    ("act", "language", "expected"),
    [
        ("xd-member", "en", "Dogwood: the status “member” begins, 1 April 2003"),
        ("xd-member", "ru", "Кизилия: статус «член» предоставлен, 1 апреля 2003 г."),
        ("xd-member", "zh", "山茱萸国：取得“成员”地位，2003年4月1日"),
        ("xd-renamed", "en", "Dogwood: new name: Dogwood Coast, 1 January 2008"),
        (
            "xc-applied",
            "en",
            "Cedarland: on the way to the status “friend”: application, March 1999",
        ),
        (
            "xc-friend",
            "en",
            "Cedarland: decision to grant; the status “friend” begins when counted on the basis "
            "“decision”, 2 June 2000 (Assembly)",
        ),
        (
            "xb-suspended",
            "ru",
            "Березия: участие приостановлено, 1 января 2005 г., решение: 20 декабря 2004 г. "
            "(Собрание)",
        ),
        ("xb-chair", "zh", "桦木国：就任“主席”，至2018年1月1日止，2017年1月1日"),
        ("met-2018", "en", "meeting of the body “Assembly”, no. 3, 2 February 2018, Ferryton"),
        ("xf-partner", "en", "Firland: the status “partner” begins, 2016"),
    ],
)
def test_sentences(act: str, language: str, expected: str, situation: Situation) -> None:
    assert act_sentence(situation.record.act(act), situation, language) == expected


def test_a_sentence_about_one_of_many(situation: Situation) -> None:
    act = situation.record.act("founders")
    assert act_sentence(act, situation, "en", about="XB").startswith("Birchland and 1 more: ")
    assert act_sentence(act, situation, "ru", about="XB").startswith("Березия и ещё 1: ")
    assert act_sentence(act, situation, "zh", about="XB").startswith("桦木国及其他1方：")


def test_a_brief_sentence_repeats_neither_party_nor_status(situation: Situation) -> None:
    act = situation.record.act("xc-friend")
    assert (
        act_sentence(act, situation, "en", brief=True)
        == "decision to grant, 2 June 2000 (Assembly)"
    )
    ended = an_act(KINDS["status_ended"], manner="lapsed")
    assert act_sentence(ended, situation, "en", brief=True).startswith("lapsed, 9 June 2017")


def test_a_stage_that_gives_the_status_on_every_basis_says_no_basis(situation: Situation) -> None:
    act = an_act(KINDS["stage_reached"], status="member", stage="admitted")
    assert "the status “member” begins (admission)" in act_sentence(act, situation, "en")


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2017-06-09", ("9 June 2017", "9 июня 2017 г.", "2017年6月9日")),
        ("2009-01", ("January 2009", "январь 2009 г.", "2009年1月")),
        ("1962", ("1962", "1962 г.", "1962年")),
    ],
)
def test_dates(when: str, expected: tuple[str, ...]) -> None:
    day = PartialDate.parse(when)
    assert tuple(date_text(day, language) for language in LANGUAGES) == expected


def test_periods() -> None:
    first, last = date(2000, 1, 1), date(2001, 1, 1)
    assert period_text(Period(first, last), "en") == "1 January 2000 to 1 January 2001"
    assert period_text(Period(first, None), "ru") == "с 1 января 2000 г."
    assert period_text(Period(None, last), "zh") == "至2001年1月1日止"
    assert period_text(Period(), "en") == "at all times"


def test_grounds_are_articles_with_text_and_acts_with_sources(situation: Situation) -> None:
    finding = Finding("member", ("pact__art_1", "xd-member", "nowhere"))
    article, act = grounds_lines(finding, situation, "en")
    assert article.summary == "Pact of Lanterns, Article 1: Members"
    assert article.body == "The members and how they join."
    assert article.sources[0].url == "https://example.org/pact"
    assert (act.type, act.confidence) == ("act", "low")
    assert grounds_lines(finding, situation, "zh")[0].summary == "灯笼公约，第1条：成员"


def test_an_article_is_the_version_of_the_day(guild: OrganisationRecord) -> None:
    finding = Finding(None, ("pact__art_7",))
    lines = [
        grounds_lines(finding, guild.situation(on=date(year, 1, 1)), "en")[0].body
        for year in (2009, 2010)
    ]
    assert lines == ["Six months after notice.", "Twelve months after notice."]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("13", "Pact of Lanterns, Article 13"),
        ("8(2)", "Pact of Lanterns, Article 8(2)"),
        ("XXXII", "Pact of Lanterns, Article XXXII"),
        ("TEU 50", "Pact of Lanterns, TEU 50"),
        ("Annex I", "Pact of Lanterns, Annex I"),
        ("", "Pact of Lanterns"),
    ],
)
def test_references(number: str, expected: str, situation: Situation) -> None:
    article = Article("an-article", instrument="pact", number=number)
    assert article_reference(situation.charter, article, "en") == expected
    assert article_reference(situation.charter, Article("practice"), "en") == "practice"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "doubt",
    [
        Doubt("imprecise_date", "xf-partner", "2016"),
        Doubt("disputed_date", "xd-member", "2003-02-01"),
        Doubt("low_confidence", "xd-member"),
        Doubt("medium_confidence", "xf-partner"),
        Doubt("other_basis", "signature", "none"),
        Doubt("other_basis", "signature", "friend"),
        Doubt("other_basis", "signature", "9"),
    ],
    ids=lambda doubt: f"{doubt.code} {doubt.detail}",
)
def test_doubts(doubt: Doubt, language: str, situation: Situation) -> None:
    sentence = doubt_sentence(doubt, situation, language)
    assert sentence[-1] in ".。"
    assert "{" not in sentence
    if doubt.code == "other_basis":
        assert names.basis_name(situation.charter, "signature", language) in sentence
        status = {"none": None}.get(doubt.detail, doubt.detail)
        assert names.status_name(situation.charter, status, situation.on, language) in sentence
    else:
        assert doubt.ground in sentence


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ("yes", "да"),
        ("conditional", "при условии"),
        ("false", "нет"),
        ("2010-07-15", "15 июля 2010 г."),
        ("2010-07", "июль 2010 г."),
        ("1962", "1962"),
        ("patron", "patron"),
        ("xd-member", "1 апреля 2003 г."),
    ],
)
def test_what_another_basis_answers_is_said_in_words(
    detail: str, said: str, situation: Situation
) -> None:
    assert said in elsewhere_text(detail, situation, "ru")


def test_an_unknown_doubt_is_shown_as_it_is(situation: Situation) -> None:
    assert doubt_sentence(Doubt("newly_invented", "xd-member"), situation, "en") == (
        "newly_invented xd-member"
    )


def test_sources_and_other_dates(situation: Situation) -> None:
    assert source_text(Source("a", "A title", publisher="A press"), "en") == "A title, A press"
    assert source_text(Source("only-an-id"), "en") == "only-an-id"
    act = situation.record.act("xd-member")
    assert alternatives_text(act, situation.charter, "en") == (
        "1 February 2003 (Pact of Lanterns, Lantern Press; the preamble says so)",
    )
    assert alternatives_text(act, situation.charter, "zh") == (
        "2003年2月1日 (灯笼公约，Lantern Press; 序言如此表述)",
    )


def test_texts_of_an_act_are_said_in_the_language(guild: OrganisationRecord) -> None:
    texts = {"Ferryton": "Перевозы", "Jo": "Джо", "share": "доля", "a fifth": "пятая часть",
             "No name.": "Нет названия."}  # fmt: skip
    charter = replace(guild.charter, translations={"ru": texts})
    situation = Register([charter]).organisation("guild").situation(on=date(2020, 1, 1))
    said = [
        an_act(KINDS["appointed"], person="Jo"),
        an_act(KINDS["signed"], terms={"share": "a fifth"}),
        an_act(KINDS["noted"], text={"en": "No name."}),
    ]
    person, terms, noted = (act_sentence(each, situation, "ru") for each in said)
    assert "Джо" in person
    assert "Перевозы" in person
    assert "доля: пятая часть" in terms
    assert "Нет названия" in noted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_a_line(language: str, situation: Situation) -> None:
    for rule in rules_on(situation.charter, situation.on):
        line = rule_line(rule, situation.charter, situation.on, language)
        assert line
        assert "{" not in line


def test_rules_in_words(situation: Situation) -> None:
    lines = {
        rule_line(each, situation.charter, situation.on, "en")
        for each in rules_on(situation.charter, situation.on)
    }
    assert lines >= {
        "friend: application → decision to grant → memorandum signed",
        "friend: speak; Assembly; if the chair agrees",
        "member: notice of 12 months",
        "member: loses: all rights",
        "member: expulsion, Assembly",
    }


def test_a_heading_is_plural_but_for_one_and_begins_with_a_capital() -> None:
    status = Status("m", {"en": "member", "ru": "член"}, {"en": "members", "zh": "诸成员"})
    count = Count("f", {"en": "family", "ru": "«семья»"})
    charter = Charter("club", {"m": Versions((status,))}, counts={"f": Versions((count,))})
    day = date(2020, 1, 1)
    said = [names.status_heading(charter, "m", number, day, "en") for number in (0, 1, 2)]
    assert said == ["Members", "Member", "Members"]
    assert names.status_heading(charter, "m", 2, day, "ru") == "Член"
    assert names.status_heading(charter, "m", 2, day, "zh") == "诸成员"
    assert names.count_heading(charter, "f", 2, day, "ru") == "«Семья»"


def test_unknown_identifiers_stand_for_themselves(situation: Situation) -> None:
    charter, day = situation.charter, situation.on
    said = [
        names.status_name(charter, "x", day, "en"), names.body_name(charter, "x", day, "en"),
        names.office_name(charter, "x", day, "en"), names.right_name(charter, "x", "en"),
        names.basis_name(charter, "x", "en"), names.facet_name(charter, "x", "en"),
        names.instrument_name(charter, "x", "en"), names.territory_name(charter, "x", "en"),
        names.status_heading(charter, "x", 2, day, "en"),
        names.count_heading(charter, "x", 2, day, "en"),
        names.stage_name(charter, "member", "x", day, "en"), names.manner_name("x", "en"),
    ]  # fmt: skip
    assert said == ["x"] * len(said)


def test_data_resolves_every_ground(situation: Situation) -> None:
    data: dict[str, Any] = dict(finding_data(situation.status("XD"), situation, "ru"))
    article, act = data["grounds"]
    assert data["value"] == "member"
    assert article["heading"] == "Пакт о фонарях, ст. 1: Члены"
    assert act["sources"] == [
        {"id": "recollection", "title": "По памяти, из открытых сведений", "kind": "recollection"}
    ]
    assert [each["code"] for each in data["doubts"]] == ["low_confidence"]
    assert finding_data(Finding(1, ("gone",)), situation, "en")["grounds"] == [
        {"id": "gone", "type": "unknown"}
    ]


def test_data_of_an_empty_situation(guild: OrganisationRecord) -> None:
    before = guild.situation(on=date(2000, 1, 1), known_at=date(2000, 1, 1))
    data = situation_data(before, "en")
    assert (data["known_acts"], data["last_recorded_at"]) == (0, None)
