"""What one document does to another, from a day on."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.models.documents import Document


class Relation(models.Model):
    """``acting`` does ``kind`` to ``target``: wholly, or partly within ``scope``.

    A row is never changed: one entered wrongly is withdrawn with a reason and stays readable.
    ``effective_on`` may be unknown; such a relation is told, but ends nothing.
    """

    class Kind(models.TextChoices):
        REPLACES = "replaces", _("thay thế")
        AMENDS = "amends", _("sửa đổi, bổ sung")
        REPEALS = "repeals", _("bãi bỏ")
        SUSPENDS = "suspends", _("ngưng hiệu lực")
        CORRECTS = "corrects", _("đính chính")
        GUIDES = "guides", _("hướng dẫn, quy định chi tiết")

    class Confidence(models.TextChoices):
        A = "A", _("A – đã đối chiếu với văn bản")
        B = "B", _("B – theo một nguồn không chính thức")
        C = "C", _("C – nghe dẫn lại, chưa đối chiếu")

    kind = models.CharField(_("quan hệ"), max_length=10, choices=Kind)
    acting = models.ForeignKey(Document, models.PROTECT, related_name="acts")
    target = models.ForeignKey(Document, models.PROTECT, related_name="acted_on")
    partly = models.BooleanField(_("chỉ một phần"), default=False)
    scope = models.CharField(_("phần nào"), max_length=300, blank=True)
    effective_on = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    until = models.DateField(_("đến hết ngày"), null=True, blank=True)
    source = models.CharField(_("nguồn"), max_length=300)
    confidence = models.CharField(_("độ tin cậy"), max_length=1, choices=Confidence)
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(_("lý do rút"), max_length=300, blank=True)

    class Meta:
        ordering = ["effective_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(acting=F("target")), name="relation_of_two"),
            models.CheckConstraint(
                condition=Q(partly=False) | ~Q(scope=""), name="relation_partly_says_what"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True)
                | Q(kind="suspends", effective_on__isnull=False, until__gte=F("effective_on")),
                name="relation_until_is_of_a_suspension",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="relation_withdrawn_with_reason",
            ),
            models.UniqueConstraint(
                fields=["kind", "acting", "target", "scope"],
                condition=Q(withdrawn_at__isnull=True),
                name="relation_once",
            ),
        ]
        indexes = [models.Index(fields=["target", "effective_on"])]

    def __str__(self) -> str:
        part = f" ({self.scope})" if self.scope else ""
        return f"{self.acting.short} {self.get_kind_display()} {self.target.short}{part}"

    @property
    def ends(self) -> bool:
        """Whether it ends the target as a whole."""
        return self.kind in (self.Kind.REPLACES, self.Kind.REPEALS) and not self.partly

    def holds_on(self, day: dt.date) -> bool:
        """Whether it had taken effect by ``day`` and not run out."""
        if self.withdrawn_at is not None or self.effective_on is None:
            return False
        return self.effective_on <= day and (self.until is None or day <= self.until)
