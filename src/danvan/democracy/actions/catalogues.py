"""Putting in force the dated catalogues the product comes with: rules, checklist, questions."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy

from danvan.democracy.models import CheckItem, DialogueRule, Question, Questionnaire
from danvan.democracy.rules import dialogue as rules
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit

DATA = Path(__file__).resolve().parent.parent / "data"
SATISFACTION = "hai-long"


def shipped(name: str) -> list[dict[str, str]]:
    """The lines of one shipped table."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@action(
    "democracy.catalogue.enact",
    may=rules.may_set_rule,
    says=gettext_lazy("đưa danh mục về dân chủ vào dùng"),
)
def enact(body: Unit, *, by: Actor) -> int:
    """Keeps what is not known yet; what is, stays as it is. Returns how many lines are new."""
    new = sum(
        (
            *(_keep(DialogueRule, ("kind",), row) for row in shipped("dialogue-rules")),
            *(_keep(CheckItem, ("code",), row) for row in shipped("democracy-checklist")),
            _questionnaire(),
        )
    )
    record(body, concerns=body.pk, rows=new)
    return new


def _keep(model: Any, keys: tuple[str, ...], row: dict[str, str]) -> int:
    values: dict[str, Any] = dict(row)
    values["valid_from"] = dt.date.fromisoformat(row["valid_from"])
    values["valid_to"] = dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    known = {key: values.pop(key) for key in (*keys, "valid_from")}
    if model is DialogueRule:
        known["body"] = None
    return int(model.objects.get_or_create(**known, defaults=values)[1])


def _questionnaire() -> int:
    held, made = Questionnaire.objects.get_or_create(
        code=SATISFACTION,
        valid_from=dt.date(2015, 1, 1),
        defaults={
            "title": "Phiếu hỏi ngắn về sự phục vụ của cơ quan",
            "source": "Mẫu của sản phẩm, không phải bộ câu hỏi SIPAS; thay được bằng mẫu khác",
        },
    )
    if not made:
        return 0
    options: dict[str, list[list[str]]] = {}
    for row in shipped("survey-options"):
        options.setdefault(row["options"], []).append([row["value"], row["words"]])
    for row in shipped("satisfaction-questionnaire"):
        Question.objects.create(
            questionnaire=held, order=int(row["order"]), code=row["code"], text=row["text"],
            options=options[row["options"]], satisfied=row["satisfied"].split(";"),
            overall=bool(row["overall"]),
        )  # fmt: skip
    return 1
