"""The few tables the kernel keeps: history, refusals, outbox, files, calendar overlay."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One line of history. Append-only; no foreign key, so it outlives what it speaks of."""

    seq = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=100, db_index=True)
    says = models.CharField(max_length=200)
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=40)
    subject_name = models.CharField(max_length=300)
    # The scope (unit) whose people may read this line.
    concerns = models.BigIntegerField(null=True, db_index=True)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    # No index: it covers ``seq``, so two lines never share one, and an index of random values
    # costs every writer a page of its own.
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-seq"]
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.says}: {self.subject_name}"


class ChainHead(models.Model):
    """The end of the history chain: one row, locked while lines are appended."""

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return str(_("Chuỗi nhật ký"))


class Refusal(models.Model):
    """A verb that was asked for and refused: apart from history, for the inspectorate."""

    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=40)
    reason = models.TextField()

    class Meta:
        ordering = ["-at"]


class Viewing(models.Model):
    """A record of limited access that was read: apart from history, which tells changes."""

    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    how = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=40)
    concerns = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="viewing_subject")]


class Announcement(models.Model):
    """An event in the outbox: written with the change itself, delivered after commit."""

    name = models.CharField(max_length=100)
    payload = models.JSONField()
    announced_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], name="undelivered", condition=Q(delivered_at__isnull=True))
        ]


class Mail(models.Model):
    """One letter to one address, in the outbox. ``key`` names what it is about: never twice.

    ``unknown``: a worker died while handing it over; whether it went out nobody can know, so
    it is not sent again by itself, and the administrator is told.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ gửi")
        SENDING = "sending", _("đang gửi")
        SENT = "sent", _("đã gửi")
        UNKNOWN = "unknown", _("không rõ đã gửi chưa")
        FAILED = "failed", _("không gửi được")
        DROPPED = "dropped", _("không cần gửi nữa")

    key = models.CharField(max_length=120, unique=True)
    to = models.EmailField(_("đến"))
    subject = models.CharField(_("tiêu đề"), max_length=250)
    text = models.TextField(_("nội dung"))
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="mail_sent_and_its_time",
            )
        ]
        indexes = [
            models.Index(fields=["not_before"], name="mail_waiting", condition=Q(state="waiting"))
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"


class Knock(models.Model):
    """How often somebody came for one purpose within a window; who it was is a keyed digest."""

    key = models.CharField(max_length=64, primary_key=True)
    ends_at = models.DateTimeField(db_index=True)
    times = models.PositiveIntegerField()


class StoredFile(models.Model):
    """Bytes kept once, named by their SHA-256; what they prove is told by who points here."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("dung lượng (byte)"))
    first_stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self):  # type: ignore[no-untyped-def]
        """Where the bytes lie on disk."""
        from pathlib import Path

        return Path(settings.MEDIA_ROOT) / self.sha256[:2] / self.sha256


class Import(models.Model):
    """A table somebody sent: as read, as judged, and, once confirmed, what it wrote.

    ``rows`` is [[line, {column: cell}], …], ``verdicts`` one per row; ``touched`` is what
    ``kernel.imports.touches`` needs to put everything back.
    """

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("mới kiểm tra, chưa ghi")
        APPLIED = "applied", _("đã ghi")
        UNDONE = "undone", _("đã hoàn tác")

    table = models.CharField(_("loại bảng"), max_length=60, db_index=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=200)
    rows = models.JSONField(default=list)
    strangers = models.JSONField(default=list)
    verdicts = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    touched = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=State, default=State.PREVIEWED)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(_("người nhập"), max_length=200)
    at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="previewed", applied_at__isnull=True, undone_at__isnull=True)
                | Q(state="applied", applied_at__isnull=False, undone_at__isnull=True)
                | Q(state="undone", applied_at__isnull=False, undone_at__isnull=False),
                name="import_state_and_times",
            )
        ]

    def __str__(self) -> str:
        return self.name


class CalendarDay(models.Model):
    """A day that the official calendar moved: off where it would be worked, or the reverse."""

    class Kind(models.TextChoices):
        OFF = "off", _("nghỉ")
        WORK = "work", _("làm việc")

    day = models.DateField(_("ngày"), unique=True)
    kind = models.CharField(_("loại"), max_length=4, choices=Kind)
    basis = models.CharField(_("căn cứ"), max_length=200)
    note = models.CharField(_("ghi chú"), max_length=200, blank=True)

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["off", "work"]), name="calendar_day_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} – {self.get_kind_display()}"
