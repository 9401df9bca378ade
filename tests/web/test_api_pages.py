"""The pages about the interface and open data: complete, in three languages, true to both."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comity_web.api.opendata.formats import FORMS
from comity_web.api.opendata.tables import TABLES
from comity_web.api.problems import TITLES
from comity_web.register.selectors import HEAD, present
from comity_web.serving.answers import ANSWERS
from tests.web.api import ORGANISATIONS, ask, data

LANGUAGES = ("en", "ru", "zh")
PAGES = ("api", "data")


class Elements(HTMLParser):
    """What a page links to, and what in it can be linked to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.names: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.add(tag)
        self.names += [str(named["id"])] if "id" in named else []
        self.links += [str(named["href"])] if tag == "a" else []
        assert not any(re.fullmatch(r"style|on\w+", name) for name in named)


def page(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    return response.content.decode()


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_in_every_language(name: str, language: str) -> None:
    text = page(f"/{language}/{name}/")
    assert f'<html lang="{language}"' in text
    assert re.findall(r"%\(\w+\)s|\{\{|\{%|>None<", text) == []
    for other in LANGUAGES:
        assert f'hreflang="{other}" href="/{other}/{name}/"' in text
    prose = re.sub(r"<(pre|code).*?</\1>", "", text, flags=re.DOTALL)
    assert ("The day of legal effect" in prose) == (name == "api" and language == "en")
    found = Elements(text)
    assert len(found.names) == len(set(found.names))
    assert "style" not in found.tags


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("name", PAGES)
def test_every_link_of_a_page_leads_somewhere(name: str) -> None:
    found = Elements(page(f"/en/{name}/"))
    inside = {each[1:] for each in found.links if each.startswith("#")}
    assert inside - set(found.names) == set()
    outside = {each for each in found.links if each.startswith("/")}
    assert len(outside) > 15
    for each in sorted(outside):
        assert Client().get(each).status_code == 200, each


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_documentation_names_all_that_there_is(language: str) -> None:
    document = ask("openapi.json").json()
    text = page(f"/{language}/api/")
    names = set(Elements(text).names)
    for path, operations in document["paths"].items():
        told = operations["get"]
        assert told["operationId"] in names
        assert f"<code>/api/v1{path}</code>" in text
        for each in told["parameters"]:
            assert f"<code>{each['name']}</code>" in text
    answers = {
        each["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        for each in document["paths"].values()
    }
    parts = set(document["components"]["schemas"])
    assert parts - {each.rpartition("/")[2] for each in answers} <= names
    for schema in document["components"]["schemas"].values():
        for field in schema["properties"]:
            assert f"<dt><code>{field}</code>" in text


@pytest.mark.usefixtures("published")
def test_the_examples_of_the_documentation_are_real() -> None:
    document, text = ask("openapi.json").json(), unescape(page("/en/api/"))
    for operations in document["paths"].values():
        content = operations["get"]["responses"]["200"]["content"]["application/json"]
        example = content["examples"]["real"]
        address = example["summary"].removeprefix("GET ")
        assert f'<a href="{address}">' in text
        answer = data(address.removeprefix("/api/v1/"))
        assert shortened(answer) == example["value"]


def shortened(value: object) -> object:
    if isinstance(value, dict):
        return {name: shortened(each) for name, each in value.items()}
    return [shortened(each) for each in value[:1]] if isinstance(value, list) else value


@pytest.mark.usefixtures("published")
def test_a_problem_names_where_it_is_explained() -> None:
    names = Elements(page("/en/api/")).names
    assert {str(each) for each in TITLES} <= set(names)
    told = ask("organisations/nowhere").json()["type"]
    assert told == "/api/#404"
    leads = Client().get(told, headers={"accept-language": "zh"})
    assert (leads.status_code, leads.headers["Location"]) == (302, "/zh/api/")
    assert "Accept-Language" in leads.headers["Vary"]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_open_data_has_every_file_and_column(language: str) -> None:
    text = page(f"/{language}/data/")
    for organisation in ORGANISATIONS:
        for table in TABLES:
            for form in FORMS:
                assert f'href="/data/{organisation}/{table}.{form}"' in text
        assert f'href="/data/{organisation}/datapackage.json"' in text
    for table in TABLES.values():
        for column in table.columns:
            assert f"<code>{column.name}" in text


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_a_constant_number_of_queries(name: str) -> None:
    """One for the head of the log; three of the examples tell a place in it."""
    page(f"/en/{name}/")
    ANSWERS.clear()
    with CaptureQueriesContext(connection) as made:
        page(f"/en/{name}/")
    with CaptureQueriesContext(connection) as kept:
        page(f"/en/{name}/")
    assert (len(made), len(kept)) == (4 if name == "api" else 1, 1)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("path", ["/en/", "/zh/sco/", "/ru/api/"])
def test_every_page_leads_to_both(path: str) -> None:
    language, links = path[1:3], Elements(page(path)).links
    assert {f"/{language}/api/", f"/{language}/data/"} <= set(links)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", PAGES)
def test_an_empty_register_has_both_pages(name: str) -> None:
    HEAD.forget()
    ANSWERS.clear()
    text = page(f"/en/{name}/")
    assert ("No organisation is in the register yet." in text) == (name == "data")
    assert ask("openapi.json").status_code == 200
    assert data("organisations")["organisations"] == []
    assert data("log")["checkpoint"] == ""
    assert present().size == 0


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("name", PAGES)
def test_the_pages_tell_nothing_from_a_record_that_is_not_the_log_s(name: str) -> None:
    with connection.cursor() as cursor:  # what an owner of the database can do
        cursor.execute("DROP TRIGGER register_entry_no_UPDATE")
        cursor.execute("UPDATE register_entry SET leaf = CAST('{}' AS BLOB) WHERE position = 7")
    HEAD.forget()
    text = page(f"/en/{name}/")
    assert "sco" not in text
    HEAD.forget()
