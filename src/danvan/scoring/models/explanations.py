"""A unit's written explanation of one score, once, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Person, Unit
from danvan.scoring.models.criteria import points_field
from danvan.scoring.models.sheets import Score


class Explanation(models.Model):
    """``answering``: the office named by hand to look again; empty: the usual one."""

    class Ground(models.TextChoices):
        NOT_LOOKED_AT = "not_looked_at", _("minh chứng đã gửi nhưng chưa được xét")
        NEW_PROOF = "new_proof", _("có minh chứng bổ sung")
        FIGURE = "figure", _("số liệu hoặc phép tính chưa đúng")
        RULE = "rule", _("áp dụng tiêu chí, mức điểm chưa đúng")
        NOT_ARISING = "not_arising", _("việc không phát sinh hoặc không thuộc thẩm quyền")
        OTHER = "other", _("căn cứ khác")

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("chấp nhận")
        PARTLY = "partly", _("chấp nhận một phần")
        KEPT = "kept", _("giữ nguyên điểm thẩm định")
        LOWERED = "lowered", _("giảm điểm sau khi xem lại")

    score = models.OneToOneField(Score, models.CASCADE, related_name="explanation")
    ground = models.CharField(_("căn cứ giải trình"), max_length=16, choices=Ground,
                              default=Ground.OTHER)  # fmt: skip
    text = models.TextField(_("nội dung giải trình"))
    asks = points_field(_("điểm đề nghị"))
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answering = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("kết quả"), max_length=8, choices=Outcome, blank=True)
    answer = models.TextField(_("trả lời"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="", outcome="")
                | Q(Q(answered_at__isnull=False) & ~Q(answer="")),
                name="answer_and_its_time_together",
            )
        ]

    def __str__(self) -> str:
        return f"Giải trình {self.score}"
