"""An instance's own secrets, its database, its headers and its port."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from comity_web.config.databases import database
from comity_web.demo import free_port
from comity_web.register.secret_files import read_or_create

LOAD = """
import gc, multiprocessing, os
os.environ["DJANGO_SETTINGS_MODULE"] = "comity_web.config.settings"
import django; django.setup()
from django.db import connection
from comity_web.config.process import load_before_parting
from comity_web.search.keeping import _INDEXES
load_before_parting()
frozen = gc.get_freeze_count() > 0
print(multiprocessing.get_start_method(), bool(_INDEXES), frozen, connection.connection)
"""


def test_a_secret_is_made_once_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret.key"
    first = read_or_create(path, lambda: b"first")
    assert (first, read_or_create(path, lambda: b"second")) == (b"first", b"first")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secret.key"]


def test_the_folder_and_the_database_are_for_their_owner_alone(tmp_path: Path) -> None:
    var = tmp_path / "new" / "var"
    environment = {"COMITY_VAR": str(var), "PYTHONPATH": "src"}
    command = [sys.executable, "-m", "comity_web.config.manage", "migrate", "--verbosity=0"]
    before = os.umask(0o022)
    try:
        subprocess.run(command, env=environment, check=True, capture_output=True)
    finally:
        os.umask(before)
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in (var, *var.iterdir())}
    assert modes.pop("var") == 0o700
    assert modes["comity.sqlite3"] == 0o600
    assert set(modes.values()) == {0o600}


def test_starting_at_once_all_keep_the_same_secret(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: read_or_create(path, lambda: b"%d" % n), range(64)))
    assert set(found) == {path.read_bytes()}


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////srv/comity/register.sqlite3", "/srv/comity/register.sqlite3"),
        ("sqlite:///a%20b.sqlite3", "/a b.sqlite3"),
        ("postgresql://u:p%40ss@db.example:5433/comity", "comity"),
        ("postgresql:///comity?host=/run/postgresql", "comity"),
    ],
)
def test_the_address_of_a_database_is_read(url: str, name: str) -> None:
    assert database(url)["NAME"] == name


def test_the_parts_of_an_address_are_kept() -> None:
    found = database("postgresql://u:p%40ss@db.example:5433/comity?sslmode=require")
    parts = {key: found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    assert parts == {
        "USER": "u",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize("url", ["mysql://x/y", "register.sqlite3", ""])
def test_another_database_is_refused_with_what_is_expected(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="sqlite:///path/to/file"):
        database(url)


def test_the_demonstration_takes_the_next_free_port() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < free_port("127.0.0.1", port) < port + 50


def test_the_demonstration_can_be_prepared_twice(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "comity_web.demo", "--prepare-only"]
    environment = os.environ | {"COMITY_VAR": str(tmp_path)}
    said = [
        subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert "sco: 0 new acts" not in said[0]
    assert "sco: 0 new acts, rules as before" in said[1]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("*.key")}
    assert modes == {0o600}
    assert (tmp_path / "register" / "acts.jsonl").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
@pytest.mark.parametrize("command", ["--prepare-only", "--help"])
def test_what_processes_share_is_loaded_and_no_connection_is(tmp_path: Path, command: str) -> None:
    environment = os.environ | {"COMITY_VAR": str(tmp_path)}
    demo = [sys.executable, "-m", "comity_web.demo", command]
    subprocess.run(demo, env=environment, capture_output=True, check=True)
    done = subprocess.run(
        [sys.executable, "-c", LOAD], env=environment, capture_output=True, text=True, check=False
    )
    filled = command == "--prepare-only"  # an instance that is not prepared has no register
    assert (done.stdout, done.stderr) == (f"fork {filled} True None\n", "")


def test_migrations_are_complete() -> None:
    command = [sys.executable, "-m", "comity_web.config.manage", "makemigrations", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
