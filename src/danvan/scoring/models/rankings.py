"""The result of a round: caps that fired, the ranking, one standing per unit."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.models import Document
from danvan.organisations.models import Block, Person, Unit
from danvan.scoring.models.criteria import Cap, points_field
from danvan.scoring.models.rounds import Round
from danvan.scoring.models.sheets import Sheet


class CapMark(models.Model):
    """A cap raised on a sheet by an office, with its document; only the decider lifts it.

    Caps the system tests itself are computed, not stored, until the ranking is decided;
    a row for one of those exists only to record that it was lifted.
    """

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="cap_marks")
    cap = models.ForeignKey(Cap, models.PROTECT, related_name="marks")
    ground = models.TextField(_("căn cứ, lý do"))
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lift_reason = models.TextField(_("lý do gỡ"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "cap"], name="cap_marked_once"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(lift_reason=""),
                name="lifted_cap_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cap} – {self.sheet.unit}"


class Ranking(models.Model):
    """The decided result. It is written once, whole, by the deciding act, then never changed."""

    class SigningAs(models.TextChoices):
        CHAIR = "chair", _("CHỦ TỊCH")
        DEPUTY = "deputy", _("KT. CHỦ TỊCH – PHÓ CHỦ TỊCH")

    round = models.OneToOneField(Round, models.PROTECT, related_name="ranking")
    decision = models.OneToOneField(Document, models.PROTECT, related_name="ranking")
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signing_as = models.CharField(max_length=8, choices=SigningAs)
    decided_at = models.DateTimeField()
    # Everything a stranger needs to recompute it, canonical JSON as text.
    snapshot = models.TextField()
    snapshot_sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"Kết quả {self.round}"


class Standing(models.Model):
    """One unit's line in a decided ranking. The unit's name is kept as it was that day."""

    ranking = models.ForeignKey(Ranking, models.CASCADE, related_name="standings")
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="standings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="standings")
    unit_name = models.CharField(max_length=200)
    block = models.CharField(max_length=8, choices=Block)
    points = points_field(_("điểm"), null=True)
    applicable_max = points_field(_("điểm tối đa áp dụng"), null=True)
    rate = points_field(_("tỷ lệ (%)"), null=True)
    rank = models.PositiveSmallIntegerField(_("hạng"), null=True)
    band = models.CharField(_("xếp loại"), max_length=60, blank=True)
    uncapped_band = models.CharField(max_length=60, blank=True)
    caps = models.JSONField(default=list)
    ineligible_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["block", "rank", "unit_name"]
        constraints = [
            models.UniqueConstraint(fields=["ranking", "unit"], name="one_standing_per_unit"),
            models.CheckConstraint(
                condition=Q(rank__isnull=False, ineligible_reason="")
                | Q(Q(rank__isnull=True) & ~Q(ineligible_reason="")),
                name="ranked_or_told_why_not",
            ),
        ]
