"""Where one meets to study: a session, its papers and photos, and who came."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.kernel.models import StoredFile
from danvan.organisations.models import Unit
from danvan.study.models.campaigns import Campaign
from danvan.study.models.roster import Learner
from danvan.study.models.training import Enrolment, TrainingClass


def new_secret() -> str:
    return secrets.token_hex(32)


class StudySession(models.Model):
    """A meeting of a campaign or of a class. ``secret`` makes the codes on its wall.

    People check in by themselves between ``opened_at`` and ``closed_at``.
    """

    class Kind(models.TextChoices):
        CONFERENCE = "conference", _("hội nghị")
        ONLINE = "online", _("trực tuyến")
        THEMATIC = "thematic", _("sinh hoạt chuyên đề")

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    organiser = models.ForeignKey(Unit, models.PROTECT, related_name="study_sessions")
    kind = models.CharField(_("hình thức"), max_length=10, choices=Kind)
    title = models.CharField(_("nội dung"), max_length=300)
    place = models.CharField(_("địa điểm"), max_length=300)
    presenter = models.CharField(_("báo cáo viên"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("bắt đầu"))
    ends_at = models.DateTimeField(_("kết thúc"))
    secret = models.CharField(max_length=64, default=new_secret, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(campaign__isnull=False, training_class__isnull=True)
                | Q(campaign__isnull=True, training_class__isnull=False),
                name="session_of_campaign_or_class",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["campaign", "organiser", "starts_at", "title"], name="study_session_once"
            ),
            models.UniqueConstraint(
                fields=["training_class", "starts_at", "title"], name="class_session_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def running(self) -> bool:
        """Whether people may check in by themselves (the hour is asked elsewhere)."""
        return self.opened_at is not None and self.closed_at is None


class SessionFile(models.Model):
    """A paper handed out, a photo, or the scan of the signed list."""

    class Kind(models.TextChoices):
        MATERIAL = "material", _("tài liệu")
        PHOTO = "photo", _("ảnh buổi học")
        SIGNED_LIST = "signed_list", _("danh sách có chữ ký")

    session = models.ForeignKey(StudySession, models.CASCADE, related_name="files")
    kind = models.CharField(_("loại"), max_length=11, choices=Kind)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=200)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "kind", "file"], name="session_file_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Attendance(models.Model):
    """Somebody came. A learner, or one enrolled in a class who holds no post; never twice.

    ``device``: keyed digest of the mark on the phone, so that one phone stands for one person.
    """

    class Way(models.TextChoices):
        QR = "qr", _("quét mã, mã cá nhân")
        TYPED = "typed", _("ghi theo danh sách")
        IMPORTED = "imported", _("nhập từ bảng tính")

    session = models.ForeignKey(StudySession, models.PROTECT, related_name="attendances")
    learner = models.ForeignKey(
        Learner, models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    way = models.CharField(_("cách ghi"), max_length=8, choices=Way)
    at = models.DateTimeField()
    device = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(learner__isnull=False, enrolment__isnull=True)
                | Q(learner__isnull=True, enrolment__isnull=False),
                name="attendance_of_one",
            ),
            models.UniqueConstraint(fields=["session", "learner"], name="attended_once"),
            models.UniqueConstraint(fields=["session", "enrolment"], name="attended_once_guest"),
            models.UniqueConstraint(
                fields=["session", "device"],
                condition=~Q(device=""),
                name="one_device_one_person",
            ),
        ]

    def __str__(self) -> str:
        return str(_("lượt dự số %(n)s") % {"n": self.pk})
