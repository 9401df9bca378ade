"""What the pages on procedures show is read, computed and true."""

from __future__ import annotations

import re
from dataclasses import fields
from inspect import signature
from pathlib import Path
from types import SimpleNamespace

import pytest

from comity.kernel import documents
from comity.kernel.dates import format_instant
from comity.kernel.errors import DataError
from comity.procedure import calendars, cases, events, fold, read, zones
from comity.procedure.admitting import REFUSALS
from comity.procedure.building import span
from comity.procedure.calendars import Calendar, end_of
from comity.procedure.cases import CASE, EVENT, EXPECTED, MATTER, run_document
from comity.procedure.events import KINDS, Event, Matter
from comity.procedure.fold import state_of
from comity.procedure.model import ACTORS, COUNTED, Procedures
from comity.procedure.read import SECTIONS, read_file, read_procedures
from comity.procedure.standing import Standing
from comity.procedure.structure import schema
from comity.procedure.zones import instant_of, local_time, parse_local
from comity.register import rules

DOCS = Path(__file__).parents[3] / "docs" / "reference"
FORMAT = (DOCS / "procedures.md").read_text("utf-8")
PAGE = (DOCS / "algorithms" / "silence.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", FORMAT, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_is_read_and_its_case_holds(example: str) -> None:
    document = documents.parse(example, "procedures.md")
    results = list(run_document(document))
    assert [each.failures for each in results] == [()]


def test_every_key_and_word_is_on_the_page() -> None:
    said = set(re.findall(r"\b[a-z_]+\b", FORMAT))
    keys = {key for each in schema()["$defs"].values() for key in each.get("properties", ())}
    words = {*KINDS, *ACTORS, *COUNTED, *CASE, *MATTER, *EVENT, *EXPECTED, *SECTIONS}
    assert (keys | words) - said == set()


def test_the_example_in_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```", FORMAT, re.MULTILINE | re.DOTALL)
    (tmp_path / "procedures.yaml").write_text(EXAMPLES[0].split("cases:\n")[0])
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(code, names)
    assert names["standing"].stage == "adopted"  # type: ignore[attr-defined]
    assert names["sentences"][0] == (  # type: ignore[index]
        "“A/1”: adopted, at 12:00 (UTC+2) on 3 May 2030 (stage “adopted”)."
    )


PERIODS = re.findall(r"^\| (\S+ \S+) \| `(\{.*\})` \| (\S+ \S+) \| (\S+) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("begins", "period", "local", "utc"), PERIODS)
def test_the_table_of_periods_is_as_computed(
    begins: str, period: str, local: str, utc: str
) -> None:
    zone = "Europe/Brussels"
    found = end_of(
        parse_local(begins, zone), span(documents.parse(period).data), Calendar("c", zone)
    ).value
    assert format_instant(found) == utc
    assert f"{local_time(found, zone):%Y-%m-%d %H:%M}" == local
    assert instant_of(local_time(found, zone), zone) == found


SILENCE = read_file(Path(__file__).parent / "data" / "assembly.yaml").on("silence")
OBJECTIONS = re.findall(r"^\| (2030-05-03 \S+) \| (\w+) \| (\w+) \|$", PAGE, re.MULTILINE)


def standing(*more: Event, at: str) -> Standing:
    matter = Matter.of("m", ["AA", "BB", "CC"], roles={"chair": ["AA"]})
    zone = "Asia/Shanghai"
    told = [
        Event("t", "tabled", parse_local("2030-04-30 17:00", zone), "BB"),
        Event("s", "silence_opened", parse_local("2030-04-30 18:00", zone), "AA"),
    ]
    return state_of(SILENCE, matter, [*told, *more], parse_local(at, zone)).value


def objection(at: str) -> Event:
    return Event(
        "o", "position_given", parse_local(at, "Asia/Shanghai"), "CC", "objects", reason="Why."
    )


@pytest.mark.parametrize(("at", "stage", "fate"), OBJECTIONS)
def test_the_table_of_objections_is_as_computed(at: str, stage: str, fate: str) -> None:
    found = standing(objection(at), at=at)
    assert found.stage == stage
    assert [each.code for each in found.refused] == ([] if fate == "taken" else [fate])


def test_an_objection_withdrawn_lets_silence_go_on_as_the_page_says() -> None:
    broken = objection("2030-05-03 17:59")
    for withdrawn, adopted in (
        ("2030-05-06 12:00", "2030-05-06 12:00"),
        ("2030-05-03 17:59:30", "2030-05-03 18:00"),
    ):
        at = parse_local(withdrawn, "Asia/Shanghai")
        found = standing(broken, Event("w", "objection_withdrawn", at, "CC"), at="2030-05-07 12:00")
        assert found.stage == "adopted"
        assert found.since == parse_local(adopted, "Asia/Shanghai")


def test_the_refusals_stand_on_the_page_in_their_order() -> None:
    text = (DOCS / "errors.md").read_text("utf-8").split("## Procedures\n")[1].split("\n## ")[0]
    table = text.split("Refusals of events")[1]
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == REFUSALS


def test_there_are_rows() -> None:
    assert (len(EXAMPLES), len(PERIODS), len(OBJECTIONS)) == (2, 11, 3)
    assert {each.name for each in fields(Event)} <= {*EVENT, "kind"}
    with pytest.raises(DataError):
        read_procedures(documents.parse("procedures: {}\nx: 1"))


CASES = FORMAT.partition("## Cases\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("keys", [CASE, MATTER, EVENT, EXPECTED], ids=len)
def test_every_key_of_a_case_has_its_row(keys: tuple[str, ...]) -> None:
    rows = re.findall(r"^\| (`[^|]*) \|", CASES, re.MULTILINE)
    said = {word for row in rows for word in re.findall(r"`(\w+)`", row)}
    assert {*keys} <= said


def test_what_an_event_needs_is_on_the_page() -> None:
    rows = dict(re.findall(r"^\| (`[^|]*) \| (.*) \|$", CASES, re.MULTILINE))
    for kind, each in KINDS.items():
        for key in each.needs:
            said = next(text for names, text in rows.items() if f"`{key}`" in names)
            assert f"`{kind}`" in said, (kind, key)


API = (DOCS / "python-api.md").read_text("utf-8").split("## Procedures\n")[1].split("\n## ")[0]


MATTER_CALLS = SimpleNamespace(of=Matter.of)
PLACES = (read, rules, events, MATTER_CALLS, Procedures, fold, calendars, zones, cases)


def test_every_call_of_the_interface_is_there_with_its_arguments() -> None:
    firsts = "\n".join(re.findall(r"^\| (`[^|]*) \|", API, re.MULTILINE))
    calls = re.findall(r"`[\w.…]*?(\w+)\(([^`]*)\)`", firsts)
    for name, arguments in calls:
        (function,) = {getattr(each, name) for each in PLACES if hasattr(each, name)}
        named = {each.strip().partition("=")[0] for each in arguments.split(",")}
        assert named <= {*signature(function).parameters}, name
    assert len(calls) == 13


def test_everything_that_stands_is_named_in_the_interface() -> None:
    said = set(re.findall(r"`(\w+)", API)) | set(re.findall(r"\b\w+\b", API))
    assert {each.name for each in fields(Standing)} - said <= {
        "procedure", "matter", "at", "asked", "prior", "grounds", "doubts",
    }  # fmt: skip
