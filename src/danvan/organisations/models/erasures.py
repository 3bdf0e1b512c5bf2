"""Somebody asks that what is kept of him be erased; the administrator answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models.people import Person


class ErasureRequest(models.Model):
    """One request, with the days by which law wants it answered and carried out."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ trả lời")
        ERASED = "erased", _("Đã xóa")
        REFUSED = "refused", _("Không xóa")

    person = models.ForeignKey(Person, models.PROTECT, related_name="erasure_requests")
    words = models.TextField(_("nội dung yêu cầu"), max_length=2000)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answer_due = models.DateField(_("hạn trả lời"), null=True)
    erase_due = models.DateField(_("hạn thực hiện"), null=True)
    rule = models.CharField(_("căn cứ thời hạn"), max_length=300, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    answer = models.TextField(_("trả lời"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="waiting"), name="one_waiting_erasure"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at__isnull=True, answer="")
                | Q(~Q(state="waiting"), answered_at__isnull=False, answer__gt=""),
                name="erasure_answered_and_when",
            ),
        ]

    def __str__(self) -> str:
        # Without the name: history keeps this line after the person was erased.
        return f"Yêu cầu xóa dữ liệu cá nhân số {self.pk}"
