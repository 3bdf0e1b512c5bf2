"""The yearly report of a body that is not subordinate: given freely, never late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.emulation import rules
from danvan.emulation.models import Movement
from danvan.emulation.models.movements import COUNTS
from danvan.kernel import clock, files
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit

TOLD = (*COUNTS, "narrative")


@action(
    "emulation.movement.report",
    may=rules.may_report,
    says=gettext_lazy("báo cáo phong trào thi đua"),
)
def report(
    unit: Unit,
    *,
    body: Unit,
    year: int,
    name: str,
    values: Mapping[str, Any],
    file: UploadedFile | None = None,
    by: Actor,
) -> Movement:
    """Counts and a narrative of one movement in one year."""
    if Movement.objects.filter(body=body, unit=unit, year=year, name=name.strip()).exists():
        raise Refused(already(_("Phong trào này của năm đã có báo cáo; mở ra để báo cáo lại.")))
    movement = Movement(body=body, unit=unit, year=year, name=name.strip())
    _fill(movement, values, file, by)
    record(movement, concerns=unit.pk, name=movement.name, year=year)
    return movement


@action(
    "emulation.movement.report_again",
    may=rules.may_report_again,
    says=gettext_lazy("báo cáo lại phong trào thi đua"),
)
def report_again(
    movement: Movement, *, values: Mapping[str, Any], file: UploadedFile | None = None, by: Actor
) -> Movement:
    """Other figures or words; what was told before stays in the history."""
    before = {name: getattr(movement, name) for name in TOLD}
    _fill(movement, values, file, by)
    changed: dict[str, Any] = {
        n: [before[n], getattr(movement, n)] for n in TOLD if getattr(movement, n) != before[n]
    }
    record(movement, concerns=movement.unit_id, **changed)
    return movement


def _fill(
    movement: Movement, values: Mapping[str, Any], file: UploadedFile | None, by: Actor
) -> None:
    for name in TOLD:
        setattr(movement, name, values.get(name))
    movement.narrative = (movement.narrative or "").strip()
    if not movement.name or not movement.narrative:
        raise Refused(refuse(_("Ghi tên phong trào và kết quả nổi bật.")))
    if file is not None:
        movement.file, movement.file_name = files.store(file), (file.name or "")[-200:]
    movement.told_at, movement.told_by_id = clock.now(), by.id
    movement.save()
