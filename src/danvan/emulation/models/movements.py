"""The short yearly report of a body that is not subordinate (Kế hoạch 49, mục IV.2.e)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.kernel.models import StoredFile
from danvan.organisations.models import Person, Unit

COUNTS = ("units_joined", "people_reached", "models_running", "collectives", "individuals")


class Movement(models.Model):
    """What a unit tells ``body`` of its movement in a year. It owes nothing: no date, no lateness.

    Told again, the row changes and history keeps what it said before.
    """

    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="movements")
    year = models.PositiveSmallIntegerField(_("năm"))
    name = models.CharField(_("tên phong trào"), max_length=200)
    units_joined = models.PositiveIntegerField(_("số đơn vị tham gia"), null=True, blank=True)
    people_reached = models.PositiveIntegerField(_("số lượt người dân"), null=True, blank=True)
    models_running = models.PositiveIntegerField(_("số mô hình duy trì"), null=True, blank=True)
    collectives = models.PositiveIntegerField(_("tập thể được khen"), null=True, blank=True)
    individuals = models.PositiveIntegerField(_("cá nhân được khen"), null=True, blank=True)
    narrative = models.TextField(_("kết quả nổi bật"), max_length=6000)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(_("tên tệp"), max_length=200, blank=True)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-year", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "unit", "year", "name"], name="movement_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(name__gt="", narrative__gt=""), name="movement_says_something"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2009, year__lte=2200), name="movement_year_plausible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"
