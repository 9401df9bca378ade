"""One demonstration and one browser for all journeys.

A browser keeps an event loop running in its process, which no test of the database may meet: so
both live as long as the tests of this package run, and no longer.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browser import CHROMIUM, FLAGS
from tests.e2e.reading import Open
from tests.postgres import free_port


@pytest.fixture(scope="package")
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
        try:
            wait_for(address)
            yield address
        finally:  # or a failure would wait for the demonstration to end by itself
            demo.terminate()
            demo.stdout.read()


def wait_for(address: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/en/", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{address} does not answer")


@pytest.fixture(scope="package")
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
