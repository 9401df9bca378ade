"""The private PostgreSQL of the tests is what it says: empty, durable, ours."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests import postgres


def test_the_database_is_empty_and_writes_through(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        tables = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone()
        fsync = connection.execute("SHOW fsync").fetchone()
        version = connection.info.server_version
    assert tables == (0,)
    assert fsync == ("on",)
    assert version >= 150000


def test_a_second_database_stands_beside_the_first_and_goes(
    postgres_server: str, postgres_url: str
) -> None:
    with postgres.temporary_database(postgres_server) as other:
        assert other != postgres_url
        psycopg.connect(other).close()
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(other)


def test_without_programs_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "glob", lambda *_: iter(()))
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(postgres.NoServer, match="COMITY_TEST_POSTGRES"):
        postgres.find_programs()
