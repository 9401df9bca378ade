"""Open data: every table in both forms, what describes them, and the dump of everything."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comity.tlog.hashing import leaf_hash
from comity_web.api.opendata.formats import FORMS
from comity_web.api.opendata.tables import TABLES
from comity_web.register.models import Entry
from comity_web.register.selectors import present
from comity_web.serving import whole
from comity_web.serving.answers import ANSWERS
from tests.web.api import ORGANISATIONS, data
from tests.web.test_api_answers import record_now

pytestmark = pytest.mark.usefixtures("published")

Record = dict[str, Any]
BY_TABLE = pytest.mark.parametrize("table", TABLES)
IN_EVERY_ORGANISATION = pytest.mark.parametrize("organisation", ORGANISATIONS)


def get(path: str, **headers: str) -> HttpResponse:
    return Client().get(f"/data/{path}", headers=headers)


def body(path: str) -> bytes:
    response = get(path)
    assert response.status_code == 200
    return response.content


def rows(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(path).decode(), newline="")))


def lines(path: str) -> list[Record]:
    return [json.loads(each) for each in body(path).splitlines()]


def package(organisation: str) -> dict[str, Record]:
    found = json.loads(body(f"{organisation}/datapackage.json"))
    return {each["path"]: each for each in found["resources"]}


def fits(value: Any, field: Record) -> bool:
    """Whether a value of JSON lines is of the type that the package says."""
    if value is None:
        return True
    told = field["type"]
    if told in ("date", "datetime"):
        read = date.fromisoformat if told == "date" else datetime.fromisoformat
        return isinstance(value, str) and read(value) is not None
    types = {"string": str, "integer": int, "boolean": bool, "array": list, "any": list | dict}
    pattern = field.get("constraints", {}).get("pattern", "")
    return isinstance(value, types[told]) and (not pattern or bool(re.fullmatch(pattern, value)))


def as_cell(value: Any) -> str:
    """Say in a cell what a line says."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return " ".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f" {value}" if str(value).startswith(("=", "+", "-", "@")) else str(value)


@BY_TABLE
@IN_EVERY_ORGANISATION
def test_a_table_says_the_same_in_both_forms_and_what_its_description_says(
    organisation: str, table: str
) -> None:
    described = package(organisation)
    of_csv, of_lines = rows(f"{organisation}/{table}.csv"), lines(f"{organisation}/{table}.jsonl")
    assert len(of_csv) == len(of_lines)
    for name, found in ((f"{table}.csv", of_csv), (f"{table}.jsonl", of_lines)):
        header = [each["name"] for each in described[name]["schema"]["fields"]]
        assert all(list(each) == header for each in found)
    fields = described[f"{table}.jsonl"]["schema"]["fields"]
    for cells, values in zip(of_csv, of_lines, strict=True):
        assert [each["name"] for each in fields if not fits(values[each["name"]], each)] == []
        said = {name: as_cell(value) for name, value in values.items()}
        empty = {name for name, value in values.items() if value in ([], {})}
        assert {n: c for n, c in cells.items() if n not in empty} == {
            n: c for n, c in said.items() if n not in empty
        }
        assert all(cells[name] == "" for name in empty)


@BY_TABLE
@IN_EVERY_ORGANISATION
def test_the_key_of_a_table_tells_its_rows_apart(organisation: str, table: str) -> None:
    key = TABLES[table].key
    found = [tuple(each[name] for name in key) for each in rows(f"{organisation}/{table}.csv")]
    assert len(found) == len(set(found))
    assert all(all(each) for each in found)


@BY_TABLE
def test_every_column_is_described(table: str) -> None:
    assert TABLES[table].about.endswith(".")
    for column in TABLES[table].columns:
        assert column.about.endswith((".", "…")), column.name


def test_every_act_is_there_with_its_leaf() -> None:
    found = {each["id"]: each for each in lines("sco/acts.jsonl")}
    entries = Entry.objects.filter(organisation="sco").order_by("position")
    assert [each.act_id for each in entries] == list(found)
    for entry in entries:
        told = found[entry.act_id]
        assert (told["position"], told["leaf_hash"]) == (
            entry.position,
            leaf_hash(bytes(entry.leaf)).hex(),
        )


