"""A body's own rows over the shipped limits, and figures another system holds."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Person, Unit
from danvan.organisations.models.units import Dated
from danvan.petitions import deadlines


class Limit(Dated):
    """One row as the body counts it from a day on: a house rule, or a change of the law."""

    class Length(models.TextChoices):
        DAY = "day", _("ngày")
        WORKING_DAY = "working_day", _("ngày làm việc")

    class Confidence(models.TextChoices):
        LOCAL = "L", _("quy chế nội bộ")
        A = "A", _("đã đọc văn bản chính thức")
        B = "B", _("đọc ở bản không chính thức")
        C = "C", _("chỉ có nguồn thứ cấp")

    body = models.ForeignKey(Unit, models.PROTECT, related_name="petition_limits")
    code = models.CharField(_("mã quy tắc"), max_length=40)
    kind = models.CharField(_("loại đơn"), max_length=30)
    stage = models.CharField(_("giai đoạn"), max_length=30)
    condition = models.CharField(_("điều kiện"), max_length=60, default="default")
    limit_type = models.CharField(max_length=10, default="max")
    value = models.PositiveSmallIntegerField(_("số ngày"))
    unit = models.CharField(_("tính bằng"), max_length=12, choices=Length)
    basis = models.CharField(_("văn bản quy định"), max_length=300)
    confidence = models.CharField(_("mức chắc chắn"), max_length=1, choices=Confidence)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta(Dated.Meta):
        ordering = ["code", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["body", "code", "valid_from"], name="limit_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(value__gte=1) & ~Q(basis=""), name="limit_has_value_and_basis"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.valid_from:%d/%m/%Y})"

    def as_rule(self) -> deadlines.Rule:
        """As the clock reads it."""
        return deadlines.Rule(
            code=self.code, kind=self.kind, stage=self.stage,
            traits=deadlines.TRAITS.get(self.condition, frozenset()), limit_type=self.limit_type,
            value=self.value, unit=self.unit, start_event="", since=self.valid_from,
            until=self.valid_to, legal_ref=self.basis, confidence=self.confidence,
            body=self.body_id,
        )  # fmt: skip


class OutsideFigures(models.Model):
    """Totals of a period of a system that holds the cases itself: reference, totals, link; no case.

    ``system``: the national petition database, a 1022 line. Nothing of it is typed twice.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="petition_figures")
    system = models.CharField(_("hệ thống"), max_length=100)
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến hết ngày"))
    received = models.PositiveIntegerField(_("tiếp nhận"))
    due = models.PositiveIntegerField(_("đến hạn giải quyết"))
    settled_on_time = models.PositiveIntegerField(_("giải quyết đúng hạn"))
    overdue = models.PositiveIntegerField(_("đang quá hạn"))
    reference = models.CharField(_("mã, văn bản tham chiếu"), max_length=200)
    link = models.URLField(_("liên kết"), blank=True)

    class Meta:
        ordering = ["-end", "unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "system", "start", "end"], name="outside_figures_once"
            ),
            models.CheckConstraint(
                condition=Q(end__gte=F("start"))
                & Q(settled_on_time__lte=F("due"))
                & ~Q(reference=""),
                name="outside_figures_plausible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.start:%d/%m/%Y}–{self.end:%d/%m/%Y}"
