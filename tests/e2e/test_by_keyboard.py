"""The main tasks by keyboard alone, and for readers who see or move differently."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.reading import LANGUAGES, ZOOMED, Open, keep, overflow, violations

DAY = "2023-12-14"
ROSTER = f"sco/?on={DAY}"
READERS: dict[str, dict[str, Any]] = {
    "zoomed": {"viewport": ZOOMED},
    "no-motion": {"reduced_motion": "reduce"},
    "forced-colours": {"forced_colors": "active"},
    "more-contrast": {"contrast": "more"},
}
TASKS = (ROSTER, f"sco/parties/BY/?on={DAY}", "sco/compare/?on=2025-09-01&with=2017-06-09")
FOCUSED = "document.activeElement"
# What is wider than its box, and does not say so by scrolling; a label for hearing has no room.
CUT = """() => [...document.querySelectorAll('main *, header *')].filter(each => {
  const style = getComputedStyle(each);
  return each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1
    && ['hidden', 'clip'].includes(style.overflowX) && !each.closest('svg');
}).map(each => each.outerHTML.slice(0, 120))"""
MOVING = """() => [...document.querySelectorAll('*')].filter(each => {
  const {transitionDuration, animationDuration} = getComputedStyle(each);
  const times = `${transitionDuration},${animationDuration}`.split(',');
  return times.some(time => parseFloat(time) > .01);
}).map(each => each.outerHTML.slice(0, 120))"""


def tab_to(page: Page, address: str, most: int = 150) -> None:
    """Go on by the tabulator until what has the focus matches, as a reader without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED}.matches({address!r})"):
            outline = page.evaluate(f"getComputedStyle({FOCUSED}).outlineStyle")
            assert outline != "none", f"nothing shows that {address} has the focus"
            return
    pytest.fail(f"{address} is not reached by {most} steps")


def barriers(page: Page, reader: str) -> list[str]:
    """Return what the checker finds; colours of the reader's own are not ours to measure."""
    found = violations(page)
    if reader == "forced-colours":
        return [each for each in found if not each.startswith("color-contrast")]
    return found


def test_a_roster_is_found_from_the_first_page(visit: Open) -> None:
    page = visit("/en/")
    tab_to(page, "a[href='/en/sco/']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Shanghai Cooperation Organisation")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))


def test_a_day_is_typed(visit: Open) -> None:
    page = visit("/en/sco/")
    tab_to(page, "#on")
    page.keyboard.type("06012016")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("on=2016-06-01"))
    expect(page.get_by_text("1 June 2016").first).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_arrows_on_the_axis_change_the_day(visit: Open, language: str) -> None:
    page = visit(f"/{language}/{ROSTER}")
    tab_to(page, "#day-range")
    for key, day in (("ArrowLeft", "2023-12-13"), ("ArrowRight", DAY), ("Home", first_day(page))):
        page.keyboard.press(key)
        expect(page).to_have_url(re.compile(f"[?&]on={day}(&|$)"))
        expect_the_axis_at(page, day)


def first_day(page: Page) -> str:
    return page.locator("#day-range").get_attribute("data-first") or ""


def expect_the_axis_at(page: Page, day: str) -> None:
    """Wait until a reader sees the day on the axis and in the field, and can go on by keys.

    A slider that has just come with a new page is hidden and hears no key until its script has
    put it on the day and given it the focus again; the field shows the day before that.
    """
    slider = page.locator("#day-range")
    number = (date.fromisoformat(day) - date.fromisoformat(first_day(page))).days
    expect(slider).to_have_value(str(number))
    expect(slider).to_have_attribute("aria-valuetext", spoken(day))
    expect(slider).to_be_focused()
    expect(page.locator("#on")).to_have_value(day)


def spoken(day: str) -> re.Pattern[str]:
    """Match a day in words of any language: the number of the day and the year, in either order."""
    year, _, number = day.split("-")
    alone = rf"(?<!\d){int(number)}(?!\d)"
    return re.compile(f"{alone}.*{year}|{year}.*{alone}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_is_asked_and_put_away(visit: Open, language: str) -> None:
    page = visit(f"/{language}/{ROSTER}")
    why = "a.why[href*='/why/status/BY/']"
    tab_to(page, why)
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel).to_be_visible()
    assert page.evaluate(f"document.getElementById('panel').contains({FOCUSED})")
    tab_to(page, "#panel a[href*='/articles/']", most=10)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator(why).first).to_be_focused()
    assert page.url.endswith(ROSTER)


def test_summits_are_compared(visit: Open) -> None:
    page = visit("/en/sco/compare/")
    tab_to(page, "details summary")
    page.keyboard.press("Enter")
    tab_to(page, "a[aria-label^='9 June 2017 as the first']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("with=2017-06-09"))
    expect(page.get_by_text("9 June 2017").first).to_be_visible()


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("reader", READERS)
def test_every_reader_is_served(visit: Open, reader: str, task: str) -> None:
    for language in LANGUAGES:
        page = visit(f"/{language}/{task}", **READERS[reader])
        assert overflow(page) == 0
        assert page.evaluate(CUT) == []
        assert barriers(page, reader) == []
    keep(page, f"{reader}-{task.split('/')[1] or 'roster'}".replace("?", "-"))


def test_who_wants_no_motion_sees_none(visit: Open) -> None:
    page = visit(f"/en/{ROSTER}", reduced_motion="reduce")
    assert page.evaluate(MOVING) == []
    page.locator("a.why").first.click()
    expect(page.locator("#panel")).to_be_visible()
    assert page.evaluate(MOVING) == []


def test_who_wants_more_contrast_gets_it(visit: Open) -> None:
    colour = "getComputedStyle(document.querySelector('.quiet')).color"
    usual = visit(f"/en/{ROSTER}").evaluate(colour)
    stronger = visit(f"/en/{ROSTER}", contrast="more").evaluate(colour)
    assert usual != stronger


def test_colours_of_the_reader_s_own_take_nothing_away(visit: Open) -> None:
    page = visit(f"/en/{ROSTER}", forced_colors="active")
    for chip in page.locator("main .chip").all():
        assert chip.inner_text().strip()
    tab_to(page, "#on")
