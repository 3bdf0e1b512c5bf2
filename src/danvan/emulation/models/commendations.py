"""A proposal for commendation: candidates with their grounds, the letter, the decision."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.models import Document
from danvan.emulation.models.exemplars import Exemplar
from danvan.emulation.models.honours import Level
from danvan.organisations.models import Person, Unit


class Commendation(models.Model):
    """One round of commending: prepared by the programme office, decided by who signs."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang chuẩn bị")
        PROPOSED = "proposed", _("Đã trình")
        RETURNED = "returned", _("Bị trả lại")
        DECIDED = "decided", _("Đã quyết định")

    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("năm"))
    title = models.CharField(_("nội dung khen"), max_length=200)
    form = models.CharField(_("hình thức khen"), max_length=80)
    level = models.CharField(_("cấp khen"), max_length=8, choices=Level)
    # Further legal grounds, one per line, as the office writes them.
    basis = models.TextField(_("căn cứ"), blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    letter = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    returned_why = models.TextField(_("lý do trả lại"), blank=True)
    gathered_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year", "title"], name="commendation_once_per_title"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["proposed", "decided"]) | Q(letter__isnull=False),
                name="commendation_proposed_by_letter",
            ),
            models.CheckConstraint(
                condition=Q(state="decided", decision__isnull=False, decided_at__isnull=False)
                | Q(~Q(state="decided"), decision__isnull=True, decided_at__isnull=True),
                name="commendation_decided_by_document",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(returned_why__gt=""),
                name="commendation_returned_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"


class Candidate(models.Model):
    """A collective (the unit) or an individual of it, and what speaks for them.

    ``grounds``: list of {"said", "url"}, read from ranking and models when gathered.
    """

    commendation = models.ForeignKey(Commendation, models.PROTECT, related_name="candidates")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person_name = models.CharField(_("cá nhân"), max_length=120, blank=True)
    grounds = models.JSONField(default=list)
    exemplars = models.ManyToManyField(Exemplar, related_name="candidacies")
    excluded_why = models.TextField(_("lý do không đề nghị"), blank=True)
    commended = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commendation", "unit", "person_name"], name="candidate_once"
            ),
            models.CheckConstraint(
                condition=Q(commended=False) | Q(excluded_why=""), name="excluded_not_commended"
            ),
        ]

    def __str__(self) -> str:
        return self.person_name or str(self.unit)
