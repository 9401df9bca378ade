"""What readers do on the pages of the demonstration, and what they meet there."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.pages import DAY, PAGES
from tests.e2e.reading import Open


def test_a_reader_sees_the_roster_and_follows_a_reason_to_its_source(visit: Open) -> None:
    page = visit(f"/en/sco/?on={DAY}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Shanghai Cooperation Organisation")
    members = page.get_by_role("region", name="member State")
    expect(members.get_by_role("row")).to_have_count(10)
    india = members.get_by_role("row").filter(has_text="Republic of India")
    india.get_by_role("link").filter(has_text="Procedure completed").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("procedure completed")
    expect(page.get_by_text("2017-06-09-in-member").first).to_be_visible()
    page.get_by_role("link", name="Article 13").first.click()
    expect(page.get_by_role("heading", name="Acts under it")).to_be_visible()
    expect(page.get_by_role("link", name="SCO", exact=True).first).to_have_attribute(
        "href", f"/en/sco/?on={DAY}"
    )


def test_a_reader_asks_for_another_day_and_basis(visit: Open) -> None:
    page = visit("/en/sco/")
    page.get_by_label("On the day", exact=True).fill("2025-05-12")
    page.get_by_label("Counted").select_option(label="by decision")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("12 May 2025").first).to_be_visible()
    expect(page.get_by_role("region", name="member State").get_by_role("row")).to_have_count(11)
    assert "basis=decision" in page.url


def test_a_reader_goes_to_a_landmark_on_the_axis(visit: Open) -> None:
    page = visit(f"/en/sco/?on={DAY}")
    page.get_by_role("link", name="9 June 2017 – ").first.click()
    expect(page.locator(".lede strong").first).to_have_text("9 June 2017")


def test_a_reader_changes_the_language_and_stays_on_the_page(visit: Open) -> None:
    page = visit(f"/en/sco/parties/BY/?on={DAY}")
    page.get_by_role("link", name="Русский").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Беларусь")
    expect(page.get_by_text("На 14 декабря 2023").first).to_be_visible()
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("白俄罗斯")
    assert page.url.endswith(f"/zh/sco/parties/BY/?on={DAY}")


def test_a_wrong_name_leads_to_the_right_one(visit: Open) -> None:
    page = visit("/en/sco/parties/Belarrus/")
    page.get_by_role("link", name="Belarus").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Belarus")


def test_a_wrong_day_can_be_mended_on_the_spot(visit: Open) -> None:
    page = visit("/en/sco/?on=14.12.2023")
    page.get_by_label("On the day", exact=True).fill(DAY)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("14 December 2023").first).to_be_visible()


def test_on_a_phone_the_rights_are_a_list_for_each_status(visit: Open) -> None:
    page = visit(PAGES["rights in a body in Russian"], viewport={"width": 390, "height": 844})
    expect(page.get_by_role("table")).to_have_count(0)
    observer = page.get_by_role("region", name="Наблюдатель")
    expect(observer.get_by_text("при условии", exact=False)).to_be_visible()


def test_parties_are_filtered_by_plain_links(visit: Open) -> None:
    page = visit(f"/en/sco/parties/?on={DAY}", java_script_enabled=False)
    expect(page.get_by_role("row")).to_have_count(27)
    page.get_by_role("navigation", name="Status").get_by_role("link", name="Observers").click()
    expect(page.get_by_role("row")).to_have_count(4)
    page.get_by_role("link", name="Mongolia", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mongolia")


def test_pages_work_with_forced_colours_and_without_script(visit: Open) -> None:
    page = visit(PAGES["organisation"], forced_colors="active", java_script_enabled=False)
    expect(page.get_by_role("region", name="observer").get_by_role("row")).to_have_count(4)
    page.get_by_label("On the day", exact=True).fill("2005-01-01")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("1 January 2005").first).to_be_visible()


def test_on_paper_there_is_the_roster_and_no_form(visit: Open) -> None:
    page = visit(PAGES["organisation"])
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Language")).to_be_hidden()
    expect(page.get_by_role("region", name="member State")).to_be_visible()
    assert page.pdf().startswith(b"%PDF")
