"""What a kind of report consists of: data, dated, with its source."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models.units import Dated


class Outline(Dated):
    """A report form (đề cương) in force from a day on. ``source`` says where it comes from."""

    code = models.SlugField(_("mã"), max_length=60)
    title = models.CharField(_("tên báo cáo"), max_length=300)
    source = models.TextField(_("nguồn"))

    class Meta(Dated.Meta):
        ordering = ["title", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="outline_once_a_day"),
        ]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A part of the report: a text to be written, figures, the plan's targets, the indices."""

    class Kind(models.TextChoices):
        TEXT = "text", _("lời văn và số liệu")
        TARGETS = "targets", _("bảng chỉ tiêu của kế hoạch")
        INDICES = "indices", _("chỉ số của đơn vị qua các năm")

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    marker = models.CharField(_("số mục"), max_length=10)
    title = models.CharField(_("tên mục"), max_length=300)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.TEXT)
    prompt = models.CharField(_("gợi ý"), max_length=400, blank=True)
    optional = models.BooleanField(_("có thể để trống"), default=False)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["outline", "order"], name="report_section_order"),
        ]

    def __str__(self) -> str:
        return f"{self.marker}. {self.title}"


class Item(models.Model):
    """A figure the report tells. ``fact`` is the code it is read by; "" where it is typed.

    ``adds_up``: a consolidated report sums it over the units' reports.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    label = models.CharField(_("chỉ tiêu"), max_length=300)
    measure = models.CharField(_("đơn vị tính"), max_length=60)
    fact = models.CharField(max_length=80, blank=True)
    adds_up = models.BooleanField(default=True)

    class Meta:
        ordering = ["section__order", "order"]
        constraints = [
            models.UniqueConstraint(fields=["section", "code"], name="report_item_code"),
        ]

    def __str__(self) -> str:
        return self.label
