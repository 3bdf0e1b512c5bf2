"""The statutory clock: a kind, a stage, a first day and what is special → the last lawful day.

Bộ luật Dân sự 91/2015: the first day is not counted (Điều 147.2); a period that ends on a day
off ends with the next working day (Điều 148.5). Only the words "ngày làm việc" in the text of
the law make working days. Pure: reads no database; says in Vietnamese how it counted.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from danvan.petitions.deadlines import Rule, pick
from danvan.ui import written

ONE_DAY = dt.timedelta(days=1)
Span = tuple[dt.date, dt.date]


class WorkingDays(Protocol):
    """Any calendar that knows its days off (``kernel.calendar.Calendar``)."""

    def is_working_day(self, day: dt.date) -> bool: ...
    def why_off(self, day: dt.date) -> str: ...


@dataclass(frozen=True, slots=True)
class Due:
    """A day, the rule it comes from, and every sentence of its computation."""

    day: dt.date
    rule: Rule
    start: dt.date
    why: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    stage: str = ""

    @property
    def statutory(self) -> bool:
        return not self.rule.local


def due(
    rules: Sequence[Rule],
    kind: str,
    stage: str,
    start: dt.date,
    *,
    regime: dt.date,
    calendar: WorkingDays,
    traits: frozenset[str] = frozenset(),
    pauses: Sequence[Span] = (),
    types: str = "max immediate threshold after",
    counted_from: str = "",
) -> Due | None:
    """The limit of a stage, or None where no rule in force on ``regime`` sets one.

    ``pauses``: spans (both days included) that are not counted. Where another rule competes
    (its repeal is not confirmed), the earlier day is given and both are told.
    """
    rule = pick(rules, kind, stage, regime, traits, types)
    if rule is None or rule.unit == "hour":
        return None
    found = _by(rule, start, calendar, pauses, stage, counted_from)
    rival = next((r for r in rules if r.code == rule.competes_with and r.since <= regime), None)
    if rival is None:
        return found
    other = _by(rival, start, calendar, pauses, stage, counted_from)
    first = min(found, other, key=lambda d: d.day)
    both = _("%(one)s: %(a)s; %(two)s: %(b)s. Nhắc theo ngày sớm hơn, chưa rõ quy định nào thay.")
    told = both % {
        "one": found.rule.legal_ref, "a": written.day(found.day),
        "two": other.rule.legal_ref, "b": written.day(other.day),
    }  # fmt: skip
    return Due(first.day, first.rule, start, first.why, (told, *first.warnings), stage)


def _by(
    rule: Rule,
    start: dt.date,
    calendar: WorkingDays,
    pauses: Sequence[Span],
    stage: str,
    counted_from: str,
) -> Due:
    if rule.limit_type in ("immediate",) or rule.value is None:
        why = [_("Phải làm ngay: %(ref)s.") % {"ref": rule.legal_ref}]
        return Due(start, rule, start, tuple(why), _doubts(rule), stage)
    if rule.limit_type == "min_before":
        day = before(rule, start, calendar)
        why = [_("Ít nhất %(length)s trước ngày %(day)s.") % _told(rule, start)]
        return Due(day, rule, start, (*why, _source(rule)), _doubts(rule), stage)
    moves = rule.limit_type in ("max", "after")
    raw = counted(rule, start, calendar, pauses)
    day = next_open_day(raw, calendar, pauses) if moves else raw
    lines = [_opening(rule, start, counted_from)]
    lines += _left_out(rule, start, raw, calendar, pauses)
    if day != raw:
        lines.append(
            _(
                "Ngày cuối %(raw)s không làm việc (%(off)s) nên hạn là hết ngày làm việc kế tiếp, "
                "%(day)s (Bộ luật Dân sự 2015, Điều 148.5)."
            )
            % {
                "raw": written.day(raw),
                "off": calendar.why_off(raw) or _("đang tạm dừng"),
                "day": written.day(day),
            }
        )
    return Due(day, rule, start, (*lines, _source(rule)), _doubts(rule), stage)


def counted(
    rule: Rule, start: dt.date, calendar: WorkingDays, pauses: Sequence[Span] = ()
) -> dt.date:
    """The last counted day, before it moves off a day off."""
    value = rule.value or 0
    if rule.unit == "month":
        return _months_after(start, value)
    day, left = start, value
    while left > 0:
        day += ONE_DAY
        works = rule.unit != "working_day" or calendar.is_working_day(day)
        left -= works and not _paused(day, pauses)
    return day


def next_open_day(day: dt.date, calendar: WorkingDays, pauses: Sequence[Span] = ()) -> dt.date:
    """``day`` itself if it is worked and not paused, else the first such day after it."""
    while not calendar.is_working_day(day) or _paused(day, pauses):
        day += ONE_DAY
    return day


def before(rule: Rule, event: dt.date, calendar: WorkingDays) -> dt.date:
    """The last day on which something is still early enough before ``event``."""
    day, left = event, rule.value or 0
    while left > 0:
        day -= ONE_DAY
        left -= rule.unit != "working_day" or calendar.is_working_day(day)
    while not calendar.is_working_day(day):
        day -= ONE_DAY
    return day


def length(rule: Rule) -> str:
    """ "7 ngày làm việc", "30 ngày", "12 tháng"."""
    names = {"working_day": _("ngày làm việc"), "day": _("ngày"), "month": _("tháng")}
    if rule.value is None:
        return _("ngay")
    return f"{rule.value} {names.get(rule.unit, rule.unit)}"


def _months_after(start: dt.date, count: int) -> dt.date:
    """The same date of the last month, or its last day (Điều 148)."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return dt.date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def _paused(day: dt.date, pauses: Sequence[Span]) -> bool:
    return any(first <= day <= last for first, last in pauses)