def test_the_statuses_of_a_day_are_those_of_the_interface() -> None:
    told = lines("sco/statuses.jsonl?on=2023-07-04&basis=decision")
    found = data("organisations/sco/situation?on=2023-07-04&basis=decision")["roster"]
    assert [(each["party"], each["status"], each["since"]) for each in told] == [
        (each["party"], each["status"], each["since"]) for each in found
    ]
    assert {(each["on"], each["basis"]) for each in told} == {("2023-07-04", "decision")}
    assert [each["grounds"] for each in told] == [
        [ground["id"] for ground in each["grounds"]] for each in found
    ]
    assert [each["doubts"] for each in told] == [each["doubts"] for each in found]


def test_what_was_not_recorded_yet_is_not_there() -> None:
    assert lines("sco/acts.jsonl?known_at=2020-01-01") == []
    assert lines("sco/spells.jsonl?known_at=2020-01-01") == []
    assert len(lines("sco/parties.jsonl?known_at=2020-01-01")) == len(lines("sco/parties.jsonl"))


def test_corrections_are_told_beside_what_they_correct() -> None:
    act = "2017-06-09-in-member"
    changes = {"note": "=1+1", "place": "@Astana"}
    record_now({"id": "c", "kind": "corrected", "details": {"act": act, "changes": changes}})
    told = {each["id"]: each for each in lines("sco/acts.jsonl")}[act]
    assert (told["note"], told["place"], told["revised_by"]) == ("=1+1", "@Astana", ["c"])
    assert told["annulled"] is False
    record_now({"id": "a", "kind": "annulled", "details": {"act": act}})
    assert {each["id"]: each for each in lines("sco/acts.jsonl")}[act]["annulled"] is True


def test_a_spreadsheet_runs_nothing() -> None:
    act = "2017-06-09-in-member"
    for number, text in enumerate(
        ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "＝1", "a=1")
    ):
        correction = {"act": act, "changes": {"note": text}}
        record_now({"id": f"c{number}", "kind": "corrected", "details": correction})
        cell = {each["id"]: each["note"] for each in rows("sco/acts.csv")}[act]
        assert cell == (text if text == "a=1" else f" {text}")
        assert {each["id"]: each["note"] for each in lines("sco/acts.jsonl")}[act] == text


def test_csv_is_as_the_standard_has_it() -> None:
    raw = body("sco/articles.csv")
    assert raw.count(b"\r\n") >= len(rows("sco/articles.csv")) + 1
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode().startswith("id,instrument,version,number,from,until,title_en,title_ru")
    assert get("sco/articles.csv").headers["Content-Type"] == (
        "text/csv; charset=utf-8; header=present"
    )
    assert get("sco/articles.jsonl").headers["Content-Type"] == "application/jsonl; charset=utf-8"


def test_every_language_of_the_data_has_its_column() -> None:
    header = rows("eu/parties.csv")[0]
    assert {"name_en", "name_ru", "name_zh", "name_mul"} <= set(header)
    assert "name_mul" not in rows("sco/parties.csv")[0]


# At their addresses


@pytest.mark.parametrize("form", FORMS)
@BY_TABLE
def test_a_table_costs_one_query_and_the_acts_two(table: str, form: str) -> None:
    body(f"sco/{table}.{form}")
    ANSWERS.clear()
    with CaptureQueriesContext(connection) as made:
        body(f"sco/{table}.{form}")
    assert len(made) == (2 if table == "acts" else 1)


def test_a_table_is_not_sent_again_to_who_has_it() -> None:
    first = get("sco/statuses.csv?on=2020-01-01")
    tag = first.headers["ETag"]
    again = get("sco/statuses.csv?on=2020-01-01", **{"if-none-match": tag})
    assert (again.status_code, again.headers["ETag"]) == (304, tag)
    assert get("sco/statuses.csv?on=2020-01-02").headers["ETag"] != tag


