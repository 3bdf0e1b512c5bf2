"""Opinions on building the Party and the government (218-QĐ/TW); criticism of drafts (217)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.democracy.models.supervision import Outcome
from danvan.organisations.models import Person, Unit


class BuildingOpinion(models.Model):
    """One opinion: from whom, about what, to whom, how it was handled, what was answered.

    Of citizens only the channel is kept ("cử tri khu phố 3"), no name is asked for.
    """

    class Kind(models.TextChoices):
        PARTY = "party", _("góp ý xây dựng Đảng")
        GOVERNMENT = "government", _("góp ý xây dựng chính quyền")
        CRITICISM = "criticism", _("phản biện dự thảo")

    class Source(models.TextChoices):
        FRONT = "front", _("Mặt trận Tổ quốc")
        ORGANISATION = "organisation", _("tổ chức chính trị - xã hội, đoàn thể")
        CITIZENS = "citizens", _("Nhân dân")
        OTHER = "other", _("nguồn khác")

    class State(models.TextChoices):
        RECEIVED = "received", _("đang xử lý")
        ANSWERED = "answered", _("đã trả lời")

    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(_("loại"), max_length=10, choices=Kind)
    source_kind = models.CharField(_("nguồn"), max_length=12, choices=Source)
    source = models.CharField(_("ai góp ý"), max_length=200)
    received_on = models.DateField(_("ngày nhận"))
    via = models.CharField(_("qua đâu"), max_length=200)
    draft = models.CharField(_("dự thảo được phản biện"), max_length=300, blank=True)
    content = models.TextField(_("nội dung"))
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due_on = models.DateField(_("đề nghị trả lời trước"), null=True)
    state = models.CharField(max_length=8, choices=State, default=State.RECEIVED)
    outcome = models.CharField(_("kết quả"), max_length=8, choices=Outcome, blank=True)
    reply = models.TextField(_("nội dung trả lời"), blank=True)
    handling = models.TextField(_("đã xử lý thế nào"), blank=True)
    reply_document = models.CharField(_("văn bản trả lời"), max_length=200, blank=True)
    replied_on = models.DateField(_("ngày trả lời"), null=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-received_on", "-pk"]
        indexes = [models.Index(fields=["to_unit", "received_on"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(content=""), name="opinion_says_who_and_what"
            ),
            models.CheckConstraint(
                condition=Q(kind="criticism") & ~Q(draft="") | ~Q(kind="criticism") & Q(draft=""),
                name="criticism_names_its_draft",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", replied_on__gte=F("received_on"))
                & ~Q(reply="")
                & ~Q(outcome="")
                | Q(state="received", replied_on__isnull=True, reply="", outcome=""),
                name="opinion_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.content[:120]
