"""What the database itself keeps: the full-text index, and that proof is only ever added.

Installed after every ``migrate`` (``apps.py``), again without harm: so it is there in tests
without migrations and comes back when a migration rebuilt a table. SQLite keeps an FTS5 table
true to ``documents_wording`` by triggers; PostgreSQL keeps a generated column and its GIN index.
The guard of proofs stands while the guard of history stands (``kernel.guards``): whoever takes
that one off to empty a test database need not know of this one.
"""

from __future__ import annotations

from typing import Any

from danvan.kernel.guards import MESSAGE

_NEW = "VALUES (new.document_id, new.head, new.body)"
_OLD = "VALUES ('delete', old.document_id, old.head, old.body)"
_ADD = f"INSERT INTO documents_fts(rowid, head, body) {_NEW}"
_TAKE = f"INSERT INTO documents_fts(documents_fts, rowid, head, body) {_OLD}"
_GUARDED = "EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'kernel_entry_no_delete')"

_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS documents_fts USING fts5(head, body, "
    "content='documents_wording', content_rowid='document_id', "
    "tokenize='unicode61 remove_diacritics 0', prefix='2 3')",
    "CREATE TRIGGER IF NOT EXISTS documents_wording_added AFTER INSERT ON documents_wording "
    f"BEGIN {_ADD}; END",
    "CREATE TRIGGER IF NOT EXISTS documents_wording_gone AFTER DELETE ON documents_wording "
    f"BEGIN {_TAKE}; END",
    "CREATE TRIGGER IF NOT EXISTS documents_wording_changed AFTER UPDATE ON documents_wording "
    "WHEN old.head <> new.head OR old.body <> new.body "
    f"BEGIN {_TAKE}; {_ADD}; END",
    *(
        f"CREATE TRIGGER IF NOT EXISTS documents_proof_no_{verb} BEFORE {verb} "
        f"ON documents_dispatchmark WHEN {_GUARDED} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for verb in ("update", "delete")
    ),
)
_VECTOR = "to_tsvector('simple', head) || to_tsvector('simple', body)"
_POSTGRES = (
    "ALTER TABLE documents_wording ADD COLUMN IF NOT EXISTS vector tsvector "
    f"GENERATED ALWAYS AS ({_VECTOR}) STORED",
    "CREATE INDEX IF NOT EXISTS documents_wording_vector ON documents_wording USING gin (vector)",
    # A GIN index keeps no weights: asked for words of the head alone it would fetch every row
    # that has them anywhere, so the head has an index of its own.
    "ALTER TABLE documents_wording ADD COLUMN IF NOT EXISTS head_vector tsvector "
    "GENERATED ALWAYS AS (to_tsvector('simple', head)) STORED",
    "CREATE INDEX IF NOT EXISTS documents_wording_head_vector ON documents_wording "
    "USING gin (head_vector)",
    "CREATE OR REPLACE FUNCTION documents_proof_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN IF EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'kernel_entry_no_change') THEN "
    f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
    "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
    "DROP TRIGGER IF EXISTS documents_proof_no_change ON documents_dispatchmark",
    "CREATE TRIGGER documents_proof_no_change BEFORE UPDATE OR DELETE ON documents_dispatchmark "
    "FOR EACH ROW EXECUTE FUNCTION documents_proof_refuse()",
)


def install(connection: Any) -> bool:
    """Puts index and guard in place. Before the tables exist: nothing, and False."""
    tables = set(connection.introspection.table_names())
    if not {"documents_wording", "documents_dispatchmark"} <= tables:
        return False
    with connection.cursor() as cursor:
        for statement in _SQLITE if connection.vendor == "sqlite" else _POSTGRES:
            cursor.execute(statement)
    if connection.vendor == "sqlite" and "documents_fts" not in tables:
        refill(connection)
    return True


def refill(connection: Any) -> None:
    """Fills SQLite's index anew from the wordings; PostgreSQL's is always full."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO documents_fts(documents_fts) VALUES ('rebuild')")


def after_migrate(using: str = "default", **_told: Any) -> None:
    """Hears that ``migrate`` (or a flush) is done; not a signal of any model."""
    from django.db import connections

    from danvan.documents import searching
    from danvan.documents.models import Document

    if not install(connections[using]):
        return
    # Documents from before there was an index.
    if Document.objects.using(using).filter(wording__isnull=True).exists():
        searching.rebuild()
