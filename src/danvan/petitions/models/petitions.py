"""What somebody brought before a body: its number, its senders, its papers, where it stands."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.kernel.models import StoredFile
from danvan.organisations.models import Person, Unit
from danvan.vault.models import Sealed


class Kind(models.TextChoices):
    """What it is by its content, whatever its sender called it (TT 05/2021/TT-TTCP, Điều 6)."""

    COMPLAINT = "khieu_nai", _("khiếu nại")
    DISCIPLINARY = "khieu_nai_ky_luat", _("khiếu nại quyết định kỷ luật")
    DENUNCIATION = "to_cao", _("tố cáo")
    ANONYMOUS = "to_cao_nac_danh", _("tố cáo không rõ người gửi")
    PROPOSAL = "kien_nghi_phan_anh", _("kiến nghị, phản ánh")
    PROCEDURE = "phan_anh_quy_dinh_hanh_chinh", _("phản ánh quy định hành chính")


# Kinds hidden from everybody but those named for them.
CONFIDENTIAL = (Kind.DENUNCIATION, Kind.ANONYMOUS)


class Petition(models.Model):
    """One thing brought by one or more people. ``secret_hash``: only its owner knows the secret.

    Days are local. ``due_on`` is the next lawful day as counted when the last step was kept;
    ``settle_due_on`` the limit of the settlement, which stays when it is over. Of a denunciation
    neither sender nor original wording is here: ``sealed`` points at the vault; of an anonymous
    one there is nothing to point at.
    """

    class Channel(models.TextChoices):
        IN_PERSON = "in_person", _("trực tiếp")
        LETTER = "letter", _("gửi thư")
        PHONE = "phone", _("điện thoại")
        WEB = "web", _("trang thông tin")
        FORWARDED = "forwarded", _("nơi khác chuyển đến")

    class State(models.TextChoices):
        RECEIVED = "received", _("đã tiếp nhận")
        CLASSIFIED = "classified", _("đã phân loại")
        ACCEPTED = "accepted", _("đã thụ lý")
        VERIFYING = "verifying", _("đang xác minh")
        DECIDED = "decided", _("đã có kết quả giải quyết")
        PUBLISHED = "published", _("đã công khai")
        ENFORCING = "enforcing", _("đang thi hành")
        CLOSED = "closed", _("đã kết thúc")
        DISPUTED = "disputed", _("người gửi chưa đồng ý")
        REFUSED = "refused", _("không thụ lý")
        TRANSFERRED = "transferred", _("đã chuyển nơi khác")
        FILED = "filed", _("lưu đơn")
        WITHDRAWN = "withdrawn", _("đã rút")
        SPLIT = "split", _("đã tách thành các phần")
        JOINED = "joined", _("giải quyết chung")

    class Complexity(models.TextChoices):
        PLAIN = "", _("thông thường")
        COMPLEX = "complex", _("phức tạp")
        ESPECIALLY = "especially complex", _("đặc biệt phức tạp")

    class Further(models.TextChoices):
        """Of a denunciation that goes on after another one (Luật Tố cáo 2018, Đ37, Đ38)."""

        NO = "", _("không")
        AGAIN = "again", _("tố cáo tiếp sau khi đã có kết luận")
        LATE = "late", _("tố cáo tiếp vì quá hạn chưa được giải quyết")

    class Forwarder(models.TextChoices):
        NOBODY = "", _("không")
        ELECTED = "elected", _("đại biểu, cơ quan dân cử")
        PRESS = "press", _("báo chí, cơ quan khác")

    body = models.ForeignKey(Unit, models.PROTECT, related_name="petitions")
    year = models.PositiveSmallIntegerField(_("năm"))
    serial = models.PositiveIntegerField(_("số thứ tự"), null=True)
    number = models.CharField(_("số tiếp nhận"), max_length=40, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    secret_hash = models.CharField(max_length=64, blank=True)
    # The form's: sent twice, it is taken in once.
    token = models.CharField(max_length=40, null=True, unique=True)
    channel = models.CharField(_("cách gửi"), max_length=10, choices=Channel)
    received_on = models.DateField(_("ngày nhận"))
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    kind_said = models.CharField(_("người gửi gọi là"), max_length=30, choices=Kind)
    kind = models.CharField(_("loại đơn"), max_length=30, choices=Kind, blank=True)
    # Hidden from everybody but those named for it (Luật Tố cáo 2018, Điều 8).
    confidential = models.BooleanField(_("kín"), default=False)
    instance = models.PositiveSmallIntegerField(_("lần"), default=1)
    further = models.CharField(_("tố cáo tiếp"), max_length=5, choices=Further, blank=True)
    subject = models.CharField(_("tóm tắt"), max_length=300)
    eligible = models.BooleanField(_("đủ điều kiện xử lý"), null=True)
    competent = models.BooleanField(_("thuộc thẩm quyền"), null=True)
    people = models.PositiveIntegerField(_("số người"), default=1)
    remote = models.BooleanField(_("vùng sâu, vùng xa đi lại khó khăn"), default=False)
    delegated = models.BooleanField(_("kiểm tra nhiều nơi, ủy quyền kiểm tra"), default=False)
    complexity = models.CharField(max_length=20, choices=Complexity, blank=True)
    at_reception = models.BooleanField(_("nhận tại buổi tiếp công dân"), default=False)
    forwarder = models.CharField(_("do ai chuyển"), max_length=10, choices=Forwarder, blank=True)
    forwarder_name = models.CharField(_("nơi chuyển"), max_length=200, blank=True)
    # The regime is that of the receipt date unless somebody says otherwise, with a reason.
    regime_on = models.DateField(_("áp dụng quy định có hiệu lực ngày"), null=True)
    regime_reason = models.CharField(_("lý do áp dụng"), max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVED)
    holder = models.ForeignKey(Unit, models.PROTECT, related_name="petitions_held")
    handler = models.ForeignKey(Person, models.PROTECT, null=True, related_name="petitions")
    due_on = models.DateField(_("hạn kế tiếp"), null=True)
    due_stage = models.CharField(max_length=30, blank=True)
    paused_until = models.DateField(_("tạm dừng đến hết ngày"), null=True)
    settle_due_on = models.DateField(_("hạn giải quyết"), null=True)
    settled_on = models.DateField(_("ngày giải quyết"), null=True)
    # Turned down: which row of the law's list (``grounds``); the words are in the log.
    refused_for = models.CharField(_("căn cứ không thụ lý"), max_length=20, blank=True)
    answer = models.TextField(_("trả lời công khai cho người gửi"), blank=True)
    answered_on = models.DateField(_("ngày trả lời"), null=True)
    closed_on = models.DateField(_("ngày kết thúc"), null=True)
    confirmed_on = models.DateField(_("người gửi xác nhận ngày"), null=True)
    hot_since = models.DateField(_("điểm nóng từ ngày"), null=True)
    hot_reason = models.CharField(_("lý do theo dõi"), max_length=300, blank=True)
    sealed = models.OneToOneField(
        Sealed, models.PROTECT, null=True, blank=True, related_name="petition"
    )

    class Meta:
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year", "serial"],
                condition=Q(serial__isnull=False),
                name="petition_number_once",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, serial__isnull=False)
                | Q(parent__isnull=False, serial__isnull=True),
                name="petition_part_has_no_own_serial",
            ),
            models.CheckConstraint(
                condition=~Q(kind="to_cao_nac_danh") | Q(sealed__isnull=True),
                name="petition_anonymous_has_no_sender",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["to_cao", "to_cao_nac_danh"]) | Q(confidential=True),
                name="petition_denunciation_is_confidential",
            ),
            models.CheckConstraint(
                condition=Q(further="") | Q(kind="to_cao"), name="petition_further_denunciation"
            ),
            models.CheckConstraint(
                condition=Q(refused_for="") | Q(state="refused"), name="petition_ground_is_refused"
            ),
            models.CheckConstraint(
                condition=Q(regime_on__isnull=True, regime_reason="")
                | Q(regime_on__isnull=False) & ~Q(regime_reason=""),
                name="petition_regime_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(hot_since__isnull=True, hot_reason="")
                | Q(hot_since__isnull=False) & ~Q(hot_reason=""),
                name="petition_hot_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True) | Q(settled_on__gte=F("received_on")),
                name="petition_settled_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["received", "split"]) | ~Q(kind=""),
                name="petition_classified_has_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1) & Q(instance__in=[1, 2]), name="petition_counts"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True) | Q(state="closed"),
                name="petition_confirmed_is_closed",
            ),
        ]
        indexes = [
            # The board is read off this index alone.
            models.Index(
                fields=[
                    "body",
                    "state",
                    "confidential",
                    "holder",
                    "due_on",
                    "received_on",
                    "paused_until",
                    "hot_since",
                ],
                name="petition_board",
            ),
            # The newest first, and how many there are, without what is confidential.
            models.Index(
                fields=["body", "confidential", "-received_on", "-id"], name="petition_listed"
            ),
            models.Index(fields=["holder", "state", "due_on"], name="petition_held"),
            models.Index(fields=["body", "-received_on", "-id"], name="petition_newest"),
            # Figures of a period, per unit.
            models.Index(
                fields=["holder", "settle_due_on", "settled_on", "state", "kind"],
                name="petition_settled",
            ),
            models.Index(
                fields=["holder", "received_on", "state", "kind"], name="petition_received"
            ),
            models.Index(
                fields=["body", "due_on"],
                condition=Q(due_on__isnull=False),
                name="petition_with_a_clock",
            ),
            models.Index(
                fields=["body", "hot_since"],
                condition=Q(hot_since__isnull=False),
                name="petition_hot",
            ),
        ]

    def __str__(self) -> str:
        return f"Đơn số {self.number}"

    @property
    def known_kind(self) -> str:
        """Its kind, or before it is classified what its sender called it."""
        return self.kind or self.kind_said

    @property
    def regime(self) -> dt.date:
        """The day whose rules hold for it: that of the receipt unless somebody said otherwise."""
        return self.regime_on or self.received_on


class Content(models.Model):
    """The words of a petition; of a denunciation without anything that tells who wrote it."""

    petition = models.OneToOneField(
        Petition, models.CASCADE, primary_key=True, related_name="content"
    )
    text = models.TextField(_("nội dung"))
    demand = models.TextField(_("yêu cầu"), blank=True)
    settled_before = models.CharField(_("đã được giải quyết ở đâu"), max_length=300, blank=True)


class Sender(models.Model):
    """Who sent it, and who speaks for many. Never of a denunciation: that is in the vault."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="senders")
    name = models.CharField(_("họ tên"), max_length=120)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    represents = models.BooleanField(_("người đại diện"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="sender_has_a_name")]

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """A file of a petition: sent with it, or made in handling it."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="papers")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=200)
    about = models.CharField(_("là"), max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ReceiptSeries(models.Model):
    """The last number given by a body in a year; locked while one is taken."""

    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "year"], name="receipt_series_once")]


class Wording(models.Model):
    """What the search reads: number, subject, words and senders without marks (``indexing``)."""

    petition = models.OneToOneField(
        Petition, models.CASCADE, primary_key=True, related_name="wording"
    )
    body = models.TextField()
