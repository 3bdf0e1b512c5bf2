"""Votes of households: who had a vote, what was asked, what was counted."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.democracy.models.matters import Matter
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Person, Unit


class Ballot(models.Model):
    """One vote of an area. ``base_count`` is every household there (every village for a vote of
    the whole commune, whose figures are those of its ``parts``), with where the number is from.

    In a meeting ``issued`` are the households present, ``returned`` those that voted.
    """

    class Form(models.TextChoices):
        MEETING = "meeting", _("biểu quyết tại cuộc họp")
        BALLOT = "ballot", _("phát phiếu tới hộ gia đình")
        ONLINE = "online", _("biểu quyết trực tuyến")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="ballots")
    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    whole = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    title = models.CharField(_("nội dung biểu quyết"), max_length=300)
    area = models.CharField(_("khu phố, ấp"), max_length=120)
    form = models.CharField(_("hình thức"), max_length=8, choices=Form)
    held_on = models.DateField(_("ngày họp, ngày kiểm phiếu"))
    announced_on = models.DateField(_("ngày thông báo, công khai việc phát phiếu"), null=True)
    place = models.CharField(_("địa điểm"), max_length=200, blank=True)
    team_size = models.PositiveSmallIntegerField(_("số người kiểm phiếu"), null=True, blank=True)
    base_count = models.PositiveIntegerField(_("tổng số hộ"))
    base_source = models.CharField(_("nguồn của tổng số"), max_length=300)
    roll = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    roll_name = models.CharField(max_length=200, blank=True)
    issued = models.PositiveIntegerField(_("phát ra"), null=True)
    returned = models.PositiveIntegerField(_("thu về"), null=True)
    valid = models.PositiveIntegerField(_("hợp lệ"), null=True)
    counted_at = models.DateTimeField(null=True)
    sent_on = models.DateField(_("ngày gửi kết quả"), null=True)
    recognised_on = models.DateField(_("ngày trả lời"), null=True)
    recognised = models.BooleanField(_("được công nhận"), null=True)
    recognition = models.CharField(_("văn bản, lý do"), max_length=300, blank=True)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(base_count__gt=0), name="ballot_has_a_base"),
            models.CheckConstraint(condition=~Q(base_source=""), name="ballot_base_has_a_source"),
            models.CheckConstraint(
                condition=Q(
                    counted_at__isnull=True,
                    issued__isnull=True,
                    returned__isnull=True,
                    valid__isnull=True,
                )
                | Q(
                    counted_at__isnull=False,
                    issued__lte=F("base_count"),
                    returned__lte=F("issued"),
                    valid__lte=F("returned"),
                ),
                name="ballot_counts_in_order",
            ),
            models.CheckConstraint(
                condition=Q(recognised__isnull=True, recognised_on__isnull=True)
                | Q(recognised__isnull=False, recognised_on__isnull=False),
                name="ballot_recognised_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} – {self.area}"

    def figures(self) -> dict[str, Any]:
        """Everything counted as plain values, for recounts and the history."""
        votes = {
            f"{question.order}. {option.label}": option.votes
            for question in self.questions.all()
            for option in question.options.all()
        }
        return {"issued": self.issued, "returned": self.returned, "valid": self.valid, **votes}


class BallotQuestion(models.Model):
    """What is voted on; ``several``: a voter may mark more than one option."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(_("câu hỏi"), max_length=500)
    several = models.BooleanField(_("được chọn nhiều phương án"), default=False)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "order"], name="question_order_once"),
        ]

    def __str__(self) -> str:
        return self.text


class BallotOption(models.Model):
    """One answer; ``adopts``: enough votes for it carry the matter ("Đồng ý", a candidate)."""

    question = models.ForeignKey(BallotQuestion, models.CASCADE, related_name="options")
    order = models.PositiveSmallIntegerField()
    label = models.CharField(_("phương án"), max_length=200)
    adopts = models.BooleanField(default=False)
    votes = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["question", "order"], name="option_order_once"),
        ]

    def __str__(self) -> str:
        return self.label


class Recount(models.Model):
    """What was counted before, since, and why. Never changed afterwards."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="recounts")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField(_("lý do"))
    counted_at = models.DateTimeField()
    counted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-counted_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="recount_has_a_reason"),
        ]
