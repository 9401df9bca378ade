"""What the pages on decision rules show is read, computed and true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from comity.decision.cases import run_document
from comity.decision.deciding import decide_tallied
from comity.decision.flips import WAYS
from comity.decision.needed import MOST, needed_amounts_tallied
from comity.decision.read import SECTIONS, read_rules
from comity.decision.structure import schema
from comity.kernel.documents import parse
from comity.wording.catalogue import LANGUAGES
from comity.wording.decisions import outcome_name

DOCS = Path(__file__).parents[3] / "docs" / "reference"
FORMAT = (DOCS / "decision-rules.md").read_text("utf-8")
PAGE = (DOCS / "algorithms" / "deciding.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", FORMAT, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each[:30])
def test_every_example_is_read_and_every_case_holds(example: str) -> None:
    document = parse(example, "decision-rules.md")
    sections = {key: each for key, each in document.data.items() if key in SECTIONS}
    read_rules(sections)
    if "cases" in document.data:
        results = list(run_document(document))
        assert results
        assert [each.failures for each in results if not each.passed] == []


def test_every_key_and_word_of_the_schema_is_on_the_page() -> None:
    keys = {key for each in schema()["$defs"].values() for key in each.get("properties", ())}
    said = set(re.findall(r"\b[a-z_]+\b", FORMAT))
    assert keys - said == set()


def test_the_example_in_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```", FORMAT, re.MULTILINE | re.DOTALL)
    rules = next(each for each in EXAMPLES if "important_question" in each)
    (tmp_path / "rules.yaml").write_text(rules)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(code, names)
    finding = names["finding"]
    assert finding.value.outcome == "adopted"  # type: ignore[attr-defined]


ROWS = re.findall(r"^\| (at least|more than) (\S+) of the electorate \| (.+) \|$", PAGE, re.M)


@pytest.mark.parametrize("row", ROWS, ids=lambda each: " ".join(each))
def test_the_table_of_edges_is_as_computed(row: tuple[str, str, str]) -> None:
    comparator, share, rest = row
    counted, base, required, outcome = rest.split(" | ")
    when = {"votes": "a", comparator.replace(" ", "_"): share, "of": "electorate"}
    rule = read_rules(
        {
            "position_tables": {
                "t": {"silent": "no", "positions": {"yes": {"counts_as": "a"}, "no": {}}}
            },
            "decision_rules": {
                "r": {
                    "positions": "t",
                    "decide": [{"outcome": "adopted", "when": when}, {"outcome": "not_adopted"}],
                }
            },
        }
    )
    found = decide_tallied(rule.on("r"), [{"yes": int(counted), "members": int(base)}]).value
    assert str(found.reckonings[0].required) == required
    assert outcome_name(found.outcome, rule, LANGUAGES[0]) == outcome


NEEDED = re.findall(r"^\| `(\{.+\})` \| (\d+) \| (\d+) \| (.+) \| (.+) \|$", PAGE, re.M)


@pytest.mark.parametrize("row", NEEDED, ids=lambda each: " ".join(each[:2]))
def test_the_table_of_amounts_is_as_computed(row: tuple[str, str, str, str, str]) -> None:
    when = {"votes": "a", **parse(row[0]).data}
    positions = {"yes": {"counts_as": "a"}, "no": {}}
    decide = [{"outcome": "adopted", "when": when}, {"outcome": "not_adopted"}]
    rules = read_rules(
        {
            "position_tables": {"t": {"silent": "no", "positions": positions}},
            "decision_rules": {"r": {"positions": "t", "decide": decide}},
        }
    )
    tallies = [{"yes": int(row[1]), "members": int(row[2])}]
    (found,) = needed_amounts_tallied(rules.on("r"), tallies)
    each = [(f"{one.relation} {one.limit}", str(one.comes_to)) for (one,) in found.sets]
    assert each == [row[3:]] * (row[3] != "–")


def test_the_bounds_of_searches_are_those_of_the_page() -> None:
    assert f"`most` tests ({MOST}, if not said)" in PAGE
    assert f"more than {WAYS:,} ways" in PAGE
    assert len(NEEDED) == 10


def test_there_are_rows() -> None:
    assert len(ROWS) == 7
    assert len(EXAMPLES) == 8
