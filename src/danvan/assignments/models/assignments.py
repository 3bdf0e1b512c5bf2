"""What one unit owes by a day, what moved the day, and what the unit said of its work."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.assignments.models.directives import Directive
from danvan.documents.models import Document
from danvan.kernel import clock
from danvan.organisations.models import Person, Unit
from danvan.programmes.models import Programme, Task


class Assignment(models.Model):
    """What one unit owes. ``first_due_on`` never changes; ``due_on`` moves only by an act.

    One of a recurring task has a period (both days included) and its label. One that comes
    from no plan has a ``title`` and, if it was given with others, a ``directive``.
    ``days_late`` is set at the first filing (0 = on time), against the ``due_on`` of that
    moment, and is never improved afterwards.
    """

    class State(models.TextChoices):
        OPEN = "open", _("chưa bắt đầu")
        IN_PROGRESS = "in_progress", _("đang thực hiện")
        SUBMITTED = "submitted", _("đã nộp")
        RETURNED = "returned", _("bị trả lại")
        ACCEPTED = "accepted", _("đã chấp nhận")
        EXEMPT = "exempt", _("được miễn")

    class Origin(models.TextChoices):
        PLAN = "plan", _("kế hoạch")
        DIRECTIVE = "directive", _("chỉ đạo, kết luận họp")
        DIALOGUE = "dialogue", _("kết luận sau đối thoại")
        FINDING = "finding", _("kết luận kiểm tra")
        SUPERVISION = "supervision", _("kiến nghị giám sát")
        PETITION = "petition", _("giải quyết đơn thư")
        OTHER = "other", _("việc khác")

    class Role(models.TextChoices):
        LEAD = "lead", _("chủ trì")
        COORDINATE = "coordinate", _("phối hợp")
        ALL = "all", _("thực hiện")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    # The committee whose work it is: its programme office looks at what is handed in.
    body = models.ForeignKey(Unit, models.PROTECT, related_name="assignments_given")
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.PLAN)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="assignments")
    directive = models.ForeignKey(
        Directive, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    title = models.CharField(_("việc được giao"), max_length=300, blank=True)
    role = models.CharField(_("vai trò"), max_length=10, choices=Role)
    # Whom the unit's head or leader named to do it.
    assigned_to = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    period_start = models.DateField(_("từ ngày"), null=True)
    period_end = models.DateField(_("đến ngày"), null=True)
    period_label = models.CharField(_("kỳ"), max_length=60, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    first_due_on = models.DateField(_("hạn ban đầu"), null=True)
    due_on = models.DateField(_("hạn"), null=True)
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    first_filed_at = models.DateTimeField(null=True)
    days_late = models.PositiveIntegerField(_("số ngày chậm"), null=True)
    returns = models.PositiveIntegerField(_("số lần bị trả lại"), default=0)
    settled_at = models.DateTimeField(null=True)
    # When whoever asked said that it is done (kết luận sau đối thoại).
    confirmed_on = models.DateField(_("ngày xác nhận"), null=True)
    exempt_reason = models.TextField(_("lý do miễn"), blank=True)
    # Set when the unit ended: who owes it now.
    passed_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="passed_from"
    )

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            # Publishing twice, or a redelivered event, opens nothing twice.
            models.UniqueConstraint(
                fields=["task", "unit"],
                condition=Q(task__isnull=False, period_end__isnull=True),
                name="one_assignment_per_task_and_unit",
            ),
            # A quarter and a half-year may end on the same day: the start tells them apart.
            models.UniqueConstraint(
                fields=["task", "unit", "period_end", "period_start"],
                condition=Q(task__isnull=False, period_end__isnull=False),
                name="one_assignment_per_period",
            ),
            models.UniqueConstraint(
                fields=["directive", "unit"],
                condition=Q(directive__isnull=False),
                name="one_assignment_per_directive_and_unit",
            ),
            models.CheckConstraint(
                condition=Q(first_filed_at__isnull=True, days_late__isnull=True)
                | Q(first_filed_at__isnull=False),
                name="lateness_only_when_filed",
            ),
            models.CheckConstraint(
                condition=~Q(state="exempt") | ~Q(exempt_reason=""), name="exempt_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(task__isnull=False) | ~Q(title=""), name="assignment_says_what"
            ),
            models.CheckConstraint(
                condition=Q(task__isnull=True) | Q(programme__isnull=False),
                name="assignment_of_a_task_has_its_programme",
            ),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True, period_end__isnull=True, period_label="")
                | Q(period_start__lte=F("period_end")) & ~Q(period_label=""),
                name="assignment_period_whole",
            ),
            models.CheckConstraint(
                condition=Q(passed_to__isnull=True) | Q(state="exempt"),
                name="passed_on_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True) | Q(state="accepted"),
                name="confirmed_is_accepted",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "unit", "state"]),
            # Whether a unit has a part in one task, asked of ten thousand units.
            models.Index(fields=["unit", "task"]),
            # The foot of the matrix is read off this index alone.
            models.Index(fields=["task", "state", "days_late"]),
        ]

    def __str__(self) -> str:
        said = self.title or str(self.task)
        return f"{said} – {self.period_label}" if self.period_label else said

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A plan's assignment is its committee's."""
        if self.body_id is None and self.programme is not None:
            self.body_id = self.programme.body_id
        super().save(*args, **kwargs)

    @property
    def deliverable(self) -> str:
        """What is handed in; one without a task asks for a deed, not for a document."""
        return self.task.deliverable if self.task else "none"

    @property
    def awaits_confirmation(self) -> bool:
        """Accepted, but whoever asked has not yet said that it is done."""
        asked = self.origin == self.Origin.DIALOGUE
        return asked and self.state == self.State.ACCEPTED and self.confirmed_on is None


class DueChange(models.Model):
    """Why a date moved. Never changed afterwards; the assignment's page reads it under "why"."""

    class Kind(models.TextChoices):
        EXTENDED = "extended", _("gia hạn")
        AMENDED = "amended", _("kế hoạch được sửa đổi")

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="due_changes")
    kind = models.CharField(max_length=10, choices=Kind)
    before = models.DateField(_("hạn trước"), null=True)
    after = models.DateField(_("hạn mới"), null=True)
    ground = models.TextField(_("căn cứ, lý do"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["changed_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(ground=""), name="due_change_has_ground"),
            models.CheckConstraint(
                condition=~Q(kind="extended")
                | Q(before__isnull=False, after__isnull=False, after__gt=F("before")),
                name="extension_is_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.before} → {self.after}"


class ProgressNote(models.Model):
    """What the unit said of its work on a day. Added to, never changed."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="progress_notes")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("tiến độ"))
    percent = models.PositiveSmallIntegerField(_("mức hoàn thành (%)"), null=True)

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="progress_note_says_something"),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100),
                name="progress_percent_at_most_100",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:120]
