"""What study tells the others: who was briefed, who acknowledged, who was trained.

A period's campaigns are those due in it. The roster is of the period's last day, or of today
while the period goes on: every person in post that day, less the exempt (``roster.RULE``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.facts import Period, Reading, Readings, offer
from danvan.programmes.models import Programme
from danvan.study import queries, reckoning
from danvan.study.models import Campaign
from danvan.study.reckoning import Reckoning, Tally
from danvan.ui import written


@offer(
    "study.briefed",
    about="unit",
    measure="người",
    label=gettext_lazy("Cán bộ, công chức, viên chức đã được học tập, quán triệt"),
)
def briefed(units: Sequence[int], period: Period) -> Readings:
    """People who have done every campaign addressed to the unit ÷ roster."""
    told = _("%s người đã học tập, quán triệt")
    return _readings(units, period, lambda found, unit: found.briefed(unit), told)


@offer(
    "study.acknowledged",
    about="unit",
    measure="người",
    label=gettext_lazy("Cán bộ, công chức, viên chức đã đọc và xác nhận tài liệu"),
)
def acknowledged(units: Sequence[int], period: Period) -> Readings:
    """People who have acknowledged every text of the campaigns that ask for it ÷ roster."""
    told = _("%s người đã đọc và xác nhận đủ tài liệu")
    return _readings(units, period, lambda found, unit: found.acknowledged(unit), told)


@offer(
    "study.trained",
    about="unit",
    measure="người",
    label=gettext_lazy("Người hoàn thành tập huấn so với nhu cầu đã đăng ký"),
)
def trained(units: Sequence[int], period: Period) -> Readings:
    """People who completed ÷ people the plan's lines of the period need; None without need."""
    found = queries.trained(units, period)
    basis = f"{reverse('study:training')}?nam={period.end.year}"
    return {
        unit: _reading(*found[unit], basis, _("%s người hoàn thành tập huấn theo kế hoạch"))
        if unit in found
        else None
        for unit in units
    }


@offer(
    "study.people_briefed",
    about="programme",
    measure="người",
    label=gettext_lazy("Cán bộ, công chức, viên chức toàn cơ quan đã được học tập, quán triệt"),
)
def people_briefed(programmes: Sequence[int], period: Period) -> Readings:
    """Of everybody in post in the units addressed, those who did all they were asked."""
    read: dict[int, Reading | None] = {}
    for programme in Programme.objects.filter(pk__in=programmes):
        campaigns = queries.in_period(period).filter(body=programme.body_id)
        found = reckoning.reckon(campaigns, _day(period))
        whole = found.together(found.asked)
        basis = f"{reverse('study:list')}?nam={period.end.year}"
        told = _("%s người đã học tập, quán triệt")
        read[programme.pk] = _reading(*whole.figures, basis, told) if whole else None
    return {programme: read.get(programme) for programme in programmes}


def _readings(
    units: Sequence[int],
    period: Period,
    tally: Callable[[Reckoning, int], Tally | None],
    told: str,
) -> Readings:
    found = reckoning.reckon(queries.in_period(period), _day(period), units)
    read: dict[int, Reading | None] = {}
    for unit in units:
        figures = tally(found, unit)
        basis = _basis(found.asked.get(unit, []), unit, period)
        read[unit] = _reading(*figures.figures, basis, told) if figures else None
    return read


def _basis(asked: Sequence[Campaign], unit: int, period: Period) -> str:
    """The names of the one campaign, or the list of the year's."""
    if len(asked) == 1:
        return f"{reverse('study:missing', args=[asked[0].pk])}?don_vi={unit}"
    return f"{reverse('study:list')}?nam={period.end.year}"


def _reading(part: int, whole: int, basis: str, told: str) -> Reading:
    """A unit nobody counts in has a ratio of nothing: no value, and says so."""
    if not whole:
        return Reading(None, clock.now(), basis, _("không có ai trong danh sách phải học"))
    value = Decimal(part) / Decimal(whole)
    said = told % written.rate(part, whole)
    return Reading(value, clock.now(), basis, said, Decimal(part), Decimal(whole))


def _day(period: Period) -> dt.date:
    return min(period.end, clock.today())
