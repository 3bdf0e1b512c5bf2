"""A published programme of one year: its tasks and targets, each at its provision."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.models import Document, Provision
from danvan.organisations.models import Unit
from danvan.programmes.models.drafts import Draft


class Programme(models.Model):
    """The yearly programme that a plan of ``body`` set up."""

    body = models.ForeignKey(Unit, models.PROTECT, related_name="programmes")
    year = models.PositiveSmallIntegerField(_("năm"))
    title = models.CharField(_("tên"), max_length=300)
    plan = models.OneToOneField(Document, models.PROTECT, related_name="programme")
    draft = models.OneToOneField(Draft, models.PROTECT, null=True, related_name="programme")
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.title} ({self.plan.code})"


class Deliverable(models.TextChoices):
    """What a unit hands in for a task."""

    PLAN = "plan", _("kế hoạch của đơn vị")
    REPORT = "report", _("báo cáo")
    DOSSIER = "scoring_dossier", _("hồ sơ chấm điểm")
    NONE = "none", _("thực hiện, không nộp văn bản")


class Task(models.Model):
    """Something the plan asks. ``due_wording`` keeps how the date is written ("by", "before")."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="tasks")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="tasks")
    order = models.PositiveIntegerField()
    text = models.TextField(_("nội dung"))
    deliverable = models.CharField(_("sản phẩm"), max_length=16, choices=Deliverable)
    due_on = models.DateField(_("hạn"), null=True, blank=True)
    due_wording = models.CharField(max_length=10, blank=True)
    due_text = models.CharField(_("hạn như văn bản ghi"), max_length=200, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "order"], name="task_order"),
        ]

    def __str__(self) -> str:
        return self.text[:120]


class TaskParty(models.Model):
    """Whom the plan addresses: as written, and the units it meant on the plan's date."""

    class Role(models.TextChoices):
        LEAD = "lead", _("chủ trì")
        COORDINATE = "coordinate", _("phối hợp")
        ALL = "all", _("thực hiện")

    task = models.ForeignKey(Task, models.CASCADE, related_name="parties")
    role = models.CharField(max_length=10, choices=Role)
    written = models.CharField(_("như văn bản ghi"), max_length=300)
    units = models.ManyToManyField(Unit, related_name="task_parties", blank=True)


class Target(models.Model):
    """An indicator to be reached. ``value`` is null where only a direction is asked.

    ``fact`` is the code of the fact that tells how far it is, or "" where none exists yet.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="targets")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="targets")
    order = models.PositiveIntegerField()
    subject = models.TextField(_("chỉ tiêu"))
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("đơn vị tính"), max_length=40, blank=True)
    comparator = models.CharField(max_length=2, default=">=")
    fact = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(comparator__in=["=", ">=", ">", "<=", "<"]),
                name="target_comparator_known",
            ),
        ]

    def __str__(self) -> str:
        return self.subject[:120]
