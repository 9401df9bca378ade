"""What readers do on the pages of the demonstration, and what they meet there."""

from __future__ import annotations

import hashlib
import re
import tomllib

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.reading import HERE, PHONE, Open, keep, violations

# The day of the press conference, and the day of the interview, that the record is checked by.
DAY = "2023-12-14"
PAGES = {
    "all organisations": "/en/",
    "organisation": f"/en/sco/?on={DAY}",
    "organisation in Russian": f"/ru/sco/?on={DAY}",
    "organisation in Chinese": f"/zh/sco/?on={DAY}",
    "many parties": "/en/au/?on=2022-06-01",
    "party": f"/en/sco/parties/BY/?on={DAY}",
    "act": "/en/sco/acts/2017-06-09-in-member/",
    "article": "/en/sco/articles/charter__art_14__relations/",
    "charter": "/en/sco/charter/?on=2024-01-01&against=2005-01-01",
    "charter in Chinese": "/zh/sco/charter/?on=2024-01-01",
    "offices": "/ru/sco/offices/?on=2023-12-14",
    "plans": "/en/sco/plans/",
    "parties": f"/en/sco/parties/?on={DAY}",
    "parties in Russian": "/ru/eu/parties/?on=2021-01-01",
    "a suspended party": "/en/au/parties/ML/?on=2022-06-01",
    "party in Chinese": "/zh/sco/parties/CN/?on=2012-12-31",
    "bodies": "/ru/sco/bodies/?on=2026-01-01",
    "body": f"/en/sco/bodies/chg/?on={DAY}",
    "body in formation in Chinese": "/zh/sco/bodies/universal_centre/?on=2026-01-01",
    "rights": f"/en/sco/rights/?on={DAY}",
    "rights in a body in Russian": f"/ru/sco/rights/?on={DAY}&body=chg",
    "grounds": f"/en/sco/why/status/BY/?on={DAY}",
    "grounds of a number in Russian": "/ru/sco/why/count/family/?on=2023-07-04",
    "grounds of a right in Chinese": f"/zh/sco/why/grant/observer/attend/chg/?on={DAY}",
    "acts": "/en/sco/acts/?kind=met&q=heads",
    "acts in Chinese": "/zh/sco/acts/?party=BY",
    "no acts": "/ru/sco/acts/?q=zebra",
    "merger in Russian": "/ru/sco/acts/2025-09-01-partners-merged/",
    "compare": "/en/sco/compare/?on=2025-09-01&with=2017-06-09",
    "compare in Russian": "/ru/eu/compare/?on=2021-01-01&with=2016-06-01",
    "sources": "/zh/sco/sources/",
    "source": "/en/sco/sources/interview-2025/",
    "disagreements": "/en/sco/disagreements/?on=2023-07-04",
    "disagreements in Russian": "/ru/sco/disagreements/?on=2023-07-04",
    "timelines": f"/en/sco/timeline/?on={DAY}",
    "timelines of many in Chinese": "/zh/au/timeline/?on=2022-06-01",
    "growth": f"/en/sco/growth/?on={DAY}",
    "growth in Russian": "/ru/eu/growth/",
    "map": f"/en/sco/map/?on={DAY}",
    "map in Russian": "/ru/eu/map/",
    "path": "/en/eu/parties/GB/?on=2019-06-01",
    "search": "/en/search/?q=Kazahstan",
    "search in Russian": "/ru/sco/search/?q=Совета глав государств",
    "search in Chinese": "/zh/search/?q=印度&kind=act",
    "search for nothing yet": "/zh/search/",
    "nothing found": "/en/search/?q=Kazakhstan+xyzzy",
    "wrong date": "/en/sco/?on=tomorrow",
    "unknown party": "/ru/sco/parties/Belarrus/",
}


def test_the_vendored_checker_is_the_one_that_is_listed() -> None:
    listing = tomllib.loads((HERE / "vendor" / "vendor.toml").read_text())
    for entry in listing["files"]:
        raw = (HERE / "vendor" / entry["file"]).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == entry["sha256"]


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


def test_the_keyboard_reaches_the_content_first(visit: Open) -> None:
    page = visit("/en/sco/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible(visit: Open, name: str) -> None:
    assert violations(visit(PAGES[name])) == []


@pytest.mark.parametrize(
    "name",
    [
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
    ],
)
def test_pages_are_accessible_in_the_dark(visit: Open, name: str) -> None:
    assert violations(visit(PAGES[name], color_scheme="dark")) == []


@pytest.mark.parametrize(
    "name",
    [
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
    ],
)
def test_pages_are_accessible_on_a_phone(visit: Open, name: str) -> None:
    assert violations(visit(PAGES[name], viewport={"width": 390, "height": 844})) == []


@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_a_narrow_phone(visit: Open, name: str) -> None:
    page = visit(PAGES[name], viewport={"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


OVERLAPS = """() => [...document.querySelectorAll("svg.drawing")].flatMap((drawing) => {
  const boxes = [...drawing.querySelectorAll("text:not(.letter)")]
    .map((text) => [text.textContent, text.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0);
  return boxes.flatMap(([one, a], index) => boxes.slice(index + 1)
    .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3)
    .map(([other]) => `${one} | ${other}`));
})"""


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize(
    "path",
    [
        f"/en/sco/timeline/?on={DAY}",
        "/ru/au/timeline/?on=2022-06-01",
        f"/ru/sco/growth/?on={DAY}",
        "/en/eu/growth/",
        f"/zh/sco/map/?on={DAY}",
        "/ru/au/map/?on=2022-06-01",
        "/en/eu/parties/GB/?on=2019-06-01",
    ],
)
def test_labels_of_drawings_do_not_overlap(visit: Open, path: str, width: int) -> None:
    """Widths are estimated when a drawing is made; here they are measured."""
    assert visit(path, viewport={"width": width, "height": 900}).evaluate(OVERLAPS) == []


@pytest.mark.parametrize("name", ["timelines", "growth", "growth in Russian"])
def test_the_tables_of_drawings_are_accessible(visit: Open, name: str) -> None:
    page = visit(PAGES[name])
    for summary in page.locator(".plates-table > summary").all():
        summary.click()
    assert violations(page) == []


def test_a_reader_goes_from_the_drawing_to_a_party_and_a_day(visit: Open) -> None:
    page = visit(f"/en/sco/timeline/?on={DAY}")
    page.get_by_role("link", name="Belarus: dialogue partner, 28 April 2010").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Belarus")
    page.get_by_role("link", name="8. 4 July 2024").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("procedure completed")
    page.goto(page.url.partition("/en/")[0] + f"/en/sco/growth/?on={DAY}")
    page.get_by_role("link", name="13. 9 June 2017").click()
    page.wait_for_url("**/en/sco/growth/?on=2017-06-09")


def test_the_table_of_a_drawing_is_printed(visit: Open) -> None:
    page = visit(f"/en/sco/growth/?on={DAY}")
    table = page.get_by_role("table").first
    expect(table).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="15 June 2001", exact=True).first).to_be_visible()


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


def test_screenshots_are_taken(visit: Open) -> None:
    shots = {name: (path, {}) for name, path in PAGES.items() if "many" not in name}
    roster = PAGES["organisation"]
    shots["dark"] = (roster, {"color_scheme": "dark"})
    shots["phone"] = (roster, {"viewport": PHONE})
    for name, (path, options) in shots.items():
        keep(visit(path, **options), name.replace(" ", "-"))
