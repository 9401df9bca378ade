"""The reference page of the site names what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver

import comity_web
from comity_web.config import settings
from comity_web.public.urls import urlpatterns

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "site.md").read_text("utf-8")
SOURCE = Path(comity_web.__file__).parent


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """Yield every address, those of files that are included too."""
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from (f"{each.pattern._route}{below}" for below in routes(each.url_patterns))
        else:
            yield each.pattern._route


@pytest.mark.parametrize("route", [*routes(urlpatterns)])
def test_every_address_is_documented(route: str) -> None:
    address = re.sub(r"<[a-z]+:([a-z]+)>", r"{\1}", route)
    assert f"`/{address}`" in PAGE


def test_every_setting_is_documented() -> None:
    used = set(re.findall(r"COMITY_[A-Z_]+", Path(settings.__file__).read_text("utf-8")))
    assert used == set(re.findall(r"COMITY_[A-Z_]+", PAGE))


@pytest.mark.parametrize(
    "command", sorted(path.stem for path in SOURCE.rglob("management/commands/[a-z]*.py"))
)
def test_every_command_is_documented(command: str) -> None:
    assert f"`{command}" in PAGE


def test_every_code_of_a_fault_is_documented() -> None:
    errors = (ROOT / "docs" / "reference" / "errors.md").read_text("utf-8")
    text = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    codes = set(re.findall(r'\bFault\(\s*"([a-z_]+)"', text))
    assert len(codes) > 5
    assert {code for code in codes if f"`{code}`" not in errors} == set()
