"""Titles and reasons in words: what is asked in a few words, and why this date."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.models import Assignment, Directive, DueChange
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
    if known and task.due_rule is not None:
        return _("%(what)s định kỳ") % {"what": known}
    return str(known) if known else cut(task.text, width)


def line_title(assignment: Assignment) -> str:
    """A title for a list: the document asked for, how the clause begins, the period."""
    task = assignment.task
    if task is None:
        return assignment.title
    known = SHORT.get(Deliverable(task.deliverable))
    said = f"{known}: {cut(task.text, 90)}" if known else cut(task.text, 120)
    return f"{said} – {assignment.period_label}" if assignment.period_label else said


def brief_title(assignment: Assignment, width: int = WIDTH) -> str:
    """A few words for a trail of pages: the document or how it begins, and the period."""
    said = short_title(assignment.task, width) if assignment.task else cut(assignment.title, width)
    return f"{said} – {assignment.period_label}" if assignment.period_label else said


def cut(text: str, width: int) -> str:
    """At most ``width`` characters, cut between words."""
    text = " ".join(text.split()).strip(" -–;")
    if len(text) <= width:
        return text
    return text[:width].rpartition(" ")[0].rstrip(" ,;") + "…"


def source(assignment: Assignment) -> str:
    """Plan and clause ("Kế hoạch 49/KH-UBND, mục IV.1"), or the meeting or paper it is from."""
    if assignment.programme is None:
        return _outside(assignment.directive)
    plan = assignment.programme.plan.short
    if assignment.task is None or not assignment.task.provision.path:
        return plan
    return f"{plan}, {said(assignment.task.provision.path)}"


def _outside(directive: Directive | None) -> str:
    if directive is None:
        return _("Giao ngoài kế hoạch")
    told = [directive.source_document.short if directive.source_document else ""]
    return ", ".join(part for part in (*told, directive.source_note) if part)


def why_briefly(assignment: Assignment) -> str:
    """One sentence: where the date comes from."""
    task, moved = assignment.task, assignment.first_due_on != assignment.due_on
    if assignment.due_on is None:
        return _("%(source)s không ấn định ngày.") % {"source": source(assignment)}
    if moved and assignment.first_due_on:
        return _("%(source)s, hạn ban đầu %(first)s, nay là %(day)s.") % {
            "source": source(assignment),
            "first": written.day(assignment.first_due_on),
            "day": written.day(assignment.due_on),
        }
    if task and task.due_text:
        return _("%(source)s ghi: “%(text)s”.") % {
            "source": source(assignment),
            "text": task.due_text.strip(" *_"),
        }
    return _("%(source)s, hạn ngày %(day)s.") % {
        "source": source(assignment),
        "day": written.day(assignment.due_on),
    }


def why_due(assignment: Assignment, changes: Iterable[DueChange] = ()) -> list[str]:
    """Every sentence that explains the date: its words, how it is counted, what moved it."""
    due_on = assignment.due_on
    if due_on is None:
        return [
            why_briefly(assignment),
            _("Nhiệm vụ thực hiện thường xuyên trong năm; không tính nhanh, chậm."),
        ]
    task = assignment.task
    said = [why_briefly(assignment)]
    if assignment.period_label:
        said.append(_in_period(assignment))
    said += [change_said(change) for change in changes]
    said.append(
        _("Đúng hạn nếu nộp đến hết ngày %(day)s; chậm tính theo ngày lịch, từ lần nộp đầu.")
        % {"day": written.day(due_on)}
    )
    if task and task.due_wording == "before":
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
    return said


def change_said(change: DueChange) -> str:
    """What moved the date, by whom, on what ground."""
    ground = change.ground.rstrip(". ")
    if change.document:
        ground = f"{change.document.short}: {ground}"
    if change.after is None:
        return _("Ngày %(on)s: bỏ hạn %(before)s. %(ground)s.") % {
            "on": written.day(change.changed_at),
            "before": written.day(change.before),
            "ground": ground,
        }
    return _("Ngày %(on)s, %(what)s: hạn chuyển từ %(before)s sang %(after)s. %(ground)s.") % {
        "on": written.day(change.changed_at),
        "what": change.get_kind_display(),
        "before": written.day(change.before),
        "after": written.day(change.after),
        "ground": ground,
    }


def _in_period(assignment: Assignment) -> str:
    words = _("Nhiệm vụ định kỳ, kỳ %(label)s (từ %(start)s đến %(end)s).")
    return words % {
        "label": assignment.period_label,
        "start": written.day(assignment.period_start),
        "end": written.day(assignment.period_end),
    }
