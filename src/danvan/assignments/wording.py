"""Titles and reasons in words: what is asked in a few words, and why this date."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.models import Assignment
from danvan.documents.clauses import said
from danvan.kernel.calendar import Calendar
from danvan.programmes.models import Task
from danvan.programmes.models.plans import Deliverable
from danvan.ui import written

SHORT = {
    Deliverable.PLAN: gettext_lazy("Kế hoạch của đơn vị"),
    Deliverable.REPORT: gettext_lazy("Báo cáo"),
    Deliverable.DOSSIER: gettext_lazy("Hồ sơ chấm điểm"),
}
# A column head or a line of the desk: the first words of the clause, cut at a word.
WIDTH = 48


def short_title(task: Task | None, width: int = WIDTH) -> str:
    """A few words for a column head: the document asked for, else how the clause begins."""
    if task is None:
        return _("Nhiệm vụ")
    known = SHORT.get(Deliverable(task.deliverable))
    return str(known) if known else cut(task.text, width)


def line_title(task: Task | None) -> str:
    """A title for a list: the document asked for and how the clause begins."""
    if task is None:
        return _("Nhiệm vụ")
    known = SHORT.get(Deliverable(task.deliverable))
    return f"{known}: {cut(task.text, 90)}" if known else cut(task.text, 120)


def cut(text: str, width: int) -> str:
    """At most ``width`` characters, cut between words."""
    text = " ".join(text.split()).strip(" -–;")
    if len(text) <= width:
        return text
    return text[:width].rpartition(" ")[0].rstrip(" ,;") + "…"


def source(assignment: Assignment) -> str:
    """Plan and clause: "Kế hoạch 49/KH-UBND, mục IV.1"."""
    plan = assignment.programme.plan.short
    if assignment.task is None or not assignment.task.provision.path:
        return plan
    return f"{plan}, {said(assignment.task.provision.path)}"


def why_briefly(assignment: Assignment) -> str:
    """One sentence: where the date comes from."""
    task = assignment.task
    if assignment.due_on is None or task is None:
        return _("%(source)s không ấn định ngày.") % {"source": source(assignment)}
    if task.due_text:
        return _("%(source)s ghi: “%(text)s”.") % {
            "source": source(assignment),
            "text": task.due_text.strip(" *_"),
        }
    return _("%(source)s, hạn ngày %(day)s.") % {
        "source": source(assignment),
        "day": written.day(assignment.due_on),
    }


def why_due(assignment: Assignment) -> list[str]:
    """Every sentence that explains the date: its words, how it is counted, what moved it."""
    due_on = assignment.due_on
    if due_on is None:
        return [
            why_briefly(assignment),
            _("Nhiệm vụ thực hiện thường xuyên trong năm; không tính nhanh, chậm."),
        ]
    said = [
        why_briefly(assignment),
        _("Đúng hạn nếu nộp đến hết ngày %(day)s; chậm tính theo ngày lịch, từ lần nộp đầu.")
        % {"day": written.day(due_on)},
    ]
    if assignment.task and assignment.task.due_wording == "before":
        said.append(
            _(
                "Văn bản ghi “trước ngày”: hệ thống tính cả ngày đó; cơ quan thường trực "
                "có thể ấn định ngày khác khi rà soát kế hoạch."
            )
        )
    if off := Calendar().why_off(due_on):
        said.append(
            _("Ngày này không làm việc (%(why)s); hạn ghi bằng ngày cụ thể nên giữ nguyên.")
            % {"why": off}
        )
    if assignment.first_due_on and assignment.first_due_on != due_on:
        said.append(_moved(assignment.first_due_on))
    return said


def _moved(first: dt.date) -> str:
    return _("Hạn ban đầu là %(day)s; lý do đổi ghi trong lịch sử.") % {"day": written.day(first)}
