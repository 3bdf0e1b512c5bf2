"""The database itself keeps acknowledgements as they were given: rows are only ever added.

Installed after every ``migrate``, again without harm. Stands while the guard of history stands
(``kernel.guards``): whoever takes that one off to empty a test database need not know of this.
"""

from __future__ import annotations

from typing import Any

from danvan.kernel.guards import MESSAGE

TABLE = "study_acknowledgement"
_GUARDED = "EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'kernel_entry_no_delete')"
_SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS study_acknowledgement_no_{verb} BEFORE {verb} ON {TABLE} "
    f"WHEN {_GUARDED} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for verb in ("update", "delete")
)
_POSTGRES = (
    "CREATE OR REPLACE FUNCTION study_acknowledgement_refuse() RETURNS trigger LANGUAGE plpgsql "
    "AS $$ BEGIN IF EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'kernel_entry_no_change') THEN "
    f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
    "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
    f"DROP TRIGGER IF EXISTS study_acknowledgement_no_change ON {TABLE}",
    f"CREATE TRIGGER study_acknowledgement_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION study_acknowledgement_refuse()",
)


def after_migrate(using: str = "default", **_told: Any) -> None:
    """Hears that ``migrate`` (or a flush) is done; before the table exists: nothing."""
    from django.db import connections

    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _SQLITE if connection.vendor == "sqlite" else _POSTGRES:
            cursor.execute(statement)
