"""What the desk reminds of: a day of reception that comes, one that nobody wrote down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.access import Actor
from danvan.kernel.calendar import Calendar
from danvan.kernel.duties import Duty
from danvan.organisations.queries import names_on
from danvan.petitions import reception_minimum as minimum
from danvan.petitions import reception_online as online
from danvan.petitions.models import ReceptionDay
from danvan.petitions.rules import KEEPING

AHEAD = dt.timedelta(days=14)


def of_reception(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """Days to be posted and prepared, days to come, past days without a word. Four queries."""
    units = actor.scopes(*KEEPING)
    if not units:
        return
    days = list(
        ReceptionDay.objects.filter(
            unit__in=units, state=ReceptionDay.State.PLANNED, on__lte=today + AHEAD
        ).select_related("unit").prefetch_related("online_steps")[:200]
    )  # fmt: skip
    names = names_on(today, {d.unit_id for d in days})
    calendar = Calendar()
    for day in days:
        yield from _duties(day, names.get(day.unit_id, ""), today, calendar)


def _duties(day: ReceptionDay, name: str, today: dt.date, calendar: Calendar) -> Iterator[Duty]:
    told = {"unit": name, "day": f"{day.on:%d/%m/%Y}"}
    url = reverse("reception:day", args=[day.pk])
    if day.on < today:
        title = _("Ghi kết quả buổi tiếp công dân ngày %(day)s – %(unit)s") % told
        why = _("Buổi tiếp đã qua mà chưa ghi là đã tiếp, người khác tiếp thay hay hủy.")
        yield Duty(title, url, "owed", day.on, why, name)
        return
    owed = list(_preparing(day, told, url, name, calendar))
    posting = minimum.last_posting_day(day.on, calendar)
    if day.posted_on is None and posting is not None:
        title = _("Niêm yết lịch tiếp công dân ngày %(day)s – %(unit)s") % told
        why = _("Lịch niêm yết, công bố chậm nhất 5 ngày làm việc trước ngày tiếp (Luật Tiếp "
                "công dân 2013, Đ24.4).")  # fmt: skip
        owed.insert(0, Duty(title, url, "owed", posting, why, name))
    if not owed:
        title = _("Tiếp công dân ngày %(day)s – %(unit)s") % told
        owed.append(Duty(title, url, "watch", day.on, _("Theo lịch đã niêm yết."), name))
    yield from owed


def _preparing(
    day: ReceptionDay, told: dict[str, str], url: str, name: str, calendar: Calendar
) -> Iterator[Duty]:
    """Of an online day: the notice and the test, as the table asks for them; connecting is said
    on the day's own page, by the hour."""
    for asked in online.asked(day, day.online_steps.all(), calendar):
        if asked.kept is not None or asked.moment is not None:
            continue
        what = {**told, "step": str(asked.step.label).capitalize(), "law": asked.rule.legal_ref,
                "level": asked.rule.confidence}  # fmt: skip
        title = _("%(step)s: tiếp công dân ngày %(day)s – %(unit)s") % what
        why = _("%(law)s (mức chắc chắn %(level)s: cần đối chiếu văn bản chính thức).") % what
        yield Duty(title, url, "owed", asked.last, why, name)
