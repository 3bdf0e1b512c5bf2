"""A published programme of one year: its tasks and targets, each at its provision."""

from __future__ import annotations

import datetime as dt

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
    # Last year's, whose tasks this one takes up again; the level above's, which it carries out.
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers"
    )
    superior = models.ForeignKey(
        Draft, models.PROTECT, null=True, blank=True, related_name="carried_by"
    )
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
    # vanban.due_rules.DueRule.as_data(), where the task recurs; then due_on is null.
    due_rule = models.JSONField(_("định kỳ"), null=True, blank=True)
    # The same task in last year's programme.
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers"
    )
    # Set by an amendment: the first day it is asked, the first day it is asked no more.
    added_from = models.DateField(null=True, blank=True)
    removed_from = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "order"], name="task_order"),
            models.CheckConstraint(
                condition=Q(due_rule__isnull=True) | Q(due_on__isnull=True),
                name="task_due_once_or_by_rule",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:120]


class TaskParty(models.Model):
    """Whom the plan addresses: as written, and the units it meant on the plan's date."""

    class Role(models.TextChoices):
        LEAD = "lead", _("chủ trì")
        COORDINATE = "coordinate", _("phối hợp")
        ALL = "all", _("thực hiện")
        # Sees it through to its end and owes nothing for it.
        FOLLOW = "follow", _("theo dõi")

    task = models.ForeignKey(Task, models.CASCADE, related_name="parties")
    role = models.CharField(max_length=10, choices=Role)
    written = models.CharField(_("như văn bản ghi"), max_length=300)
    units = models.ManyToManyField(Unit, related_name="task_parties", blank=True)


class Target(models.Model):
    """An indicator to be reached. ``value`` is the goal; null where only a direction is asked.

    ``fact`` is the code of the fact about a programme that tells how far it is, or "" where
    none exists yet; ``unit_fact`` that about a unit whose failing units are named, with
    ``unit_floor`` the least a unit must have.
    """

    class Direction(models.TextChoices):
        UP = "up", _("tăng")
        DOWN = "down", _("giảm")
        HOLD = "hold", _("giữ vững")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="targets")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="targets")
    order = models.PositiveIntegerField()
    subject = models.TextField(_("chỉ tiêu"))
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("đơn vị tính"), max_length=40, blank=True)
    comparator = models.CharField(max_length=2, default=">=")
    fact = models.CharField(max_length=80, blank=True)
    # Or a formula over several facts about the programme (kernel.formulas), each by a name:
    # {"a": "assignments.units_with_plan"}; ":tu" and ":mau" after a code name the two numbers
    # of a ratio.
    formula = models.CharField(_("công thức"), max_length=300, blank=True)
    inputs = models.JSONField(_("số liệu của công thức"), default=dict, blank=True)
    unit_fact = models.CharField(max_length=80, blank=True)
    unit_floor = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    direction = models.CharField(
        _("chiều hướng"), max_length=4, choices=Direction, default=Direction.UP
    )
    baseline = models.DecimalField(
        _("xuất phát điểm"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    baseline_source = models.CharField(_("nguồn"), max_length=300, blank=True)
    # Set by an amendment: the first day it counts, the first day it counts no more.
    added_from = models.DateField(null=True, blank=True)
    removed_from = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(baseline__isnull=True) | ~Q(baseline_source=""),
                name="target_baseline_has_source",
            ),
            models.CheckConstraint(
                condition=Q(formula="") | Q(fact=""), name="target_fact_or_formula"
            ),
            models.CheckConstraint(
                condition=Q(comparator__in=["=", ">=", ">", "<=", "<"]),
                name="target_comparator_known",
            ),
        ]

    def __str__(self) -> str:
        return self.subject[:120]

    def counts_on(self, day: dt.date) -> bool:
        """Whether it is asked for on that day: from the day it was added to the day it ended."""
        begun = self.added_from is None or self.added_from <= day
        return begun and not self.ended_by(day)

    def ended_by(self, day: dt.date) -> bool:
        return self.removed_from is not None and self.removed_from <= day
