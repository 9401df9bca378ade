"""What another outcome would have needed, and why a rule cannot be asked, as sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.decision.needed import needed_amounts_tallied
from comity.decision.other_rules import Missing
from comity.decision.read import read_file
from comity.wording.catalogue import LANGUAGES
from comity.wording.decision_names import missing_reason
from comity.wording.decisions import needed_sentence

RULES = read_file(Path(__file__).parents[1] / "decision" / "data" / "rules.yaml")
OVER = {"yes": 51, "no": 49}
COUNCIL = [{"yes": 9, "members": 15}, {"group": "permanent", "no": 1, "members": 5}]
NEEDED = {
    ("unga_two_thirds", "en", "adopted"): (
        [OVER],
        "In favour: 51 of 100; 67 needed, not met. It would be met if the rule said: at least 51 % "
        "of: in favour + against (51), or a smaller amount; it says: at least 2/3 of: in favour + "
        "against.",
    ),
    ("unga_two_thirds", "ru", "adopted"): (
        [OVER],
        "За: 51 из 100; требуется 67, не выполнено. Было бы выполнено, если бы правило гласило: не "
        "менее 51 % (от числа: за + против), то есть 51, или при меньшем значении; оно гласит: не "
        "менее 2/3 (от числа: за + против).",
    ),
    ("unga_two_thirds", "zh", "adopted"): (
        [OVER],
        "赞成：51（共100）；需要67，未满足。若规则规定：不少于“赞成＋反对”的51%（即51）或更低，则会满足；"
        "现规定：不少于“赞成＋反对”的2/3。",
    ),
    ("unga_simple", "en", "adopted"): (
        [{"yes": 49, "no": 51}],
        "In favour: 49 of 100; 51 needed, not met. It would be met if the rule said: more than 49 "
        "% of: in favour + against (49), but a smaller amount; it says: more than 1/2 of: in "
        "favour + against.",
    ),
    ("unga_two_thirds", "en", "not_adopted"): (
        [{"yes": 67, "no": 33}],
        "In favour: 67 of 100; 67 needed, met. It would not be met if the rule said: at least 67 % "
        "of: in favour + against (67), but a larger amount; it says: at least 2/3 of: in favour + "
        "against.",
    ),
    ("unsc_substantive_9", "en", "adopted"): (
        COUNCIL,
        "Against, in the group “permanent members”: 1; at most 0 allowed, not met. It would be met "
        "if the rule said: at most 1, or a larger amount; it says: nobody.",
    ),
}


@pytest.mark.parametrize(("rule", "language", "outcome"), NEEDED, ids=lambda each: each)
def test_what_would_have_been_needed(rule: str, language: str, outcome: str) -> None:
    tallies, expected = NEEDED[rule, language, outcome]
    found = needed_amounts_tallied(RULES.on(rule), tallies, to=outcome)
    ((needed,),) = found[0].sets
    assert needed_sentence(needed, RULES.on(rule), RULES, language) == expected


MISSING = {
    Missing("earlier_decision", ("unga_simple",)): "depends on a decision under: unga simple",
    Missing("election"): "it elects among candidates",
    Missing("positions", ("abstain", "approves")): "the positions: abstains, approves",
    Missing("groups", ("permanent",)): "in the group: permanent members",
    Missing("weights", ("population",)): "no weights on the day: population",
    Missing("weights"): "some members have no weight",
    Missing("electorate"): "others decide",
    Missing("tallies"): "do not say enough",
}


@pytest.mark.parametrize("missing", MISSING, ids=lambda each: f"{each.kind}-{len(each.names)}")
def test_why_a_rule_cannot_be_asked(missing: Missing) -> None:
    said = {missing_reason(missing, RULES.on("unga_simple"), RULES, each) for each in LANGUAGES}
    assert len(said) == len(LANGUAGES)
    assert any(MISSING[missing] in each for each in said)
