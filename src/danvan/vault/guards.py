"""The database itself keeps the log of openings append-only (cf. ``kernel.guards``).

Put on after every ``migrate``, again without harm. They stand while the guard of history
stands: whoever takes that one off to empty a test database need not know of these.
"""

from __future__ import annotations

from typing import Any

from danvan.kernel.guards import MESSAGE

TABLE = "vault_opening"
_GUARDED = "EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'kernel_entry_no_delete')"
_TAKEN = f"EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR seq = NEW.seq OR hash = NEW.hash)"
_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"

_SQLITE = (
    *(
        f"CREATE TRIGGER IF NOT EXISTS vault_opening_no_{verb} BEFORE {verb} ON {TABLE} "
        f"WHEN {_GUARDED} {_REFUSE}"
        for verb in ("update", "delete")
    ),
    # INSERT OR REPLACE deletes the old row without asking a DELETE trigger.
    f"CREATE TRIGGER IF NOT EXISTS vault_opening_no_replace BEFORE INSERT ON {TABLE} "
    f"WHEN {_GUARDED} AND {_TAKEN} {_REFUSE}",
)
_POSTGRES = (
    "CREATE OR REPLACE FUNCTION vault_opening_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN IF EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'kernel_entry_no_change') THEN "
    f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
    "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; "
    "IF TG_OP = 'UPDATE' THEN RETURN NEW; END IF; RETURN NULL; END $$",
    f"DROP TRIGGER IF EXISTS vault_opening_no_change ON {TABLE}",
    f"CREATE TRIGGER vault_opening_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION vault_opening_refuse()",
    f"DROP TRIGGER IF EXISTS vault_opening_no_truncate ON {TABLE}",
    f"CREATE TRIGGER vault_opening_no_truncate BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION vault_opening_refuse()",
)


def after_migrate(using: str = "default", **_told: Any) -> None:
    """Hears that ``migrate`` is done; before the table exists it does nothing."""
    from django.db import connections

    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _SQLITE if connection.vendor == "sqlite" else _POSTGRES:
            cursor.execute(statement)
