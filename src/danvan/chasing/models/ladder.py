"""When whom is reminded: dated data of a body, edited by its programme office."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Unit
from danvan.organisations.models.units import Dated
from danvan.programmes.models.plans import Deliverable


class Audience(models.TextChoices):
    """Who is told. Without a focal officer or leader named, it is the unit's head.

    The last is not of the unit: the head of the body gets the late units in one list.
    """

    OFFICER = "officer", _("công chức đầu mối")
    LEADER = "leader", _("lãnh đạo phụ trách")
    HEAD = "head", _("người đứng đầu")
    CHAIRMAN = "chairman", _("người đứng đầu Ủy ban (danh sách tổng hợp)")


# Whom a reminder by hand can be for: people of the unit itself.
OF_THE_UNIT = [choice for choice in Audience.choices if choice[0] != Audience.CHAIRMAN]


class Rung(Dated):
    """One step of the ladder: ``offset`` days from the due date (negative: before).

    A kind of deliverable with rungs of its own follows those alone; all others follow the
    rungs without a kind.
    """

    body = models.ForeignKey(Unit, models.PROTECT, related_name="reminder_rungs")
    offset = models.SmallIntegerField(_("số ngày so với hạn"))
    audience = models.CharField(_("người được nhắc"), max_length=8, choices=Audience)
    deliverable = models.CharField(
        _("loại việc"), max_length=16, choices=Deliverable, blank=True, default=""
    )

    class Meta(Dated.Meta):
        ordering = ["offset"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="rung_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(offset__gte=-60, offset__lte=90), name="rung_within_reach"
            ),
            models.UniqueConstraint(
                fields=["body", "deliverable", "offset", "audience"],
                condition=Q(valid_to__isnull=True),
                name="one_open_rung",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.said}: {self.get_audience_display()}"

    @property
    def said(self) -> str:
        """As people say it: "trước hạn 7 ngày", "đúng ngày đến hạn", "quá hạn 3 ngày"."""
        if self.offset == 0:
            return str(_("đúng ngày đến hạn"))
        words = _("trước hạn %d ngày") if self.offset < 0 else _("quá hạn %d ngày")
        return str(words) % abs(self.offset)
