"""What dialogue, supervision, opinions, checks, boards and surveys tell the others.

About a unit, in a period. Each reader is the same number of queries for one unit and for
ten thousand; ``basis`` opens the rows behind the figure.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.models import Assignment
from danvan.assignments.status import is_on_time
from danvan.democracy.models import (
    Board,
    BuildingOpinion,
    Dialogue,
    Promise,
    Recommendation,
    Regulation,
    StaffConference,
)
from danvan.democracy.queries import checks, surveys
from danvan.kernel import clock
from danvan.kernel.facts import Period, Reading, Readings, offer
from danvan.ui import written

HELD = (Dialogue.State.HELD, Dialogue.State.PUBLISHED)


def count_of(
    units: Sequence[int], counted: Mapping[int, int], basis: Callable[[int], str], words: str
) -> Readings:
    """A count for every unit, 0 included; ``words`` takes the count as %(n)d."""
    now = clock.now()
    return {
        unit: Reading(Decimal(counted.get(unit, 0)), now, basis(unit),
                      words % {"n": counted.get(unit, 0)})
        for unit in units
    }  # fmt: skip


def address(route: str, period: Period) -> Callable[[int], str]:
    """Where the rows of a unit and year are."""
    year = period.end.year
    return lambda unit: (
        f"{reverse(f'democracy:{route}')}?{urlencode({'don_vi': unit, 'nam': year})}"
    )


def held_in(units: Sequence[int], period: Period) -> dict[int, list[Dialogue]]:
    """Unit → dialogues it held in the period; one query."""
    found: dict[int, list[Dialogue]] = defaultdict(list)
    rows = Dialogue.objects.filter(
        host__in=units, state__in=HELD, held_on__range=(period.start, period.end)
    )
    for row in rows:
        found[row.host_id].append(row)
    return found


@offer(
    "democracy.dialogues_held",
    about="unit",
    measure="cuộc",
    label=gettext_lazy("Cuộc đối thoại với Nhân dân đã tổ chức"),
)
def dialogues_held(units: Sequence[int], period: Period) -> Readings:
    """Held, with minutes, in the period."""
    counted = {unit: len(rows) for unit, rows in held_in(units, period).items()}
    words = _("%(n)d cuộc đối thoại đã tổ chức")
    return count_of(units, counted, address("dialogues", period), words)


def best_of(rows: Iterable[Dialogue]) -> Dialogue | None:
    """The dialogue a unit is judged by: a published one first, then the longest notice."""
    order = sorted(rows, key=lambda d: (d.published_on is None, -(d.notice_days or 0), d.pk))
    return order[0] if order else None


def of_best(
    units: Sequence[int], period: Period, read: Callable[[Dialogue], int | None], words: str
) -> Readings:
    """A number of days of the best dialogue; None where none was held."""
    found: dict[int, Reading | None] = {}
    now, held = clock.now(), held_in(units, period)
    for unit in units:
        best = best_of(held.get(unit, ()))
        days = read(best) if best else None
        basis = reverse("democracy:dialogue", args=[best.pk]) if best else ""
        told = words % {"days": written.number(days), "title": best.title if best else ""}
        value = Decimal(days) if days is not None else None
        found[unit] = Reading(value, now, basis, told) if best else None
    return found


@offer(
    "democracy.dialogue_notice_days",
    about="unit",
    measure="ngày",
    label=gettext_lazy("Số ngày thông báo trước cuộc đối thoại"),
)
def dialogue_notice_days(units: Sequence[int], period: Period) -> Readings:
    """Calendar days between notice and dialogue, of the dialogue the unit is judged by."""
    return of_best(units, period, lambda d: d.notice_days, _("%(days)s ngày trước: %(title)s"))


@offer(
    "democracy.dialogue_publish_days",
    about="unit",
    measure="ngày",
    label=gettext_lazy("Số ngày đến khi công khai kết quả đối thoại"),
)
def dialogue_publish_days(units: Sequence[int], period: Period) -> Readings:
    """Calendar days from the dialogue to the publication; without value while not published."""
    return of_best(units, period, lambda d: d.publish_days, _("%(days)s ngày sau: %(title)s"))


@offer(
    "democracy.dialogue_result_published",
    about="unit",
    measure="có/chưa",
    label=gettext_lazy("Đã công khai kết quả đối thoại"),
)
def dialogue_result_published(units: Sequence[int], period: Period) -> Readings:
    """1 if a dialogue held in the period has its result published."""
    held = held_in(units, period)
    done = {u: int(any(d.published_on for d in rows)) for u, rows in held.items()}
    words = _("đã công khai kết quả: %(n)d (có = 1, chưa = 0)")
    return count_of(units, done, address("dialogues", period), words)


def promised(units: Sequence[int], period: Period) -> dict[int, list[Assignment]]:
    """Unit → what it owes by conclusions of dialogues due in the period, without the exempt."""
    found: dict[int, list[Assignment]] = defaultdict(list)
    rows = Promise.objects.filter(
        assignment__unit__in=units, assignment__due_on__range=(period.start, period.end)
    ).exclude(assignment__state=Assignment.State.EXEMPT)
    for row in rows.select_related("assignment"):
        found[row.assignment.unit_id].append(row.assignment)
    return found


@offer(
    "democracy.promises_due",
    about="unit",
    measure="việc",
    label=gettext_lazy("Việc theo kết luận đối thoại đến hạn"),
)
def promises_due(units: Sequence[int], period: Period) -> Readings:
    """Conclusions that became work, due in the period."""
    counted = {unit: len(rows) for unit, rows in promised(units, period).items()}
    words = _("%(n)d việc theo kết luận đối thoại đến hạn")
    return count_of(units, counted, address("promises", period), words)


@offer(
    "democracy.promises_on_time",
    about="unit",
    measure="việc",
    label=gettext_lazy("Việc theo kết luận đối thoại xong đúng hạn"),
)
def promises_on_time(units: Sequence[int], period: Period) -> Readings:
    """Of those: handed in by their date and, if accepted, not denied by who asked."""
    held = promised(units, period)
    counted = {unit: sum(map(is_on_time, rows)) for unit, rows in held.items()}
    words = _("%(n)d việc theo kết luận đối thoại xong đúng hạn")
    return count_of(units, counted, address("promises", period), words)


def recommended(units: Sequence[int], period: Period) -> dict[int, list[bool]]:
    """Unit → per recommendation or criticism it received in the period: answered or not."""
    found: dict[int, list[bool]] = defaultdict(list)
    days = (period.start, period.end)
    rows = Recommendation.objects.filter(supervision__unit__in=units, sent_on__range=days)
    for _row, unit, replies in rows.values_list("pk", "supervision__unit", Count("replies")):
        found[unit].append(replies > 0)
    opinions = BuildingOpinion.objects.filter(to_unit__in=units, received_on__range=days)
    for unit, state in opinions.values_list("to_unit", "state"):
        found[unit].append(state == BuildingOpinion.State.ANSWERED)
    return found


@offer(
    "democracy.recommendations_received",
    about="unit",
    measure="kiến nghị",
    label=gettext_lazy("Kiến nghị sau giám sát, phản biện, góp ý nhận được"),
)
def recommendations_received(units: Sequence[int], period: Period) -> Readings:
    """Of the Front's supervision, and opinions and criticism addressed to the unit."""
    counted = {unit: len(rows) for unit, rows in recommended(units, period).items()}
    words = _("%(n)d kiến nghị, góp ý nhận được")
    return count_of(units, counted, address("recommendations", period), words)