@pytest.mark.parametrize("form", FORMS)
def test_a_table_that_would_be_too_large_says_how_to_have_it(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"sco/acts.{form}"
    size = len(body(path))
    ANSWERS.clear()
    monkeypatch.setattr(whole, "LARGEST", size - 1)
    for headers in ({}, {"accept-encoding": "gzip"}):
        response = get(path, **headers)
        [fault] = response.json()["faults"]
        assert (response.status_code, fault["code"]) == (422, "too_large")
        assert {"dump_open_data", "comity verify --url"} <= set(
            re.findall(r"dump_open_data|comity verify --url", fault["advice"])
        )
        assert "ETag" not in response.headers
    assert len(ANSWERS) == 0
    monkeypatch.setattr(whole, "LARGEST", size)
    assert len(body(path)) == size


@pytest.mark.parametrize(
    ("path", "status", "code", "near"),
    [
        ("sco/act.csv", 404, "unknown_file", "/data/sco/acts.csv"),
        ("sco/acts.xlsx", 404, "unknown_file", "/data/sco/acts.csv"),
        ("sco/acts", 404, "unknown_file", "/data/sco/acts.csv"),
        ("scoo/acts.csv", 404, "unknown_organisation", "/api/v1/organisations/sco"),
        ("sco/acts.csv?on=x", 422, "impossible_date", None),
        ("sco/acts.csv?day=2020-01-01", 422, "unknown_parameter", None),
        ("sco/acts.csv?basis=x", 422, "unknown_basis", None),
        ("sco/datapackage.json?on=2020-01-01", 422, "unknown_parameter", None),
        ("sco/a/b.csv", 404, "unknown_address", None),
        ("sco/", 404, "unknown_address", None),
    ],
)
def test_what_is_not_there_is_said(path: str, status: int, code: str, near: str | None) -> None:
    response = get(path)
    problem = response.json()
    assert (response.status_code, problem["faults"][0]["code"]) == (status, code)
    assert near is None or near in [each["url"] for each in problem["near"]]


def test_any_page_may_read_a_table_and_nobody_writes_one() -> None:
    assert get("sco/acts.csv").headers["Access-Control-Allow-Origin"] == "*"
    assert Client().post("/data/sco/acts.csv").status_code == 405
    assert Client().options("/data/sco/acts.csv").status_code == 204


# Everything at once


def test_the_dump_has_every_file_that_the_site_has(tmp_path: Path) -> None:
    target, said = tmp_path / "open-data", StringIO()
    call_command("dump_open_data", target, "--on", "2023-07-04", stdout=said)
    index = json.loads((target / "index.json").read_text())
    assert [each["id"] for each in index["organisations"]] == list(ORGANISATIONS)
    assert index["log"] == data("log")["log"]
    assert index["question"] == {"on": "2023-07-04", "known_at": None}
    for organisation in ORGANISATIONS:
        names = {each.name for each in (target / organisation).iterdir()}
        assert names == {"datapackage.json", *package(organisation)}
        for name in package(organisation):
            written = (target / organisation / name).read_bytes()
            assert written == body(f"{organisation}/{name}?on=2023-07-04"), name
    files = [each for each in target.rglob("*") if each.is_file()]
    acts = Entry.objects.count()
    assert f"4 organisations, {acts} acts, {len(files)} files" in said.getvalue()


def test_a_dump_replaces_an_earlier_one_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "open-data"
    for day in ("2020-01-01", "2021-01-01"):
        call_command("dump_open_data", target, "--on", day, stdout=StringIO())
        assert json.loads((target / "index.json").read_text())["question"]["on"] == day
    mine = tmp_path / "papers"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    with pytest.raises(CommandError, match="holds something else"):
        call_command("dump_open_data", mine)
    assert (mine / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize("option", ["--on=yesterday", "--known-at=2020"])
def test_a_dump_of_a_wrong_day_is_refused(tmp_path: Path, option: str) -> None:
    with pytest.raises(CommandError, match="is not a date"):
        call_command("dump_open_data", tmp_path / "x", option)
    assert not (tmp_path / "x").exists()


def test_a_dump_of_what_was_known_holds_that(tmp_path: Path) -> None:
    call_command("dump_open_data", tmp_path / "x", "--known-at", "2020-01-01", stdout=StringIO())
    assert (tmp_path / "x" / "sco" / "acts.jsonl").read_text() == ""
    assert json.loads((tmp_path / "x" / "index.json").read_text())["question"]["known_at"]
    assert present().size
