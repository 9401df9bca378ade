"""Every fault code that the core raises is in the reference, and the reference names no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.charter.checks import ENTRY
from comity.register.kinds import KINDS
from comity.register.register import REFUSALS

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs" / "reference" / "errors.md").read_text("utf-8")
# The section of the reference for each package.
SECTIONS = {
    "kernel": "Files and values",
    "charter": "Charters",
    "decision": "Decision rules",
    "procedure": "Procedures",
    "membership": "Acts",
    "register": "Acts",
    "tlog": "Logs",
    "power": "Power",
}


# What makes a fault, and which of its arguments is the code.
MAKERS = {"Fault": 0, "unknown": 0, "fault": 1, "wrong": 0, "_refused": 0, "Remark": 0, "Reason": 0}


def calls(package: str, name: str) -> Iterator[ast.expr]:
    """Yield the code in every call of ``name``, be it given by place or as code=."""
    for path in sorted((ROOT / "src" / "comity" / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) == name:
                by_key = [each.value for each in node.keywords if each.arg in ("code", "kind")]
                yield from (*node.args, *by_key)[MAKERS[name] : MAKERS[name] + 1]


def _name(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


def raised(package: str) -> set[str]:
    kinds = written(package, "unknown")
    if package == "charter":
        kinds |= set(ENTRY.values())
    if package == "register":
        kinds |= {field.name for kind in KINDS.values() for field in kind.fields if field.choices}
        kinds |= {"article", "body", "facet", "office", "right", "source", "status", "territory"}
    if package == "procedure":
        kinds |= {"procedure"}
    made = {
        code
        for name in ("Fault", "fault", "wrong", "_refused", "Remark", "Reason")
        for code in written(package, name)
    }
    return made | {f"unknown_{kind.replace(' ', '_')}" for kind in kinds}


def written(package: str, name: str) -> set[str]:
    """The codes written out; of two to choose from, both. Sentences are no codes."""
    given = [each for call in calls(package, name) for each in _choices(call)]
    texts = (str(each.value) for each in given if isinstance(each, ast.Constant))
    return {each for each in texts if re.fullmatch(r"[a-z0-9_ ]+", each)}


def _choices(call: ast.expr) -> list[ast.expr]:
    return [call.body, call.orelse] if isinstance(call, ast.IfExp) else [call]


def listed(section: str) -> set[str]:
    text = REFERENCE.split(f"## {section}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`[^|]*`) \|", text, re.MULTILINE)
    return {code for cell in cells for code in re.findall(r"`(\w+)`", cell)}


@pytest.mark.parametrize("package", SECTIONS)
def test_every_code_raised_is_listed(package: str) -> None:
    everywhere = {code for section in SECTIONS.values() for code in listed(section)}
    assert sorted(raised(package) - everywhere) == []


@pytest.mark.parametrize("section", sorted(set(SECTIONS.values())))
def test_every_code_listed_is_raised(section: str) -> None:
    packages = [package for package, its in SECTIONS.items() if its == section]
    assert sorted(listed(section) - {code for each in packages for code in raised(each)}) == []


def test_a_code_is_always_written_out() -> None:
    """A computed code would escape the tests above; these few are accounted for in `raised`."""
    computed = {
        ast.unparse(each)
        for package in SECTIONS
        for name in ("Fault", "unknown")
        for call in calls(package, name)
        for each in _choices(call)
        if not isinstance(each, ast.Constant)
    }
    made_here = {"ENTRY[section]", "f\"unknown_{kind.replace(' ', '_')}\""}
    passed_on = {"code", "kind", "field.name", "remark.code"}
    assert computed == made_here | passed_on


def test_every_refusal_is_listed_among_the_acts() -> None:
    assert listed("Acts") >= REFUSALS
