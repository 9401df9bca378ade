"""The rules of treaties as sentences, in three languages; nothing in the model is without words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from comity.decision.model import Provision
from comity.decision.numbers import Rounding
from comity.kernel import documents
from comity.kernel.dates import Period
from comity.treaty import model
from comity.treaty.counting import end_of
from comity.treaty.model import (
    CONSENTS,
    KINDS,
    TOTAL,
    After,
    Amount,
    Case,
    Cases,
    Certified,
    Class,
    Condition,
    Consent,
    Counting,
    Date,
    Entry,
    Every,
    Fixed,
    Having,
    InForce,
    Largest,
    Leaf,
    Moment,
    Not,
    NotBefore,
    Of,
    Provisional,
    Reservations,
    Signature,
    Start,
    Step,
    Termination,
    Together,
    Treaties,
    Treaty,
    Way,
    Weights,
    WeightTable,
    Windows,
    Withdrawal,
)
from comity.wording.catalogue import LANGUAGES, catalogue
from comity.wording.treaties import treaty_sentences
from comity.wording.treaty_dates import calendar_day
from comity.wording.treaty_names import Voice
from tests.core.wording import treaties
from tests.core.wording.treaties import ALWAYS, assert_whole, days, months, years

FILE = Path(__file__).with_name("treaty_sentences.yaml")
GOLDEN = documents.parse(FILE.read_text("utf-8"), FILE.name).data
DAY, LATER = date(2030, 1, 1), date(2031, 1, 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("treaty", treaties.EVERY, ids=lambda each: each.id)
def test_final_clauses_read_as_sentences(treaty: Treaty, language: str) -> None:
    assert treaty_sentences(treaty, language) == GOLDEN[treaty.id][language]


def test_every_golden_treaty_is_read() -> None:
    assert set(GOLDEN) == {each.id for each in treaties.EVERY}


def test_articles_treaties_and_parties_are_called_by_their_names() -> None:
    other = Treaty("base", names={"en": "Base Convention"})
    around = Treaties({"base": other}, {"art_21": Provision({"en": "Article 21"})})
    treaty = replace(
        treaties.PARIS, amends="base", depositary={"fr": "le dépositaire"}, short_names={}
    )
    said = treaty_sentences(
        treaty, "en", name_of={"EU": "European Union"}.__getitem__, around=around,
        article={"art_28": "Article 28"}.__getitem__,
    )  # fmt: skip
    assert said[0] == "The treaty amends “Base Convention”."
    assert said[1] == "Depositary: le dépositaire."
    assert said[2].startswith("Condition of entry into force (Article 21): at least 55 ")
    assert "“Regional economic integration organisations” means European Union." in said
    assert any("by notice (Article 28);" in each for each in said)


@dataclass(frozen=True)
class Sample:
    """A part of the model, where it stands in a treaty, and other values for its fields.

    A value is given with another part where the field says nothing in the first.
    """

    part: Any
    within: Callable[[Any], Treaty]
    others: dict[str, Any]
    silent: tuple[str, ...] = ()


@dataclass(frozen=True)
class From:
    part: Any
    to: Any


WEIGHTS = {name: Weights(name, (WeightTable({}, 100),)) for name in ("tons", "fleet")}
CLASSES = {
    "members": Class("members", {"AA": ALWAYS}),
    "others": Class("others", {"BB": ALWAYS}),
}
TWO = model.Test("at_least", Amount(2))


def when(condition: Condition) -> Treaty:
    return Treaty("t", Entry(condition, After()), classes=CLASSES, weights=WEIGHTS)


def falls(day: Date) -> Treaty:
    return Treaty("t", Entry(TWO, day))


def treaty(**parts: Any) -> Treaty:
    return Treaty("t", classes=CLASSES, weights=WEIGHTS, **parts)


def meant(found: Class) -> Treaty:
    classes = {**CLASSES, "these": found}
    return Treaty("t", binds="these", classes=classes, weights=WEIGHTS)


def weighing(weights: Weights) -> Treaty:
    test = replace(TWO, weight="tons")
    return Treaty("t", Entry(test, After()), weights={"tons": weights})


ACCEPTED = Consent(("accession",), accepted_by="members")
WHOLE = Treaty("t", Entry(TWO, After((days(1),))), classes=CLASSES, weights=WEIGHTS)
HALF = Amount(Fraction(1, 2), "members")
SAMPLES = [
    Sample(model.Test("at_least", HALF, "members"), when, {
        "comparator": "more_than", "amount": Amount(3), "among": "others",
        "without": ("others",), "kinds": ("accession",), "weight": "tons", "article": "art_9",
    }),
    Sample(
        Amount(Fraction(1, 2), CONSENTS, "tons"),
        lambda each: when(model.Test("at_least", each, weight="fleet")),
        {"number": Fraction(1, 3), "of": TOTAL, "of_weight": "fleet", "rounded": "up", "plus": 1},
    ),
    Sample(Every("members"), when, {
        "among": "others", "without": ("others",), "kinds": ("accession",), "article": "art_9",
    }),
    Sample(Certified("list"), when, {"what": "table", "article": "art_9"}),
    Sample(InForce("one"), when, {"treaty": "two", "article": "art_9"}),
    Sample(Together((TWO, InForce("one"))), when, {
        "conditions": (TWO,), "any": True, "article": "art_9",
    }),
    Sample(Not(TWO), when, {"condition": InForce("one"), "article": "art_9"}),
    Sample(Entry(TWO, After()), lambda each: Treaty("t", each), {
        "when": InForce("one"), "falls": Fixed(DAY), "lapses": Fixed(DAY), "must_hold": True,
        "article": "art_9",
    }),
    Sample(days(30), lambda each: falls(After((each,))), {
        "unit": "months", "number": 31,
        "gap": From(Step("first_of_month", 1), 15),
        "day": From(Step("next", day=(1, 1)), (6, 30)),
        "or_same": From(Step("next"), True),
        "counting": Counting(clear_days=True),
    }),
    Sample(Counting(), lambda each: replace(treaties.PARIS, counting=each), {
        "clear_days": True, "day_after": True, "roll_over": True,
    }, silent=("id", "names")),
    Sample(Fixed(DAY), falls, {"day": LATER}),
    Sample(After((days(30),)), falls, {"steps": (), "since": "opening", "treaty": "other"}),
    Sample(Of((Fixed(DAY), After()), latest=True), falls, {
        "dates": (Fixed(LATER), After()), "latest": False,
    }),
    Sample(Case(Fixed(DAY), DAY), lambda each: falls(Cases((each, Case(After())))), {
        "falls": Fixed(LATER), "met_by": LATER,
    }),
    Sample(Cases((Case(Fixed(DAY), DAY), Case(After()))), falls, {"cases": (Case(After()),)}),
    Sample(NotBefore(After(), (Fixed(DAY),)), falls, {
        "falls": After((days(1),)), "others": (Fixed(DAY), Fixed(LATER)),
    }),
    Sample(
        Having("tons", "at_least", 1), lambda each: meant(Class("these", having=each)),
        {"weight": "fleet", "comparator": "more_than", "number": Fraction(5, 2)},
    ),
    Sample(Largest(1, "tons"), lambda each: meant(Class("these", largest=each)), {
        "number": 2, "weight": "fleet", "among": "members",
    }),
    Sample(Class("these"), meant, {
        "spells": {"AA": (Period(DAY),)}, "parties_of": "other", "members_of": "body",
        "having": Having("tons", "at_least", 1), "largest": Largest(1, "tons"),
        "any_of": ("members",), "without": ("members",), "at": "adoption", "size": 12,
        "names": {"en": "The Seven", "ru": "Семёрка", "zh": "七国"},
    }, silent=("id",)),
    Sample(WeightTable({}, 1), lambda each: weighing(Weights("tons", (each,))), {
        "total": 2, "period": Period(DAY), "certified": DAY,
    }, silent=("values", "source")),
    Sample(Weights("tons"), weighing, {
        "tables": (WeightTable({}, 1),), "names": {"en": "tonnage", "ru": "тоннаж", "zh": "吨位"},
    }, silent=("id",)),
    Sample(Signature(), lambda each: treaty(signature=each), {
        "start": DAY, "end": DAY, "by": ("members",), "article": "art_9",
    }),
    Sample(Consent(("accession",)), lambda each: treaty(consents=(each,)), {
        "kinds": ("approval",), "by": ("members",), "start": DAY, "end": DAY, "from_entry": True,
        "accepted_by": "members", "acceptances": From(ACCEPTED, 2),
        "article": "art_9",
    }),
    Sample(Way(After()), lambda each: treaty(entry=Entry(TWO, After()), ways=(each,)), {
        "falls": Fixed(DAY), "kinds": ("accession",), "among": "members", "without": ("members",),
        "consented": "after_entry", "waits": False, "towards_accepting": True, "article": "art_9",
    }),
    Sample(Provisional(), lambda each: treaty(provisional=each), {
        "by": "members", "falls": Fixed(DAY), "unless_declared": True, "end": DAY,
        "ended_by_notice": After((days(60),)), "article": "art_9",
    }),
    Sample(Reservations(), lambda each: treaty(reservations=each), {
        "allowed": False, "articles": ("art_2",), "objection_within": (months(12),),
        "article": "art_9",
    }),
    Sample(
        Windows(years(10), years(10), years(1)),
        lambda each: treaty(withdrawal=Withdrawal(After(), windows=each)),
        {"after": years(5), "every": years(5), "lasts": years(2), "since": "entry"},
    ),
    Sample(Withdrawal(After()), lambda each: treaty(withdrawal=each), {
        "falls": Fixed(DAY), "locked": Fixed(DAY), "rescindable": False, "survives": (years(1),),
        "windows": Windows(years(10), years(10), years(1)), "with_class": "members",
        "article": "art_9",
    }),
    Sample(Withdrawal(), lambda each: treaty(withdrawal=each), {"falls": After()}, silent=(
        "locked", "windows", "rescindable", "survives", "with_class", "article",
    )),
    Sample(Termination(Fixed(DAY), 2), lambda each: treaty(termination=each), {
        "falls": Fixed(LATER), "fewer_than": 3, "article": "art_9",
    }),
    Sample(WHOLE, lambda each: each, {
        "entry": None, "signature": Signature(), "consents": (Consent(("accession",)),),
        "ways": (Way(After((days(30),))),), "binds": "members", "provisional": Provisional(),
        "reservations": Reservations(), "withdrawal": Withdrawal(After()),
        "termination": Termination(fewer_than=2), "counting": Counting(clear_days=True),
        "amends": "other", "binds_newcomers": From(replace(WHOLE, amends="other"), True),
        "part_of": "other", "protocol_to": "other", "replaces": "other",
        "depositary": {"en": "Office", "ru": "Бюро", "zh": "局"},
        "classes": From(meant(Class("these")), {}),
        "weights": From(weighing(WEIGHTS["tons"]), {}),
    }, silent=("id", "names", "short_names", "source", "confidence")),
]  # fmt: skip
FIELDS = [
    pytest.param(sample, each.name, id=f"{type(sample.part).__name__}.{each.name}")
    for sample in SAMPLES
    for each in fields(sample.part)
    if each.name not in sample.silent
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("sample", "field"), FIELDS)
def test_every_field_of_the_model_is_said(sample: Sample, field: str, language: str) -> None:
    other = sample.others[field]
    part, value = (other.part, other.to) if isinstance(other, From) else (sample.part, other)
    before = treaty_sentences(sample.within(part), language)
    after = treaty_sentences(sample.within(replace(part, **{field: value})), language)
    assert after != before
    assert_whole(after)


def test_every_part_of_the_model_has_a_sample() -> None:
    parts = {
        each
        for each in vars(model).values()
        if isinstance(each, type) and each.__module__ == model.__name__ and each is not Treaties
    }
    assert {type(each.part) for each in SAMPLES} == parts
    assert {*get_args(Date), *get_args(Leaf), *get_args(Condition)} <= parts


def literals(part: type, field: str) -> tuple[str, ...]:
    """Return what a field may be, of those that are words."""
    hints: dict[str, Any] = get_type_hints(part)
    return get_args(hints[field])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", literals(Step, "unit"))
def test_every_step_has_words_inside_and_outside(unit: Any, language: str) -> None:
    said = set()
    for number in (0, 1, 2, 5, 12, 13, 21):
        step = Step(unit, number, day=(2, 29))
        for steps in ((step,), (step, days(1))):
            sentences = treaty_sentences(falls(After(steps)), language)
            assert_whole(sentences)
            said.add(sentences[1])
    assert len(said) == (2 if unit == "next" else 14)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_vocabulary_of_the_model_has_words(language: str) -> None:
    words = catalogue(language)
    assert {f"treaty_start.{each}" for each in get_args(Start)} <= set(words)
    assert {f"treaty.{each}" for each in get_args(Moment)} <= set(words)
    assert {f"treaty_kind.{each}" for each in KINDS} <= set(words)
    assert {f"decision.{each}" for each in get_args(model.Comparator)} <= set(words)
    assert {f"decision.rounded_{each}" for each in get_args(Rounding)} <= set(words)
    frozen = get_args(literals(Class, "at")[0])
    assert frozen == ("adoption", "opening")
    assert {f"treaty.at_{each}" for each in frozen} <= set(words)
    deposited = {each.partition(".")[2] for each in words if each.startswith("treaty_instrument.")}
    assert deposited == set(KINDS) - {"definitive_signature", "notification"}


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("en", 1, "at least 1 instrument of approval has been deposited"),
        ("en", 2, "at least 2 instruments of approval have been deposited"),
        ("ru", 1, "сдано на хранение не менее 1 документа об утверждении"),
        ("ru", 2, "сдано на хранение не менее 2 документов об утверждении"),
        ("ru", 21, "сдано на хранение не менее 21 документа об утверждении"),
        ("zh", 1, "已交存不少于1份核准书"),
    ],
)
def test_numbers_of_instruments(language: str, number: int, said: str) -> None:
    test = model.Test("at_least", Amount(number), kinds=("approval",))
    assert said in treaty_sentences(when(test), language)[0]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "через 1 год после"),
        (2, "через 2 года после"),
        (5, "через 5 лет после"),
        (11, "через 11 лет после"),
        (21, "через 21 год после"),
    ],
)
def test_years_in_russian(number: int, said: str) -> None:
    assert said in treaty_sentences(falls(After((years(number),))), "ru")[1]


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (("definitive_signature",),
         "2 consents to be bound have been given by definitive signature."),
        (("acceptance", "succession", "formal_confirmation"),
         "2 instruments of acceptance, succession or formal confirmation have been deposited."),
        ((), "at least 2 consents to be bound have been given."),
    ],
)  # fmt: skip
def test_instruments_are_spoken_of_only_where_there_are_some(
    kinds: tuple[str, ...], said: str
) -> None:
    assert said in treaty_sentences(when(replace(TWO, kinds=kinds)), "en")[0]


def test_shares_and_weights_are_exact() -> None:
    two_thirds = Amount(Fraction(2, 3), "members", rounded="up")
    said = {
        model.Test(
            "more_than", two_thirds, "members"
        ): "more than 2/3 of “members” (rounded up) have consented to be bound",
        model.Test(
            "at_least", replace(two_thirds, number=1, rounded=None), "members"
        ): "at least 100 % of “members” have consented to be bound",
        model.Test(
            "at_least", two_thirds
        ): "the number of consents to be bound given is at least 2/3 of "
        "the number of “members” (rounded up)",
        model.Test(
            "at_least", Amount(Fraction(9075, 10000), TOTAL), weight="tons"
        ): "those who have "
        "consented to be bound account together, by “tons”, for at least 90.75 % of the total",
        model.Test(
            "at_least", Amount(Fraction(1, 2), "members"), weight="tons"
        ): "account together, by “tons”, for at least 1/2 of what “members” have together",
        model.Test(
            "more_than", Amount(Fraction(5, 2)), kinds=("accession",), weight="tons"
        ): "those who "
        "have deposited instruments of accession account together, by “tons”, for more than 2.5",
    }
    for test, words in said.items():
        assert f"{words}." in treaty_sentences(when(test), "en")[0]


@pytest.mark.parametrize(
    ("step", "start", "end", "said"),
    [
        (Step("first_of_month", 0), date(2030, 1, 20), date(2030, 2, 1),
         "on the first day of a month on or after the day"),
        (Step("first_of_month", 0), date(2030, 1, 1), date(2030, 1, 1),
         "on the first day of a month on or after the day"),
        (Step("first_of_month", 1), date(2030, 1, 1), date(2030, 2, 1),
         "on the first day of the month that follows the day"),
        (Step("first_of_month", 3), date(2030, 1, 31), date(2030, 4, 1),
         "on the first day of the third month after the day"),
        (Step("first_of_month", 1, gap=15), date(2030, 1, 20), date(2030, 3, 1),
         "(or of the month after that, where the former is less than 15 days away)"),
        (Step("first_of_month", 1, gap=12), date(2030, 1, 20), date(2030, 2, 1),
         "(or of the month after that, where the former is less than 12 days away)"),
        (Step("end_of_year", 0), date(2030, 1, 20), date(2030, 12, 31),
         "on 31 December of the year that includes the day"),
        (Step("end_of_year", 1), date(2030, 1, 20), date(2031, 12, 31),
         "on 31 December of the year that follows the day"),
        (Step("end_of_year", 2), date(2030, 1, 20), date(2032, 12, 31),
         "on 31 December of the second year after the day"),
        (Step("next", day=(6, 30)), date(2030, 6, 30), date(2031, 6, 30),
         "on the next 30 June after the day"),
        (Step("next", day=(6, 30), or_same=True), date(2030, 6, 30), date(2030, 6, 30),
         "on the first 30 June on or after the day"),
    ],
)  # fmt: skip
def test_words_say_what_is_reckoned(step: Step, start: date, end: date, said: str) -> None:
    assert end_of((step,), start, Counting()) == end
    assert said in treaty_sentences(falls(After((step,))), "en")[1]


@pytest.mark.parametrize(
    ("counting", "step", "end", "said"),
    [
        (Counting(), days(3), date(2030, 3, 4), "3 days after 1 March is 4 March"),
        (Counting(clear_days=True), days(3), date(2030, 3, 5),
         "3 clear days after 1 March is 5 March"),
        (Counting(), months(3), date(2030, 4, 15), "3 months after 15 January is 15 April"),
        (Counting(day_after=True), months(3), date(2030, 4, 16),
         "3 full months after 15 January is 16 April"),
        (Counting(), months(1), date(2030, 4, 30), "1 month after 31 March is 30 April"),
        (Counting(roll_over=True), months(1), date(2030, 5, 1), "1 month after 31 March is 1 May"),
    ],
)  # fmt: skip
def test_examples_of_counting_are_right(
    counting: Counting, step: Step, end: date, said: str
) -> None:
    written = said.partition(" after ")[2].partition(" is ")[0]
    start = {"1 March": (3, 1), "15 January": (1, 15), "31 March": (3, 31)}[written]
    assert end_of((step,), date(2030, *start), counting) == end
    rules = replace(falls(After((step,))), counting=counting)
    assert any(each.endswith(f"{said}.") for each in treaty_sentences(rules, "en"))


def test_a_date_within_another_is_set_apart() -> None:
    late = NotBefore(After((days(1),)), (Fixed(DAY), Fixed(LATER)))
    either = Of((Fixed(DAY), After()), latest=True)
    said = {
        Cases((Case(late, DAY), Case(late))): "(1 day after the day on which the condition is met, "
        "but not before 1 January 2030 and not before 1 January 2031), if the condition is met on "
        "or before 1 January 2030; otherwise (1 day after",
        Of((Fixed(DAY), either), latest=False): "on 1 January 2030 or (on 1 January 2030 or on the "
        "day on which the condition is met, whichever comes last), whichever comes first.",
        NotBefore(either, (late,)): "on 1 January 2030 or on the day on which the condition is "
        "met, whichever comes last, but not before the day determined as follows: (1 day after",
        NotBefore(After(), (either,)): "but not before the latest of (1 January 2030; the day on "
        "which the condition is met).",
    }
    for day, words in said.items():
        assert words in treaty_sentences(falls(day), "en")[1]


def test_the_29th_of_february_is_a_day_of_the_calendar() -> None:
    voice = Voice(Treaty("t"), "zh")
    assert calendar_day((2, 29), voice) == "2月29日"


def test_a_class_is_defined_with_those_it_is_made_of_once() -> None:
    classes = {
        "all_of_them": Class("all_of_them", any_of=("members", "others"), without=("members",)),
        **CLASSES,
        "nobody_asks": Class("nobody_asks"),
    }
    said = treaty_sentences(Treaty("t", binds="all_of_them", classes=classes), "en")
    assert [each for each in said if "means" in each] == [
        "“All of them” means whoever is one of “members”, “others”, but not “members”.",
        "“Members” means AA.",
        "“Others” means BB.",
    ]