@offer(
    "democracy.recommendations_answered",
    about="unit",
    measure="kiến nghị",
    label=gettext_lazy("Kiến nghị sau giám sát, phản biện, góp ý đã trả lời"),
)
def recommendations_answered(units: Sequence[int], period: Period) -> Readings:
    """Of those received in the period, answered by now."""
    counted = {unit: sum(rows) for unit, rows in recommended(units, period).items()}
    words = _("%(n)d kiến nghị, góp ý đã trả lời")
    return count_of(units, counted, address("recommendations", period), words)


def _regulation(kind: str, code: str, label: Any) -> None:
    def read(units: Sequence[int], period: Period) -> Readings:
        day = last_day(period)
        held = checks.regulations_on(units, day).filter(kind=kind)
        found = {row.unit_id: row for row in held}
        now, to = clock.now(), address("agency", period)
        return {
            unit: Reading(Decimal(unit in found), now, to(unit), _said(found.get(unit), day))
            for unit in units
        }

    offer(code, about="unit", measure="có/không", label=label)(read)


def _said(regulation: Regulation | None, day: dt.date) -> str:
    if regulation is None:
        return _("chưa ghi văn bản nào đang áp dụng ngày %s") % written.day(day)
    return _("%(document)s, áp dụng từ %(day)s") % {
        "document": regulation.document, "day": written.day(regulation.valid_from),
    }  # fmt: skip


