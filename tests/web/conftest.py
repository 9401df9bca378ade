"""Databases for the web tests: fresh copies of a migrated one, so that appends really commit.

An append-only register cannot be flushed between tests, and what is tested is the commit itself;
so no test runs inside a transaction of the test's own.
"""

from __future__ import annotations

import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from comity_web.config.databases import database as database_settings
from comity_web.register.importing import import_organisations
from comity_web.register.log_tree import TREE
from comity_web.serving.answers import ANSWERS


@pytest.fixture(scope="session", autouse=True)
def _instance(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Iterator[None]:
    """Give the whole run a folder of its own and let tests reach databases."""
    settings.VAR = tmp_path_factory.mktemp("instance")
    settings.LOG_KEY_FILE = settings.VAR / "log-signing.key"
    with django_db_blocker.unblock():
        yield


def migrate(url: str, var: Path) -> None:
    command = [sys.executable, "-m", "comity_web.config.manage", "migrate", "--verbosity=0"]
    environment = {"COMITY_DATABASE_URL": url, "COMITY_VAR": str(var), "PYTHONPATH": "src"}
    subprocess.run(command, env=environment, check=True, capture_output=True)


@pytest.fixture(scope="session", autouse=True)
def _stylesheets(_instance: None) -> None:
    """Collect static files, because pages name them by their hashes."""
    settings.STATIC_ROOT = settings.VAR / "static"
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sqlite")
    migrate(f"sqlite:///{folder}/migrated.sqlite3", folder)
    return folder / "migrated.sqlite3"


@pytest.fixture(scope="session")
def migrated_postgresql(
    postgres_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Return the name of a migrated database on the server of ``postgres_url``."""
    name = f"comity_web_{secrets.token_hex(6)}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        migrate(_on_server(postgres_url, name), tmp_path_factory.mktemp("postgresql"))
        yield name
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(url: str, name: str) -> str:
    base, question, options = url.partition("?")
    return f"{base.rpartition('/')[0]}/{name}{question}{options}"


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    shutil.copy(migrated_sqlite, tmp_path / "register.sqlite3")
    return f"sqlite:///{tmp_path}/register.sqlite3"


@pytest.fixture
def postgresql_url(postgres_url: str, migrated_postgresql: str) -> Iterator[str]:
    name = f"comity_web_{secrets.token_hex(6)}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_postgresql}")
        yield _on_server(postgres_url, name)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a fresh database, once of each kind."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def database(database_url: str) -> Iterator[str]:
    """Make the fresh database Django's own for one test; returns its kind."""
    with _as_default(database_url):
        yield connections["default"].vendor


@pytest.fixture(scope="session")
def published_sqlite(migrated_sqlite: Path) -> Path:
    """Return a database that holds the organisations of the repository."""
    path = migrated_sqlite.with_name("published.sqlite3")
    shutil.copy(migrated_sqlite, path)
    with _as_default(f"sqlite:///{path}"):
        import_organisations(settings.ORGANISATIONS, acting_user="tests", acting_for="tests")
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def published(published_sqlite: Path, tmp_path: Path) -> Iterator[None]:
    """Make a copy of the published database Django's own for one test.

    What the process kept of another test's log is forgotten: of a longer one the same question
    would take a query more.
    """
    shutil.copy(published_sqlite, tmp_path / "published.sqlite3")
    with _as_default(f"sqlite:///{tmp_path}/published.sqlite3"):
        ANSWERS.clear()
        TREE.forget()
        yield


class _as_default:  # noqa: N801
    def __init__(self, url: str) -> None:
        self.settings = connections.configure_settings({"default": database_settings(url)})

    def __enter__(self) -> None:
        self.before = connections.settings["default"]
        connections["default"].close()
        connections.settings["default"] = self.settings["default"]
        connections["default"] = connections.create_connection("default")

    def __exit__(self, *_: object) -> None:
        connections["default"].close()
        connections.settings["default"] = self.before
        connections["default"] = connections.create_connection("default")
