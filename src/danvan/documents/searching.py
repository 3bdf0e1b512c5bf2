"""Finding documents by words, without marks, in text and metadata: one way in, two databases."""

from __future__ import annotations

from django.db import connections
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from danvan.documents import indexing
from danvan.documents.models import Document, Wording
from danvan.documents.words import Asked, asked, fts5, tokens, tsquery
from vanban import symbols

# Without a filter a page is made of this many matches at most, so that a word that stands in
# every second document costs no more than a rare one.
MOST = 1000


def find(
    words: str, documents: QuerySet[Document], *, most: int | None = None
) -> QuerySet[Document]:
    """Those of ``documents`` in which every word occurs; the last word may be a beginning.

    Found in the metadata first, then in the text; newest first. No words: all of them.
    A query still: filters may follow. ``most``: only the matches entered last, for a list that
    no filter narrows (a filter after a limit would lose what it looks for); two queries at once.
    """
    wanted = asked(words)
    if not wanted:
        return documents.none() if words.strip() else documents
    if most is not None:
        head = _ids(documents.db, wanted, most, head=True)
        found = Q(pk__in=head | _ids(documents.db, wanted, most))
        return _newest(documents.filter(found), Q(pk__in=head))
    vendor = connections[documents.db].vendor
    anywhere = Q(pk__in=RawSQL(*_sql(vendor, wanted, None)))
    return _newest(
        documents.filter(anywhere), Q(pk__in=RawSQL(*_sql(vendor, wanted, None, head=True)))
    )


def _newest(documents: QuerySet[Document], in_head: Q) -> QuerySet[Document]:
    first = Case(When(in_head, then=Value(0)), default=Value(1), output_field=IntegerField())
    return documents.order_by(first, "-issued_on", "code")


def _ids(database: str, wanted: Asked, most: int, *, head: bool = False) -> set[int]:
    """Asked at once: as a part of the list's question the index would be read for its count, its
    rows and their order, each time anew."""
    connection = connections[database]
    with connection.cursor() as cursor:
        cursor.execute(*_sql(connection.vendor, wanted, most, head=head))
        return {pk for (pk,) in cursor}


def _sql(
    vendor: str, wanted: Asked, most: int | None, *, head: bool = False
) -> tuple[str, list[str]]:
    if vendor == "sqlite":
        key, words = "rowid", f"{{head}} : ({fts5(wanted)})" if head else fts5(wanted)
        told = "SELECT rowid FROM documents_fts WHERE documents_fts MATCH %s"
    else:
        # "+ 0": ordered by the bare key, PostgreSQL walks all rows backwards for a rare word
        # instead of asking the GIN index.
        key, words = "document_id + 0", tsquery(wanted)
        column = "head_vector" if head else "vector"
        told = (
            f"SELECT document_id FROM documents_wording WHERE {column} @@ to_tsquery('simple', %s)"
        )
    if most is not None:
        told += f" ORDER BY {key} DESC LIMIT {most:d}"
    return told, [words]


def rebuild(batch: int = 500) -> int:
    """Makes every wording and the index anew; returns how many documents. A few minutes' work."""
    Wording.objects.exclude(document__in=Document.objects.all()).delete()
    rows: list[Wording] = []
    count = 0
    for document in Document.objects.order_by("pk").iterator(chunk_size=batch):
        key = symbols.key(document.code)[:80] if document.code else ""
        if key != document.code_key:
            Document.objects.filter(pk=document.pk).update(code_key=key)
        head = tokens(document.key_of_words())
        rows.append(Wording(document=document, head=head, body=tokens(document.text)))
        count += 1
        if len(rows) == batch:
            _write(rows)
            rows = []
    _write(rows)
    indexing.refill(connections[Document.objects.db])
    return count


def _write(rows: list[Wording]) -> None:
    Wording.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["document"], update_fields=["head", "body"]
    )
