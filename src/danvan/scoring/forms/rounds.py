"""Opening a round: its days (prefilled from the plan), its target, who stands in for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.kernel import clock
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.programmes.amending import targets_on
from danvan.programmes.models import Programme
from danvan.programmes.models.plans import Deliverable
from danvan.ui import written
from danvan.ui.fields import DayField, PointsField
from vanban.text import search_key

TARGET = "scoring.units_in_top_class"
# Days from the dossiers to the decision where the plan names no date for it.
USUAL_DAYS = 14


class RoundForm(forms.Form):
    """Errors of order are told at the later day."""

    period_from = DayField(label=_("Kỳ đánh giá từ"))
    period_to = DayField(label=_("Đến hết ngày"))
    dossier_due = DayField(label=_("Hạn nộp hồ sơ chấm điểm"))
    verify_due = DayField(label=_("Hạn thẩm định"))
    explain_from = DayField(label=_("Giải trình từ ngày"))
    explain_to = DayField(label=_("Giải trình đến hết ngày"))
    decide_due = DayField(label=_("Hạn quyết định xếp loại"))
    target_share = PointsField(
        label=_("Chỉ tiêu tỷ lệ đơn vị loại cao nhất (%)"), max_value=100, required=False
    )

    def __init__(
        self,
        *args: Any,
        offices: Mapping[str, Unit],
        substitutes: Mapping[str, Unit],
        names: Mapping[int, str],
        whys: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, why in whys.items():
            self.fields[name].help_text = why
        self.roles = list(offices)
        for role, office in offices.items():
            others = [(pk, name) for pk, name in names.items() if pk != office.pk]
            usual = substitutes.get(role)
            self.fields[f"substitute_{role}"] = forms.TypedChoiceField(
                label=_("Thẩm định thay %(office)s trên phiếu của chính cơ quan này")
                % {"office": names.get(office.pk, office)},
                help_text=roles.ROLES[role].label, choices=others, coerce=int,
                initial=usual.pk if usual else None,
            )  # fmt: skip

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[name] for name in self.base_fields]

    @property
    def stand_ins(self) -> list[forms.BoundField]:
        return [self[f"substitute_{role}"] for role in self.roles]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for earlier, later in (
            ("period_from", "period_to"), ("dossier_due", "verify_due"),
            ("verify_due", "decide_due"), ("explain_from", "explain_to"),
            ("dossier_due", "explain_from"), ("explain_to", "decide_due"),
        ):  # fmt: skip
            first, second = typed.get(earlier), typed.get(later)
            if first and second and second < first:
                label = str(self.fields[earlier].label).lower()
                self.add_error(later, _("Không được trước “%(label)s”.") % {"label": label})
        return typed

    def values(self) -> dict[str, Any]:
        """The verb's keywords."""
        typed = dict(self.cleaned_data)
        named = {role: typed.pop(f"substitute_{role}") for role in self.roles}
        return {**typed, "substitutes": named}


def from_plan(programme: Programme) -> dict[str, Any]:
    """First values: the days and the target as the plan has them."""
    tasks = [t for t in programme.tasks.all() if t.due_on]
    dossier = next((t for t in tasks if t.deliverable == Deliverable.DOSSIER), None)
    year = programme.year
    dossier_due = dossier.due_on if dossier and dossier.due_on else dt.date(year, 11, 15)
    later = [t.due_on for t in tasks if t.due_on and t.due_on > dossier_due]
    decide_due = min(later) if later else dossier_due + dt.timedelta(days=USUAL_DAYS)
    day = dt.timedelta(days=1)
    return {
        "period_from": dt.date(year, 1, 1),
        "period_to": dt.date(year, 12, 31),
        "dossier_due": dossier_due,
        "verify_due": max(dossier_due, decide_due - 2 * day),
        "explain_from": max(dossier_due, decide_due - day),
        "explain_to": max(dossier_due, decide_due - day),
        "decide_due": decide_due,
        "target_share": _target(programme),
    }


def whys(programme: Programme) -> dict[str, str]:
    """Where the first values come from, by field."""
    initial, plan = from_plan(programme), programme.plan.short
    found = {}
    for name in ("dossier_due", "decide_due"):
        task = next((t for t in programme.tasks.all() if t.due_on == initial[name]), None)
        if task is not None:
            told = _("%(plan)s ghi: “%(words)s”.")
            found[name] = told % {"plan": plan, "words": task.due_text or written.day(task.due_on)}
    if initial["target_share"] is not None:
        found["target_share"] = _("Chỉ tiêu của %s.") % plan
    return found


def _target(programme: Programme) -> Decimal | None:
    """The plan's share of units in the top class (Kế hoạch 49, mục III.6: 60 %), as it is today."""
    targets = targets_on(programme, clock.today())
    named = [t for t in targets if t.fact == TARGET]
    worded = [t for t in targets if t.unit == "%" and "xep loai" in search_key(t.subject)]
    return next((t.value for t in (*named, *worded) if t.value is not None), None)
