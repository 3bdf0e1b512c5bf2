"""Which caps fire for a unit, and on what ground. Pure: circumstances in, fired caps out."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from danvan.scoring.models import Cap
from danvan.scoring.standings import Fired, Sums
from danvan.ui import written


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the automatic rules look at. ``plan_due`` is set while the plan is missing."""

    days_late: int | None
    groups: Mapping[str, Sums]
    period_to: dt.date
    plan_due: dt.date | None = None
    born: dt.date | None = None
    # Cap id → ground, of caps an office raised; ids of caps the decider lifted.
    raised: Mapping[int, str] = field(default_factory=dict)
    lifted: frozenset[int] = frozenset()


def fired(caps: Iterable[Cap], about: Circumstances) -> tuple[Fired, ...]:
    """Every cap that holds, in the order of the score sheet."""
    found = []
    for cap in caps:
        ground = "" if cap.pk in about.lifted else ground_of(cap, about)
        if ground:
            ceiling = cap.ceiling.name if cap.ceiling else ""
            found.append(Fired(cap.code, cap.title, ceiling, ground))
    return tuple(found)


def ground_of(cap: Cap, about: Circumstances) -> str:
    """Why the cap fires, in words; "" if it does not. A raised one needs no test."""
    return about.raised.get(cap.pk) or _TESTS[Cap.Rule(cap.rule)](cap, about)


def _manual(cap: Cap, about: Circumstances) -> str:
    return ""


def _no_plan(cap: Cap, about: Circumstances) -> str:
    if about.plan_due is None:
        return ""
    return _("Chưa gửi kế hoạch (hạn %s).") % written.day(about.plan_due)


def _dossier_late(cap: Cap, about: Circumstances) -> str:
    threshold = cap.threshold or Decimal(1)
    if about.days_late is None or about.days_late < threshold:
        return ""
    return _("Nộp hồ sơ chậm %(days)d ngày (giới hạn từ %(from)s ngày).") % {
        "days": about.days_late,
        "from": written.number(threshold),
    }


def _group_below(cap: Cap, about: Circumstances) -> str:
    threshold = cap.threshold or Decimal(50)
    for code, sums in about.groups.items():
        if sums.rate is not None and sums.rate < threshold:
            return _("Nhóm %(code)s đạt %(points)s/%(max)s điểm (%(rate)s), dưới %(least)s.") % {
                "code": code,
                "points": written.number(sums.points),
                "max": written.number(sums.maximum),
                "rate": written.percent(sums.rate),
                "least": written.percent(threshold),
            }
    return ""


def _new_unit(cap: Cap, about: Circumstances) -> str:
    months = int(cap.threshold or 6)
    if about.born is None or months_after(about.born, months) <= about.period_to:
        return ""
    return _("Thành lập ngày %(born)s, chưa đủ %(months)d tháng đến %(end)s.") % {
        "born": written.day(about.born),
        "months": months,
        "end": written.day(about.period_to),
    }


_TESTS = {
    Cap.Rule.MANUAL: _manual,
    Cap.Rule.NO_PLAN: _no_plan,
    Cap.Rule.DOSSIER_LATE: _dossier_late,
    Cap.Rule.GROUP_BELOW: _group_below,
    Cap.Rule.NEW_UNIT: _new_unit,
}


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day ``months`` later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))
