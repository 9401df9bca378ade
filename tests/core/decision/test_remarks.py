"""What is remarked of decision rules that are not wrong."""

from __future__ import annotations

from typing import Any

from comity.decision.read import read_rules
from comity.decision.remarks import remarks
from tests.core.decision.chance import SECTIONS, TABLE


def of(when: dict[str, Any], table: dict[str, Any] = TABLE, **keys: Any) -> list[tuple[str, str]]:
    entries = [{"outcome": "adopted", "when": when}, {"outcome": "not_adopted"}]
    rule = {"positions": "votes", "decide": entries, **keys}
    sections = {**SECTIONS, "position_tables": {"votes": table}}
    rules = read_rules({**sections, "decision_rules": {"r": rule}})
    return [(each.code, str(each)) for each in remarks(rules)]


HALF = {"votes": "in_favour", "more_than": "1/2", "of": ["in_favour", "against"]}


def test_nothing_is_remarked_of_a_rule_with_its_article() -> None:
    assert of(HALF, article="art_1") == []


def test_a_rule_without_article() -> None:
    ((code, said),) = of(HALF)
    assert code == "rule_without_article"
    assert '"r"' in said


def test_a_rule_that_support_can_undo() -> None:
    ((code, said),) = of({"votes": "in_favour", "at_most": 3}, article="art_1")
    assert code == "rule_not_monotone"
    assert "one leaves" in said


def test_a_rule_of_which_it_is_not_known() -> None:
    table = {key: each for key, each in TABLE.items() if key != "order"}
    ((code, said),) = of(HALF, table, article="art_1")
    assert code == "monotony_unknown"
    assert "no order" in said
