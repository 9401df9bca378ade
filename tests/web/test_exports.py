"""What is taken away as a file: never larger than an answer may be, and nothing in it that runs."""

from __future__ import annotations

import csv
import io

import pytest
from django.http import HttpResponse
from django.test import Client

from comity_web.public.pages import act_files
from comity_web.serving import whole
from comity_web.serving.answers import ANSWERS

pytestmark = pytest.mark.usefixtures("published")


def get(path: str) -> HttpResponse:
    return Client().get(path)


def rows_of(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(get(path).content.decode())))


@pytest.mark.parametrize(
    ("language", "told", "link"),
    [
        ("en", "more than 0.001 MB", "Open data"),
        ("ru", "более 0.001 МБ", "Открытые данные"),
        ("zh", "超过 0.001 MB", "开放数据"),
    ],
)
@pytest.mark.parametrize("file", ["acts.csv", "acts.jsonl", "timeline.csv", "timeline.svg", ""])
def test_an_answer_that_would_be_too_large_leads_to_open_data(
    file: str, language: str, told: str, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert whole.LARGEST == 16_000_000
    monkeypatch.setattr(whole, "LARGEST", 1000)
    response = get(f"/{language}/sco/{file}")
    text = response.content.decode()
    assert (response.status_code, told in text) == (422, True)
    assert f'<a href="/{language}/data/">{link}</a>' in text
    [fault] = get(f"/{language}/sco/{file}?format=json").json()["faults"]
    assert (fault["code"], "/data/" in fault["advice"]) == ("too_large", True)


def test_fewer_acts_are_sent_where_all_would_be_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    every, some = (len(get(f"/en/sco/acts.csv{asked}").content) for asked in ("", "?party=BY"))
    ANSWERS.clear()
    monkeypatch.setattr(whole, "LARGEST", every - 1)
    assert get("/en/sco/acts.csv").status_code == 422
    assert len(get("/en/sco/acts.csv?party=BY").content) == some < every


@pytest.mark.parametrize("beginning", "=+-@＝")
def test_a_sentence_is_no_formula(beginning: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = f"{beginning}HYPERLINK(1) joined."
    monkeypatch.setattr(act_files, "act_sentence", lambda *_: said)
    assert {each["sentence"] for each in rows_of("/en/sco/acts.csv")} == {f" {said}"}
