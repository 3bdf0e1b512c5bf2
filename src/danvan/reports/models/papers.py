"""A unit's report of a period: its versions, figures, texts, and where sums come from."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.assignments.models import Assignment
from danvan.documents.models import Document
from danvan.organisations.models import Person, Unit
from danvan.programmes.models import Programme
from danvan.reports.models.outlines import Item, Outline, Section
from danvan.reports.periods import Form


class Report(models.Model):
    """One version of a report. ``revision`` rises with every saving: a stale form is refused.

    ``answer`` is what the level above said of a consolidated report; a unit's own report is
    answered through its assignment.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        READY = "ready", _("chờ duyệt")
        APPROVED = "approved", _("đã duyệt, khóa")

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("cấp trên đã tiếp nhận")
        RETURNED = "returned", _("cấp trên trả lại")

    outline = models.ForeignKey(Outline, models.PROTECT, related_name="reports")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="reports")
    consolidated = models.BooleanField(_("tổng hợp"), default=False)
    form = models.CharField(_("kỳ báo cáo"), max_length=8, choices=Form)
    period_start = models.DateField(_("từ ngày"))
    period_end = models.DateField(_("đến ngày"))
    version = models.PositiveSmallIntegerField(_("lần"), default=1)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    read_at = models.DateTimeField(_("số liệu đọc lúc"))
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="report")
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answer_note = models.TextField(_("ý kiến của cấp trên"), blank=True)
    answered_on = models.DateField(_("ngày trả lời"), null=True)

    class Meta:
        ordering = ["-period_end", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "outline", "consolidated", "period_start", "period_end", "version"],
                name="report_version_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "outline", "consolidated", "period_start", "period_end"],
                condition=~Q(state="approved"),
                name="one_report_being_written",
            ),
            models.CheckConstraint(
                condition=Q(period_start__lte=F("period_end")), name="report_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state="approved", approved_at__isnull=False, document__isnull=False)
                | (~Q(state="approved") & Q(approved_at__isnull=True, document__isnull=True)),
                name="approved_report_is_issued",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="report_answer_and_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(answer="returned") | ~Q(answer_note=""),
                name="returned_report_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.outline.title


class Figure(models.Model):
    """One item of one report. ``note``: the source of a typed value, or why there is none."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="figures")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    typed = models.BooleanField(default=False)
    said = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    note = models.CharField(_("nguồn số liệu, lý do để trống"), max_length=300, blank=True)
    previous = models.DecimalField(_("kỳ trước"), max_digits=16, decimal_places=2, null=True)
    planned = models.DecimalField(_("kế hoạch"), max_digits=16, decimal_places=2, null=True)

    class Meta:
        ordering = ["item__section__order", "item__order"]
        constraints = [
            models.UniqueConstraint(fields=["report", "item"], name="figure_once"),
            models.CheckConstraint(
                condition=Q(typed=False) | Q(value__isnull=False) & ~Q(note=""),
                name="typed_figure_has_source",
            ),
        ]

    @property
    def read(self) -> bool:
        """Whether the system gave the value; such a one is not typed over."""
        return self.value is not None and not self.typed


class Share(models.Model):
    """What one unit's report added to a consolidated figure."""

    figure = models.ForeignKey(Figure, models.CASCADE, related_name="shares")
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["figure", "report"], name="share_once"),
        ]


class Narrative(models.Model):
    """What was written under a section; ``quoted``: units' words kept as they were."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="narratives")
    section = models.ForeignKey(Section, models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    # [{unit, name, report, text}], of the reports a consolidated one was composed from.
    quoted = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["section__order"]
        constraints = [
            models.UniqueConstraint(fields=["report", "section"], name="narrative_once"),
        ]
