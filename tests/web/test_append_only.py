"""The database refuses what would rewrite the register, whoever asks."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from comity_web.register.head import Head
from comity_web.register.models import Checkpoint, Entry
from comity_web.register.services import append
from tests.web.registers import Counting, act

REWRITES = {
    "change one act": "UPDATE register_entry SET leaf = 'x' WHERE position = 0",
    "change all acts": "UPDATE register_entry SET kind = 'other'",
    "change to the same": "UPDATE register_entry SET kind = kind",
    "remove one act": "DELETE FROM register_entry WHERE position = 1",
    "remove all acts": "DELETE FROM register_entry",
    "change a checkpoint": "UPDATE register_checkpoint SET note = 'other'",
    "remove checkpoints": "DELETE FROM register_checkpoint",
    "leave a gap": """INSERT INTO register_entry SELECT position + 5, organisation, 'new', kind,
        effective_on, recorded_at, NULL, acting_user, acting_for, leaf, leaf_hash
        FROM register_entry WHERE position = 0""",
    "the same act twice": """INSERT INTO register_entry SELECT 2, organisation, act_id, kind,
        effective_on, recorded_at, NULL, acting_user, acting_for, leaf, leaf_hash
        FROM register_entry WHERE position = 0""",
    "the same key twice": """INSERT INTO register_entry SELECT 2, organisation, 'new', kind,
        effective_on, recorded_at, 'key', acting_user, acting_for, leaf, leaf_hash
        FROM register_entry WHERE position = 0""",
    "a short hash": """INSERT INTO register_entry SELECT 2, organisation, 'new', kind,
        effective_on, recorded_at, NULL, acting_user, acting_for, leaf, leaf
        FROM register_entry WHERE position = 0""",
    "an act without a name": """INSERT INTO register_entry SELECT 2, organisation, '', kind,
        effective_on, recorded_at, NULL, acting_user, acting_for, leaf, leaf_hash
        FROM register_entry WHERE position = 0""",
    "a checkpoint ahead": """INSERT INTO register_checkpoint
        SELECT size + 1, root, frontier, note, recorded_at FROM register_checkpoint""",
    "a checkpoint again": """INSERT INTO register_checkpoint
        SELECT size, root, frontier, note, recorded_at FROM register_checkpoint""",
}
IN_SQLITE = {
    "replace an act": """INSERT OR REPLACE INTO register_entry SELECT position, organisation,
        act_id, 'other', effective_on, recorded_at, NULL, acting_user, acting_for, leaf, leaf_hash
        FROM register_entry WHERE position = 0""",
    "replace by the name": """INSERT OR REPLACE INTO register_entry SELECT 2, organisation,
        act_id, 'other', effective_on, recorded_at, NULL, acting_user, acting_for, leaf, leaf_hash
        FROM register_entry WHERE position = 0""",
    "replace by the key": """INSERT OR REPLACE INTO register_entry SELECT 2, organisation,
        'new', kind, effective_on, recorded_at, 'key', acting_user, acting_for, leaf, leaf_hash
        FROM register_entry WHERE position = 0""",
    "replace a checkpoint": """INSERT OR REPLACE INTO register_checkpoint
        SELECT size, root, frontier, 'other', recorded_at FROM register_checkpoint""",
}
IN_POSTGRESQL = {
    "empty the acts": "TRUNCATE register_entry",
    "empty the checkpoints": "TRUNCATE register_checkpoint",
    "change by conflict": """INSERT INTO register_entry SELECT * FROM register_entry
        WHERE position = 0 ON CONFLICT (position) DO UPDATE SET kind = 'other'""",
}


@pytest.fixture
def two_acts(database: str) -> list[tuple[object, ...]]:
    assert database in {"sqlite", "postgresql"}
    append(
        [act("first"), act("second")],
        head=Head(Counting),
        acting_user="officer",
        acting_for="secretariat",
        idempotency_key="key",
    )
    return contents()


def contents() -> list[tuple[object, ...]]:
    entries = [(*row[:-2], bytes(row[-2]), bytes(row[-1])) for row in Entry.objects.values_list()]
    return [*entries, *Checkpoint.objects.values_list("size", "note")]


def is_refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize("name", REWRITES)
def test_the_database_refuses_to(name: str, two_acts: list[tuple[object, ...]]) -> None:
    assert is_refused(REWRITES[name])
    assert contents() == two_acts


def test_the_database_refuses_in_its_own_dialect(
    database: str, two_acts: list[tuple[object, ...]]
) -> None:
    statements = IN_SQLITE if database == "sqlite" else IN_POSTGRESQL
    if database == "sqlite":
        with connection.cursor() as cursor:  # the triggers must not depend on this setting
            cursor.execute("PRAGMA recursive_triggers=OFF")
    assert {name: is_refused(sql) for name, sql in statements.items()} == dict.fromkeys(
        statements, True
    )
    assert contents() == two_acts


def test_the_migration_can_run_again(two_acts: list[tuple[object, ...]]) -> None:
    migration = import_module("comity_web.register.migrations.0002_append_only")
    with connection.schema_editor() as editor:
        migration.make_append_only(None, editor)
    assert is_refused(REWRITES["remove all acts"])
    assert contents() == two_acts
