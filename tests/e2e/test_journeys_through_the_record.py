"""A reader's journeys through the record itself: the register, an act's proof, two days, doubts."""

from __future__ import annotations

import base64
import re
import subprocess
import sys

from playwright.sync_api import expect

from tests.e2e.reading import Open


def test_a_reader_filters_the_register_and_takes_a_filter_away(visit: Open) -> None:
    page = visit("/en/sco/acts/")
    page.get_by_label("Words in any language").fill("беларусь")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("link", name="Remove the filter Words")).to_be_visible()
    page.get_by_role("navigation", name="Kind").get_by_role("link", name="Stage reached").click()
    items = page.get_by_role("region", name="Newest first").get_by_role("listitem")
    expect(items).to_have_count(8)
    page.get_by_role("link", name="Remove the filter Words").click()
    expect(page.get_by_role("region", name="Newest first")).to_contain_text("1 to 50")
    page.get_by_role("link", name="2017: ").click()
    expect(page.get_by_role("link", name="Remove the filter From")).to_be_visible()


def test_a_reader_proves_an_act_with_the_lines_on_its_page(visit: Open, site: str) -> None:
    page = visit("/en/sco/acts/2017-06-09-in-member/")
    lines = page.locator("pre").filter(has_text="import hashlib").inner_text()
    code = lines.replace("<address of this site>", site)
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True)
    assert done.stdout.startswith("True\n"), done.stderr
    root = page.get_by_role("region", name="In the log").locator("dd code").nth(2).inner_text()
    assert base64.b64encode(bytes.fromhex(root)).decode() in done.stdout


def test_a_reader_learns_what_changed_between_two_summits(visit: Open) -> None:
    page = visit("/en/sco/compare/")
    page.get_by_text("Choose from the meetings").click()
    page.get_by_role("link", name="9 June 2017 as the first day").click()
    expect(page).to_have_url(re.compile("with=2017-06-09"))
    page.get_by_text("Choose from the meetings").click()
    page.get_by_role("link", name="1 September 2025 as the second day").click()
    expect(page.get_by_text("Member States 8 → 10")).to_be_visible()
    merger = page.get_by_role("row").filter(has_text="SCO partner").filter(has_text="Sri Lanka")
    expect(merger).to_contain_text("dialogue partner, observer → SCO partner")


def test_a_reader_learns_why_the_counts_differ(visit: Open) -> None:
    page = visit("/en/sco/sources/")
    page.get_by_role("link", name="Where they disagree").click()
    page.get_by_label("On the day", exact=True).fill("2023-07-04")
    page.get_by_role("button", name="Show").click()
    family = page.get_by_role("row").filter(has_text="SCO family").first
    expect(family).to_have_text(re.compile(r"25\s*26"))
    expect(page.get_by_role("row").filter(has_text="Bahrain").first).to_contain_text("Memorandum")


def test_the_register_is_searched_by_keyboard_alone(visit: Open) -> None:
    page = visit("/en/sco/acts/", java_script_enabled=False)
    page.get_by_label("Words in any language").focus()
    page.keyboard.type("bahrain")
    page.keyboard.press("Enter")
    first = page.get_by_role("region", name="Newest first").get_by_role("link").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bahrain")
    page.get_by_text("Which hashes to join").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Makes")).to_be_visible()


def test_two_days_are_compared_by_keyboard_alone(visit: Open) -> None:
    page = visit("/en/sco/compare/?on=2025-09-01&with=2017-06-09")
    swap = page.get_by_role("link", name="Swap the days")
    swap.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Compare the day")).to_have_value("2025-09-01")
    expect(page.get_by_label("with the day")).to_have_value("2017-06-09")
