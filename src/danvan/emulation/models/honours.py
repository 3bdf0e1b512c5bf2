"""What others decided about a model: recognised, awarded, ordered to be spread; with document."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.models import Document
from danvan.emulation.models.exemplars import Exemplar


class Level(models.TextChoices):
    """Who decided. The district level (huyện, thành phố thuộc tỉnh) existed until 30/6/2025."""

    OWN = "own", _("đơn vị tự công nhận")
    COMMUNE = "commune", _("cấp xã")
    DISTRICT = "district", _("cấp huyện, thành phố thuộc tỉnh")
    PROVINCE = "province", _("cấp tỉnh")
    CENTRAL = "central", _("trung ương")


class Honour(models.Model):
    """One decision about one model. Its document is in the register, or cited by its symbol."""

    class Kind(models.TextChoices):
        RECOGNITION = "recognition", _("công nhận")
        AWARD = "award", _("khen thưởng")
        SPREAD = "spread", _("chủ trương nhân rộng")

    exemplar = models.ForeignKey(Exemplar, models.PROTECT, related_name="honours")
    kind = models.CharField(_("quyết định"), max_length=11, choices=Kind)
    level = models.CharField(_("cấp"), max_length=8, choices=Level)
    title = models.CharField(_("hình thức"), max_length=120, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    cited = models.CharField(_("số, ký hiệu văn bản"), max_length=60)
    decided_on = models.DateField(_("ngày quyết định"))

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exemplar", "kind", "level", "cited"], name="honour_once_per_document"
            ),
            models.CheckConstraint(condition=Q(cited__gt=""), name="honour_has_a_document"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_level_display()}: {self.exemplar}"
