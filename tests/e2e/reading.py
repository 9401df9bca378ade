"""What a reader sees of a page in a browser, and the pictures that are kept of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

HERE = Path(__file__).parent
AXE = HERE / "vendor" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENSHOTS = HERE.parents[1] / "var" / "screenshots"
LANGUAGES = ("en", "ru", "zh")
PHONE = {"width": 390, "height": 844}
# 1280 pixels at 200 %.
ZOOMED = {"width": 640, "height": 450}
Open = Callable[..., Page]


# What moves when the colours change; nothing on the site moves for ever.
_AT_REST = "Promise.allSettled(document.getAnimations().map(each => each.finished)).then(() => 0)"


def violations(page: Page) -> list[str]:
    page.evaluate(_AT_REST)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "async rules => (await axe.run(document, {runOnly: rules})).violations", RULES
    )
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def overflow(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    width = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    return int(max(0, width))


def keep(page: Page, name: str) -> None:
    """Keep a picture of a page as it stands, for people to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(full_page=True, path=SCREENSHOTS / f"{name}.png")
