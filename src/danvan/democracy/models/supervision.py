"""Supervision by the Front (Quyết định 217-QĐ/TW): programme, finding, recommendation, reply.

The rows are the Front's own record: it writes them, the supervised unit replies, the
Front closes.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.assignments.models import Assignment
from danvan.documents.models import Document
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Person, Unit


class Outcome(models.TextChoices):
    """What came of a recommendation or opinion, in the words of whoever it was sent to."""

    ACCEPTED = "accepted", _("tiếp thu")
    PARTLY = "partly", _("tiếp thu một phần")
    DECLINED = "declined", _("không tiếp thu")


class SupervisionProgramme(models.Model):
    """What the Front supervises in a year, and the paper that says so."""

    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("năm"))
    title = models.CharField(_("tên chương trình"), max_length=300)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    source = models.CharField(_("văn bản ban hành"), max_length=300)

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year", "title"], name="supervision_programme_once"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="supervision_programme_sourced"),
        ]

    def __str__(self) -> str:
        return self.title


class Supervision(models.Model):
    """One subject of the programme at one unit: planned, concluded, or given up with a reason."""

    class State(models.TextChoices):
        PLANNED = "planned", _("chưa giám sát")
        CONCLUDED = "concluded", _("đã có kết quả")
        DROPPED = "dropped", _("không thực hiện")

    programme = models.ForeignKey(SupervisionProgramme, models.PROTECT, related_name="subjects")
    subject = models.CharField(_("nội dung giám sát"), max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="supervisions")
    led_by = models.CharField(_("tổ chức chủ trì"), max_length=200)
    form = models.CharField(_("hình thức"), max_length=200)
    planned = models.CharField(_("thời gian dự kiến"), max_length=100)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    concluded_on = models.DateField(_("ngày kết luận"), null=True)
    finding = models.TextField(_("kết quả giám sát"), blank=True)
    finding_document = models.CharField(_("văn bản kết quả"), max_length=200, blank=True)
    dropped_reason = models.TextField(_("lý do không thực hiện"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="concluded", concluded_on__isnull=False) & ~Q(finding="")
                | ~Q(state="concluded") & Q(concluded_on__isnull=True, finding=""),
                name="supervision_concluded_with_a_finding",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(dropped_reason=""),
                name="supervision_dropped_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Recommendation(models.Model):
    """What the Front asks of the supervised unit. The reply date is the one its paper asks for."""

    class State(models.TextChoices):
        SENT = "sent", _("chờ trả lời")
        REPLIED = "replied", _("đã trả lời, đang theo dõi")
        CLOSED = "closed", _("Mặt trận đã kết thúc theo dõi")

    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="recommendations")
    content = models.TextField(_("kiến nghị"))
    document_code = models.CharField(_("văn bản kiến nghị"), max_length=200)
    sent_on = models.DateField(_("ngày gửi"))
    reply_due_on = models.DateField(_("đề nghị trả lời trước"), null=True)
    state = models.CharField(max_length=8, choices=State, default=State.SENT)
    closed_on = models.DateField(_("ngày kết thúc"), null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(content=""), name="recommendation_says_what"),
            models.CheckConstraint(
                condition=Q(reply_due_on__isnull=True) | Q(reply_due_on__gte=F("sent_on")),
                name="recommendation_reply_after_sending",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False)
                | ~Q(state="closed") & Q(closed_on__isnull=True),
                name="recommendation_closed_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.content[:120]


class Reply(models.Model):
    """What the unit answered, with the remedy it took on. Added to, never changed."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="replies")
    outcome = models.CharField(_("tiếp thu"), max_length=8, choices=Outcome)
    text = models.TextField(_("nội dung trả lời"))
    document_code = models.CharField(_("văn bản trả lời"), max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    replied_on = models.DateField(_("ngày trả lời"))
    replied_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    assignment = models.OneToOneField(Assignment, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="supervision_reply_says_something"),
        ]


class FrontRemark(models.Model):
    """What the Front said of the result: enough, or not yet. Kept."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="remarks")
    enough = models.BooleanField()
    text = models.TextField(_("nhận xét"))
    said_on = models.DateField()
    said_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="front_remark_says_something")
        ]
