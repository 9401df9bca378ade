"""A PostgreSQL for the tests: the one that is named, or a private one for the run.

``COMITY_TEST_POSTGRES`` names a server whose user may create databases. Without it a cluster is
made in a temporary directory and served on a free loopback port by a process of our own, with
fsync on, because the tests ask what survives. ``COMITY_REQUIRE_POSTGRES=1`` turns a missing server
from a reason to skip into a failure.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

OWNER = "postgres"
START_SECONDS = 30


class NoServer(Exception):
    """There is no PostgreSQL here, and why."""


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Give the address of a server on which databases can be created."""
    named = os.environ.get("COMITY_TEST_POSTGRES")
    if named:
        yield named
        return
    try:
        programs = find_programs()
    except NoServer as absent:
        if os.environ.get("COMITY_REQUIRE_POSTGRES") == "1":
            pytest.fail(f"{absent} (COMITY_REQUIRE_POSTGRES=1)")
        pytest.skip(str(absent))
    with private_cluster(programs) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> Iterator[str]:
    """Give the address of an empty database that goes when the run ends."""
    with temporary_database(postgres_server) as url:
        yield url


@contextmanager
def temporary_database(server: str) -> Iterator[str]:
    """Create a database on ``server``, give its address, and drop it whoever is still connected."""
    name = f"comity_test_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" ENCODING UTF8 TEMPLATE template0')
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def find_programs() -> Path:
    """Return the directory of ``initdb`` and ``postgres``, the newest where there are several."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(debian, key=lambda each: float(each.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise NoServer("no PostgreSQL programs: install postgresql, or set COMITY_TEST_POSTGRES")
    return found[-1].parent if found else Path(str(on_path)).resolve().parent


@contextmanager
def private_cluster(programs: Path, **settings: str) -> Iterator[str]:
    """Make and serve a cluster that nobody else uses; stop it by its own process.

    ``settings`` go before those that tests need.
    """
    # initdb and postgres refuse to run as root: then they run as the user Debian made for them.
    user = OWNER if os.geteuid() == 0 else None
    home = Path(tempfile.mkdtemp(prefix="comity-postgres-"))
    try:
        if user:
            shutil.chown(home, user)
        make_cluster(programs, home, user)
        with serving(programs, home, user, settings) as url:
            yield url
    finally:
        shutil.rmtree(home, ignore_errors=True)


def make_cluster(programs: Path, home: Path, user: str | None) -> None:
    """Run ``initdb`` with the locale that sorts alike everywhere."""
    command = [programs / "initdb", "--pgdata", home / "data", "--username", OWNER]
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(
        [*command, *options], user=user, cwd=home, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.fail(f"initdb failed:\n{done.stderr}")


@contextmanager
def serving(
    programs: Path, home: Path, user: str | None, wanted: Mapping[str, str]
) -> Iterator[str]:
    """Serve the cluster on a free loopback port until the end of the block."""
    port = free_port()
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": home,
        "fsync": "on",
        "full_page_writes": "on",
        "max_connections": 60,
        "shared_buffers": "32MB",
        "timezone": "UTC",
        **wanted,
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    url = f"postgresql://{OWNER}@127.0.0.1:{port}/postgres"
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", home / "data", *options],
            user=user, cwd=home, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            wait_until_ready(process, url, home / "log")
            yield url
        finally:
            stop(process)


def free_port() -> int:
    """Ask the system for a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Return when the server answers; fail with its log when it ends or stays silent."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"the private PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask for a fast shutdown, and insist after a while."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=30)
