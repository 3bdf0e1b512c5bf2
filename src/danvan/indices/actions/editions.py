"""Putting definitions of indices in force, and opening a year's edition."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.models import Document
from danvan.indices import queries, rules
from danvan.indices.models import Edition, Index
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "indices.csv"


def shipped() -> list[dict[str, str]]:
    """The definitions the product comes with, as they stand in the table."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@action("indices.index.enact", may=rules.may_keep, says=gettext_lazy("đưa bộ chỉ số vào dùng"))
def enact(body: Unit, *, rows: list[dict[str, str]], by: Actor) -> int:
    """Keeps definitions; one known already (code and day) is left as it is. Returns new ones."""
    new = 0
    for row in rows:
        values = {k: v for k, v in row.items() if k not in ("code", "valid_from")}
        values["maximum"] = Decimal(row["maximum"])  # type: ignore[assignment]
        values["valid_to"] = row["valid_to"] or None  # type: ignore[assignment]
        _index, made = Index.objects.get_or_create(
            code=row["code"], valid_from=dt.date.fromisoformat(row["valid_from"]), defaults=values
        )
        new += made
    record(body, concerns=body.pk, rows=new)
    return new


@action("indices.edition.open", may=rules.may_keep, says=gettext_lazy("mở kỳ công bố chỉ số"))
def open_edition(
    body: Unit,
    *,
    code: str,
    year: int,
    source: str,
    published_on: dt.date | None = None,
    document: Document | None = None,
    illustrative: bool = False,
    by: Actor,
) -> Edition:
    """The year's edition of an index, still without results. Refused a second time."""
    index = queries.index_on(code, published_on or dt.date(year, 12, 31))
    if index is None:
        raise Refused(refuse(_("Chưa có bộ chỉ số này.")))
    if Edition.objects.filter(code=code, body=body, year=year).exists():
        raise Refused(already(_("Kỳ công bố năm %d của chỉ số này đã có.") % year))
    edition = Edition.objects.create(
        index=index, code=code, body=body, year=year, published_on=published_on,
        document=document, source=source, illustrative=illustrative,
    )  # fmt: skip
    record(edition, concerns=body.pk, name=index.short_name, year=year, basis=source)
    return edition
