"""Putting the catalogue of the law in use."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from danvan.democracy.models import Matter
from danvan.democracy.rules import telling
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "matters.csv"
NUMBERS = ("posting_days", "broadcast_days", "limit_value", "share_num", "share_den")
FLAGS = ("permanent", "via_head", "over")


def shipped() -> list[dict[str, str]]:
    """The catalogue the product comes with, as it stands in the table."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@action("democracy.matter.enact", may=telling.may_enact, says=_("đưa danh mục luật định vào dùng"))
def enact(body: Unit, *, rows: list[dict[str, str]], by: Actor) -> int:
    """Keeps lines of the catalogue; one known (code, scope, day) is left as it is. New ones."""
    known = set(Matter.objects.values_list("code", "scope", "valid_from"))
    fresh = [m for m in map(_matter, rows) if (m.code, m.scope, m.valid_from) not in known]
    Matter.objects.bulk_create(fresh)
    record(body, concerns=body.pk, rows=len(fresh))
    return len(fresh)


def _matter(row: dict[str, str]) -> Matter:
    values: dict[str, Any] = dict(row)
    values["valid_from"] = dt.date.fromisoformat(row["valid_from"])
    values["valid_to"] = dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    values |= {n: int(row[n]) if row[n] else None for n in NUMBERS}
    values |= {n: row[n] == "1" for n in FLAGS}
    values["order"] = int(row["order"])
    return Matter(**values)
