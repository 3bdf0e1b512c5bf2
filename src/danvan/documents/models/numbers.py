"""Numbers given to what a body issues."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Unit


class NumberSeries(models.Model):
    """The running number of a body's documents in a year (Nghị định 30/2020, Điều 15).

    One row per body, year and series, locked while a number is taken: none twice, no gap.
    """

    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "series"], name="number_series_once"),
        ]

    def __str__(self) -> str:
        named = {"series": self.series, "year": self.year}
        return str(_("Số văn bản %(series)s năm %(year)s") % named)
