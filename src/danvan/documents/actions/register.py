"""What is known of instruments: validity, what replaced them, and where that is said."""

from __future__ import annotations

import csv
import datetime as dt
from importlib import resources

from django.utils.translation import gettext_lazy

from danvan.documents import queries, rules
from danvan.documents.actions import relations
from danvan.documents.models import Document, Relation
from danvan.kernel import files
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.kernel.models import StoredFile
from vanban.text import search_key

FILLED = ("subject", "issuer_name", "issued_on")
SET = ("in_force_from", "in_force_to", "validity_source", "replaced_by")


def load_instruments(*, by: Actor) -> int:
    """Takes in the instruments of the seed that come with the product, and their relations."""
    data = resources.files("danvan.documents") / "data"
    instruments = files.store((data / "instruments.csv").read_bytes())
    changed: int = import_instruments(instruments, by=by)
    import_relations(files.store((data / "relations.csv").read_bytes()), by=by)
    return changed


@action(
    "documents.relations.import",
    may=rules.may_keep_register,
    says=gettext_lazy("nhập quan hệ giữa các văn bản"),
)
def import_relations(source: StoredFile, *, by: Actor) -> int:
    """Enters the relations of a stored table that are not there yet; returns how many.

    Both documents must be known by symbol. A relation withdrawn by a person is not entered again.
    """
    text = files.read(source).decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    entered = sum(_relate(row, by) for row in rows)
    record(source, rows=len(rows), changed=entered)
    return entered


def _relate(row: dict[str, str], by: Actor) -> bool:
    acting, target = (queries.known(row[name], None) for name in ("acting", "target"))
    if acting is None or target is None:
        return False
    known = Relation.objects.filter(
        kind=row["kind"], acting=acting, target=target, scope=row["scope"]
    )
    if known.exists():
        return False
    relations.relate(
        target, acting=acting, kind=row["kind"], partly=row["partly"] == "1", scope=row["scope"],
        effective_on=_day(row["effective_on"]), source=row["source"],
        confidence=row["confidence"], by=by,
    )  # fmt: skip
    return True


@action(
    "documents.instruments.import",
    may=rules.may_keep_register,
    says=gettext_lazy("cập nhật hiệu lực văn bản"),
)
def import_instruments(source: StoredFile, *, by: Actor) -> int:
    """Enters or completes the rows of a stored table; returns how many documents changed.

    A document known already (by citation, by name only, spelt otherwise) is completed, never
    doubled; what a person entered in subject, issuer and date is not overwritten. Running it
    again changes nothing. Rows must follow the row they are replaced by.
    """
    text = files.read(source).decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    changed = sum(_enter(row) for row in rows)
    record(source, rows=len(rows), changed=changed)
    return changed


def _enter(row: dict[str, str]) -> bool:
    values = {
        "subject": row["subject"],
        "issuer_name": row["issuer"],
        "issued_on": _day(row["issued_on"]),
        "in_force_from": _day(row["in_force_from"]),
        "in_force_to": _day(row["in_force_to"]),
        "validity_source": row["source"],
        "replaced_by": queries.known(row["replaced_by"], None),
    }
    document = queries.known(row["code"], values["issued_on"]) or _by_name(row)  # type: ignore
    if document is None:
        document = Document(type=row["type"], code=row["code"], origin=Document.Origin.CITED)
    before = _state(document)
    document.code = document.code or row["code"]
    for name in FILLED:
        setattr(document, name, getattr(document, name) or values[name])
    for name in SET:
        setattr(document, name, values[name])
    if document.pk and _state(document) == before:
        return False
    document.save()
    record(document, in_force_from=document.in_force_from, in_force_to=document.in_force_to)
    return True


def _by_name(row: dict[str, str]) -> Document | None:
    """A law cited by name has no code: "Luật Thực hiện dân chủ ở cơ sở"."""
    wanted = search_key(f"{row['type']} {row['subject']}")
    named = Document.objects.filter(code="", type=row["type"])
    return next((d for d in named if wanted in map(search_key, (d.short, d.subject))), None)


def _state(document: Document) -> list[object]:
    return [getattr(document, name) for name in ("code", *FILLED, *SET)]


def _day(cell: str) -> dt.date | None:
    return dt.date.fromisoformat(cell) if cell else None
