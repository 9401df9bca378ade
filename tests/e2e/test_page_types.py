"""Every kind of page in every language: no barrier, and a light first view.

The kinds are found in the site's own map: one address of each kind, and what is no page.
"""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.reading import LANGUAGES, PHONE, overflow, violations

MOST_BYTES, MOST_REQUESTS = 150_000, 3
DESKTOP = {"width": 1200, "height": 900}
# Kinds of page that a map for search engines leaves out.
BESIDE_THE_MAP = {
    "sco/why/status/BY/?on=2023-12-14",
    "sco/why/count/family/?on=2023-07-04",
    "sco/why/grant/observer/attend/chg/?on=2023-12-14",
    "sco/why/article/charter__art_14__relations/",
    "sco/compare/?on=2025-09-01&with=2017-06-09",
    "sco/disagreements/?on=2023-07-04",
    "sco/rights/?body=chg&on=2023-12-14",
    "sco/charter/?on=2024-01-01&against=2005-01-01",
    "sco/bodies/chs/?on=2023-12-14",
    "sco/sources/tass-belarus-2023/",
    "sco/acts/?kind=signed&page=1",
    "au/?on=2022-06-01",
    "sco/?on=2016-06-01&known_at=2016-01-01",
    "sco/?on=1900-01-01",
    "sco/?on=2199-01-01",
}
ERRORS = {
    "nothing/at/all/": 404,
    "sco/?on=tomorrow": 422,
    "sco/?basis=nobody": 422,
    "sco/parties/Belarrus/": 404,
    "sco/why/status/Belarrus/": 404,
    "sco/acts/?page=9999": 422,
    f"{'x' * 2001}/": 414,
}


class Kind(NamedTuple):
    """A kind of page, and the address of one of them after the language."""

    name: str
    path: str


def kinds_in_the_map(site: str) -> Iterator[Kind]:
    """Yield one page of each kind that the map of the site names."""
    seen = set()
    for part in ("sitemap.site.xml", "sitemap-sco-1.xml"):
        with urllib.request.urlopen(f"{site}/{part}", timeout=60) as answer:
            for path in re.findall(r"<loc>[^<]*/en/([^<]*)</loc>", answer.read().decode()):
                steps = path.split("/")
                name = "/".join([*steps[1:2], "one" if len(steps) > 3 else "all"])
                if name not in seen:
                    seen.add(name)
                    yield Kind(name, path)


@pytest.fixture(scope="module")
def paths(site: str) -> list[str]:
    found = list(kinds_in_the_map(site))
    assert {"parties/one", "acts/one", "articles/one", "charter/all"} <= {
        each.name for each in found
    }
    return [each.path for each in found] + sorted(BESIDE_THE_MAP)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """Give one window for many pages."""
    context: BrowserContext = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_kind_of_page_has_a_barrier_or_is_wider_than_a_phone(
    site: str, tab: Page, paths: list[str], language: str
) -> None:
    barriers, wide = {}, {}
    for path in [*paths, *ERRORS]:
        tab.set_viewport_size(DESKTOP)
        answer = tab.goto(f"{site}/{language}/{path}")
        assert answer
        assert answer.status == ERRORS.get(path, 200), path
        if found := violations(tab):
            barriers[path] = found
        tab.set_viewport_size(PHONE)
        if pixels := overflow(tab):
            wide[path] = pixels
    assert (barriers, wide) == ({}, {})


def test_the_first_view_of_a_page_is_light(browser: Browser, site: str, paths: list[str]) -> None:
    heavy = {}
    for path in [*paths, *ERRORS]:
        weight = first_view(browser, f"{site}/zh/{path}")
        if weight.bytes > MOST_BYTES or weight.requests > MOST_REQUESTS:
            heavy[path] = weight
        assert weight.bytes > 5000, path
    assert heavy == {}


class Weight(NamedTuple):
    """What came over the wire: all its bytes, and the requests after the page itself."""

    bytes: int
    requests: int


def first_view(browser: Browser, address: str) -> Weight:
    """Open a page as one who was never here, and weigh what is sent, headers included."""
    context = browser.new_context()
    page = context.new_page()
    sent: list[int] = []
    asked: list[str] = []
    wire = context.new_cdp_session(page)
    wire.on("Network.loadingFinished", lambda each: sent.append(int(each["encodedDataLength"])))
    wire.on("Network.requestWillBeSent", lambda each: asked.append(each["request"]["url"]))
    wire.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    context.close()
    over_the_wire = [each for each in asked if not each.startswith("data:")]
    return Weight(sum(sent), len(over_the_wire) - 1)
