"""What a person owes here, for the desk: reports to be finished, to be approved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.organisations import roles
from danvan.reports.composing import span_of_report
from danvan.reports.models import Report
from danvan.reports.rules import SIGNING


def duties_of(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """One query: what waits for the signature, and consolidated drafts of the office."""
    waiting = Report.objects.filter(
        state=Report.State.READY, unit__in=actor.scopes(*SIGNING)
    ).select_related("outline", "assignment")
    for report in waiting:
        yield _duty(report, _("Duyệt báo cáo"), _("Đã soạn xong, chờ lãnh đạo duyệt, ký."))
    drafts = Report.objects.filter(
        consolidated=True, state=Report.State.DRAFT,
        programme__body__in=actor.scopes(roles.PROGRAMME_OFFICE),
    ).select_related("outline", "assignment")  # fmt: skip
    for report in drafts:
        yield _duty(report, _("Hoàn thành báo cáo tổng hợp"), _("Đang soạn, chưa trình duyệt."))


def _duty(report: Report, what: str, why: str) -> Duty:
    return Duty(
        title=f"{what}: {report.outline.title} {span_of_report(report).label}",
        url=reverse("reports:report", args=[report.pk]),
        kind="waiting",
        due=report.assignment.due_on if report.assignment else None,
        why=why,
        whose=_("lãnh đạo") if report.state == Report.State.READY else _("cơ quan thường trực"),
        group=_("Báo cáo"),
    )
