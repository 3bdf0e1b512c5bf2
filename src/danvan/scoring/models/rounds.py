"""One scoring window (đợt chấm điểm) of a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Block, Person, Unit
from danvan.programmes.models import Programme
from danvan.scoring.models.criteria import CriteriaSet, Criterion

if TYPE_CHECKING:
    from danvan.scoring.models.rankings import Ranking


class Round(models.Model):
    """Its dates and where it stands. The moves are in scoring/workflow.py."""

    class State(models.TextChoices):
        OPEN = "open", _("tự chấm điểm")
        VERIFYING = "verifying", _("thẩm định")
        EXPLAINING = "explaining", _("giải trình")
        SETTLED = "settled", _("đã chốt điểm")
        PROPOSED = "proposed", _("đã trình")
        DECIDED = "decided", _("đã quyết định, công bố")

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="round")
    title = models.CharField(_("tên đợt"), max_length=200)
    period_from = models.DateField(_("kỳ đánh giá từ"))
    period_to = models.DateField(_("đến"))
    dossier_due = models.DateField(_("hạn nộp hồ sơ"))
    verify_due = models.DateField(_("hạn thẩm định"))
    explain_from = models.DateField(_("giải trình từ"))
    explain_to = models.DateField(_("giải trình đến hết"))
    decide_due = models.DateField(_("hạn quyết định"))
    # The plan's target: at least this share (%) of ranked units in the top class.
    target_share = models.DecimalField(
        _("chỉ tiêu tỷ lệ loại cao nhất (%)"), max_digits=5, decimal_places=2, null=True
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    class Meta:
        ordering = ["-dossier_due"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_from__lte=F("period_to"))
                & Q(dossier_due__lte=F("decide_due"))
                & Q(explain_from__lte=F("explain_to")),
                name="round_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ranking(self) -> Ranking | None:
        """The decided result in force; withdrawn ones are among ``rankings``."""
        return self.rankings.filter(withdrawn_at=None).first()


class RoundBlock(models.Model):
    """Which score sheet a block uses in a round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="blocks")
    block = models.CharField(max_length=8, choices=Block)
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "block"], name="one_set_per_block"),
        ]


class RoundOffice(models.Model):
    """Which office verifies for a role in a round, and who stands in for it on its own sheet."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="offices")
    role = models.CharField(_("vai trò"), max_length=40)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    substitute = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "role"], name="one_office_per_role"),
            models.CheckConstraint(
                condition=~Q(office=F("substitute")), name="substitute_is_another"
            ),
        ]


class Rerouting(models.Model):
    """Another office than the role's own verifies a criterion: on every sheet, or on one unit's."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="reroutings")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.TextField(_("lý do"))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["criterion__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "criterion", "unit"], name="one_rerouting",
            ),
            # Of all units at once: SQL holds no two NULLs for the same.
            models.UniqueConstraint(
                fields=["round", "criterion"], condition=Q(unit__isnull=True),
                name="one_rerouting_of_all",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="rerouted_for_a_reason"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.criterion.code} → {self.office}"
