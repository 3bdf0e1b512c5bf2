"""A unit's self-score sheet, its scores, proofs and explanations."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Block, Person, Unit
from danvan.scoring.models.criteria import CriteriaSet, Criterion, points_field
from danvan.scoring.models.rounds import Round


class Sheet(models.Model):
    """One unit in one round. ``revision`` rises with every saving: a stale form is refused."""

    class State(models.TextChoices):
        OPEN = "open", _("đang tự chấm")
        SUBMITTED = "submitted", _("đã nộp, chờ thẩm định")
        VERIFIED = "verified", _("đã thẩm định")
        SETTLED = "settled", _("đã chốt điểm")

    round = models.ForeignKey(Round, models.PROTECT, related_name="sheets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sheets")
    block = models.CharField(max_length=8, choices=Block)
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="sheets")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    revision = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    days_late = models.PositiveIntegerField(_("số ngày chậm"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="one_sheet_per_unit"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, days_late__isnull=True)
                | Q(submitted_at__isnull=False, days_late__isnull=False),
                name="sheet_submitted_with_lateness",
            ),
        ]

    def __str__(self) -> str:
        return self.called(str(self.unit))

    @staticmethod
    def called(unit: str) -> str:
        """What the sheet of a unit of that name is called."""
        return f"Phiếu chấm điểm – {unit}"


class Score(models.Model):
    """Five values side by side. A value is null until somebody (or the system) gave it.

    ``arises`` is false where the unit says no such matter arose this year; what follows is
    the criterion's policy. ``arises_verified`` is the verifier's word on it, once given.
    """

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    arises = models.BooleanField(_("có phát sinh"), default=True)
    arises_verified = models.BooleanField(_("có phát sinh (thẩm định)"), null=True)
    computed = points_field(_("hệ thống tính"), null=True, blank=True)
    computed_said = models.CharField(max_length=400, blank=True)
    claimed = points_field(_("tự chấm"), null=True, blank=True)
    claim_reason = models.TextField(_("lý do khác số hệ thống tính"), blank=True)
    # Which office verifies: the owner of the role, or its substitute. Set at submission.
    verifier = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="scores_to_verify")
    verified = points_field(_("thẩm định"), null=True, blank=True)
    verify_reason = models.TextField(_("lý do thay đổi"), blank=True)
    verified_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)
    explained = points_field(_("sau giải trình"), null=True, blank=True)
    decided = points_field(_("quyết định"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_score_per_criterion"),
            models.CheckConstraint(
                condition=(Q(claimed__isnull=True) | Q(claimed__gte=0))
                & (Q(verified__isnull=True) | Q(verified__gte=0))
                & (Q(explained__isnull=True) | Q(explained__gte=0))
                & (Q(decided__isnull=True) | Q(decided__gte=0)),
                name="points_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(verified__isnull=True)
                | Q(verified=F("claimed"))
                | ~Q(verify_reason=""),
                name="changed_points_have_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(verified__isnull=True, verified_at__isnull=True)
                | Q(verified__isnull=False, verified_at__isnull=False),
                name="verified_value_and_time_together",
            ),
        ]
        indexes = [models.Index(fields=["verifier", "verified_at"])]

    def __str__(self) -> str:
        return f"{self.criterion.code} – {self.sheet.unit}"

    @property
    def standing_value(self) -> Decimal | None:
        """The value that counts today: the latest of the five that a person gave."""
        for value in (self.decided, self.explained, self.verified, self.claimed):
            if value is not None:
                return value
        return None


class FrozenReading(models.Model):
    """A fact as it was read when the sheet was submitted; a correction is another reading."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="readings")
    fact = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    numerator = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    denominator = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    said = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    as_of = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "fact", "as_of"], name="reading_once"),
        ]
