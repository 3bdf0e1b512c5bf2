"""The log of a petition: what happened on which day. The clock is counted from it alone."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Person
from danvan.petitions.models.petitions import Petition


class Step(models.Model):
    """One step. Rows are only ever added. ``on`` is the lawful day, ``at`` when it was kept.

    ``until``: of a pause, its last day. ``trait``: of an extension, what it found. ``said`` is
    for the office; the public sees the code's public words alone (``workflow.PUBLIC``).
    """

    class Code(models.TextChoices):
        RECEIVED = "received", _("tiếp nhận")
        CLASSIFIED = "classified", _("phân loại")
        ACCEPTED = "accepted", _("thụ lý")
        REFUSED = "refused", _("không thụ lý")
        TRANSFERRED = "transferred", _("chuyển cơ quan có thẩm quyền")
        FILED = "filed", _("lưu đơn")
        SPLIT = "split", _("tách nội dung")
        JOINED = "joined", _("đưa vào giải quyết chung")
        VERIFYING = "verifying", _("giao xác minh")
        EXTENDED = "extended", _("gia hạn")
        PAUSED = "paused", _("tạm đình chỉ")
        RESUMED = "resumed", _("tiếp tục giải quyết")
        INFORMED = "informed", _("thông báo việc xử lý cho người gửi")
        NOTIFIED = "notified", _("thông báo việc thụ lý")
        PAUSE_SENT = "pause_sent", _("gửi quyết định tạm đình chỉ")
        TALK_CALLED = "talk_called", _("mời đối thoại")
        TALK_HELD = "talk_held", _("đối thoại")
        ASKED_REPORT = "asked_report", _("yêu cầu nơi chậm giải quyết báo cáo")
        REPORTED = "reported", _("nơi chậm giải quyết báo cáo")
        DECIDED = "decided", _("có kết quả giải quyết")
        SENT = "sent", _("gửi kết quả")
        ACTED = "acted", _("xử lý theo kết luận")
        REPLIED = "replied", _("trả lời nơi chuyển đơn")
        PUBLISHED = "published", _("công khai")
        ENFORCING = "enforcing", _("giao thi hành")
        CLOSED = "closed", _("kết thúc")
        WITHDRAWN = "withdrawn", _("người gửi rút")
        CONFIRMED = "confirmed", _("người gửi xác nhận đã xong")
        DISPUTED = "disputed", _("người gửi chưa đồng ý")

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="steps")
    code = models.CharField(max_length=12, choices=Code)
    on = models.DateField(_("ngày"))
    until = models.DateField(_("đến hết ngày"), null=True)
    trait = models.CharField(max_length=20, blank=True)
    said = models.TextField(_("nội dung, căn cứ"), blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(code="paused") | Q(until__gte=F("on")) & ~Q(said=""),
                name="pause_has_ground_and_end",
            ),
            models.CheckConstraint(
                condition=~Q(code="extended") | ~Q(said="") & ~Q(trait=""),
                name="extension_has_a_ground",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.on:%d/%m/%Y}"
