"""The site in processes of its own, as it is served in production, for tests that ask over HTTP."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings

from tests.postgres import free_port

START_SECONDS = 30
COMMAND = [sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "warning"]
# A worker that is told to stop while it starts may not hear it.
SIZE = ["--blocking-threads", "1", "--workers-kill-timeout", "2"]
SITE = "comity_web.config.wsgi:application"


@contextmanager
def site(database_url: str, *, application: str = SITE, workers: int = 2) -> Iterator[str]:
    """Serve a database, with the keys of this process, and give the address."""
    port = free_port()
    environment = os.environ | {
        "COMITY_DATABASE_URL": database_url,
        "COMITY_VAR": str(settings.VAR),
        "PYTHONPATH": "src",
    }
    where = ["--host", "127.0.0.1", "--port", str(port), application]
    process = subprocess.Popen(
        [*COMMAND, *SIZE, "--workers", str(workers), *where],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        wait_until_ready(process, f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=30)


def wait_until_ready(process: subprocess.Popen[str], address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/log/key", timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    process.terminate()
    pytest.fail(f"the site did not start:\n{process.communicate()[0]}")
