"""A campaign: what is to be studied, by whom, until when; and the bank of questions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.models import Document, TextVersion
from danvan.organisations.models import Unit
from danvan.programmes.models import Programme


class Campaign(models.Model):
    """Documents, one text version each, an audience and a day. ``units`` are fixed on opening.

    ``way`` says when a person has done it. ``keep_until``: after that day traces of reading
    (pages seen, answers, marks of devices) are forgotten.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        OPEN = "open", _("đang học")
        CLOSED = "closed", _("đã kết thúc")

    class Way(models.TextChoices):
        EITHER = "either", _("dự một buổi học hoặc đọc và xác nhận đủ tài liệu")
        ATTEND = "attend", _("dự ít nhất một buổi học")
        READ = "read", _("đọc và xác nhận đủ tài liệu")

    body = models.ForeignKey(Unit, models.PROTECT, related_name="study_campaigns")
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="study_campaigns"
    )
    title = models.CharField(_("tên đợt học"), max_length=300)
    basis = models.CharField(_("căn cứ"), max_length=300)
    audience = models.CharField(_("đối tượng như văn bản ghi"), max_length=500, blank=True)
    units = models.ManyToManyField(Unit, related_name="+", blank=True)
    way = models.CharField(_("hoàn thành khi"), max_length=6, choices=Way, default=Way.EITHER)
    due_on = models.DateField(_("hạn"))
    keep_until = models.DateField(_("giữ dữ liệu cá nhân đến hết ngày"))
    quiz_size = models.PositiveSmallIntegerField(_("số câu hỏi"), default=0)
    quiz_pass = models.PositiveSmallIntegerField(_("số câu phải đúng"), default=0)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-due_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "title", "due_on"], name="campaign_once"),
            models.CheckConstraint(condition=~Q(basis=""), name="campaign_has_a_basis"),
            models.CheckConstraint(
                condition=Q(keep_until__gte=F("due_on")), name="campaign_kept_till_due"
            ),
            models.CheckConstraint(
                condition=Q(quiz_pass__lte=F("quiz_size")), name="campaign_quiz_can_be_passed"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", opened_at__isnull=True, closed_at__isnull=True)
                | Q(state="open", opened_at__isnull=False, closed_at__isnull=True)
                | Q(state="closed", opened_at__isnull=False, closed_at__isnull=False),
                name="campaign_state_and_times",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def asks_reading(self) -> bool:
        return self.way != self.Way.ATTEND


class StudyText(models.Model):
    """One text version of a document to be read. ``sha256`` is of its words when it was taken.

    A newer one ``replaces`` it: ``renewed`` asks everybody again, otherwise whoever has
    acknowledged the one before need not.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="texts")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    version = models.ForeignKey(
        TextVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    order = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(_("số trang"))
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    renewed = models.BooleanField(_("phải học lại"), default=False)
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "document", "version"], name="study_text_once"
            ),
            models.UniqueConstraint(
                fields=["campaign", "document"],
                condition=Q(version__isnull=True),
                name="study_text_original_once",
            ),
            models.CheckConstraint(condition=Q(pages__gte=1), name="study_text_has_pages"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(reason=""), name="study_text_replaced_why"
            ),
        ]

    def __str__(self) -> str:
        day = self.version.valid_from if self.version else None
        return f"{self.document.called} ({day:%d/%m/%Y})" if day else self.document.called

    @property
    def text(self) -> str:
        """The words to be read."""
        return self.version.text if self.version else self.document.text


class Question(models.Model):
    """A question of the bank, about a document if it names one. ``right`` counts from 0."""

    body = models.ForeignKey(Unit, models.PROTECT, related_name="study_questions")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(_("câu hỏi"), max_length=500)
    choices = models.JSONField(_("các phương án"))
    right = models.PositiveSmallIntegerField(_("phương án đúng"))
    ground = models.CharField(_("căn cứ trả lời"), max_length=300)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "words"],
                condition=Q(withdrawn_at__isnull=True),
                name="question_once",
            ),
            models.CheckConstraint(condition=~Q(ground=""), name="question_has_a_ground"),
        ]

    def __str__(self) -> str:
        return self.words
