"""Names in the order in which a list of States has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.register.ordering import alphabetical
from tests.core.register.league import charter, league, member

LISTS = {
    "Russian": ["Азербайджан", "Ёлкино", "Ереван", "Индия", "Ирландия", "Йемен", "Кипр"],
    "English with accents": ["Åland", "Albania", "Côte d'Ivoire", "Croatia", "Türkiye", "Uganda"],
    "case does not count": ["albania", "Belgium", "cyprus"],
    "a space is before a letter": ["Guinea", "Guinea Bissau", "Guineaa"],
}


@pytest.mark.parametrize("what", LISTS)
def test_names_are_sorted_as_a_list_of_states_has_them(what: str) -> None:
    wanted = LISTS[what]
    by_code_point = sorted(wanted)
    by_code_point.sort(key=alphabetical)
    assert by_code_point == wanted


@given(st.text())
def test_accents_and_case_never_count(text: str) -> None:
    assert alphabetical(text.upper().lower()) == alphabetical(text.upper().lower().upper().lower())


@given(st.permutations(["AA", "BB", "CC", "DD"]))
def test_without_names_the_codes_decide_and_the_given_order_never(codes: list[str]) -> None:
    situation = league(member("AA")).situation(on=charter().founded_on or pytest.fail("undated"))
    assert situation.order(codes) == ("AA", "BB", "CC", "DD")
