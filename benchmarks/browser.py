"""What a first view costs a reader: bytes, requests, and when the largest part is painted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, sync_playwright

CHROMIUM = os.environ.get("COMITY_CHROMIUM", "/usr/bin/chromium")
SLOWED = 4  # times: the processor of a cheap phone
SCREENS = {"phone": (390, 844), "desktop": (1280, 800)}
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
_WATCH = """
window.paintedAt = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.paintedAt = entry.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
"""
_SETTLED = 400  # ms after loading in which a larger part could still be painted


@dataclass(frozen=True, slots=True)
class View:
    """A first view: bytes over the wire, requests after the document, ms until it is painted."""

    size: int
    requests: int
    painted: float


@contextmanager
def browser() -> Iterator[Browser]:
    """Run one Chromium for all views."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()


def first_view(chromium: Browser, address: str, screen: str) -> View:
    """See a page as one who comes for the first time does, on a slow machine."""
    width, height = SCREENS[screen]
    context = chromium.new_context(viewport={"width": width, "height": height})
    try:
        return _seen(context, address)
    finally:
        context.close()


def _seen(context: BrowserContext, address: str) -> View:
    page = context.new_page()
    session = context.new_cdp_session(page)
    sizes: list[int] = []
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    # What an address of its own brings (data:) takes nothing over the wire.
    session.on("Network.loadingFinished", lambda each: sizes.append(int(each["encodedDataLength"])))
    page.add_init_script(_WATCH)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(_SETTLED)
    painted = float(page.evaluate("window.paintedAt"))
    return View(sum(sizes), len([each for each in sizes if each]) - 1, painted)
