"""Stages, refusals and notices as sentences, in three languages and in any zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comity.procedure.admitting import REFUSALS
from comity.procedure.events import KINDS, Event, Matter
from comity.procedure.fold import state_of
from comity.procedure.model import ACTORS
from comity.procedure.read import read_file
from comity.procedure.standing import Refused, Standing
from comity.procedure.zones import parse_local
from comity.wording.catalogue import LANGUAGES, catalogue
from comity.wording.procedures import (
    Teller,
    issued_sentences,
    next_sentences,
    notice,
    offset_text,
    refusal_sentence,
    standing_sentences,
)

DATA = Path(__file__).parents[1] / "procedure" / "data"
ASSEMBLY = read_file(DATA / "assembly.yaml")
SILENCE = ASSEMBLY.on("silence")
MEMBERS = ("AA", "BB", "CC")
MATTER = Matter.of("A/1", MEMBERS, roles={"chair": ["AA"]})


def at(local: str) -> datetime:
    return parse_local(local, "Asia/Shanghai")


EVENTS = (
    Event("t", "tabled", at("2030-04-29 10:00"), "BB", text="A/1"),
    Event("s", "silence_opened", at("2030-04-30 18:00"), "AA"),
    Event("r", "position_given", at("2030-05-02 09:00"), "BB", "opinion_on_record"),
    Event("o", "position_given", at("2030-05-03 18:04"), "CC", "objects", reason="Costs."),
)


def standing(local: str) -> Standing:
    return state_of(SILENCE, MATTER, EVENTS, at(local)).value


NOTICES = {
    ("en", ""): (
        "“Silence” on “A/1” expired at 18:00 (UTC+8) on 3 May 2030 (rule 6, para. 2); the "
        "objection (CC) was received at 18:04, so the decision stands. May still file an "
        "interpretative statement (rule 7), until 18:00 (UTC+8) on 10 May 2030: any "
        "delegation."
    ),
    ("en", "America/New_York"): (
        "“Silence” on “A/1” expired at 06:00 (UTC-4) on 3 May 2030 (rule 6, para. 2); the "
        "objection (CC) was received at 06:04, so the decision stands. May still file an "
        "interpretative statement (rule 7), until 06:00 (UTC-4) on 10 May 2030: any "
        "delegation."
    ),
    ("ru", ""): (
        "Срок этапа «Молчание» по вопросу «A/1» истёк 3 мая 2030 г., 18:00 (UTC+8) (пункт 2 "
        "правила 6); возражение (CC) – получено в 18:04, поэтому решение остаётся в силе. "
        "Вправе ещё подать заявление о толковании (правило 7), до 10 мая 2030 г., 18:00 "
        "(UTC+8): любая делегация."
    ),
    ("zh", "Asia/Kolkata"): (
        "“A/1”的“默许”已于2030年5月3日15:30（UTC+5:30）届满（第6条第2款）；反对意见（CC）于15:3"
        "4收到，因此该决定有效。仍可提交解释性声明（第7条），至2030年5月10日15:30（UTC+5:30）止：任何代表团"
        "。"
    ),
}


@pytest.mark.parametrize(("language", "zone"), NOTICES)
def test_a_late_objection_is_answered(language: str, zone: str) -> None:
    found = standing("2030-05-03 18:04")
    (refused,) = found.refused
    teller = Teller(SILENCE, language, zone)
    assert notice(refused, found, teller, members=MEMBERS) == NOTICES[language, zone]


def test_an_act_on_another_day_is_told_with_its_day() -> None:
    late = replace(EVENTS[-1], at=at("2030-05-04 09:00"))
    found = state_of(SILENCE, MATTER, [*EVENTS[:-1], late], late.at).value
    said = refusal_sentence(found.refused[0], found, Teller(SILENCE, "en"))
    assert "was received at 09:00 (UTC+8) on 4 May 2030, so" in said


def test_after_a_matter_lapsed_nothing_stands() -> None:
    broken = replace(EVENTS[-1], at=at("2030-05-02 10:00"))
    withdrawal = Event("w", "objection_withdrawn", at("2030-05-13 00:00"), "CC")
    found = state_of(SILENCE, MATTER, [*EVENTS[:-1], broken, withdrawal], withdrawal.at).value
    assert refusal_sentence(found.refused[0], found, Teller(SILENCE, "en")) == (
        "“Silence broken” on “A/1” expired at 00:00 (UTC+8) on 13 May 2030 (rule 6, para. 4); the "
        "withdrawal of the objection (CC) was received at 00:00 and changes nothing."
    )


def test_where_a_matter_stands_is_said_before_and_after() -> None:
    called = {"A/1": "Draft 1", "BB": "Bravo"}
    teller = Teller(SILENCE, "en", name=lambda each: called.get(each, each))
    assert standing_sentences(standing("2030-04-28 10:00"), teller) == [
        "“Draft 1” is at the stage “in preparation”."
    ]
    assert standing_sentences(standing("2030-05-02 12:00"), teller) == [
        "“Draft 1” is at the stage “silence” since 18:00 (UTC+8) on 30 April 2030.",
        "Text: A/1, since 10:00 (UTC+8) on 29 April 2030.",
        "Positions: Bravo: has its view put on record.",
        "The stage ends at 18:00 (UTC+8) on 3 May 2030 (rule 6, para. 2); what comes at that very "
        "instant is late.",
    ]
    assert standing_sentences(standing("2030-05-03 18:00"), teller)[0::3] == [
        "“Draft 1”: adopted, at 18:00 (UTC+8) on 3 May 2030 (stage “adopted”).",
        "Bound: AA, Bravo, CC.",
    ]
    assert issued_sentences(standing("2030-05-03 18:00"), teller)[-1] == (
        "Issued at 18:00 (UTC+8) on 3 May 2030 (rule 6, para. 2): the decision."
    )


def test_who_is_bound_later_and_who_is_not_is_said() -> None:
    tacit = ASSEMBLY.on("tacit")
    votes = [
        Event(f"v{who}", "position_given", at("2030-01-07 10:00"), who, "yes") for who in MEMBERS
    ]
    out = Event("z", "opted_out", at("2030-02-01 10:00"), "DD")
    matter = Matter.of("A/1", [*MEMBERS, "DD"], roles={"chair": ["AA"]})
    events = [*votes, Event("d", "put_to_decision", at("2030-01-07 11:00"), "AA"), out]
    found = state_of(tacit, matter, events, at("2030-07-20 10:00")).value
    assert standing_sentences(found, Teller(tacit, "en"))[-2:] == [
        "Bound from 00:00 (UTC+2) on 7 August 2030: AA, BB, CC.",
        "Not bound: DD.",
    ]


def test_what_may_happen_from_when() -> None:
    consultation = ASSEMBLY.on("consultation")
    found = state_of(consultation, MATTER, EVENTS[:1], EVENTS[0].at).value
    said = next_sentences(found, Teller(consultation, "en"))
    assert (
        "May put the matter to a meeting (rule 4), from 10:00 (UTC+8) on 9 May 2030, until 18:00 "
        "(UTC+8) on 20 May 2030: AA." in said
    )
    inclusive = ASSEMBLY.on("silence_inclusive")
    begun = state_of(inclusive, MATTER, (), EVENTS[0].at).value
    assert (
        next_sentences(begun, Teller(inclusive, "en"))[0]
        == "May table a proposal (rule 1): anyone."
    )


REFUSED = Refused("x", "extended", "BB", at("2030-05-03 18:04"), "", "silence", "rule_3")
SAID = {
    "not_taken": (
        "prepared",
        "silence, broken",
        "The extension (BB) has no place at the stage “in "
        "preparation”; it is taken at: silence, silence broken.",
    ),
    "not_entitled": (
        "BB",
        "chair, objector",
        "The extension is not for BB (rule 3); it is for: the Chair, a member that objects.",
    ),
    "too_long": (
        "2030-05-03T10:00:00Z",
        "2030-05-02T10:00:00Z",
        "The extension (BB) sets the end at "
        "18:00 (UTC+8) on 3 May 2030; the latest is 18:00 (UTC+8) on 2 May 2030 (rule 3).",
    ),
    "too_early": (
        "2030-05-03T10:00:00Z",
        "tabled",
        "The extension (BB) came at 18:00 (UTC+8) on 3 May "
        "2030; it can come from the proposal (rule 3).",
    ),
    "unknown_word": (
        "vetoes_it",
        "objects, no_position",
        "The extension (BB): “vetoes it” is not a "
        "position here; positions are: objects, no position yet.",
    ),
    "not_suspendable": (
        "rule_5",
        "rule_4",
        "The extension (BB): this rule cannot be suspended: rule 5; what can be: rule 4 (rule 3).",
    ),
    "too_few": ("2", "3", "The extension (BB): there are 2, and 3 are needed (rule 3)."),
}


@pytest.mark.parametrize("code", SAID)
def test_a_refusal_is_said_with_what_was_found_and_required(code: str) -> None:
    found, required, said = SAID[code]
    refused = replace(REFUSED, code=code, found=found, required=required)
    assert refusal_sentence(refused, standing("2030-05-01 10:00"), Teller(SILENCE, "en")) == said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_has_a_sentence(code: str, language: str) -> None:
    found = "2030-05-03T10:00:00Z" if code.startswith("too_") else "silence"
    refused = replace(REFUSED, code=code, found=found, required=found)
    said = refusal_sentence(refused, standing("2030-05-01 10:00"), Teller(SILENCE, language))
    assert said
    assert "{" not in said


def test_every_kind_of_event_and_actor_has_a_name_and_what_it_may() -> None:
    keys = catalogue("en")
    for kind in KINDS:
        assert f"procedure_event.{kind}" in keys
        assert f"procedure_may.{kind}" in keys
    for actor in ACTORS:
        key = {"bound": "bound_member", "not_bound": "not_bound_member"}.get(actor, actor)
        assert f"procedure.{key}" in keys
    assert {key for key in keys if key.startswith("procedure_refusal.")} == {
        f"procedure_refusal.{code}" for code in REFUSALS
    }


@pytest.mark.parametrize(
    ("zone", "offset"),
    [("UTC", "UTC"), ("America/St_Johns", "UTC-3:30"), ("Asia/Kathmandu", "UTC+5:45")],
)
def test_offsets_are_written_shortly(zone: str, offset: str) -> None:
    assert offset_text(datetime(2030, 1, 1, tzinfo=UTC), zone) == offset
