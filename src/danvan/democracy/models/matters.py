"""What the law says must be told, decided, asked: dated data with article and confidence."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models.units import Dated


class MatterGroup(models.TextChoices):
    """Which list of the law a matter stands in."""

    COMMUNE_DISCLOSE = "commune_disclose", _("xã, phường phải công khai")
    AGENCY_DISCLOSE = "agency_disclose", _("cơ quan, đơn vị phải công khai trong nội bộ")
    COMMUNE_DECIDE = "commune_decide", _("Nhân dân bàn và quyết định")
    COMMUNE_OPINION = "commune_opinion", _("Nhân dân tham gia ý kiến")
    AGENCY_OPINION = "agency_opinion", _("công chức, người lao động tham gia ý kiến")
    PROCESS = "process", _("thủ tục")


DISCLOSE = (MatterGroup.COMMUNE_DISCLOSE, MatterGroup.AGENCY_DISCLOSE)
OPINION = (MatterGroup.COMMUNE_OPINION, MatterGroup.AGENCY_OPINION)


class Matter(Dated):
    """One line of the catalogue between two days; ``code`` and ``scope`` recur over time.

    For disclosure ``limit_value`` working days from the decision, ``posting_days`` and
    ``broadcast_days`` at least, ``permanent`` as long as it holds. For opinions the least days
    open. For ballots the part of ``base`` that must agree (``over``: more than it).
    """

    class Confidence(models.TextChoices):
        A = "A", _("A – đã đọc văn bản, khớp nguồn thứ hai")
        B = "B", _("B – đọc một bản không chính thức")
        C = "C", _("C – nguồn thứ cấp hoặc chưa đối chiếu")

    code = models.CharField(_("mã"), max_length=20)
    scope = models.CharField(_("phạm vi"), max_length=10, blank=True)
    group = models.CharField(_("nhóm"), max_length=20, choices=MatterGroup)
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.CharField(_("nội dung"), max_length=300)
    law = models.CharField(_("văn bản"), max_length=60)
    article = models.CharField(_("điều, khoản"), max_length=120)
    website = models.CharField(_("trang thông tin"), max_length=10, blank=True)
    posting_days = models.PositiveSmallIntegerField(_("niêm yết ít nhất"), null=True, blank=True)
    permanent = models.BooleanField(_("niêm yết thường xuyên"), default=False)
    broadcast_days = models.PositiveSmallIntegerField(_("phát thanh ít nhất"), null=True)
    via_head = models.BooleanField(_("thông qua Trưởng thôn, khu phố"), default=False)
    limit_value = models.PositiveSmallIntegerField(_("thời hạn"), null=True, blank=True)
    limit_unit = models.CharField(max_length=20, blank=True)
    limit_basis = models.CharField(_("tính từ"), max_length=200, blank=True)
    personal = models.CharField(_("thông tin cá nhân"), max_length=10, blank=True)
    share_num = models.PositiveSmallIntegerField(null=True, blank=True)
    share_den = models.PositiveSmallIntegerField(null=True, blank=True)
    over = models.BooleanField(default=False)
    base = models.CharField(max_length=12, blank=True)
    forms = models.CharField(_("hình thức"), max_length=60, blank=True)
    takes_effect = models.CharField(_("có hiệu lực"), max_length=120, blank=True)
    recognised_by = models.CharField(_("công nhận"), max_length=80, blank=True)
    confidence = models.CharField(_("mức chắc chắn"), max_length=1, choices=Confidence)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    source = models.CharField(_("nguồn"), max_length=200)

    class Meta(Dated.Meta):
        ordering = ["group", "order", "scope", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["code", "scope", "valid_from"], name="matter_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="matter_has_a_source"),
            models.CheckConstraint(
                condition=Q(share_num__isnull=True, share_den__isnull=True)
                | Q(share_num__gt=0, share_den__gte=F("share_num")),
                name="matter_share_is_a_part",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def where(self) -> str:
        """The place of the rule, as grounds cite it."""
        return f"{self.article}, {self.law}"

    @property
    def doubt(self) -> str:
        """What to say beside a figure that was not compared; nothing for A."""
        if self.confidence == self.Confidence.A:
            return ""
        return str(_("Mức %(mark)s: %(source)s. Chỉ để nhắc; tra văn bản trước khi áp dụng.")) % {
            "mark": self.confidence, "source": self.source,
        }  # fmt: skip
