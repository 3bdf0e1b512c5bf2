"""How a target is measured: its fact, where it starts from, and who falls short."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import facts
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.programmes import combining, rules
from danvan.programmes.models import Target


@dataclass(frozen=True, slots=True)
class Measure:
    """What measures a target: one fact, or a formula over several; a baseline has its source."""

    fact: str = ""
    formula: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    unit_fact: str = ""
    unit_floor: Decimal | None = None
    direction: str = "up"
    baseline: Decimal | None = None
    baseline_source: str = ""

    def check(self, unit: str = "") -> None:
        """``unit``: what the target is counted in. Raises ValidationError by field."""
        if self.fact and self.formula:
            raise ValidationError({"formula": _("Chọn một nguồn dữ liệu hoặc ghi công thức.")})
        if self.formula or self.inputs:
            combining.check(self.formula, self.inputs, unit)
        for name, about in (("fact", "programme"), ("unit_fact", "unit")):
            code = getattr(self, name)
            if code and (code not in facts.REGISTRY or facts.REGISTRY[code].about != about):
                raise ValidationError({name: _("Không có nguồn dữ liệu này.")})
        if self.baseline is not None and not self.baseline_source.strip():
            raise ValidationError({"baseline_source": _("Ghi nguồn của số xuất phát điểm.")})


@action(
    "programmes.target.measure", may=rules.may_measure, says=gettext_lazy("đặt cách đo chỉ tiêu")
)
def measure(target: Target, *, by_way_of: Measure, by: Actor) -> Target:
    """The goal itself only changes by an amendment; how it is measured changes here."""
    by_way_of.check(target.unit)
    fields = [*Measure.__dataclass_fields__]
    before = [str(getattr(target, name)) for name in fields]
    for name in fields:
        setattr(target, name, getattr(by_way_of, name))
    target.save(update_fields=fields)
    after = [str(getattr(target, name)) for name in fields]
    record(target, concerns=target.programme.body_id, measure=[before, after])
    return target
