"""Every page for every reader: nothing in the way, and room enough."""

from __future__ import annotations

import hashlib
import tomllib

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import PAGES
from tests.e2e.reading import HERE, PHONE, Open, keep, overflow, violations

IN_THE_DARK = {
    "organisation",
    "party",
    "act",
    "acts",
    "compare",
    "disagreements",
    "wrong date",
    "parties",
    "body",
    "rights",
    "grounds",
    "timelines",
    "growth",
    "map",
}
ON_A_PHONE = {
    "organisation",
    "party",
    "article",
    "act",
    "acts",
    "compare",
    "sources",
    "parties",
    "body",
    "rights",
    "grounds",
    "timelines",
    "growth",
    "map",
    "map in Russian",
}
NARROW = {"width": 320, "height": 700}


def test_the_vendored_checker_is_the_one_that_is_listed() -> None:
    listing = tomllib.loads((HERE / "vendor" / "vendor.toml").read_text())
    for entry in listing["files"]:
        raw = (HERE / "vendor" / entry["file"]).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_barrier_and_fits_a_narrow_phone(visit: Open, name: str) -> None:
    """Open a page once and look at it as different readers do."""
    page, barriers = visit(PAGES[name]), {}
    keep(page, name.replace(" ", "-"))
    barriers["in the light"] = violations(page)
    if name in IN_THE_DARK:
        page.emulate_media(color_scheme="dark")
        barriers["in the dark"] = violations(page)
        if name == "organisation":
            keep(page, "dark")
        page.emulate_media(color_scheme="light")
    if name in ON_A_PHONE:
        page.set_viewport_size(PHONE)
        barriers["on a phone"] = violations(page)
        if name == "organisation":
            keep(page, "phone")
    assert {reader: found for reader, found in barriers.items() if found} == {}
    page.set_viewport_size(NARROW)
    assert overflow(page) == 0


def test_the_lists_name_pages() -> None:
    assert set(PAGES) > IN_THE_DARK | ON_A_PHONE


def test_the_keyboard_reaches_the_content_first(visit: Open) -> None:
    page = visit("/en/sco/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
