"""The page on the Python interface: its calls are there with those arguments, its adapter runs."""

from __future__ import annotations

import importlib
import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "python-api.md").read_text("utf-8")
SECTION = PAGE.partition("\n## Decisions\n")[2].partition("\n## ")[0]
CALLS = re.findall(r"`comity\.decision\.(\w+)\.([\w.]+)\(([^)`]*)\)`", SECTION)
FOR_CALLERS = {
    "analysis": {"ways_to"},
    "batch": set(),
    "cases": {
        "ballots_in", "cases_of", "check_constructed", "check_fields", "day_of", "differences",
        "holds_decisions", "question_of", "result_of", "rule_of", "rules_of",
    },
    "changes": set(),
    "deciding": {
        "all_tests", "holds", "judge", "obstacles", "outcome_of", "reckon", "require_entries",
    },
    "election": set(),
    "monotony": set(),
    "needed": set(),
    "other_rules": set(),
    "outlook": set(),
    "past": set(),
    "read": {"build_rules", "condition", "part_of", "period_of", "position_of", "provision"},
    "remarks": set(),
    "replay": {"asked_then", "question_now", "replayed", "require_change", "rule_now"},
}  # fmt: skip


@pytest.mark.parametrize("call", CALLS, ids=lambda each: f"{each[0]}.{each[1]}")
def test_a_call_has_the_arguments_that_the_page_says(call: tuple[str, str, str]) -> None:
    module, name, arguments = call
    found: Any = importlib.import_module(f"comity.decision.{module}")
    for each in name.split("."):
        found = getattr(found, each)
    every = inspect.signature(found).parameters.values()
    said = [
        each.name + ("=" if each.default is not inspect.Parameter.empty else "")
        for each in every
        if each.name != "self"
    ]
    assert [each.strip() for each in arguments.split(",")] == said


@pytest.mark.parametrize("module", FOR_CALLERS)
def test_no_call_is_missing(module: str) -> None:
    found = importlib.import_module(f"comity.decision.{module}")
    public = {
        name
        for name, each in vars(found).items()
        if inspect.isfunction(each) and each.__module__ == found.__name__ and name[0] != "_"
    }
    said = {name for each, name, _ in CALLS if each == module}
    assert public - FOR_CALLERS[module] == said


def test_every_field_of_an_answer_is_on_the_page() -> None:
    answers = {
        "changes": ("Changes", "Way", "Step"),
        "deciding": ("Decision", "Reckoning"),
        "election": ("Election",),
        "needed": ("NeededFor", "Needed"),
        "other_rules": ("OtherRule", "Missing"),
        "outlook": ("Outlook",),
        "past": ("Past", "NotReplayable"),
        "replay": ("Change", "Replayed", "Replay"),
        "tallies": ("Tally",),
    }
    said = set(re.findall(r"\w+", SECTION))
    for module, names in answers.items():
        for name in names:
            answer = getattr(importlib.import_module(f"comity.decision.{module}"), name)
            assert {*answer.__dataclass_fields__} - said == set()


def adapter(folder: Path, monkeypatch: pytest.MonkeyPatch, cases: Any = None) -> Any:
    """Run the program of the page on its cases, or on others."""
    (shown,) = re.findall(r"^```json file=cases\.json\n(.*?)^```", SECTION, re.M | re.S)
    (program,) = re.findall(r"^```python\n(.*?)^```", SECTION, re.M | re.S)
    assert len(program.splitlines()) <= 25
    (folder / "cases.json").write_text(shown if cases is None else json.dumps(cases))
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    exec(program, names)
    assert len(names["cases"]) >= 2
    return names["cases"], names["failed"]


def test_the_adapter_runs_the_cases_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases, failed = adapter(tmp_path, monkeypatch)
    assert failed == []
    wrong = [{**each, "expected": "adopted"} for each in cases]
    _, failed = adapter(tmp_path, monkeypatch, wrong)
    assert [outcome for _, outcome in failed] == ["vetoed", "not_adopted"]


def test_the_adapter_says_why_a_question_cannot_be_put(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (veto, tallied), _ = adapter(tmp_path, monkeypatch)
    refused = {
        "unknown_group": {**veto, "groups": {}},
        "unknown_member": {**veto, "positions": {"DD": "no"}},
        "unknown_position": {**veto, "positions": {"AA": "nay"}},
        "unknown_rule": {**veto, "rule": "counsel"},
        "rule_not_in_force": {**tallied, "on": "2019-12-31"},
        "tally_exceeded": {**tallied, "tallies": [{"yes": 51, "no": 49, "members": 99}]},
        "tally_incomplete": {**tallied, "tallies": []},
        "out_of_range": {**tallied, "tallies": [{"yes": -1}]},
        "malformed_number": {**tallied, "tallies": [{"yes": "many"}]},
        "unknown_key": {**tallied, "rules": {**tallied["rules"], "cases": []}},
    }
    _, failed = adapter(tmp_path, monkeypatch, [*refused.values()])
    assert [outcome for _, outcome in failed] == [*refused]
