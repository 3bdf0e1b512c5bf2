"""How a target is measured: its fact, where it starts from, and who falls short."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import facts
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.programmes import rules
from danvan.programmes.models import Target


@dataclass(frozen=True, slots=True)
class Measure:
    """What measures a target; a baseline comes with its source."""

    fact: str = ""
    unit_fact: str = ""
    unit_floor: Decimal | None = None
    direction: str = "up"
    baseline: Decimal | None = None
    baseline_source: str = ""

    def check(self) -> None:
        for field, about in (("fact", "programme"), ("unit_fact", "unit")):
            code = getattr(self, field)
            if code and (code not in facts.REGISTRY or facts.REGISTRY[code].about != about):
                raise ValidationError({field: _("Không có nguồn dữ liệu này.")})
        if self.baseline is not None and not self.baseline_source.strip():
            raise ValidationError({"baseline_source": _("Ghi nguồn của số xuất phát điểm.")})


@action(
    "programmes.target.measure", may=rules.may_measure, says=gettext_lazy("đặt cách đo chỉ tiêu")
)
def measure(target: Target, *, by_way_of: Measure, by: Actor) -> Target:
    """The goal itself only changes by an amendment; how it is measured changes here."""
    by_way_of.check()
    fields = [*Measure.__dataclass_fields__]
    before = [str(getattr(target, name)) for name in fields]
    for name in fields:
        setattr(target, name, getattr(by_way_of, name))
    target.save(update_fields=fields)
    after = [str(getattr(target, name)) for name in fields]
    record(target, concerns=target.programme.body_id, measure=[before, after])
    return target
