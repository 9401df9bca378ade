"""The slider over the organisation's life: every press counts, and the thumb stands at its day."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.reading import LANGUAGES, PHONE, Open, keep

DAY = date(2016, 6, 1)
RANGE = "#day-range"


def after(days: int) -> str:
    return (DAY + timedelta(days=days)).isoformat()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_one_of_many_fast_presses_counts(visit: Open, language: str) -> None:
    page = visit(f"/{language}/sco/?on={DAY}")
    page.locator(RANGE).focus()
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(f"on={after(30)}"))
    expect(page.locator(RANGE)).to_be_focused()
    expect(page.locator("#on")).to_have_value(after(30))
    assert page.locator(RANGE).evaluate("each => each.value - each.min") == days_in(page)


def days_in(page: Page) -> int:
    first = page.locator(RANGE).get_attribute("data-first") or ""
    return (DAY + timedelta(days=30) - date.fromisoformat(first)).days


def test_presses_while_a_page_is_on_its_way_are_not_lost(visit: Open) -> None:
    page = visit(f"/en/sco/?on={DAY}")
    waiting: list[Route] = []
    page.route(re.compile(f"on={after(1)}"), lambda route: waiting.append(route))
    page.locator(RANGE).focus()
    with page.expect_request(re.compile(f"on={after(1)}")):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    waiting[0].continue_()  # what was asked for first comes while the next is not yet asked for
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(f"on={after(3)}"))
    expect(page.locator(RANGE)).to_be_focused()
    expect(page.locator(".lede strong").first).to_have_text("4 June 2016")


def test_what_asks_for_nothing_is_not_in_the_address(visit: Open) -> None:
    page = visit(f"/en/sco/?on={DAY}")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("basis="))
    assert "known_at" not in page.url
    page.get_by_text("As it was known at an earlier moment").click()
    page.locator("#known_at").fill("2026-11-22")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("known_at=2026-11-22"))


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 900}])
@pytest.mark.parametrize("day", [date(2001, 7, 1), DAY, date(2026, 9, 1)])
def test_the_thumb_stands_at_the_mark_of_its_day(
    visit: Open, viewport: dict[str, int], day: date
) -> None:
    page = visit(f"/en/sco/?on={day}", viewport=viewport)
    line = page.locator(".day-axis .day-line").bounding_box()
    slider = page.locator(RANGE).bounding_box()
    assert line
    assert slider
    keep(page, f"the-day-{day}-{viewport['width']}")
    page.mouse.click(line["x"] + line["width"] / 2, slider["y"] + slider["height"] / 2)
    chosen = date.fromisoformat(page.locator("#on").input_value())
    ends = [page.locator(RANGE).get_attribute(f"data-{end}") or "" for end in ("first", "last")]
    first, last = map(date.fromisoformat, ends)
    assert abs((chosen - day).days) <= 2 * (last - first).days / slider["width"]