def last_day(period: Period) -> dt.date:
    """The day a state is read on: the end of the period, or today before it ends."""
    return min(period.end, max(period.start, clock.today()))


for _kind, _code, _label in (
    ("democracy", "democracy.regulation_in_force", gettext_lazy("Có quy chế dân chủ đang áp dụng")),
    ("conduct", "democracy.conduct_code_in_force", gettext_lazy("Có quy tắc ứng xử đang áp dụng")),
    ("coordination", "democracy.coordination_in_force",
     gettext_lazy("Có quy chế phối hợp với Mặt trận, đoàn thể đang áp dụng")),
):  # fmt: skip
    _regulation(_kind, _code, _label)


def conferences(units: Sequence[int], period: Period) -> dict[int, StaffConference]:
    """Unit → its last conference held in the period; one query."""
    found = StaffConference.objects.filter(
        unit__in=units, held_on__range=(period.start, period.end)
    )
    return {row.unit_id: row for row in found.order_by("held_on")}


@offer(
    "democracy.staff_conference_held",
    about="unit",
    measure="hội nghị",
    label=gettext_lazy("Hội nghị cán bộ, công chức, viên chức, người lao động đã tổ chức"),
)
def staff_conference_held(units: Sequence[int], period: Period) -> Readings:
    """1 if one was held in the period."""
    counted = dict.fromkeys(conferences(units, period), 1)
    return count_of(units, counted, address("agency", period), _("%(n)d hội nghị"))


def _of_conference(code: str, label: Any, words: Any, read: Callable[[Any], int]) -> None:
    def reader(units: Sequence[int], period: Period) -> Readings:
        held, now, to = conferences(units, period), clock.now(), address("agency", period)
        return {
            unit: Reading(Decimal(read(held[unit])), now, to(unit), words % {"n": read(held[unit])})
            if unit in held
            else None
            for unit in units
        }

    offer(code, about="unit", measure="", label=label)(reader)


_of_conference(
    "democracy.staff_conference_months",
    gettext_lazy("Hội nghị họp vào tháng thứ mấy sau khi hết năm công tác"),
    gettext_lazy("%(n)d tháng sau khi hết năm công tác"),
    lambda held: int(held.months_after_year_end),
)
_of_conference(
    "democracy.staff_conference_quorum",
    gettext_lazy("Hội nghị đủ 2/3 số người triệu tập"),
    gettext_lazy("đủ 2/3 dự họp: %(n)d (đủ = 1, không = 0)"),
    lambda held: int(held.has_quorum),
)