def _told(rule: Rule, start: dt.date) -> dict[str, str]:
    return {"length": length(rule), "day": written.day(start)}


def _opening(rule: Rule, start: dt.date, counted_from: str) -> str:
    words = _("%(length)s từ %(what)s %(day)s; ngày đầu không tính (Bộ luật Dân sự, Điều 147.2).")
    return words % {**_told(rule, start), "what": counted_from or _("ngày")}


def _left_out(
    rule: Rule, start: dt.date, end: dt.date, calendar: WorkingDays, pauses: Sequence[Span]
) -> list[str]:
    """The days that did not count: holidays of a count in working days, pauses."""
    said = []
    if rule.unit == "working_day":
        days = (start + ONE_DAY * n for n in range(1, (end - start).days + 1))
        off = [d for d in days if d.weekday() < 5 and not calendar.is_working_day(d)]
        if off:
            list_of = ", ".join(f"{written.day(d)} ({calendar.why_off(d)})" for d in off)
            said.append(_("Không tính thứ bảy, chủ nhật và %(days)s.") % {"days": list_of})
    for first, last in pauses:
        if last > start and first <= end:
            count = (last - max(first, start + ONE_DAY)).days + 1
            words = ngettext(
                "Không tính %(n)d ngày tạm dừng, từ %(a)s đến hết %(b)s.",
                "Không tính %(n)d ngày tạm dừng, từ %(a)s đến hết %(b)s.",
                count,
            )
            said.append(words % {"n": count, "a": written.day(first), "b": written.day(last)})
    return said


def _source(rule: Rule) -> str:
    if rule.local:
        return _("Thời hạn nội bộ, không phải luật định: %(ref)s.") % {"ref": rule.legal_ref}
    return _("Căn cứ: %(ref)s (quy tắc %(code)s).") % {"ref": rule.legal_ref, "code": rule.code}


def _doubts(rule: Rule) -> tuple[str, ...]:
    """A doubtful row warns; it never blocks."""
    if rule.confidence == "B":
        return (
            _("%(ref)s mới đọc ở một bản không chính thức: hãy đối chiếu Công báo.")
            % {"ref": rule.legal_ref},
        )
    if rule.confidence == "C":
        return (
            _("%(ref)s mới biết qua nguồn thứ cấp: phải đối chiếu Công báo trước khi dựa vào.")
            % {"ref": rule.legal_ref},
        )
    return ()
