"""Every fault code that the core raises is in the reference, and the reference names no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.charter.checks import ENTRY

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs" / "reference" / "errors.md").read_text("utf-8")
# The section of the reference for each package.
SECTIONS = {"kernel": "Files and values", "charter": "Charters"}


def calls(package: str, name: str) -> Iterator[ast.expr]:
    """Yield the first argument of every call of ``name``, be it given by place or as code=."""
    for path in sorted((ROOT / "src" / "comity" / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                by_key = [each.value for each in node.keywords if each.arg in ("code", "kind")]
                yield (*node.args, *by_key)[0]


def raised(package: str) -> set[str]:
    kinds = written(package, "unknown") | (set(ENTRY.values()) if package == "charter" else set())
    return written(package, "Fault") | {f"unknown_{kind}" for kind in kinds}


def written(package: str, name: str) -> set[str]:
    return {str(each.value) for each in calls(package, name) if isinstance(each, ast.Constant)}


def listed(section: str) -> set[str]:
    text = REFERENCE.split(f"## {section}\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))


@pytest.mark.parametrize("package", SECTIONS)
def test_every_code_raised_is_listed(package: str) -> None:
    everywhere = {code for section in SECTIONS.values() for code in listed(section)}
    assert sorted(raised(package) - everywhere) == []


@pytest.mark.parametrize("package", SECTIONS)
def test_every_code_listed_is_raised(package: str) -> None:
    assert sorted(listed(SECTIONS[package]) - raised(package)) == []


def test_a_code_is_always_written_out() -> None:
    """A computed code would escape the tests above; only `unknown` makes its own."""
    computed = [
        ast.unparse(each)
        for package in SECTIONS
        for name in ("Fault", "unknown")
        for each in calls(package, name)
        if not isinstance(each, ast.Constant)
    ]
    assert sorted(computed) == ["ENTRY[section]", "f\"unknown_{kind.replace(' ', '_')}\""]
