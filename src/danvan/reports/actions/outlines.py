"""Putting report forms in force."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy

from danvan.documents.rules import may_keep_register
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.reports.models import Item, Outline, Section

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "outlines.json"


def shipped() -> list[dict[str, Any]]:
    """The outlines the product comes with, as plain values."""
    held: list[dict[str, Any]] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return held


def waiting() -> list[dict[str, Any]]:
    """Those of them that are not in use yet; one query."""
    held = set(Outline.objects.values_list("code", "valid_from"))
    return [o for o in shipped() if (o["code"], dt.date.fromisoformat(o["valid_from"])) not in held]


@action("reports.outline.enact", may=may_keep_register, says=gettext_lazy("đưa đề cương vào dùng"))
def enact(body: Unit, *, outline: dict[str, Any], by: Actor) -> Outline:
    """Keeps an outline; the same code and day again changes nothing and returns what is there."""
    held, new = Outline.objects.get_or_create(
        code=outline["code"], valid_from=outline["valid_from"],
        defaults={"title": outline["title"], "source": outline["source"]},
    )  # fmt: skip
    if new:
        for order, section in enumerate(outline["sections"]):
            _keep_section(held, order, section)
    record(held, concerns=body.pk, name=held.title, valid_from=str(outline["valid_from"]))
    return held


def _keep_section(outline: Outline, order: int, section: dict[str, Any]) -> None:
    made = Section.objects.create(
        outline=outline, order=order, marker=section["marker"], title=section["title"],
        kind=section.get("kind", Section.Kind.TEXT), prompt=section.get("prompt", ""),
        optional=section.get("optional", False),
    )  # fmt: skip
    Item.objects.bulk_create(
        Item(
            section=made, order=place, code=item["code"], label=item["label"],
            measure=item["measure"], fact=item.get("fact", ""),
            adds_up=item.get("adds_up", True),
        )
        for place, item in enumerate(section.get("items", []))
    )  # fmt: skip
