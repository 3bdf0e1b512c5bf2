"""A visit on site: when, who, what was seen, with minutes and pictures."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.emulation.models.exemplars import Exemplar
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Person


class Visit(models.Model):
    """Never changed: a second look is a second visit."""

    exemplar = models.ForeignKey(Exemplar, models.PROTECT, related_name="visits")
    visited_on = models.DateField(_("ngày kiểm tra"))
    visitors = models.CharField(_("thành phần kiểm tra"), max_length=300)
    seen = models.TextField(_("điều ghi nhận tại chỗ"))
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-visited_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visitors__gt="", seen__gt=""), name="visit_says_who_and_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exemplar}, {self.visited_on:%d/%m/%Y}"


class VisitFile(models.Model):
    """The minutes (biên bản) or a picture of the visit."""

    class Kind(models.TextChoices):
        MINUTES = "minutes", _("biên bản")
        PHOTO = "photo", _("ảnh")

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=8, choices=Kind)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=200)

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.name
