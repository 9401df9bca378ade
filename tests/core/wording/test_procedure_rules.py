"""What procedures say, stage by stage, in three languages, and what in them has no name."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.kernel import documents
from comity.procedure.calendars import FALLS, THENS, UNITS, Span
from comity.procedure.coherence import CONDITION_KINDS
from comity.procedure.model import CLEARS, COUNTED, Procedure
from comity.procedure.read import read_file, read_procedures
from comity.procedure.structure import ENDS
from comity.wording.catalogue import LANGUAGES, catalogue
from comity.wording.procedure_names import procedure_name, unnamed_in
from comity.wording.procedure_rules import span_text, stage_sentences
from comity.wording.procedures import Teller

ASSEMBLY = read_file(Path(__file__).parents[1] / "procedure" / "data" / "assembly.yaml")
EVERY = [each for versions in ASSEMBLY.versions.values() for each in versions]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("procedure", EVERY, ids=lambda each: each.id)
def test_every_stage_can_be_said(procedure: Procedure, language: str) -> None:
    teller = Teller(procedure, language)
    for stage in procedure.stages.values():
        said = stage_sentences(stage, teller)
        expected = len(stage.takes) + bool(stage.deadline) + bool(stage.body) + bool(stage.rule)
        expected += bool(stage.outcome) + bool(stage.binds)
        assert len(said) == expected
        assert not any("{" in each or "}" in each for each in said)


SAID = {
    ("silence", "prepared"): [
        "May table a proposal (rule 1): a member or the Secretariat. → issued: the draft",
        "May open silence (rule 6, para. 1), if number of times (the proposal): at least 1 "
        "(rule 1), if the period set: at least 72 hours (rule 6, para. 1): the Chair. → “silence”; "
        "issued: the notice of silence",
    ],
    ("silence_inclusive", "adopted"): [
        "Outcome: adopted.",
        "The decision binds later: 3 months (end of the day; moved to the next working day) after "
        "the beginning of the stage.",
    ],
    ("ladder", "consensus"): [
        "Before: coordinators.",
        "May give a position (rule 5): a member.",
        "May put the matter to a decision (rule 5): the Chair. → decision – adopted: “adopted”; "
        "otherwise: “vote”; positions are forgotten",
    ],
}


@pytest.mark.parametrize(("procedure", "stage"), SAID)
def test_a_stage_says_who_may_do_what_when_and_what_follows(procedure: str, stage: str) -> None:
    found = ASSEMBLY.on(procedure)
    assert stage_sentences(found.stage(stage), Teller(found, "en")) == SAID[procedure, stage]


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (Span(1, "clock_hours"), "1 hour"),
        (Span(3, "office_days", "close_of_office"), "3 working days (close of office)"),
        (
            Span(1, "months", "end_of_day", "previous_office_day"),
            "1 month (end of the day; moved to the working day before)",
        ),
        (
            Span(3, "months", then="first_of_next_month"),
            "3 months (on the first day of the month after)",
        ),
    ],
)
def test_a_period_is_said_whole(span: Span, said: str) -> None:
    assert span_text(span, "en") == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_word_for_everything_that_procedures_know(language: str) -> None:
    words = {f"procedure_condition.{each}" for each in CONDITION_KINDS}
    words |= {f"procedure_counted.{each}" for each in COUNTED}
    words |= {f"procedure_period.{each}{one}" for each in UNITS for one in ("", "_one")}
    words |= {f"procedure_period.{each}" for each in (*ENDS, *FALLS, *THENS)}
    words |= {f"procedure_rule.clears_{each}" for each in CLEARS}
    words |= {"procedure_rule.until_inclusive", "procedure_rule.until_exclusive"}
    words -= {f"procedure_period.{each}" for each in ("same_time", "as_it_is", "same_day")}
    assert words - {*catalogue(language)} == set()


NAMELESS = """
articles: {rule_1: {names: {en: rule 1}}}
roles: {chair: {}}
documents: {note: {names: {en: the note, ru: записка, zh: 照会}}}
procedures:
  talk:
    names: {en: Talk, ru: Беседа, zh: 会谈}
    starts: open
    stages: {open: {takes: [{event: withdrawn, by: chair, issues: [note]}]}}
"""


def test_what_has_no_name_is_told_and_a_readable_one_stands_for_it() -> None:
    procedures = read_procedures(documents.parse(NAMELESS))
    assert [each.found for each in unnamed_in(procedures, LANGUAGES)] == [
        'the role "chair" has no name in en, ru, zh',
        'the article "rule_1" has no name in ru, zh',
        'the stage "talk.open" has no name in en, ru, zh',
    ]
    talk = procedures.on("talk")
    assert procedure_name(talk, "ru") == "Беседа"
    assert stage_sentences(talk.stage("open"), Teller(talk, "en")) == [
        "May withdraw the proposal: chair. → issued: the note"
    ]
