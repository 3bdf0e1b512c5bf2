"""The result of a round: caps that fired, the ranking, one standing per unit."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.models import Document
from danvan.organisations.models import Block, Person, Unit
from danvan.scoring.models.criteria import Cap, points_field
from danvan.scoring.models.rounds import Round
from danvan.scoring.models.sheets import Score, Sheet


class CapMark(models.Model):
    """A cap raised on a sheet by an office, with its document; only the decider lifts it.

    Caps the system tests itself are computed, not stored, until the ranking is decided;
    a row for one of those exists only to record that it was lifted.
    """

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="cap_marks")
    cap = models.ForeignKey(Cap, models.PROTECT, related_name="marks")
    document = models.CharField(_("văn bản làm căn cứ"), max_length=200, blank=True)
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
    """A decided result. It is written once, whole, by the deciding act, then never changed.

    It may be withdrawn by another decision, with its ground; it stays readable, and a later
    ranking of the round then ``replaces`` it.
    """

    class SigningAs(models.TextChoices):
        CHAIR = "chair", _("CHỦ TỊCH")
        DEPUTY = "deputy", _("KT. CHỦ TỊCH – PHÓ CHỦ TỊCH")

    round = models.ForeignKey(Round, models.PROTECT, related_name="rankings")
    decision = models.OneToOneField(Document, models.PROTECT, related_name="ranking")
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signing_as = models.CharField(max_length=8, choices=SigningAs)
    decided_at = models.DateTimeField()
    # Everything a stranger needs to recompute it, canonical JSON as text.
    snapshot = models.TextField()
    snapshot_sha256 = models.CharField(max_length=64)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    withdrawal = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="withdrawn_ranking"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawal_ground = models.TextField(_("lý do thu hồi"), blank=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(withdrawn_at__isnull=True),
                name="one_ranking_in_force",
            ),
            models.CheckConstraint(
                condition=Q(
                    withdrawn_at__isnull=True, withdrawal__isnull=True, withdrawal_ground=""
                )
                | Q(Q(withdrawn_at__isnull=False, withdrawal__isnull=False)
                    & ~Q(withdrawal_ground="")),
                name="withdrawn_with_document_and_ground",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Kết quả {self.round}"


class Correction(models.Model):
    """A decided value put right after its ranking was withdrawn; the old one stays here."""

    score = models.ForeignKey(Score, models.PROTECT, related_name="corrections")
    ranking = models.ForeignKey(Ranking, models.PROTECT, related_name="corrections")
    before = points_field(_("điểm đã quyết định"))
    after = points_field(_("điểm điều chỉnh"))
    document = models.CharField(_("văn bản làm căn cứ"), max_length=200)
    ground = models.TextField(_("lý do"))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(document="") & ~Q(ground=""), name="corrected_with_its_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"Điều chỉnh {self.score}"


class DraftRanking(models.Model):
    """The draft as it stood at a moment: lines by unit id, to tell what changed since."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="drafts")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    occasion = models.CharField(_("dịp"), max_length=200)
    lines = models.JSONField(default=dict)

    class Meta:
        ordering = ["-taken_at", "-pk"]

    def __str__(self) -> str:
        return f"Dự thảo {self.occasion}"


class Proposal(models.Model):
    """The numbered letter (tờ trình) that puts a result before the chairman."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="proposals")
    document = models.OneToOneField(Document, models.PROTECT, related_name="ranking_proposal")
    draft = models.ForeignKey(DraftRanking, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Tờ trình {self.document.code}"


class MinorityNote(models.Model):
    """An opinion that differs from the draft: kept beside it, told in the proposal letter."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="minority_notes")
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.TextField(_("ý kiến"))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_says_something")]

    def __str__(self) -> str:
        return f"Ý kiến khác – {self.sheet.unit}"


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
    # Why a quota of the class put the unit one lower; "" where it did not.
    quota_note = models.CharField(max_length=200, blank=True)
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
