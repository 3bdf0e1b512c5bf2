"""Versions handed in for an assignment, and their files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.assignments.models.assignments import Assignment
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Person


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
