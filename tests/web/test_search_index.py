"""The index follows the record: what is new, what reads otherwise, and what was known when."""

from __future__ import annotations

import gc
import re
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from hypothesis import given
from hypothesis import strategies as st

from comity.charter.load import load_inline
from comity.kernel import documents
from comity.kernel.act import Act
from comity.kernel.errors import DataError
from comity.register.records import from_record
from comity.register.register import Register
from comity.tlog.tree import Frontier
from comity_web.register.selectors import HEAD, Present, present
from comity_web.search.acts import enter_acts
from comity_web.search.keeping import index_of, prepare
from comity_web.search.searching import search

RULES = """
charter:
  organisation: {id: league, names: {en: League of Towns, ru: Лига городов}}
  statuses: {member: {names: {en: member town, ru: город-член}}}
  bodies: {assembly: {names: {en: Assembly, ru: Ассамблея}, short_names: {en: ASM}}}
  articles: {art_1: {title: {en: Towns}, text: {en: Any town by the sea may join.}}}
parties:
  AA: {names: {en: Ashford, ru: Эшфорд, zh: 阿什福德}}
  BB: {names: {en: Burg, ru: Бург}}
"""


def act(id: str, kind: str, recorded: int, **fields: Any) -> Act:
    record = {"id": id, "organisation": "league", "kind": kind, "details": {}, **fields}
    record.setdefault("effective_on", "2001-02-03")
    return from_record({**record, "recorded_at": f"2020-01-{recorded:02}T00:00:00Z"})


def admitted(id: str, party: str, recorded: int, **fields: Any) -> Act:
    return act(id, "admitted", recorded, parties=[party], details={"status": "member"}, **fields)


def renamed(id: str, name: str, recorded: int, **fields: Any) -> Act:
    details = {"names": {"en": name}}
    return act(id, "renamed", recorded, parties=["AA"], details=details, **fields)


ACTS = (
    admitted("a", "AA", 1, place="Harbour", note="With a pier."),
    admitted("b", "BB", 2, effective_on="1999"),
    renamed("r", "Newford", 3, effective_on="2005-06-07"),
    act("c", "corrected", 4, details={"act": "a", "changes": {"place": "Lighthouse"}}),
    act("n", "annulled", 5, details={"act": "r"}),
    act("u", "annulled", 6, details={"act": "n"}),
)


class League:
    """A small register that grows act by act."""

    def __init__(self, acts: int = 0) -> None:
        self.register = Register([load_inline(documents.parse(RULES))])
        self.record(acts)

    def record(self, acts: int) -> Present:
        """Record the next acts, and return the register as it stands then."""
        there = len(self.register)
        self.register.append(ACTS[there : there + acts])
        return self.now(len(self.register))

    def now(self, known: int) -> Present:
        return Present(self.register, Frontier(), None, {"league": known})


def ids(now: Present, text: str, **asked: Any) -> list[str]:
    return [hit.id for hit in search(now, text, "en", limit=100, **asked).hits]


def test_an_act_is_found_as_soon_as_it_is_recorded_and_not_before() -> None:
    league = League()
    before = league.record(1)
    assert ids(before, "Ashford") == ["AA", "a"]
    after = league.record(1)
    assert ids(after, "Burg") == ["BB", "b"]
    assert ids(before, "Burg") == ["BB"]


def test_an_earlier_state_is_answered_while_the_index_knows_more() -> None:
    league = League(acts=6)
    assert ids(league.now(6), "Lighthouse") == ["a"]
    assert [ids(league.now(known), "Harbour") for known in (0, 1, 3, 4)] == [[], ["a"], ["a"], []]


def test_a_corrected_act_is_found_as_it_reads_now() -> None:
    now = League(acts=4).now(4)
    assert (ids(now, "Lighthouse"), ids(now, "Harbour")) == (["a"], [])
    hit = search(now, "Lighthouse pier", "en").hits[0]
    assert "Lighthouse" in hit.label.text
    assert hit.match
    assert hit.match.marked.parts() == (("With a ", False), ("pier", True), (".", False))


def test_a_party_is_found_by_the_names_that_acts_give_it_as_long_as_they_stand() -> None:
    league = League(acts=6)
    known_by_then = {2: [], 3: ["AA"], 4: ["AA"], 5: [], 6: ["AA"]}
    for known, found in known_by_then.items():
        assert ids(league.now(known), "Newford", kinds=("party",)) == found, known


def test_a_party_that_is_renamed_is_found_with_its_earlier_acts() -> None:
    assert ids(League(acts=3).now(3), "Newford") == ["AA", "r", "a"]


