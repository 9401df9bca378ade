"""Certificates: a second program confirms every one, and finds what was tampered with."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from comity.kernel import documents
from comity.treaty.cases import Case, read_case
from comity.treaty.certificate import certificate
from comity.treaty.model import Treaty
from comity.treaty.read import SECTIONS, read_treaties
from comity.treaty.record import Act, Record
from tests.core.treaty.second import objections
from tests.core.treaty.test_properties import AROUND, TREATIES, days, histories, treaties

HERE = Path(__file__).parent
FILES = sorted((HERE / "data").glob("*.yaml"))


def plain(acts: tuple[Act, ...]) -> list[dict[str, Any]]:
    keys = ("id", "kind", "party", "on", "of")
    return [{key: getattr(each, key) for key in keys} for each in acts]


def cases() -> Iterator[Any]:
    for file in FILES:
        document = documents.read(file)
        rules = {key: each for key, each in document.data.items() if key in SECTIONS}
        treaties_of_file = read_treaties(documents.Document(str(file), rules, document.places))
        for each in document.data["cases"]:
            case = read_case(each, treaties_of_file)
            for question in each["questions"]:
                name = f"{each['title'][:50]}, {question['on']}"
                yield pytest.param(rules, case, date.fromisoformat(str(question["on"])), id=name)


def certified(case: Case, on: date) -> tuple[Any, list[dict[str, Any]]]:
    found = case.status(on, None).status
    made = certificate(case.treaty, case.record, on, around=case.around(on))
    assert made["met_on"] == (str(found.met_on) if found.met_on else None)
    return json.loads(json.dumps(made)), plain(case.record.acts)


@pytest.mark.parametrize(("rules", "case", "on"), [*cases()])
def test_a_second_program_confirms_every_case(rules: Any, case: Case, on: date) -> None:
    made, acts = certified(case, on)
    assert [*objections(rules, rules["treaties"][case.treaty.id], acts, made)] == []


@settings(max_examples=150, deadline=None)
@given(treaty=treaties, history=histories(), on=days)
def test_a_second_program_confirms_whatever_happened(
    treaty: Treaty, history: tuple[Act, ...], on: date
) -> None:
    made = certificate(treaty, Record.of(history), on, around=AROUND)
    rules = documents.read(HERE / "properties.yaml").data
    assert [*objections(rules, rules["treaties"][treaty.id], plain(history), made)] == []


TAMPERED: dict[str, Any] = {
    "a consent that was not given": lambda made: made["consents"][0].update(on="1900-01-01"),
    "counted twice": lambda made: made["consents"].append({**made["consents"][0]}),
    "a number": lambda made: made["tests"][0].update(counted="99"),
    "the requirement": lambda made: made["tests"][0].update(required="1/7"),
    "met, or not": lambda made: made["tests"][0].update(met=not made["tests"][0]["met"]),
    "met before already": lambda made: made.update(tests_before=made["tests"]),
    "a step": lambda made: made["steps"][0].update(to="2099-01-01"),
    "another step": lambda made: made["steps"][0].update(number=31),
    "the day it leads to": lambda made: made.update(computed="2099-01-01"),
    "when a party is bound": lambda made: [
        each[0].update(since="1950-01-01") for each in made["parties"].values()
    ],
}


def whole() -> tuple[Any, Any, list[dict[str, Any]], dict[str, Any]]:
    """Return a certificate with everything in it: tests, steps, parties."""
    for param in cases():
        rules, case, on = param.values
        made, acts = certified(case, on)
        treaty = rules["treaties"][case.treaty.id]
        said = made["tests"] and made["tests_before"] and made["steps"] and made["parties"]
        if said and {*treaty["enters_into_force"]} <= {"when", "after", "article"}:
            return rules, treaty, acts, made
    raise AssertionError("no case has everything")


@pytest.mark.parametrize("change", TAMPERED.values(), ids=TAMPERED)
def test_the_second_program_objects_to_what_is_not_so(change: Any) -> None:
    rules, treaty, acts, made = whole()
    assert [*objections(rules, treaty, acts, made)] == []
    changed = copy.deepcopy(made)
    change(changed)
    assert [*objections(rules, treaty, acts, changed)] != []


def test_every_treaty_of_the_properties_can_be_certified() -> None:
    for treaty in TREATIES.values():
        made = certificate(treaty, Record(), date(2030, 1, 1), around=AROUND)
        assert (made["treaty"], made["met_on"]) == (treaty.id, None)
