"""Whatever the rules of a treaty are, each is told whole."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args, get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.decision.model import HEADS
from comity.decision.numbers import Rounding
from comity.treaty import model
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
    Counting,
    Entry,
    Every,
    Fixed,
    InForce,
    Not,
    NotBefore,
    Of,
    Start,
    Step,
    Termination,
    Together,
    Treaty,
    Way,
    Weights,
    WeightTable,
    Withdrawal,
)
from comity.wording.catalogue import LANGUAGES
from comity.wording.treaties import treaty_sentences
from tests.core.wording.treaties import ALWAYS, assert_whole

CLASSES = {"members": Class("members", {"AA": ALWAYS}), "others": Class("others")}
WEIGHTS = {"tons": Weights("tons", (WeightTable({}, 100),))}


def several(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(inner, min_size=1, max_size=3).map(tuple)


def _day_of_year(day: date) -> tuple[int, int]:
    return day.month, day.day


NAMES = st.sampled_from(("members", "others", "all", "signatories"))
SOME = st.lists(st.sampled_from(("members", "others")), max_size=2).map(tuple)
WAYS = st.lists(st.sampled_from(KINDS), max_size=3, unique=True).map(tuple)
NUMBERS = st.integers(0, 130) | st.fractions(0, 100)
CALENDAR = st.dates(date(1900, 1, 1), date(2100, 1, 1))
STEPS = st.lists(
    st.builds(
        Step, st.sampled_from(get_args(get_type_hints(Step)["unit"])), st.integers(0, 130),
        st.integers(0, 40), st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(_day_of_year),
    ),
    max_size=3,
).map(tuple)  # fmt: skip
ARTICLES = st.sampled_from(("", "art_1"))
AMOUNTS = st.builds(
    Amount, NUMBERS, st.sampled_from(("", TOTAL, CONSENTS, "members", "all")),
    st.sampled_from(("", "tons")), st.sampled_from((None, *get_args(Rounding))), st.integers(0, 2),
)  # fmt: skip
LEAVES = st.one_of(
    st.builds(
        model.Test, st.sampled_from(get_args(model.Comparator)), AMOUNTS, NAMES, SOME, WAYS,
        st.sampled_from((HEADS, "tons")), ARTICLES,
    ),
    st.builds(Every, NAMES, SOME, WAYS, ARTICLES),
    st.builds(Certified, st.just("list"), ARTICLES),
    st.builds(InForce, st.just("other"), ARTICLES),
)  # fmt: skip
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(Together, several(inner), st.booleans(), ARTICLES)
        | st.builds(Not, inner, ARTICLES)
    ),
    max_leaves=6,
)  # fmt: skip
OTHER = st.sampled_from(("", "other"))
DATES = st.recursive(
    st.builds(Fixed, CALENDAR)
    | st.builds(After, STEPS, st.sampled_from((None, *get_args(Start))), OTHER),
    lambda inner: (
        st.builds(Of, several(inner), st.booleans())
        | st.builds(Cases, st.tuples(st.builds(Case, inner, CALENDAR), st.builds(Case, inner)))
        | st.builds(NotBefore, inner, several(inner))
    ),
    max_leaves=4,
)  # fmt: skip
MODELS = st.builds(
    Treaty,
    st.just("t"),
    st.none() | st.builds(Entry, CONDITIONS, DATES, st.none() | DATES, st.booleans(), ARTICLES),
    ways=st.lists(st.builds(Way, DATES, WAYS, NAMES, SOME), max_size=2).map(tuple),
    withdrawal=st.none() | st.builds(Withdrawal, DATES, st.none() | DATES, survives=STEPS),
    termination=st.none() | st.builds(Termination, DATES, st.none() | st.integers(1, 9), ARTICLES),
    counting=st.builds(Counting, st.just("c"), st.booleans(), st.booleans(), st.booleans()),
    classes=st.just(CLASSES),
    weights=st.just(WEIGHTS),
)


@settings(max_examples=150)
@given(rules=MODELS, language=st.sampled_from(LANGUAGES))
def test_whatever_the_rules_they_are_told_whole(rules: Treaty, language: str) -> None:
    sentences = treaty_sentences(rules, language)
    assert len(sentences) >= 3
    assert_whole(sentences)
