"""What readers type into the search, with a script and without."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.reading import Open


def test_a_reader_finds_a_state_by_a_former_name_in_another_script(visit: Open) -> None:
    page = visit("/en/au/")
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_role("searchbox").fill("Свазиленда")
    page.get_by_role("searchbox").press("Enter")
    party = page.get_by_role("region", name="Parties").get_by_role("listitem")
    expect(party).to_contain_text("former name")
    party.get_by_role("link", name="Eswatini").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Eswatini")


def test_what_is_found_follows_what_is_typed(visit: Open) -> None:
    page = visit("/en/search/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    for letter in "kazak":
        field.press(letter)
    expect(page.get_by_role("region", name="Parties").get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_role("status")).to_contain_text("Found for “kazak”:")
    expect(page).to_have_url(re.compile(r"/en/search/\?q=kazak$"))
    expect(page).to_have_title(re.compile("kazak"))
    expect(field).to_be_focused()
    page.get_by_role("link", name="Русский").click()
    expect(page.get_by_role("searchbox")).to_have_value("kazak")
    expect(page.get_by_role("region", name="Участники").get_by_role("listitem")).to_have_count(2)


def test_a_search_is_filtered_and_paged_without_a_script(visit: Open) -> None:
    page = visit("/en/search/?q=Kazakhstan", java_script_enabled=False)
    page.get_by_role("navigation", name="Kinds").get_by_role("link", name="Acts").click()
    expect(page.get_by_role("region", name="Acts").get_by_role("listitem")).to_have_count(20)
    page.get_by_role("link", name="Page after").click()
    expect(page.get_by_role("link", name="Page before")).to_be_visible()
    page.get_by_role("searchbox").fill("Mali")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("region", name="Acts").get_by_role("mark").first).to_have_text("Mali")
