"""What was perhaps meant: pages and the interface know the same things by the same words."""

from __future__ import annotations

import pytest
from django.test import Client

from comity.kernel.errors import UnknownName
from comity_web.register.naming import called
from comity_web.register.selectors import present

pytestmark = pytest.mark.usefixtures("published")


@pytest.mark.parametrize(
    ("kind", "word", "identifier"),
    [
        ("organisation", "eu", "eu"),
        ("organisation", "European Union", "eu"),
        ("party", "CN", "CN"),
        ("party", "Китай", "CN"),
        ("status", "观察员", "observer"),
        ("facet", "Статус в ШОС", "membership"),
        ("right", "attend", "attend"),
        ("body", "Совет глав государств", "chs"),
        ("office", "secretary_general", "secretary_general"),
        ("source", "24kg-bishkek-2019", "24kg-bishkek-2019"),
        ("act", "2017-06-09-in-member", "2017-06-09-in-member"),
    ],
)
def test_a_thing_is_known_by_its_identifier_and_by_every_name(
    kind: str, word: str, identifier: str
) -> None:
    things = called(kind, "sco", present())
    assert things[word][0] == identifier
    assert things[word] == things[identifier]


def test_of_an_organisation_that_is_not_there_nothing_is_known() -> None:
    with pytest.raises(UnknownName):
        called("party", "nowhere", present())


@pytest.mark.parametrize("meant", ["Belarrus", "Беларуссь"])
def test_a_page_and_the_interface_suggest_the_same(meant: str) -> None:
    page = Client().get(f"/en/sco/parties/{meant}/").content.decode()
    near = Client().get(f"/api/v1/organisations/sco/parties/{meant}").json()["near"]
    assert near[0]["id"] == "BY"
    assert all(f'href="/en/sco/parties/{each["id"]}/"' in page for each in near)


def test_an_organisation_is_suggested_by_its_name_too() -> None:
    assert 'href="/en/eu/"' in Client().get("/en/european unon/").content.decode()
