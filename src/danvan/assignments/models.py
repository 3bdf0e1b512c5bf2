"""Assignments, the versions handed in for them, and their files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.kernel.models import StoredFile
from danvan.organisations.models import Person, Unit
from danvan.programmes.models import Programme, Task, TaskParty


class Assignment(models.Model):
    """What one unit owes. ``first_due_on`` never changes; ``due_on`` moves only by an act.

    ``days_late`` is set at the first filing (0 = on time) and is never improved afterwards.
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

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PLAN)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="assignments")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="assignments")
    role = models.CharField(_("vai trò"), max_length=10, choices=TaskParty.Role)
    first_due_on = models.DateField(_("hạn ban đầu"), null=True)
    due_on = models.DateField(_("hạn"), null=True)
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    first_filed_at = models.DateTimeField(null=True)
    days_late = models.PositiveIntegerField(_("số ngày chậm"), null=True)
    returns = models.PositiveIntegerField(_("số lần bị trả lại"), default=0)
    settled_at = models.DateTimeField(null=True)
    exempt_reason = models.TextField(_("lý do miễn"), blank=True)
    progress_note = models.TextField(_("tiến độ"), blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            # Publishing twice, or a redelivered event, opens nothing twice.
            models.UniqueConstraint(
                fields=["task", "unit"],
                condition=Q(task__isnull=False),
                name="one_assignment_per_task_and_unit",
            ),
            models.CheckConstraint(
                condition=Q(first_filed_at__isnull=True, days_late__isnull=True)
                | Q(first_filed_at__isnull=False),
                name="lateness_only_when_filed",
            ),
            models.CheckConstraint(
                condition=~Q(state="exempt") | ~Q(exempt_reason=""), name="exempt_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["programme", "unit", "state"])]

    def __str__(self) -> str:
        return str(self.task)


class Submission(models.Model):
    """One version handed in. Its words and files never change afterwards."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("chờ xem xét")
        ACCEPTED = "accepted", _("chấp nhận")
        RETURNED = "returned", _("trả lại")

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="submissions")
    version = models.PositiveSmallIntegerField(_("lần"))
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    document_code = models.CharField(_("số, ký hiệu văn bản"), max_length=60, blank=True)
    document_date = models.DateField(_("ngày văn bản"), null=True, blank=True)
    note = models.TextField(_("ghi chú"), blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    outcome_reason = models.TextField(_("lý do"), blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "version"], name="submission_version"),
            models.CheckConstraint(
                condition=~Q(outcome="returned") | ~Q(outcome_reason=""),
                name="return_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome="waiting", decided_at__isnull=True)
                | Q(~Q(outcome="waiting"), decided_at__isnull=False),
                name="outcome_and_its_time_together",
            ),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(outcome="waiting"),
                name="one_submission_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} – lần {self.version}"


class Attachment(models.Model):
    """A file handed in, under the name it was sent with."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=200)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def shows_in_browser(self) -> bool:
        """Whether a browser can show it without a program (PDF, images)."""
        return self.name.lower().endswith((".pdf", ".jpg", ".jpeg", ".png"))
