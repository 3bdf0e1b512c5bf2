"""Registered → effective → recognised → awarded → replicated, beside the year before.

A withdrawn model is no longer counted as registered; a rejected one is. *Replicated* counts
models that at least one other unit has confirmed to apply.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from danvan.emulation.models import Adoption, Exemplar
from danvan.emulation.models.exemplars import HOUSEHOLDS

S = Exemplar.State
STEPS: dict[str, tuple[Any, Q]] = {
    "registered": (_("Đăng ký"), ~Q(state=S.WITHDRAWN)),
    "effective": (_("Có hiệu quả"), Q(state__in=[S.EFFECTIVE, S.RECOGNISED, S.AWARDED])),
    "recognised": (_("Được công nhận"), Q(state__in=[S.RECOGNISED, S.AWARDED])),
    "awarded": (_("Được khen thưởng"), Q(state=S.AWARDED)),
    "replicated": (_("Được nhân rộng"), Q(spread=True) & ~Q(state__in=[S.WITHDRAWN, S.REJECTED])),
}
RULE = _(
    "Đăng ký: mọi mô hình của năm, trừ mô hình đã rút. Có hiệu quả: đã kiểm tra thực tế và "
    "đánh giá đạt mục tiêu. Được công nhận, được khen thưởng: có quyết định. Được nhân rộng: "
    "có ít nhất một đơn vị khác tự xác nhận đang áp dụng. Mỗi mô hình tính một lần ở mỗi cột."
)
Counts = dict[str, int]


@dataclass
class Line:
    """One unit, field or the whole: this year's counts beside last year's."""

    key: Any
    label: str
    now: Counts
    before: Counts = field(default_factory=dict)

    @property
    def cells(self) -> list[tuple[Any, int, int]]:
        """(name of the step, this year, change against the year before)."""
        return [
            (label, self.now.get(step, 0), self.now.get(step, 0) - self.before.get(step, 0))
            for step, (label, _test) in STEPS.items()
        ]


def counted(exemplars: QuerySet[Exemplar], *by: str) -> dict[Any, Counts]:
    """Counts of every step, grouped by fields (a single one gives its value as key); one query."""
    spread = Adoption.objects.filter(exemplar=OuterRef("pk"), state=Adoption.State.CONFIRMED)
    steps = {name: Count("pk", filter=test) for name, (_label, test) in STEPS.items()}
    rows = exemplars.annotate(spread=Exists(spread)).order_by().values(*by).annotate(**steps)
    made = {}
    for row in rows:
        key = tuple(row[name] for name in by)
        made[key[0] if len(key) == 1 else key] = {name: row[name] for name in STEPS}
    return made


def lines(
    exemplars: QuerySet[Exemplar], by: str, year: int, names: Mapping[Any, str]
) -> list[Line]:
    """A line per name, in the order of the names; those without any model in either year too."""
    both = counted(exemplars.filter(year__in=[year, year - 1]), by, "year")
    return [
        Line(key, name, both.get((key, year), {}), both.get((key, year - 1), {}))
        for key, name in names.items()
    ]


def whole(exemplars: QuerySet[Exemplar], year: int, label: str) -> Line:
    both = counted(exemplars.filter(year__in=[year, year - 1]), "year")
    return Line(None, label, both.get(year, {}), both.get(year - 1, {}))


def breakdown(exemplars: QuerySet[Exemplar]) -> Counts:
    """Row 46: models in areas of minorities and of religion; households reached, by group."""
    standing = exemplars.exclude(state__in=[S.WITHDRAWN, S.REJECTED])
    found: Counts = standing.aggregate(
        models=Count("pk"),
        minority_areas=Count("pk", filter=Q(minority_area=True)),
        religious_areas=Count("pk", filter=Q(religious_area=True)),
        unstated=Count("pk", filter=Q(households=None)),
        **{name: Sum(name) for name in HOUSEHOLDS},
    )
    return found
