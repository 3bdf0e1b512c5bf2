"""Which task of ours carries out which task of the level above."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.programmes.models.drafts import Finding
from danvan.programmes.models.plans import Programme, Task


class Carriage(models.Model):
    """``task`` carries out ``asked``; without a task, ``reason`` says why none of ours does."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="carriages")
    asked = models.ForeignKey(Finding, models.PROTECT, related_name="carriages")
    task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="carriages")
    reason = models.CharField(_("lý do"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asked", "task"], condition=Q(task__isnull=False), name="carriage_once"
            ),
            models.UniqueConstraint(
                fields=["programme", "asked"], condition=Q(task__isnull=True),
                name="carriage_declined_once",
            ),
            models.CheckConstraint(
                condition=Q(task__isnull=False, reason="") | Q(task__isnull=True) & ~Q(reason=""),
                name="carriage_task_or_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.asked_id} → {self.task_id or self.reason}"
