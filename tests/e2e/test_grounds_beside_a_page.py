"""“Why?” opens the grounds beside what is read, and puts the reader back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages import DAY
from tests.e2e.reading import Open, violations


def test_why_opens_beside_what_is_read_and_the_focus_comes_back(visit: Open) -> None:
    page = visit(f"/en/sco/?on={DAY}")
    why = page.get_by_role("row").filter(has_text="Belarus").get_by_role("link", name="Why?")
    why.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Grounds")
    expect(panel.get_by_role("heading", level=1)).to_have_text(
        "Status of Belarus on 14 December 2023"
    )
    expect(panel.get_by_text("Observer", exact=True)).to_be_visible()
    expect(panel.get_by_role("button", name="Close")).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(why).to_be_focused()
    assert page.url.endswith(f"/en/sco/?on={DAY}")


def test_the_panel_shows_the_answer_that_was_asked_for_last(visit: Open) -> None:
    page = visit(f"/en/sco/?on={DAY}")
    panel = page.get_by_role("dialog", name="Grounds")
    for name in ("Belarus", "Mongolia"):
        row = page.get_by_role("row").filter(has_text=name)
        row.get_by_role("link", name="Why?").click()
        expect(panel.get_by_role("heading", level=1)).to_contain_text(name)
        panel.get_by_role("button", name="Close").click()
        expect(panel).to_be_hidden()


def test_what_an_observer_may_do_among_the_heads_of_government_is_two_clicks_away(
    visit: Open,
) -> None:
    for day in (f"?on={DAY}", ""):  # today there are no observers any more
        page = visit(f"/en/sco/{day}")
        page.get_by_role("navigation", name="Shanghai").get_by_role("link", name="Rights").click()
        page.get_by_role("navigation", name="Body").get_by_role("link", name="CHG").click()
        observer = page.get_by_role("region", name="Observer")
        expect(observer.get_by_text("attend").first).to_be_visible()
        expect(observer.get_by_role("link", name="The Secretariat's own account")).to_be_visible()
        observer.get_by_role("link", name="attend").click()
        panel = page.get_by_role("dialog", name="Grounds")
        expect(panel.get_by_text("Yes", exact=True)).to_be_visible()
        expect(panel).to_contain_text("Council of Heads of Government")


def test_a_body_is_reached_and_asked_about_by_keyboard_alone(visit: Open) -> None:
    page = visit(f"/en/sco/?on={DAY}")
    for name in ("Bodies", "Council of Heads of State", "India"):
        reach(page, name)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
    reach(page, "attend")
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Grounds")
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="attend").first).to_be_focused()


def reach(page: Page, name: str) -> None:
    """Press the tabulator until a link of that name has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.textContent.trim()")
        if focused == name:
            return
    pytest.fail(f"the keyboard does not reach {name}")


def test_what_the_panel_cannot_show_is_a_page(visit: Open) -> None:
    page = visit(f"/en/sco/?on={DAY}")
    why = page.get_by_role("row").filter(has_text="Belarus").get_by_role("link", name="Why?")
    why.evaluate("link => { link.href = '/en/sco/why/status/Belarrus/' }")
    why.click()
    expect(page.get_by_role("heading", name="Not found")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_without_script_why_is_a_page_that_leads_on(visit: Open) -> None:
    page = visit(f"/en/sco/?on={DAY}", java_script_enabled=False)
    row = page.get_by_role("row").filter(has_text="Belarus")
    row.get_by_role("link", name="Why?").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Status of Belarus")
    page.get_by_role("link", name="Charter of the SCO, Article 14").click()
    expect(page.get_by_role("heading", name="Acts under it")).to_be_visible()
