"""Acts are chosen by what they name; the counts beside them say what another choice would bring."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.act import Act
from comity.register.browsing import FACETS, Index, Wanted, folded
from comity.register.register import OrganisationRecord, Register
from comity.wording.act_words import texts_of
from tests.core.register.league import act, annul, charter, correct, member, recorded
from tests.core.register.test_properties import histories


def index_of(record: OrganisationRecord) -> Index:
    return Index(texts_of(record)).grown(record, len(record.acts))


def chosen(index: Index, wanted: Wanted, by: str = "effect") -> list[str]:
    places = index.in_order(index.choose(wanted), by="entry" if by == "entry" else "effect")
    return [index.acts[each].id for each in places]


@pytest.fixture
def index() -> Index:
    return index_of(
        recorded(
            member("BB", "1960-01-01", id="bb", authority={"body": "council", "article": "art_1"}),
            member("AA", "1960-01-01", id="aa", note="Signed at the Café Ёлка."),
            act("appointed", "AA", "1955", office="chair", id="chair", confidence="low"),
            act("renamed", "BB", "1970-05-06", names={"en": "Beta", "ru": "Бета"}, id="new-name"),
            correct(2027, "aa", parties=["CC"], note=None),
        )
    )


def test_acts_are_told_by_effect_or_by_entry(index: Index) -> None:
    assert chosen(index, Wanted()) == ["chair", "aa", "bb", "new-name", "correction-2027"]
    assert chosen(index, Wanted(), "entry") == ["bb", "aa", "chair", "new-name", "correction-2027"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted({"kind": "admitted"}), ["aa", "bb"]),
        (Wanted({"kind": "admitted", "party": "BB"}), ["bb"]),
        (Wanted({"party": "AA"}), ["chair", "correction-2027"]),
        (Wanted({"party": "CC"}), ["aa", "correction-2027"]),
        (Wanted({"body": "council"}), ["bb"]),
        (Wanted({"article": "art_1"}), ["bb"]),
        (Wanted({"confidence": "low"}), ["chair"]),
        (Wanted({"year": "1970"}), ["new-name"]),
        (Wanted({"kind": "nothing"}), []),
        (Wanted({"colour": "red"}), []),
    ],
)
def test_acts_are_chosen_by_what_they_name(index: Index, wanted: Wanted, found: list[str]) -> None:
    assert chosen(index, wanted) == found


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (date(1960, 1, 1), date(1960, 1, 1), ["aa", "bb"]),
        (None, date(1955, 6, 1), ["chair"]),
        (date(1955, 12, 31), date(1959, 12, 31), ["chair"]),
        (date(1956, 1, 1), date(1959, 12, 31), []),
        (date(1970, 5, 6), None, ["new-name", "correction-2027"]),
    ],
)
def test_an_act_lies_in_every_period_that_it_may_lie_in(
    index: Index, start: date | None, end: date | None, found: list[str]
) -> None:
    assert chosen(index, Wanted(start=start, end=end)) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("бета", ["bb", "new-name"]),
        ("BETA admitted", []),
        ("beta status", ["bb"]),
        ("new name", ["new-name"]),
        ("мая 1970", ["new-name"]),
        ("1970年5月6日", ["new-name"]),
        ("chair 1955", ["chair"]),
        ("zebra", []),
    ],
)
def test_words_are_looked_for_in_acts_and_in_the_names_of_what_they_name(
    index: Index, words: str, found: list[str]
) -> None:
    assert chosen(index, Wanted(words=tuple(words.split()))) == found


def test_words_are_compared_without_case_and_accents() -> None:
    assert [folded(each) for each in ("Café ЁЛКА", "Türkiye", "İran")] == [
        "cafe елка",
        "turkiye",
        "iran",
    ]
    noted = index_of(recorded(member("AA", id="aa", note="Signed at the Café Ёлка.")))
    for word in ("cafe", "ЕЛКА", "ёлк"):
        assert chosen(noted, Wanted(words=(word,))) == ["aa"]


def test_a_correction_is_read_and_what_it_was_before_is_not(index: Index) -> None:
    assert chosen(index, Wanted(words=("café",))) == []
    assert [each.parties for each in index.acts if each.id == "aa"] == [("CC",)]


def test_an_annulled_act_stays_in_the_record() -> None:
    assert chosen(index_of(recorded(member("AA", id="aa"), annul(2027, "aa"))), Wanted()) == [
        "aa",
        "annulment-2027",
    ]


def test_counts_leave_aside_what_is_asked_of_the_facet_itself(index: Index) -> None:
    found = index.choose(Wanted({"kind": "admitted", "party": "BB"}))
    assert found.total == 1
    assert found.counts["kind"] == {"admitted": 1, "renamed": 1}
    assert found.counts["party"] == {"BB": 1, "CC": 1}
    assert found.counts["confidence"] == {"high": 1}


def test_a_record_without_acts_has_nothing_to_choose() -> None:
    empty = index_of(Register([charter()]).organisation("league"))
    assert chosen(empty, Wanted(words=("a",), start=date(2000, 1, 1))) == []


# Properties

_VALUES = {
    "kind": ["admitted", "renamed", "corrected", "suspended"],
    "party": ["AA", "BB", "CC"],
    "year": ["1955", "1960", "1970"],
}
_wanted = st.builds(
    Wanted,
    values=st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in _VALUES.items()}),
    start=st.none() | st.dates(date(1954, 1, 1), date(1980, 1, 1)),
    end=st.none() | st.dates(date(1954, 1, 1), date(1980, 1, 1)),
    words=st.lists(
        st.sampled_from(["aa", "status", "suspended", "1960", "приост"]), max_size=2
    ).map(tuple),
)


@settings(max_examples=60)
@given(histories(), _wanted)
def test_the_counts_are_what_each_choice_brings(acts: list[Act], wanted: Wanted) -> None:
    index = index_of(Register([charter()], acts).organisation("league"))
    counts = index.choose(wanted).counts
    for facet in FACETS:
        for value, number in counts[facet].items():
            values = {**wanted.values, facet: value}
            other = Wanted(values, wanted.start, wanted.end, wanted.words)
            assert len(chosen(index, other)) == number


@settings(max_examples=60)
@given(histories(), _wanted, _wanted)
def test_choices_compose(acts: list[Act], one: Wanted, other: Wanted) -> None:
    index = index_of(Register([charter()], acts).organisation("league"))
    if any(one.values[each] != other.values[each] for each in one.values.keys() & other.values):
        return
    both = set(chosen(index, one)) & set(chosen(index, other))
    starts = [each for each in (one.start, other.start) if each]
    ends = [each for each in (one.end, other.end) if each]
    together = Wanted(
        {**one.values, **other.values},
        max(starts, default=None),
        min(ends, default=None),
        (*one.words, *other.words),
    )
    exact = {each.id for each in index.acts if each.effective_on.exact}
    assert set(chosen(index, together)) & exact == both & exact


@settings(max_examples=60)
@given(histories(least=2), _wanted, st.integers(1, 13))
def test_an_index_that_grew_is_like_one_made_at_once(
    acts: list[Act], wanted: Wanted, first: int
) -> None:
    record = Register([charter()], acts).organisation("league")
    whole = index_of(record)
    grown = Index(texts_of(record)).grown(record, min(first, len(acts)))
    grown = grown.grown(record, len(acts))
    assert grown.acts == whole.acts
    assert chosen(grown, wanted) == chosen(whole, wanted)
    assert grown.choose(wanted).counts == whole.choose(wanted).counts
