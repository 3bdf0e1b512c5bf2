"""A plan being written in the product, and every version of it that was saved."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Person, Unit
from danvan.programmes.models.drafts import Draft
from danvan.programmes.models.plans import Programme


class Manuscript(models.Model):
    """Header fields and sections of a plan of ``body``; nothing is read of it until it is done.

    ``sections`` is [{"title", "text"}], ``header`` {"code", "subject", …} (writing.HEADER).
    Reading it makes a Draft of it, whose file the product wrote.
    """

    class Origin(models.TextChoices):
        TEMPLATE = "template", _("theo mẫu")
        LAST_YEAR = "last_year", _("theo kế hoạch năm trước")
        SUPERIOR = "superior", _("theo kế hoạch cấp trên")
        ASSIGNED = "assigned", _("theo nhiệm vụ được giao")

    class State(models.TextChoices):
        WRITING = "writing", _("đang soạn")
        READ = "read", _("đã đưa rà soát")
        DISCARDED = "discarded", _("đã bỏ")

    body = models.ForeignKey(Unit, models.PROTECT, related_name="manuscripts")
    year = models.PositiveSmallIntegerField(_("năm"))
    origin = models.CharField(_("nguồn"), max_length=10, choices=Origin)
    previous = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="+")
    superior = models.ForeignKey(Draft, models.PROTECT, null=True, related_name="+")
    # The plan whose tasks a unit's own plan carries out (origin "assigned").
    assigned_by = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="unit_plans")
    header = models.JSONField(default=dict)
    sections = models.JSONField(default=list)
    # What a person should look at: dates that moved to another kind of day, bases that ended.
    remarks = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.WRITING)
    draft = models.OneToOneField(Draft, models.PROTECT, null=True, related_name="manuscript")
    begun_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    saved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "assigned_by"],
                condition=Q(state="writing", assigned_by__isnull=False),
                name="manuscript_of_a_unit_once",
            ),
            models.UniqueConstraint(
                fields=["body", "year", "origin"],
                condition=Q(state="writing", assigned_by__isnull=True),
                name="manuscript_of_a_year_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.header.get("subject", ""))[:120]

    @property
    def words(self) -> dict[str, Any]:
        """What a version keeps."""
        return {"header": self.header, "sections": self.sections}


class ManuscriptVersion(models.Model):
    """The words as saved; ``number`` counts up, the newest is what the manuscript holds."""

    manuscript = models.ForeignKey(Manuscript, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    words = models.JSONField()
    saved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()
    automatic = models.BooleanField(default=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["manuscript", "number"], name="manuscript_version"),
        ]

    def __str__(self) -> str:
        return f"{self.manuscript} ({self.number})"
