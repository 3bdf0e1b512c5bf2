"""What measures a target: a table of words and codes of facts, dated, checked at start-up."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any

from django.core import checks
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from danvan.kernel import clock, facts
from danvan.programmes import combining
from vanban.text import search_key


@dataclass(frozen=True, slots=True)
class Binding:
    """Targets with these words are measured by ``fact``, or by ``formula`` over ``inputs``;
    units that fall short by ``unit_fact``.

    ``awaited``: the context that offers the fact may be absent; then nothing is proposed.
    """

    words: str = ""
    fact: str = ""
    formula: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    unit_fact: str = ""
    unit_floor: Decimal | None = None
    direction: str = ""
    awaited: bool = False
    valid_from: dt.date = dt.date.min
    valid_to: dt.date = dt.date.max

    @property
    def codes(self) -> tuple[str, ...]:
        own = (self.fact, self.unit_fact, *combining.codes_of(self.inputs))
        return tuple(code for code in own if code)


@lru_cache(maxsize=1)
def table() -> tuple[Binding, ...]:
    """The rows of data/targets.csv."""
    text = (resources.files("danvan.programmes") / "data" / "targets.csv").read_text("utf-8")
    return tuple(
        Binding(
            words=search_key(row["words"]),
            fact=row["fact"],
            formula=row["formula"],
            inputs=combining.inputs_of(row["inputs"]),
            unit_fact=row["unit_fact"],
            unit_floor=Decimal(row["unit_floor"]) if row["unit_floor"] else None,
            direction=row["direction"],
            awaited=row["awaited"] == "1",
            valid_from=dt.date.fromisoformat(row["valid_from"]),
            valid_to=dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else dt.date.max,
        )
        for row in csv.DictReader(text.splitlines())
    )


def suggested(subject: str) -> Binding:
    """What measures a target that says this, of the facts there are; nothing if none does."""
    said, day = search_key(subject), clock.today()
    for row in table():
        if row.words in said and row.valid_from <= day <= row.valid_to:
            fact, unit_fact = (c if c in facts.REGISTRY else "" for c in (row.fact, row.unit_fact))
            whole = all(code in facts.REGISTRY for code in combining.codes_of(row.inputs))
            return replace(
                row,
                fact=fact,
                formula=row.formula if whole else "",
                inputs=row.inputs if whole else {},
                unit_fact=unit_fact,
                unit_floor=row.unit_floor if unit_fact else None,
            )
    return Binding()


def check_codes(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Every code of the table is offered by somebody, for the right subjects."""
    return list(_problems())


def check_targets(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[Any]:
    """Every code kept with a target is offered still (a check of the database)."""
    from danvan.programmes.models import Target

    if not databases:
        return []
    try:
        rows = list(Target.objects.values_list("fact", "unit_fact", "inputs"))
    except DatabaseError:  # ``migrate`` asks before it has made the tables
        return []
    kept = {code for fact, unit_fact, _i in rows for code in (fact, unit_fact) if code}
    kept |= {code for *_f, inputs in rows for code in combining.codes_of(inputs)}
    lost = {code for code in kept if code not in facts.REGISTRY}
    return [
        checks.Error(
            _("Chỉ tiêu dùng nguồn dữ liệu “%s” không còn được cung cấp.") % code,
            id="programmes.E002",
        )
        for code in sorted(lost)
    ]


def _problems() -> Iterator[checks.CheckMessage]:
    for row in table():
        combined = [(code, "programme") for code in combining.codes_of(row.inputs)]
        for code, about in ((row.fact, "programme"), (row.unit_fact, "unit"), *combined):
            fact = facts.REGISTRY.get(code)
            if (fact and fact.about == about) or not code or (fact is None and row.awaited):
                continue
            yield checks.Error(
                _("data/targets.csv: không có dữ kiện “%(code)s” về “%(about)s”.")
                % {"code": code, "about": about},
                id="programmes.E001",
            )
        if row.formula and all(code in facts.REGISTRY for code in combining.codes_of(row.inputs)):
            try:
                combining.check(row.formula, row.inputs)
            except ValidationError as error:
                told = "data/targets.csv: " + " ".join(error.messages)
                yield checks.Error(told, id="programmes.E003")
