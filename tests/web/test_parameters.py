"""A page may take parameters of its own: they are part of the question, and nothing else is."""

from __future__ import annotations

import json
from datetime import date
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.kernel.errors import UnknownName, unknown
from comity_web.public.answering import public_page
from comity_web.public.pages.reader import Page
from comity_web.register.questions import BadQuestion, Question, one_of, page_number, read
from comity_web.register.selectors import Present
from comity_web.serving.answers import ANSWERS

pytestmark = pytest.mark.usefixtures("published")

SORTS = ("date", "name")


@public_page("public/organisations.html", parameters=("q", "sort", "page"))
def listing(
    present: Present, question: Question, language: str, q: str, sort: str, page: str
) -> Page:
    """Show what it was asked, as data; and refuse what it does not offer."""
    del present
    return {
        "title": q,
        "sort": one_of("sort", sort, SORTS),
        "page": page_number(page),
        "language": language,
        "next": question.other(page="2", q=""),
        "elsewhere": question.suffix,
    }


@public_page("public/organisations.html", parameters=("organisation",))
def about(present: Present, question: Question, language: str, organisation: str) -> Page:
    """Show an organisation named in the address or by a parameter."""
    del question, language
    if not organisation:
        raise UnknownName(unknown("party", organisation, ()))
    return {"title": present.register.organisation(organisation).charter.id}


def ask(parameters: str = "", *, language: str = "en", as_json: bool = True) -> HttpResponse:
    request = RequestFactory().get(f"/{language}/list/?{parameters}{'&format=json' * as_json}")
    return listing(request, language=language)


def page(parameters: str) -> Page:
    return json.loads(ask(parameters).content)


def test_a_parameter_reaches_the_page() -> None:
    found = page("q=+two+words%20&sort=name&page=3")
    assert (found["title"], found["sort"], found["page"]) == ("two words", "name", 3)


def test_what_is_not_given_is_nothing() -> None:
    found = page("")
    assert (found["title"], found["sort"], found["page"]) == ("", "", 1)


def test_a_parameter_makes_another_page_and_what_no_page_takes_does_not() -> None:
    plain = ask("q=a&page=2")
    assert [ask(each).headers["ETag"] == plain.headers["ETag"] for each in SAME] == [True] * 3
    assert len(ANSWERS) == 1
    assert [ask(each).headers["ETag"] == plain.headers["ETag"] for each in OTHER] == [False] * 4
    assert len(ANSWERS) == 5


SAME = ("page=2&q=a", "q=a&page=2&x=1&utm_source=elsewhere", "q=+a&page=2&sort=")
OTHER = ("q=b&page=2", "q=a", "q=a&page=2&sort=name", "q=a&page=2&on=2020-01-01")


def test_texts_with_separators_are_not_taken_for_one_another() -> None:
    texts = ("q=a%26sort%3Dname", "q=a&sort=name", "q=a%0Aname", "q=a+name")
    assert len({ask(each).headers["ETag"] for each in texts}) == len(texts)
    assert page("q=a%26sort%3Dname")["title"] == "a&sort=name"


def test_another_page_is_not_asked_by_the_parameters_of_this_one() -> None:
    found = page("on=2023-12-14&q=a&sort=name")
    assert found["elsewhere"] == "?on=2023-12-14"
    assert found["next"] == "?on=2023-12-14&sort=name&page=2"


def test_the_other_languages_the_data_and_a_new_day_keep_the_parameters() -> None:
    text = unescape(ask("q=a+b&sort=name&x=1", as_json=False).content.decode())
    for there in ("/ru/list/?q=a+b&sort=name", "/en/list/?q=a+b&sort=name&format=json"):
        assert f'href="{there}"' in text
    wrong_day = unescape(ask("q=a+b&on=tomorrow", as_json=False).content.decode())
    assert '<input type="hidden" name="q" value="a b">' in wrong_day


@pytest.mark.parametrize(
    ("parameters", "code", "said"),
    [
        (f"q={'x' * 201}", "too_long", "200"),
        ("sort=colour", "not_offered", "“colour”"),
        ("page=0", "not_a_page", "“0”"),
        ("page=-1", "not_a_page", "“-1”"),
        ("page=two", "not_a_page", "“two”"),
        ("page=٣", "not_a_page", "“٣”"),
        ("page=1000000", "not_a_page", "“1000000”"),
        ("q=a&on=x", "impossible_date", "“x”"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_refused(parameters: str, code: str, said: str) -> None:
    data, text = ask(parameters), ask(parameters, as_json=False)
    assert (data.status_code, text.status_code) == (422, 422)
    assert json.loads(data.content)["faults"][0]["code"] == code
    assert said in text.content.decode()
    assert "xxx" not in text.content.decode()


@pytest.mark.parametrize("language", ["ru", "zh"])
def test_a_refusal_is_said_in_the_language_of_the_reader(language: str) -> None:
    text = ask("page=two", language=language, as_json=False).content.decode()
    assert {"ru": "не номер страницы", "zh": "不是页码"}[language] in text


def test_a_name_in_the_address_goes_before_a_parameter() -> None:
    by_name = RequestFactory().get("/en/sco/list/?organisation=eu&format=json")
    by_parameter = RequestFactory().get("/en/list/?organisation=eu&format=json")
    assert json.loads(about(by_name, language="en", organisation="sco").content)["title"] == "sco"
    assert json.loads(about(by_parameter, language="en").content)["title"] == "eu"


def test_an_unknown_name_in_a_parameter_leads_to_the_nearest_one() -> None:
    request = RequestFactory().get("/en/list/?organisation=scoo")
    response = about(request, language="en")
    assert response.status_code == 404
    assert 'href="/en/sco/"' in response.content.decode()


@pytest.mark.parametrize("name", ["on", "known_at", "basis", "format"])
def test_a_page_cannot_take_what_every_page_takes(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        public_page("public/organisations.html", parameters=("q", name))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["q", "sort", "page", "on", "z"]), st.text(max_size=220)))
def test_no_parameter_breaks_a_page(parameters: dict[str, str]) -> None:
    request = RequestFactory().get("/en/list/", parameters)
    assert listing(request, language="en").status_code in (200, 422)


def test_numbers_and_choices_are_read_as_they_stand() -> None:
    assert [page_number(each) for each in ("", "1", "999999")] == [1, 1, 999_999]
    assert [one_of("sort", each, SORTS) for each in ("", "date")] == ["", "date"]
    with pytest.raises(BadQuestion) as refused:
        one_of("sort", "Date", SORTS)
    assert refused.value.faults[0].expected == "one of date, name"


def test_a_question_names_its_parameters_in_the_order_of_the_page() -> None:
    given = {"page": "2", "q": "a", "basis": "decision"}
    question = read(given, date(2026, 1, 1), own=("q", "page"))
    assert question.own == (("q", "a"), ("page", "2"))
    assert question.whole == "basis=decision&q=a&page=2"
    assert question.other(basis="", page="3", kind="party") == "?q=a&page=3&kind=party"


@pytest.mark.parametrize(
    ("language", "sentence", "joined"),
    [
        ("en", "no basis of counting “sig”", "in effect</a> or <a "),
        ("ru", "Основания счёта «sig»", "по вступлению в силу</a> или <a "),
        ("zh", "没有统计口径“sig”", "以生效为准</a>或<a "),
    ],
)
def test_a_wrong_basis_is_answered_with_those_there_are(
    language: str, sentence: str, joined: str
) -> None:
    response = Client().get(f"/{language}/sco/?basis=sig")
    text = response.content.decode()
    assert response.status_code == 422
    assert sentence in text
    assert joined in text
