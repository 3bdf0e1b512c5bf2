"""A unit that took a model up. Only its own confirmation makes it count."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.emulation.models.exemplars import Exemplar
from danvan.organisations.models import Person, Unit


class Adoption(models.Model):
    """``unit`` applies ``exemplar``. Told by others, it is a claim until the unit confirms."""

    class State(models.TextChoices):
        CLAIMED = "claimed", _("Chờ đơn vị xác nhận")
        CONFIRMED = "confirmed", _("Đang áp dụng")
        DECLINED = "declined", _("Đơn vị không xác nhận")
        ENDED = "ended", _("Đã thôi áp dụng")

    exemplar = models.ForeignKey(Exemplar, models.PROTECT, related_name="adoptions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="adoptions")
    state = models.CharField(max_length=9, choices=State, default=State.CLAIMED)
    told_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField()
    since = models.DateField(_("áp dụng từ ngày"), null=True)
    how = models.TextField(_("áp dụng thế nào"), blank=True)
    result = models.TextField(_("kết quả"), blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_why = models.TextField(_("lý do"), blank=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exemplar", "unit"],
                condition=Q(state__in=["claimed", "confirmed"]),
                name="adoption_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="claimed", decided_at__isnull=True)
                | Q(~Q(state="claimed"), decided_at__isnull=False),
                name="adoption_decided_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(since__isnull=False, how__gt=""),
                name="adoption_says_since_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["declined", "ended"], ended_why__gt="")
                | Q(state__in=["claimed", "confirmed"], ended_why=""),
                name="adoption_ended_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} – {self.exemplar}"
