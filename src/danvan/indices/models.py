"""Indices, their yearly editions, one result per unit, and what was corrected."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.models import Document
from danvan.organisations.models import Person, Unit
from danvan.organisations.models.units import Dated

CENT = Decimal("0.01")


class Index(Dated):
    """What is measured, by whom, on which scale, between two days. Codes recur over time."""

    code = models.SlugField(_("mã"), max_length=20)
    name = models.CharField(_("tên"), max_length=200)
    short_name = models.CharField(_("tên ngắn"), max_length=40)
    publisher = models.CharField(_("cơ quan công bố"), max_length=300)
    measures = models.CharField(_("đo đơn vị nào"), max_length=200)
    unit = models.CharField(_("đơn vị tính"), max_length=20)
    maximum = models.DecimalField(_("điểm tối đa"), max_digits=8, decimal_places=3)
    source = models.CharField(_("căn cứ, nguồn"), max_length=300)
    confidence = models.CharField(_("mức chắc chắn"), max_length=300, blank=True)

    class Meta(Dated.Meta):
        ordering = ["code", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["code", "valid_from"], name="index_once_at_a_time"),
            models.CheckConstraint(condition=Q(maximum__gt=0), name="index_has_a_maximum"),
            models.CheckConstraint(condition=~Q(source=""), name="index_has_a_source"),
        ]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """The results of one year, kept by ``body``, with what published them.

    ``illustrative``: made-up figures of a demonstration; every page says so.
    """

    index = models.ForeignKey(Index, models.PROTECT, related_name="editions")
    code = models.SlugField(max_length=20)
    body = models.ForeignKey(Unit, models.PROTECT, related_name="index_editions")
    year = models.PositiveSmallIntegerField(_("năm"))
    published_on = models.DateField(_("ngày công bố"), null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(_("nguồn"), max_length=300)
    illustrative = models.BooleanField(_("số liệu trình diễn"), default=False)

    class Meta:
        ordering = ["code", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["code", "body", "year"], name="one_edition_per_year"),
            models.CheckConstraint(condition=~Q(source=""), name="edition_has_a_source"),
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2200), name="edition_year_plausible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.index.short_name} {self.year}"


class Result(models.Model):
    """One unit in one edition. ``maximum`` may be less than the index's (criteria that do not
    apply); rank and class were given by the publisher, the rate is value ÷ maximum."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="results")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="index_results")
    value = models.DecimalField(_("điểm"), max_digits=8, decimal_places=3)
    maximum = models.DecimalField(_("điểm tối đa"), max_digits=8, decimal_places=3)
    rank = models.PositiveIntegerField(_("hạng"), null=True, blank=True)
    ranked = models.PositiveIntegerField(_("số đơn vị xếp hạng"), null=True, blank=True)
    band = models.CharField(_("xếp loại"), max_length=60, blank=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        ordering = ["edition", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "unit"], name="one_result_per_unit"),
            models.CheckConstraint(
                condition=Q(value__gte=0, maximum__gt=0, value__lte=F("maximum")),
                name="result_within_its_maximum",
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=True)
                | Q(ranked__isnull=False, rank__gte=1, rank__lte=F("ranked")),
                name="result_rank_out_of_n",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} – {self.unit}"

    @property
    def rate(self) -> Decimal:
        """Percent of the maximum, two decimals."""
        return (self.value * 100 / self.maximum).quantize(CENT, ROUND_HALF_UP)

    def figures(self) -> dict[str, Any]:
        """The published figures as plain values, for the history."""
        return {
            "value": f"{self.value.normalize():f}",
            "maximum": f"{self.maximum.normalize():f}",
            "rank": self.rank,
            "ranked": self.ranked,
            "band": self.band,
            "note": self.note,
        }


class Correction(models.Model):
    """What a result said before, what it says since, and why. Never changed afterwards."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="corrections")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField(_("lý do"))
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-corrected_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_a_reason"),
        ]