@offer(
    "democracy.checklist_done",
    about="unit",
    measure="mục",
    label=gettext_lazy("Mục kiểm dân chủ trong cơ quan đã thực hiện"),
)
def checklist_done(units: Sequence[int], period: Period) -> Readings:
    """Done, of what applies and arose that year; None where no list is in force."""
    year, now = period.end.year, clock.now()
    found, read = checks.progress(units, year), {}
    for unit in units:
        stands = found[unit]
        basis = f"{reverse('democracy:checklist', args=[unit])}?nam={year}"
        done, owed = Decimal(stands.done), Decimal(stands.applicable)
        said = _("%(share)s mục đã thực hiện, %(left)d mục chưa trả lời") % {
            "share": written.rate(done, owed), "left": stands.unanswered,
        }  # fmt: skip
        read[unit] = Reading(done / owed, now, basis, said, done, owed) if owed else None
    return read


def boards_in(units: Sequence[int], period: Period) -> dict[int, list[Board]]:
    """Unit → boards in office on some day of the period, with their checks; two queries."""
    found: dict[int, list[Board]] = defaultdict(list)
    rows = Board.objects.filter(
        Q(valid_from__lte=period.end), Q(valid_to__gte=period.start), unit__in=units
    )
    for row in rows.prefetch_related("checks"):
        found[row.unit_id].append(row)
    return found


def _of_boards(
    code: str, label: Any, words: Any, read: Callable[[list[Board], Period], int | None]
) -> None:
    def reader(units: Sequence[int], period: Period) -> Readings:
        held, now, to = boards_in(units, period), clock.now(), address("agency", period)
        found = {u: read(held[u], period) if u in held else None for u in units}
        return {
            unit: None if n is None else Reading(Decimal(n), now, to(unit), words % {"n": n})
            for unit, n in found.items()
        }

    offer(code, about="unit", measure="", label=label)(reader)


def _checked(boards: list[Board], period: Period, what: str) -> int:
    """Sum of a count over the checks the boards made in the period."""
    made = [c for b in boards for c in b.checks.all() if period.start <= c.held_on <= period.end]
    return sum(getattr(check, what) if what else 1 for check in made)


_of_boards(
    "democracy.board_active",
    gettext_lazy("Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng có hoạt động"),
    gettext_lazy("có hoạt động: %(n)d (có = 1, không = 0)"),
    lambda boards, period: int(_checked(boards, period, "") > 0),
)
_of_boards(
    "democracy.board_recommended",
    gettext_lazy("Kiến nghị của Ban Thanh tra nhân dân, Ban Giám sát đầu tư"),
    gettext_lazy("%(n)d kiến nghị của Ban"),
    lambda boards, period: _checked(boards, period, "recommended"),
)
_of_boards(
    "democracy.board_handled",
    gettext_lazy("Kiến nghị của Ban đã được giải quyết"),
    gettext_lazy("%(n)d kiến nghị của Ban đã giải quyết"),
    lambda boards, period: _checked(boards, period, "handled"),
)


@offer(
    "democracy.satisfaction",
    about="unit",
    measure="tỷ lệ",
    label=gettext_lazy("Mức độ hài lòng theo khảo sát"),
)
def satisfaction(units: Sequence[int], period: Period) -> Readings:
    """Of the unit's last settled survey that closed in the period: satisfied ÷ answered.

    Without value, and saying why, below the survey's minimum sample.
    """
    now = clock.now()
    found: dict[int, Reading | None] = dict.fromkeys(units)
    for result in surveys.results(surveys.settled_in(units, period.start, period.end)):
        overall, told = result.overall, surveys.said(result)
        basis = reverse("democracy:survey", args=[result.surveyed.survey_id])
        if overall is None or result.rate is None:
            found[result.surveyed.unit_id] = Reading(None, now, basis, told)
            continue
        found[result.surveyed.unit_id] = Reading(
            result.rate, now, basis, told, Decimal(overall.satisfied), Decimal(overall.answered)
        )
    return found
