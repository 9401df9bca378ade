"""What is left out to be quick changes no answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.act import Act
from comity.membership import answers
from comity.membership.rights import Holder
from comity.register.register import OrganisationRecord, Register
from comity.register.situation import Situation
from tests.core.register.league import PARTIES, charter
from tests.core.register.test_properties import DAYS, histories

Question = Callable[[Situation], object]
QUESTIONS: tuple[Question, ...] = (
    *(lambda s, p=party: s.status(p) for party in PARTIES[:3]),
    *(lambda s, p=party: s.status(p, "command") for party in PARTIES[:3]),
    *(lambda s, p=party: s.since(p) for party in PARTIES[:3]),
    *(lambda s, p=party: s.suspension(p) for party in PARTIES[:3]),
    *(lambda s, p=party: s.name(p) for party in PARTIES[:3]),
    *(lambda s, p=party: s.may(p, "speak") for party in PARTIES[:3]),
    *(lambda s, p=party: s.may(p, "attend", "council") for party in PARTIES[:3]),
    lambda s: s.roster(),
    lambda s: s.roster("observer"),
    lambda s: s.roster(facet="command"),
    lambda s: s.count("family"),
    lambda s: s.count("member"),
    lambda s: s.all_suspended(),
    lambda s: s.composition("council"),
    lambda s: s.bodies(),
    lambda s: s.next_office("chair"),
)


def _record(acts: list[Act]) -> OrganisationRecord:
    return Register([charter()], acts).organisation("league")


@settings(max_examples=50)
@given(histories(), st.permutations(QUESTIONS), st.sampled_from(DAYS))
def test_an_answer_does_not_depend_on_what_was_asked_before(
    acts: list[Act], questions: list[Question], day: date
) -> None:
    record = _record(acts)
    for basis in record.charter.bases:
        one = record.situation(on=day, basis=basis)
        for ask in (*questions, *questions):
            assert ask(one) == ask(record.situation(on=day, basis=basis))


def _of(history: Any, record: OrganisationRecord, day: date) -> list[object]:
    rules: dict[str, Any] = {"charter": record.charter, "day": day}
    return [
        *(answers.status_on(history, **rules, facet=each) for each in record.charter.facets),
        *(answers.holds(history, **rules, status=each) for each in record.charter.statuses),
        answers.suspension_on(history, **rules),
        answers.suspension_doubts(history, day),
        answers.doubts_of_absence(history, statuses=("member", "observer"), day=day),
    ]


@settings(max_examples=100)
@given(histories(), st.sampled_from(PARTIES[:3]), st.sampled_from(DAYS))
def test_a_history_whose_dates_are_sure_has_no_doubts_about_dates(
    acts: list[Act], party: str, day: date
) -> None:
    record = _record(acts)
    for basis in record.charter.bases:
        history = record.history(party, basis=basis, known=len(acts))
        assert _of(history, record, day) == _of(replace(history, all_sure=False), record, day)


@settings(max_examples=50)
@given(histories(), st.sampled_from(DAYS))
def test_a_right_is_the_same_in_all_bodies_that_no_grant_names(acts: list[Act], day: date) -> None:
    record = _record(acts)
    situation = record.situation(on=day)
    for party in PARTIES[:3]:
        holder = Holder(situation.folded(party), charter=record.charter, day=day)
        for body in (each.id for each in situation.bodies()):
            if situation.body(body).value == "active":
                own = holder.may("speak", body)
                found = situation.may(party, "speak", body)
                assert (found.value, found.grounds[:1]) == (own.value, own.grounds[:1])
