"""A script that asks for the part of a page that changes gets it, at the address of the page."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from comity_web.public.answering import public_page
from comity_web.public.pages.reader import Page
from comity_web.register.questions import Question, page_number
from comity_web.register.selectors import Present

pytestmark = pytest.mark.usefixtures("published")

PART = "public/reading.html"  # any template of a part will do


def show(present: Present, question: Question, language: str, page: str) -> Page:
    """Show two sentences; refuse what is no number of a page."""
    del present, question, language
    return {"title": "Whole", "reading": ["Only the part.", str(page_number(page))]}


whole_only = public_page("public/about.html", parameters=("page",))(show)
in_parts = public_page("public/about.html", parameters=("page",), part=PART)(show)


def ask(address: str = "/en/list/", **headers: str) -> HttpResponse:
    return in_parts(RequestFactory().get(address, headers=headers), language="en")


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_a_reader_gets_the_page_and_a_script_the_part() -> None:
    assert "<html" in text(ask())
    part = ask(**{"HX-Request": "true"})
    assert "Only the part." in text(part)
    assert "<html" not in text(part)


@pytest.mark.parametrize("whole", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_link_followed_or_gone_back_to_gets_the_whole_page(whole: str) -> None:
    assert "<html" in text(ask(**{"HX-Request": "true", whole: "true"}))


def test_page_and_part_are_never_taken_for_one_another() -> None:
    page, part = ask(), ask(**{"HX-Request": "true"})
    assert page.headers["ETag"] != part.headers["ETag"]
    for response in (page, part):
        for name in ("HX-Request", "HX-Boosted", "HX-History-Restore-Request", "Accept"):
            assert name in response.headers["Vary"]
    again = ask(**{"HX-Request": "true", "If-None-Match": page.headers["ETag"]})
    assert (again.status_code, text(again)) == (200, text(part))
    held = ask(**{"HX-Request": "true", "If-None-Match": part.headers["ETag"]})
    assert held.status_code == 304


def test_data_is_data_whoever_asks() -> None:
    data = ask("/en/list/?format=json", **{"HX-Request": "true"})
    assert data.headers["Content-Type"] == "application/json"
    plain = ask("/en/list/?format=json")
    assert data.headers["ETag"] == plain.headers["ETag"]


def test_a_refusal_comes_as_a_part_too() -> None:
    whole, part = ask("/en/list/?page=two"), ask("/en/list/?page=two", **{"HX-Request": "true"})
    assert (whole.status_code, part.status_code) == (422, 422)
    assert "<html" in text(whole)
    assert "<html" not in text(part)
    assert "“two”" in text(part)
    assert "HX-Request" in part.headers["Vary"]


def test_a_page_without_parts_is_always_whole() -> None:
    request = RequestFactory().get("/en/list/", headers={"HX-Request": "true"})
    response = whole_only(request, language="en")
    assert "<html" in text(response)
    assert "HX-Request" not in response.headers["Vary"]
