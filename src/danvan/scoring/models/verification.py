"""Standing aside: who did not want to judge a score, why, and who judges it instead."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Person, Unit
from danvan.scoring.models.sheets import Score


class Abstention(models.Model):
    """An office stood aside from a score; ``passed_to`` verifies it from then on."""

    score = models.ForeignKey(Score, models.CASCADE, related_name="abstentions")
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    passed_to = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.TextField(_("lý do không thẩm định"))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["score", "office"], name="stood_aside_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="stood_aside_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.office} – {self.score}"
