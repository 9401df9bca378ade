"""What follows from the record of a treaty as sentences, and why an act was not taken."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.dates import Period
from comity.kernel.finding import Doubt
from comity.treaty.admitting import REFUSALS
from comity.treaty.counting import Reckoned
from comity.treaty.fold import status_of
from comity.treaty.model import (
    KINDS,
    After,
    Amount,
    Certified,
    Entry,
    Every,
    Fixed,
    InForce,
    NotBefore,
    Provisional,
    Step,
    Together,
    Treaty,
    Way,
    Withdrawal,
)
from comity.treaty.model import Test as Asked
from comity.treaty.record import KINDS as ACTS
from comity.treaty.record import Act, Around, Mode, Record
from comity.treaty.status import Bound, Party, Refused, Stage, Status
from comity.wording.catalogue import LANGUAGES, catalogue
from comity.wording.treaty_dates import taken
from comity.wording.treaty_names import Voice
from comity.wording.treaty_refusals import act_text, refusal_sentence
from comity.wording.treaty_status import (
    doubt_sentence,
    entry_sentences,
    party_sentences,
    status_sentences,
)
from tests.core.wording import treaties
from tests.core.wording.treaties import FOURTH_DEPOSIT, assert_whole, days, years


def deposit(name: str, party: str, on: date, kind: str = "ratification") -> Act:
    return Act(name, "consented", on, party, kind)


ACTS_OF_FOUR = (
    Act("adopted", "adopted", date(2030, 1, 1)),
    deposit("first", "AA", date(2030, 1, 10)),
    deposit("second", "BB", date(2030, 2, 1)),
    deposit("again", "BB", date(2030, 2, 2), "acceptance"),
    deposit("third", "CC", date(2030, 3, 5)),
    deposit("fourth", "DD", date(2030, 10, 5)),
    deposit("late", "EE", date(2030, 12, 1)),
)
FOUR = Record.of(ACTS_OF_FOUR)
NAMES = {"AA": "Alpha", "BB": "Bravo", "CC": "Charlie", "DD": "Delta", "EE": "Echo"}

NOT_IN_FORCE = {
    "en": [
        "“Fourth deposit” on 1 April 2030: open, not in force.",
        "The condition of entry into force is not met.",
        "Required: at least 4 instruments of ratification have been deposited; 3 counted, 4 "
        "needed; missing: 1.",
    ],
    "ru": [
        "«Fourth deposit», 1 апреля 2030 г.: открыт, не в силе.",
        "Условие вступления в силу не выполнено.",
        "Требуется: сдано на хранение не менее 4 документов о ратификации; учтено 3, нужно 4; "
        "не хватает: 1.",
    ],
    "zh": [
        "《Fourth deposit》，2030年4月1日：已开放，未生效。",
        "生效条件尚未满足。",
        "要求：已交存不少于4份批准书；计3，需要4；尚缺：1。",
    ],
}
MET = {
    "en": [
        "“Fourth deposit” on 5 October 2030: condition met, not yet in force.",
        "The condition of entry into force was met on 5 October 2030; the treaty enters into "
        "force on 4 November 2030.",
        "Required: at least 4 instruments of ratification have been deposited; 4 counted, 4 "
        "needed; met.",
        "5 October 2030, plus 30 days: 4 November 2030.",
        "This rests on: art_21; Alpha (ratification, 10 January 2030); Bravo (ratification, "
        "1 February 2030); Charlie (ratification, 5 March 2030); Delta (ratification, 5 October "
        "2030).",
    ],
    "ru": [
        "«Fourth deposit», 5 октября 2030 г.: условие выполнено, ещё не в силе.",
        "Условие вступления в силу выполнено 5 октября 2030 г.; договор вступает в силу 4 ноября "
        "2030 г.",
        "Требуется: сдано на хранение не менее 4 документов о ратификации; учтено 4, нужно 4; "
        "выполнено.",
        "5 октября 2030 г., плюс 30 дней: 4 ноября 2030 г.",
        "Основания: art_21; Alpha (ратификация, 10 января 2030 г.); Bravo (ратификация, 1 февраля "
        "2030 г.); Charlie (ратификация, 5 марта 2030 г.); Delta (ратификация, 5 октября 2030 г.).",
    ],
    "zh": [
        "《Fourth deposit》，2030年10月5日：条件已满足，尚未生效。",
        "生效条件于2030年10月5日满足；条约将于2030年11月4日生效。",
        "要求：已交存不少于4份批准书；计4，需要4；已满足。",
        "2030年10月5日，加30日：2030年11月4日。",
        "依据：art_21；Alpha（批准，2030年1月10日）；Bravo（批准，2030年2月1日）；Charlie（批准，"
        "2030年3月5日）；Delta（批准，2030年10月5日）。",
    ],
}
LATER = {
    "en": "Echo: ratification: 1 December 2030; party since 31 December 2030 (1 December 2030, "
    "plus 30 days: 31 December 2030).",
    "ru": "Echo: ратификация: 1 декабря 2030 г.; участник с 31 декабря 2030 г. (1 декабря "
    "2030 г., плюс 30 дней: 31 декабря 2030 г.).",
    "zh": "Echo：批准：2030年12月1日；自2030年12月31日起为缔约方（2030年12月1日，加30日："
    "2030年12月31日）。",
}
AGAIN = {
    "en": "Not taken: Bravo (acceptance, 2 February 2030): acceptance, but there is a consent to "
    "be bound already: Bravo (ratification, 1 February 2030).",
    "ru": "Не учтено: Bravo (принятие, 2 февраля 2030 г.): принятие, но согласие на "
    "обязательность уже выражено: Bravo (ратификация, 1 февраля 2030 г.).",
    "zh": "未予计入：Bravo（接受，2030年2月2日）：接受，而此前已表示同意受约束：Bravo（批准，"
    "2030年2月1日）。",
}


def said(status: Status, language: str = "en") -> list[str]:
    return status_sentences(status, language, lambda each: NAMES.get(each, each))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_is_said(language: str) -> None:
    sentences = said(status_of(FOURTH_DEPOSIT, FOUR, date(2030, 4, 1)), language)
    assert sentences[:3] == NOT_IN_FORCE[language]
    assert sentences[-1] == AGAIN[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_because_of_whose_consents_the_condition_was_met_and_when_it_enters(language: str) -> None:
    sentences = said(status_of(FOURTH_DEPOSIT, FOUR, date(2030, 10, 5)), language)
    assert sentences[:5] == MET[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_parties_are_told_one_by_one(language: str) -> None:
    assert LATER[language] in said(status_of(FOURTH_DEPOSIT, FOUR, date(2031, 1, 1)), language)


def test_in_force_is_said_with_the_number_of_parties() -> None:
    sentences = said(status_of(FOURTH_DEPOSIT, FOUR, date(2030, 11, 4)))
    assert sentences[0] == "“Fourth deposit” on 4 November 2030: in force."
    assert sentences[1].endswith("; the treaty entered into force on 4 November 2030.")
    assert "Parties on 4 November 2030: 4." in sentences
    assert (
        "Alpha: ratification: 10 January 2030; party since 4 November 2030 (art_21)." in sentences
    )


def test_another_day_of_the_depositary_is_said_beside_that_of_the_rule() -> None:
    determined = Act("said", "determined", date(2030, 10, 20), day=date(2030, 11, 5))
    record = Record.of((*ACTS_OF_FOUR, determined))
    sentences = said(status_of(FOURTH_DEPOSIT, record, date(2030, 11, 10)))
    assert sentences[-1] == (
        "The depositary determined 5 November 2030; the rule gives 4 November 2030."
    )
    assert (
        "determination of a date by the depositary: 5 November 2030 (20 October 2030)."
        in (sentences[4])
    )
    alone = status_of(FOURTH_DEPOSIT, Record.of([determined]), date(2030, 11, 10))
    assert said(alone)[-1] == (
        "The depositary determined 5 November 2030; the rule gives no day as yet."
    )
    assert said(alone)[1] == "The treaty entered into force on 5 November 2030."
    coming = status_of(FOURTH_DEPOSIT, Record.of([determined]), date(2030, 11, 4))
    assert said(coming)[1] == "The treaty enters into force on 5 November 2030."


def test_what_a_date_is_held_back_for_is_said() -> None:
    opened = Act("opened", "opened", date(2030, 1, 1))
    consents = [deposit(who, who, date(2030, 2, 1)) for who in ("AA", "BB", "CC")]
    found = status_of(treaties.TEST_BAN, Record.of([opened, *consents]), date(2030, 3, 1))
    assert "1 January 2030, plus 2 years: 1 January 2032." in said(found)
    assert (
        "Its own period ends on 31 July 2030; entry into force is held back until 1 January 2032."
        in said(found)
    )
    held = NotBefore(After((days(1),)), (After((Step("first_of_month", 1, gap=15),)),))
    first = Treaty("t", Entry(Asked("at_least", Amount(1)), held))
    day = date(2030, 1, 20)
    gap = status_of(first, Record.of([deposit("a", "AA", day)]), day)
    assert (
        "20 January 2030, then the first day of a month, not less than 15 days away: 1 March 2030."
        in said(gap)
    )


def test_those_who_are_named_are_missing_by_name() -> None:
    record = Record.of([deposit("a", "AA", date(2030, 2, 1))])
    found = status_of(treaties.TEST_BAN, record, date(2030, 3, 1))
    assert said(found)[2] == (
        "Required: every one of “States listed in Annex 2” has deposited an instrument of "
        "ratification; "
        "1 of 3; missing: Bravo, Charlie."
    )


def test_of_a_weight_the_sum_and_what_it_lacks_are_said_exactly() -> None:
    signed = Act("s", "signed", date(2017, 1, 1), "AA")
    record = Record.of([signed, deposit("a", "AA", date(2030, 2, 1))])
    found = status_of(treaties.PARIS, record, date(2030, 3, 1))
    assert said(found)[4].endswith("; 38 counted of 3700, 2035 needed; missing: 1997.")
    entry = treaties.PARIS.entry
    assert entry is not None
    assert isinstance(entry.when, Together)
    strict = tuple(
        replace(each, comparator="more_than")
        for each in entry.when.conditions
        if isinstance(each, Asked)
    )
    more = replace(treaties.PARIS, entry=replace(entry, when=Together(strict)))
    sentences = said(status_of(more, record, date(2030, 3, 1)))
    assert sentences[3].endswith("; 1 counted, more than 55 needed; missing: 55.")
    assert sentences[4].endswith(
        "; 38 counted of 3700, more than 2035 needed; missing: more than 1997."
    )


def test_of_an_empty_base_nothing_is_missing_and_nothing_met() -> None:
    test = Asked("at_least", Amount(1, "signatories"), "signatories")
    found = status_of(Treaty("t", Entry(test, After())), Record.of([]), date(2030, 1, 1))
    assert said(found)[2].endswith("; 0 counted of 0, 0 needed; not met.")


def test_what_waits_for_a_certificate_or_another_treaty_says_so() -> None:
    both = Together((Certified("the_list"), InForce("other")))
    found = status_of(Treaty("t", Entry(both, After())), Record.of([]), date(2030, 1, 1))
    assert said(found)[2:5] == [
        "Condition of entry into force: the depositary has certified: the list; and “other” is in "
        "force.",
        "Required: the depositary has certified: the list; not met.",
        "Required: “other” is in force; not met.",
    ]


def test_a_condition_met_without_a_day_lapsed_or_ended_is_said() -> None:
    test = Asked("at_least", Amount(1))
    record = Record.of([deposit("a", "AA", date(2030, 2, 1))])
    waits = Treaty("t", Entry(test, After(treaty="other")))
    assert said(status_of(waits, record, date(2030, 3, 1)))[1] == (
        "The condition of entry into force was met on 1 February 2030; the day of entry into "
        "force is not yet known."
    )
    lapsed = Treaty("t", Entry(test, After(), lapses=Fixed(date(2030, 1, 1))))
    assert said(status_of(lapsed, record, date(2030, 3, 1)))[1] == (
        "The condition was not met in time: the treaty can no longer enter into force."
    )
    over = Record.of([*record.acts, Act("end", "terminated", date(2030, 4, 1))])
    sentences = said(status_of(Treaty("t", Entry(test, After())), over, date(2030, 5, 1)))
    assert sentences[0] == "“T” on 1 May 2030: terminated."
    assert sentences[2] == "The treaty ended on 1 April 2030."
    assert (
        "Alpha: ratification: 1 February 2030; party from 1 February 2030 until 1 April 2030 "
        in ("".join(sentences))
    )


def test_everything_about_a_party_is_said() -> None:
    party = Party(
        "AA",
        signed=date(2030, 1, 2),
        consent="a",
        consented=date(2030, 2, 1),
        kind="accession",
        bound=(
            Bound(
                date(2030, 3, 1),
                date(2032, 1, 1),
                determined=True,
                towards={"BB": date(2030, 3, 1), "CC": date(2030, 4, 1)},
                survives_until=date(2033, 1, 1),
                article="art_9",
            ),
            Bound(date(2034, 1, 1)),
        ),
        provisional=(Period(date(2030, 1, 2), date(2030, 3, 1)),),
        reservations=("r",),
        declarations=("waiver",),
        notice="n",
        suspended=(Period(date(2031, 1, 1)),),
    )
    record = Record.of([
        Act("r", "reserved", date(2030, 2, 1), "AA", text="to Article 3"),
        Act("n", "denounced", date(2031, 1, 1), "AA"),
    ])  # fmt: skip
    status = Status(Treaty("t"), record, date(2031, 6, 1), "in_force", parties={"AA": party})
    assert party_sentences(status, Voice(status.treaty, "en", NAMES.__getitem__)) == [
        "Parties on 1 June 2031: 1.",
        "Alpha: signature: 2 January 2030; accession: 1 February 2030; party from 1 March 2030 "
        "until 1 January 2032 (that day no longer) (art_9) (as the depositary determined), only "
        "towards: Bravo (from 1 March 2030), Charlie (from 1 April 2030), obligations continue "
        "until 1 January 2033; party from 1 January 2034; provisional application: 2 January 2030 "
        "to 1 March 2030; suspended: from 1 January 2031; notice of withdrawal: 1 January 2031; "
        "reservations: to Article 3; declarations: waiver.",
    ]
    unsaid = {"consent", "party"}
    changed = {each.name for each in fields(Party)} - unsaid
    assert all(getattr(party, name) for name in changed)


def test_of_whom_nothing_stands_that_is_said() -> None:
    acts = [deposit("a", "AA", date(2030, 1, 1)), Act("b", "revoked", date(2030, 1, 2), "AA")]
    found = status_of(FOURTH_DEPOSIT, Record.of(acts), date(2030, 2, 1))
    assert "Alpha: nothing that stands." in said(found)


ACT = Act("x", "signed", date(2030, 5, 3), "AA")
TOLD = {
    "not_existing": ("AA on 2030-05-03", "…/2030-01-01; 2031-01-01/…",
        "Alpha did not exist on that day; periods of its existence: until 1 January 2030; from "
        "1 January 2031"),
    "kind_not_provided": ("approval", "ratification, accession",
        "approval is not provided for; provided for are: ratification, accession"),
    "not_entitled": ("AA", "signatories, annex_2",
        "not open to Alpha; open to: the signatories, “annex 2”"),
    "not_open_yet": ("2030-05-03", "2030-06-01",
        "done on 3 May 2030, but open only from 1 June 2030"),
    "not_in_force_yet": ("2030-05-03", "",
        "done on 3 May 2030, but possible only once the treaty is in force; day of entry into "
        "force: not known"),
    "already_signed": ("2030-05-03", "first",
        "done on 3 May 2030, but there is a signature already: Alpha (ratification, 10 January "
        "2030)"),
    "other_article": ("art_3, art_4", "art_7",
        "reservation to: art_3, art_4; permitted only to: art_7"),
    "no_such_reservation": ("r", "",
        "no such reservation stands: r; reservations that stand: none"),
    "own_reservation": ("first", "",
        "Alpha (ratification, 10 January 2030) is the party's own reservation"),
    "no_such_declaration": ("provisional", "waiver",
        "no such declaration stands: provisional application; declarations that stand: waiver"),
    "prohibited": ("Article 3", "", "reservations are not permitted: Article 3"),
}  # fmt: skip


@pytest.mark.parametrize("code", TOLD)
def test_a_refusal_is_said_with_what_was_found_and_required(code: str) -> None:
    found, required, reason = TOLD[code]
    refused = Refused("x", code, found, required, "art_9")
    voice = Voice(FOURTH_DEPOSIT, "en", lambda each: NAMES.get(each, each))
    assert refusal_sentence(refused, FOUR, voice, ACT) == (
        f"Not taken: Alpha (signature, 3 May 2030): {reason} (art_9)."
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_has_a_sentence(code: str, language: str) -> None:
    refused = Refused("x", code, "2030-05-03", "2030-06-01")
    sentence = refusal_sentence(refused, Record(), Voice(FOURTH_DEPOSIT, language))
    assert_whole([sentence])
    assert sentence.count("2030") >= 1


@pytest.mark.parametrize(
    ("language", "consent"),
    [("en", "consent to be bound"), ("ru", "согласие на обязательность"), ("zh", "同意受约束")],
)
def test_a_consent_of_which_the_kind_is_not_known_is_a_consent(language: str, consent: str) -> None:
    record = Record.of((*ACTS_OF_FOUR, deposit("again", "AA", date(2030, 5, 3), "")))
    refused = Refused("again", "already_consented", "consented", "first")
    voice = Voice(FOURTH_DEPOSIT, language)
    party = Party("AA", consent="again", consented=date(2030, 5, 3))
    status = Status(FOURTH_DEPOSIT, record, date(2030, 5, 3), "open", parties={"AA": party})

    assert consent in refusal_sentence(refused, record, voice)
    assert consent in party_sentences(status, voice)[1]


def test_no_refusal_is_told_that_there_is_not() -> None:
    codes = {each.partition(".")[2] for each in catalogue("en") if "treaty_refusal." in each}
    assert codes == {*REFUSALS, "refused"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_vocabulary_of_the_record_has_words(language: str) -> None:
    words = set(catalogue(language))
    assert {f"treaty_stage.{each}" for each in get_args(Stage)} <= words
    assert {f"treaty_act.{each}" for each in ACTS} <= words
    assert {f"treaty_act.signed_{each}" for each in get_args(Mode) if each != "simple"} <= words
    topics = ("not_provisional", "provisional", "provisional_ended", "waiver")
    assert {f"treaty_topic.{each}" for each in topics} <= words
    steps = ("after", "gap", "first", "first_same", "first_nth", "year", "year_same", "year_nth")
    assert {f"treaty_status.step_{each}" for each in (*steps, "next", "next_same")} <= words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", get_args(get_type_hints(Step)["unit"]))
def test_every_step_taken_has_words(unit: Any, language: str) -> None:
    voice = Voice(Treaty("t"), language)
    start, end = date(2029, 12, 30), date(2031, 1, 31)
    told = {
        taken(Reckoned(Step(unit, number, gap, (2, 29), or_same), start, end), voice)
        for number in (0, 1, 2, 13)
        for gap in (0, 15)
        for or_same in (False, True)
    }
    assert len(told) == {"next": 3, "first_of_month": 5, "end_of_year": 5}.get(unit, 4)
    for each in told:
        assert_whole([voice.sentence(each)])
        assert "2029" in each
        assert "2031" in each


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (ACT, "AA (signature, 3 May 2030)"),
        (replace(ACT, mode="ad_referendum"), "AA (signature ad referendum, 3 May 2030)"),
        (replace(ACT, kind="declared", topic="waiver"), "AA (declaration: waiver, 3 May 2030)"),
        (replace(ACT, kind="accepted_accession", of="BB"),
         "AA (acceptance of an accession: BB, 3 May 2030)"),
        (replace(ACT, kind="extended", until=date(2031, 1, 1)),
         "AA (extension of a notice of withdrawal: 1 January 2031, 3 May 2030)"),
        (Act("x", "certified", date(2030, 5, 3), what="the_list"),
         "certificate of the depositary: the list (3 May 2030)"),
    ],
)  # fmt: skip
def test_an_act_is_told_with_what_it_is_about(act: Act, told: str) -> None:
    assert act_text(act, Voice(FOURTH_DEPOSIT, "en")) == told


def test_a_doubt_of_another_kind_is_said_as_everywhere() -> None:
    status = status_of(FOURTH_DEPOSIT, FOUR, date(2030, 4, 1))
    doubt = Doubt("low_confidence", "first")
    assert doubt_sentence(doubt, status, Voice(FOURTH_DEPOSIT, "en")) == (
        "Little of the sources was seen (AA (ratification, 10 January 2030))."
    )


PARTIES = ("AA", "BB", "CC", "EU")
FIRST = date(2030, 1, 1)
DAYS = st.integers(0, 900).map(lambda number: FIRST + timedelta(number))


@st.composite
def acts(draw: st.DrawFn) -> list[Act]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(sorted(ACTS)))
        values: dict[str, Any] = {"text": "to Article 3", "what": "list", "topic": "waiver"}
        values |= {"of": "BB", "to": "a0", "day": draw(DAYS), "until": draw(DAYS)}
        needs = ACTS[kind].needs
        kept = {name: value for name, value in values.items() if name in needs}
        consent = draw(st.sampled_from(KINDS)) if "kind" in needs else ""
        party = draw(st.sampled_from(PARTIES)) if "party" in needs else ""
        mode = draw(st.sampled_from(get_args(Mode)))
        found.append(Act(f"a{number}", kind, draw(DAYS), party, consent, mode, **kept))
    return found


RULES = st.sampled_from((
    *treaties.EVERY,
    replace(
        treaties.PARIS,
        entry=Entry(Asked("more_than", Amount(1)), After((Step("first_of_month", 2),))),
        provisional=Provisional(),
        withdrawal=Withdrawal(After((Step("end_of_year", 1),)), survives=(years(1),)),
    ),
    replace(
        treaties.TEST_BAN,
        entry=Entry(Every("annex_2"), After(treaty="other")),
        ways=(Way(After((Step("next", day=(6, 30)),)), waits=False),),
    ),
))  # fmt: skip


@settings(max_examples=150)
@given(rules=RULES, done=acts(), on=DAYS, language=st.sampled_from(LANGUAGES))
def test_whatever_was_done_is_told_whole(
    rules: Treaty, done: list[Act], on: date, language: str
) -> None:
    around = Around(members={"EURO": {"AA": (Period(),)}})
    status = status_of(rules, Record.of(done), on, around=around)
    assert_whole(status_sentences(status, language))
    voice = Voice(rules, language)
    assert len(party_sentences(status, voice)) == 1 + len(status.parties)
    assert entry_sentences(status, voice)[0]
