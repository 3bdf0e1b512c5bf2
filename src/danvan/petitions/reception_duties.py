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
from danvan.petitions.models import ReceptionDay
from danvan.petitions.rules import KEEPING

AHEAD = dt.timedelta(days=14)


def of_reception(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """Days to be posted, days to come, and past days still without a word. Three queries."""
    units = actor.scopes(*KEEPING)
    if not units:
        return
    days = list(
        ReceptionDay.objects.filter(
            unit__in=units, state=ReceptionDay.State.PLANNED, on__lte=today + AHEAD
        ).select_related("unit")[:200]
    )
    names = names_on(today, {d.unit_id for d in days})
    calendar = Calendar()
    for day in days:
        yield _duty(day, names.get(day.unit_id, ""), today, calendar)


def _duty(day: ReceptionDay, name: str, today: dt.date, calendar: Calendar) -> Duty:
    told = {"unit": name, "day": f"{day.on:%d/%m/%Y}"}
    url = reverse("reception:day", args=[day.pk])
    if day.on < today:
        title = _("Ghi kết quả buổi tiếp công dân ngày %(day)s – %(unit)s") % told
        why = _("Buổi tiếp đã qua mà chưa ghi là đã tiếp, người khác tiếp thay hay hủy.")
        return Duty(title, url, "owed", day.on, why, name)
    posting = minimum.last_posting_day(day.on, calendar)
    if day.posted_on is None and posting is not None:
        title = _("Niêm yết lịch tiếp công dân ngày %(day)s – %(unit)s") % told
        why = _("Lịch niêm yết, công bố chậm nhất 5 ngày làm việc trước ngày tiếp (Luật Tiếp "
                "công dân 2013, Đ24.4).")  # fmt: skip
        return Duty(title, url, "owed", posting, why, name)
    title = _("Tiếp công dân ngày %(day)s – %(unit)s") % told
    return Duty(title, url, "watch", day.on, _("Theo lịch đã niêm yết."), name)
