"""A reader's journeys through the demonstration, in a real browser.

All in one module, because a browser keeps an event loop running in its process, and no test of
the database may meet it.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.postgres import free_port

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("COMITY_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]
AXE = HERE / "vendor" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
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
    "wrong date": "/en/sco/?on=tomorrow",
    "unknown party": "/ru/sco/parties/Belarrus/",
}
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the demonstration as a newcomer does, and return its address."""
    port = free_port()
    environment = os.environ | {"COMITY_VAR": str(tmp_path_factory.mktemp("demo"))}
    command = [sys.executable, "-m", "comity_web.demo", "--port", str(port)]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as demo:
        assert demo.stdout
        said = []
        for line in demo.stdout:
            said.append(line)
            if "is served at" in line:
                break
        else:
            pytest.fail("".join(said))
        address = f"http://127.0.0.1:{port}"
        wait_for(address)
        yield address
        demo.terminate()
        demo.stdout.read()


def wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{address}/en/", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{address} does not answer")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        reason = f"no browser at {CHROMIUM}: install chromium, or set COMITY_CHROMIUM"
        if os.environ.get("COMITY_REQUIRE_E2E") == "1":
            pytest.fail(f"{reason} (COMITY_REQUIRE_E2E=1)")
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Open]:
    """Open a path in a context of its own; whatever is loaded from elsewhere fails the test."""
    contexts = []
    asked: list[str] = []
    said: list[str] = []

    def opened(path: str, **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1200, "height": 900}} | options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda each: asked.append(each.url))
        page.on("console", lambda each: said.append(each.text))
        page.goto(site + path)
        return page

    yield opened
    for context in contexts:
        assert context.cookies() == []
        context.close()
    assert [each for each in asked if not each.startswith(site)] == []
    assert [each for each in said if "Policy" in each] == []


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "async rules => (await axe.run(document, {runOnly: rules})).violations", RULES
    )
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


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
    expect(page.get_by_role("heading", level=1)).to_contain_text("Procedure completed")
    expect(page.get_by_text("2017-06-09-in-member").first).to_be_visible()
    page.get_by_role("link", name="Article 13").click()
    expect(page.get_by_role("heading", name="Acts under it")).to_be_visible()
    expect(page.get_by_role("link", name="SCO", exact=True)).to_have_attribute(
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


def test_a_reader_goes_to_a_year_by_its_column(visit: Open) -> None:
    page = visit(f"/en/sco/?on={DAY}")
    page.get_by_role("link", name="2017: ").click()
    expect(page.get_by_text("31 December 2017").first).to_be_visible()


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


def test_the_keyboard_reaches_the_content_first(visit: Open) -> None:
    page = visit("/en/sco/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible(visit: Open, name: str) -> None:
    assert violations(visit(PAGES[name])) == []


@pytest.mark.parametrize("name", ["organisation", "party", "act", "wrong date"])
def test_pages_are_accessible_in_the_dark(visit: Open, name: str) -> None:
    assert violations(visit(PAGES[name], color_scheme="dark")) == []


@pytest.mark.parametrize("name", ["organisation", "party", "article"])
def test_pages_are_accessible_on_a_phone(visit: Open, name: str) -> None:
    assert violations(visit(PAGES[name], viewport={"width": 390, "height": 844})) == []


@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_a_narrow_phone(visit: Open, name: str) -> None:
    page = visit(PAGES[name], viewport={"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


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
    folder = HERE.parents[1] / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    shots = {
        name.replace(" ", "-"): (path, {}) for name, path in PAGES.items() if "many" not in name
    }
    roster = PAGES["organisation"]
    shots["dark"] = (roster, {"color_scheme": "dark"})
    shots["phone"] = (roster, {"viewport": {"width": 390, "height": 844}})
    for name, (path, options) in shots.items():
        raw = visit(path, **options).screenshot(full_page=True, path=folder / f"{name}.png")
        assert raw.startswith(b"\x89PNG")
