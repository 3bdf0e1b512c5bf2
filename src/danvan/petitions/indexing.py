"""The full-text index over petitions' wordings, kept true by the database itself.

Installed after every ``migrate`` like that of documents: an FTS5 table by triggers on SQLite, a
generated column with a GIN index on PostgreSQL. Words are folded (``documents.words.tokens``).
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from danvan.documents.words import asked, fts5, tokens, tsquery
from danvan.petitions.models import Petition, Wording

# A word in every second petition costs no more than a rare one: the newest matches only.
MOST = 2000

_ADD = "INSERT INTO petitions_fts(rowid, body) VALUES (new.petition_id, new.body)"
_TAKE = (
    "INSERT INTO petitions_fts(petitions_fts, rowid, body) "
    "VALUES ('delete', old.petition_id, old.body)"
)
_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS petitions_fts USING fts5(body, "
    "content='petitions_wording', content_rowid='petition_id', "
    "tokenize='unicode61 remove_diacritics 0', prefix='2 3')",
    "CREATE TRIGGER IF NOT EXISTS petitions_wording_added AFTER INSERT ON petitions_wording "
    f"BEGIN {_ADD}; END",
    "CREATE TRIGGER IF NOT EXISTS petitions_wording_gone AFTER DELETE ON petitions_wording "
    f"BEGIN {_TAKE}; END",
    "CREATE TRIGGER IF NOT EXISTS petitions_wording_changed AFTER UPDATE ON petitions_wording "
    f"WHEN old.body <> new.body BEGIN {_TAKE}; {_ADD}; END",
)
_POSTGRES = (
    "ALTER TABLE petitions_wording ADD COLUMN IF NOT EXISTS vector tsvector "
    "GENERATED ALWAYS AS (to_tsvector('simple', body)) STORED",
    "CREATE INDEX IF NOT EXISTS petitions_wording_vector ON petitions_wording USING gin (vector)",
)


def install(connection: Any) -> None:
    """Puts the index in place; before the tables exist nothing."""
    tables = set(connection.introspection.table_names())
    if "petitions_wording" not in tables:
        return
    with connection.cursor() as cursor:
        for statement in _SQLITE if connection.vendor == "sqlite" else _POSTGRES:
            cursor.execute(statement)
        if connection.vendor == "sqlite" and "petitions_fts" not in tables:
            cursor.execute("INSERT INTO petitions_fts(petitions_fts) VALUES ('rebuild')")


def after_migrate(using: str = "default", **_told: Any) -> None:
    """Hears that ``migrate`` (or a flush) is done; not a signal of any model."""
    install(connections[using])


def words_of(petition: Petition, text: str, senders: list[str]) -> str:
    """What is looked for: of a confidential petition the number and the office's summary alone."""
    if petition.confidential:
        return tokens(f"{petition.number} {petition.subject}")
    return tokens(" ".join([petition.number, petition.subject, *senders, text[:4000]]))


def refresh(petition: Petition) -> None:
    """Makes the wording anew from what is kept: three queries."""
    text = getattr(petition, "content", None)
    names = list(petition.senders.values_list("name", flat=True))
    body = words_of(petition, text.text if text else "", names)
    Wording.objects.update_or_create(petition=petition, defaults={"body": body})


def find(words: str, petitions: QuerySet[Petition]) -> QuerySet[Petition]:
    """Those in which every word stands, without marks; the last word may be a beginning."""
    wanted = asked(words)
    if not wanted:
        return petitions.none() if words.strip() else petitions
    sqlite = connections[petitions.db].vendor == "sqlite"
    if sqlite:
        told, given = "petitions_fts WHERE petitions_fts MATCH %s", fts5(wanted)
        sql = f"SELECT rowid FROM {told} ORDER BY rowid DESC LIMIT {MOST}"
    else:
        told = "petitions_wording WHERE vector @@ to_tsquery('simple', %s)"
        # "+ 0" as in ``documents.searching``: else a rare word is looked for row by row.
        sql = f"SELECT petition_id FROM {told} ORDER BY petition_id + 0 DESC LIMIT {MOST}"
        given = tsquery(wanted)
    return petitions.filter(Q(pk__in=RawSQL(sql, [given])))
