"""The database itself refuses to change or remove what was recorded, and to leave a gap.

SQLite: ``INSERT OR REPLACE`` removes rows without firing DELETE triggers, so the triggers before
INSERT also refuse a row that would replace one. PostgreSQL: TRUNCATE has a trigger of its own.
There is no way back: a register that can be rewritten is not a register.
"""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_TABLES = ("register_entry", "register_checkpoint", "register_edition")
_IN_ORDER = ("register_entry", "register_checkpoint")
_REFUSED = "the register is append-only"
_GAP = "an entry takes the next position"
_UNCOVERED = "a checkpoint covers exactly the entries there are"

_SQLITE_NO_CHANGE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{refused}'); END
"""
_SQLITE_NEXT_ENTRY = """
CREATE TRIGGER IF NOT EXISTS register_entry_next BEFORE INSERT ON register_entry
BEGIN
  SELECT RAISE(ABORT, '{gap}')
  WHERE NEW.position <> (SELECT coalesce(max(position) + 1, 0) FROM register_entry);
  SELECT RAISE(ABORT, '{refused}')
  WHERE EXISTS (SELECT 1 FROM register_entry WHERE idempotency_key = NEW.idempotency_key)
     OR EXISTS (SELECT 1 FROM register_entry
                WHERE organisation = NEW.organisation AND act_id = NEW.act_id);
END
"""
_SQLITE_NEW_EDITION = """
CREATE TRIGGER IF NOT EXISTS register_edition_new BEFORE INSERT ON register_edition
BEGIN
  SELECT RAISE(ABORT, '{refused}')
  WHERE EXISTS (SELECT 1 FROM register_edition WHERE digest = NEW.digest);
END
"""
_SQLITE_NEXT_CHECKPOINT = """
CREATE TRIGGER IF NOT EXISTS register_checkpoint_next BEFORE INSERT ON register_checkpoint
BEGIN
  SELECT RAISE(ABORT, '{uncovered}')
  WHERE NEW.size <> (SELECT coalesce(max(position) + 1, 0) FROM register_entry);
  SELECT RAISE(ABORT, '{refused}')
  WHERE EXISTS (SELECT 1 FROM register_checkpoint WHERE size = NEW.size);
END
"""

_POSTGRESQL_FUNCTIONS = """
CREATE OR REPLACE FUNCTION register_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{refused}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE FUNCTION register_entry_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.position <> (SELECT coalesce(max(position) + 1, 0) FROM register_entry) THEN
    RAISE EXCEPTION '{gap}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION register_checkpoint_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.size <> (SELECT coalesce(max(position) + 1, 0) FROM register_entry) THEN
    RAISE EXCEPTION '{uncovered}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
_POSTGRESQL_TRIGGERS = """
CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION register_refuse_change();
DROP TRIGGER IF EXISTS {table}_no_truncate ON {table};
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION register_refuse_change();
"""
_POSTGRESQL_NEXT = """
CREATE OR REPLACE TRIGGER {table}_next BEFORE INSERT ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_next();
"""


def _sqlite() -> Iterator[str]:
    for table in _TABLES:
        for verb in ("UPDATE", "DELETE"):
            yield _SQLITE_NO_CHANGE.format(table=table, verb=verb, refused=_REFUSED)
    yield _SQLITE_NEXT_ENTRY.format(gap=_GAP, refused=_REFUSED)
    yield _SQLITE_NEW_EDITION.format(refused=_REFUSED)
    yield _SQLITE_NEXT_CHECKPOINT.format(uncovered=_UNCOVERED, refused=_REFUSED)


def _postgresql() -> Iterator[str]:
    yield _POSTGRESQL_FUNCTIONS.format(refused=_REFUSED, gap=_GAP, uncovered=_UNCOVERED)
    for table in _TABLES:
        yield _POSTGRESQL_TRIGGERS.format(table=table)
    for table in _IN_ORDER:
        yield _POSTGRESQL_NEXT.format(table=table)


def make_append_only(_: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of this database's kind; a second run changes nothing."""
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
    for statement in statements():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("register", "0001_tables")]
    operations = [migrations.RunPython(make_append_only)]
