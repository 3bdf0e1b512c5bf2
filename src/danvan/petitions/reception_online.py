"""Online reception: what is asked before it and until when, read from the table (TD-ONLINE-*).

Nghị định 154/2026, Đ23–24 (level B: read in an unofficial copy). Late is told with law and level,
and forbids nothing. Before the rows hold (1/7/2026) nothing is asked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from danvan.kernel import clock
from danvan.kernel.calendar import Calendar
from danvan.petitions import deadlines
from danvan.petitions import reception_minimum as minimum
from danvan.petitions.deadlines import Rule
from danvan.petitions.models import CONFIDENTIAL, OnlineStep, ReceptionDay, Turn

Step = OnlineStep.Step
_ROWS = {
    Step.NOTICE: "TD-ONLINE-NOTICE",
    Step.TEST: "TD-ONLINE-TEST",
    Step.CONNECT: "TD-ONLINE-LINK",
}
_BEGINS = re.compile(r"(\d{1,2})\s*(?:giờ|h|g|:)\s*(\d{1,2})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Remark:
    """A rule of the decree that sets no day: said where it matters."""

    since: dt.date
    law: str
    confidence: str
    text: Any

    def holds_on(self, day: dt.date) -> bool:
        return self.since <= day


DENOUNCING = Remark(
    dt.date(2026, 7, 1), "Nghị định 154/2026/NĐ-CP, Đ20.4", "B",
    _("Tố cáo chỉ được tiếp trực tuyến khi người tố cáo không yêu cầu bảo vệ."),
)  # fmt: skip
RECORDING = Remark(
    dt.date(2026, 7, 1), "Nghị định 154/2026/NĐ-CP, Đ24", "B",
    _("Buổi tiếp trực tuyến được ghi âm, ghi hình; bản ghi lưu trên máy chủ của cơ quan nhà nước "
      "hoặc dịch vụ lưu trữ đặt tại Việt Nam."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked before the session: the last day, or the last moment where it is known."""

    step: OnlineStep.Step
    rule: Rule
    last: dt.date
    moment: dt.datetime | None
    kept: OnlineStep | None
    late: bool

    @property
    def until(self) -> str:
        if self.moment is not None:
            return f"{timezone.localtime(self.moment):%H:%M %d/%m/%Y}"
        return f"{self.last:%d/%m/%Y}"


def begins_at(day: ReceptionDay) -> dt.datetime | None:
    """The first hour written in the day's hours ("7 giờ 30 – 11 giờ"); None where none is."""
    found = _BEGINS.search(day.hours)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    written = dt.time(int(found[1]), int(found[2] or 0))
    return timezone.make_aware(dt.datetime.combine(day.on, written))


def asked(day: ReceptionDay, kept: Iterable[OnlineStep], calendar: Calendar) -> list[Asked]:
    """What is asked before this online day, in order; nothing of a day in person."""
    if not day.online:
        return []
    done = {each.step: each for each in kept}
    rows = {r.code: r for r in deadlines.shipped() if r.holds_on(day.on)}
    return [
        _asked(day, step, rows[code], done.get(step), calendar)
        for step, code in _ROWS.items()
        if code in rows
    ]


def remark_on_recording(day: ReceptionDay) -> Remark | None:
    """Where a session that took place online says nothing of its recording."""
    held = day.state in (ReceptionDay.State.HELD, ReceptionDay.State.DELEGATED)
    lacking = day.online and held and not day.recording
    return RECORDING if lacking and RECORDING.holds_on(day.on) else None


def remark_on_denouncing(turn: Turn) -> Remark | None:
    """Where a denunciation was brought online."""
    brought = turn.day is not None and turn.day.online and turn.kind in CONFIDENTIAL
    return DENOUNCING if brought and DENOUNCING.holds_on(turn.on) else None


def _asked(
    day: ReceptionDay, step: OnlineStep.Step, rule: Rule, kept: OnlineStep | None,
    calendar: Calendar,
) -> Asked:  # fmt: skip
    value, moment, last = rule.value or 0, None, day.on
    if rule.unit == "hour":
        begins = begins_at(day)
        moment = begins - dt.timedelta(hours=value) if begins else None
    else:
        last = minimum.last_day_before(day.on, value, calendar)
    at = kept.at if kept is not None else clock.now()
    late = at > moment if moment is not None else timezone.localtime(at).date() > last
    return Asked(step, rule, last, moment, kept, late)
