"""The first page: every organisation, asked by what it knows."""

from __future__ import annotations

import pytest
from django.test import Client

from comity_web.register.selectors import present

pytestmark = pytest.mark.usefixtures("published")


def page(asked: str) -> dict[str, dict[str, object]]:
    """Return the organisations of the page by their names."""
    found = Client().get(f"/en/?on=2022-10-01&{asked}&format=json").json()
    return {each["id"]: each for each in found["organisations"]}


def test_a_basis_is_asked_of_the_organisations_that_define_it() -> None:
    by_default, by_decision = page(""), page("basis=decision")
    defined = {
        each.charter.id
        for each in present().register.organisations
        if "decision" in each.charter.bases
    }
    assert by_decision["sco"]["numbers"] != by_default["sco"]["numbers"]
    assert by_decision.keys() - defined
    for name, shown in by_decision.items():
        assert Client().get(shown["url"]).status_code == 200
        assert ("basis=decision" in str(shown["url"])) == (name in defined)
        if name not in defined:
            assert shown["numbers"] == by_default[name]["numbers"]


def test_a_basis_that_none_defines_is_refused() -> None:
    response = Client().get("/en/?basis=nobody&format=json")
    assert (response.status_code, response.json()["faults"][0]["code"]) == (422, "unknown_basis")
