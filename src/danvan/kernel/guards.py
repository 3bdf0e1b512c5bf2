"""The database itself keeps history append-only: triggers on ``kernel_entry``.

The hash chain shows a change afterwards; these triggers refuse it in the first place, also
to a person with a database shell who does not mean to (an owner of the database can still
drop them: that is what the chain is for). A migration installs them; tests that flush
tables take them off around it.
"""

from __future__ import annotations

from typing import Any

TABLE = "kernel_entry"
MESSAGE = "history is append-only"

# INSERT OR REPLACE deletes the old row without asking a DELETE trigger, hence the third.
_SQLITE = {
    "kernel_entry_no_update": (
        f"CREATE TRIGGER kernel_entry_no_update BEFORE UPDATE ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    ),
    "kernel_entry_no_delete": (
        f"CREATE TRIGGER kernel_entry_no_delete BEFORE DELETE ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    ),
    "kernel_entry_no_replace": (
        f"CREATE TRIGGER kernel_entry_no_replace BEFORE INSERT ON {TABLE} "
        f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR seq = NEW.seq) "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    ),
}
_POSTGRES = (
    f"CREATE OR REPLACE FUNCTION kernel_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; "
    "END $$",
    f"CREATE TRIGGER kernel_entry_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION kernel_entry_refuse()",
    f"CREATE TRIGGER kernel_entry_no_truncate BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION kernel_entry_refuse()",
)


def install(connection: Any) -> None:
    """Puts the triggers on; again is no error. The product runs on these two databases only."""
    remove(connection)
    _run(connection, _SQLITE.values() if connection.vendor == "sqlite" else _POSTGRES)


def remove(connection: Any) -> None:
    """Takes the triggers off (for migrations that rebuild the table, and for tests)."""
    if connection.vendor == "sqlite":
        _run(connection, [f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE])
    else:
        names = ("kernel_entry_no_change", "kernel_entry_no_truncate")
        _run(connection, [f"DROP TRIGGER IF EXISTS {name} ON {TABLE}" for name in names])


def keep(connection: Any, table: str, taken: str = "") -> None:
    """Another table whose rows are only ever added, as those of history; again without harm.

    ``taken``: the condition under which a NEW row would take the place of an old one (INSERT OR
    REPLACE deletes without asking a DELETE trigger). The triggers stand while those of history
    stand: whoever takes these off to empty a test database need not know of the others. Before
    the table exists it does nothing.
    """
    if table in connection.introspection.table_names():
        sqlite = connection.vendor == "sqlite"
        _run(connection, _sqlite(table, taken) if sqlite else _postgres(table))


def _sqlite(table: str, taken: str) -> list[str]:
    stands = "EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'kernel_entry_no_delete')"
    when = {"update": ("UPDATE", stands), "delete": ("DELETE", stands)}
    if taken:
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {taken})"
        when["replace"] = ("INSERT", f"{stands} AND {exists}")
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{name} BEFORE {verb} ON {table} "
        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for name, (verb, condition) in when.items()
    ]


def _postgres(table: str) -> list[str]:
    refuse = f"EXECUTE FUNCTION {table}_refuse()"
    return [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN IF EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'kernel_entry_no_change') THEN "
        f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; "
        "IF TG_OP = 'UPDATE' THEN RETURN NEW; END IF; RETURN NULL; END $$",
        f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW {refuse}",
        f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT {refuse}",
    ]


def _run(connection: Any, statements: Any) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