def test_nothing_is_found_that_was_recorded_after_the_moment_of_knowledge() -> None:
    now = League(acts=6).now(6)
    assert ids(now, "Burg", known_at=date(2020, 1, 1)) == ["BB"]
    assert ids(now, "Burg", known_at=date(2020, 1, 2)) == ["BB", "b"]
    assert ids(now, "Harbour", known_at=date(2020, 1, 3)) == ["a"]
    assert ids(now, "Harbour", known_at=date(2020, 1, 4)) == []


def test_what_is_called_otherwise_on_the_day_says_so() -> None:
    now = League(acts=3).now(3)
    old = search(now, "Newford", "en", on=date(2004, 1, 1)).hits[0]
    assert (old.label.text, old.match and old.match.by) == ("Ashford", "later_name")
    new = search(now, "Ashford", "en", on=date(2006, 1, 1)).hits[0]
    assert (new.label.text, new.match and new.match.by) == ("Newford", "former_name")


def test_a_year_finds_what_is_known_to_the_year_and_a_day_does_not() -> None:
    now = League(acts=2).now(2)
    assert (ids(now, "1999"), ids(now, "1999-01-01"), ids(now, "1999-01")) == (["b"], [], [])
    assert ids(now, "3 February 2001") == ids(now, "Ashford, February 2001") == ["a"]


QUESTIONS = [
    "Ashford",
    "Newford",
    "Harbour",
    "lighthouse",
    "member",
    "ASM",
    "2001",
    "город",
    "阿什",
]


@given(st.lists(st.integers(0, 6), max_size=4), st.sampled_from(QUESTIONS))
def test_an_index_that_grew_answers_like_a_new_one(steps: list[int], text: str) -> None:
    grown = League()
    for known in sorted({*steps, 6}):
        index_of(grown.record(known - len(grown.register)))
    for known in range(7):
        fresh = League(acts=known).now(known)
        assert search(grown.now(known), text, "ru", limit=100) == search(
            fresh, text, "ru", limit=100
        )


def test_who_asks_while_it_grows_sees_nothing_of_what_is_half_in() -> None:
    league = League(acts=1)
    before = league.now(1)
    index = index_of(before)
    league.record(5)
    enter_acts(index, league.register.organisation("league"), 1, 4)
    assert ids(before, "Burg") == ["BB"]
    assert ids(before, "Ashford 2001") == ["a"]
    assert ids(before, "Newford") == []
    assert ids(before, "Harbour") == ["a"]


def test_many_may_ask_at_once_while_it_is_filled_and_grows() -> None:
    league = League(acts=1)

    def ask(number: int) -> list[str]:
        return ids(league.now(1), QUESTIONS[number % 2])

    with ThreadPoolExecutor(8) as readers:
        asked = [readers.submit(ask, number) for number in range(40)]
        ids(league.record(5), "Newford")
        answers = [each.result() for each in asked]
    assert answers == [["AA", "a"], []] * 20


def test_the_index_of_a_register_goes_with_it() -> None:
    league = League(acts=2)
    index = weakref.ref(index_of(league.now(2)))
    assert index() is not None
    del league
    gc.collect()
    assert index() is None


def test_an_act_that_cannot_be_read_leaves_no_half_an_index() -> None:
    league = League(acts=2)
    details = {"body": "assembly", "opened_on": "yesterday"}  # no register would record this
    league.register.load([act("m", "met", 7, details=details)])
    for _ in range(2):
        with pytest.raises(DataError, match="yesterday"):
            ids(league.now(3), "Ashford")
    assert ids(league.now(2), "Ashford") == ["AA", "a"]


@pytest.mark.usefixtures("published")
def test_the_index_can_be_filled_before_anybody_asks() -> None:
    HEAD.forget()  # as in a process that starts
    prepare()
    index = index_of(present())
    prepare()
    assert index_of(present()) is index


@pytest.mark.usefixtures("published")
def test_filling_the_index_leaves_no_histories_that_nobody_asks_for() -> None:
    HEAD.forget()
    prepare()
    assert not present().register._histories._known


@pytest.mark.usefixtures("published")
def test_a_register_that_cannot_be_read_is_left_to_the_pages() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE register_checkpoint")
    prepare()
    with pytest.raises(DatabaseError):
        present()


@pytest.mark.usefixtures("published")
def test_the_search_can_be_measured() -> None:
    output = StringIO()
    call_command("bench_search", acts=300, organisations=3, queries=9, stdout=output)
    said = output.getvalue()
    assert re.search(r"^synthetic, 300 acts, 3 organisations: index built in", said, re.M)
    assert re.search(r"^  an act more, indexed +median", said, re.M)
