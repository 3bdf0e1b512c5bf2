"""Acknowledgements, chained: a later change of one is seen from there on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Unit
from danvan.study.models.campaigns import Campaign, StudyText
from danvan.study.models.papers import PaperList
from danvan.study.models.roster import Learner


class Ledger(models.Model):
    """The end of a campaign's chain: one row, locked while a line is added."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="ledger")
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)


class Acknowledgement(models.Model):
    """A learner has read one text version. Only ever added; the database refuses a change.

    ``hash`` covers the line (``study.ledger.content``) and the hash of the line before.
    """

    class Way(models.TextChoices):
        CODE = "code", _("bằng mã cá nhân")
        ACCOUNT = "account", _("bằng tài khoản")
        PAPER = "paper", _("theo danh sách giấy có chữ ký")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="acknowledgements")
    seq = models.PositiveBigIntegerField()
    learner = models.ForeignKey(Learner, models.PROTECT, related_name="acknowledgements")
    text = models.ForeignKey(StudyText, models.PROTECT, related_name="acknowledgements")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    pages = models.PositiveIntegerField(_("số trang đã xem"))
    seconds = models.PositiveIntegerField(_("thời gian xem, giây"))
    way = models.CharField(_("cách xác nhận"), max_length=7, choices=Way)
    text_sha256 = models.CharField(max_length=64)
    # The signed list; pages and seconds are then 0, for nobody's reading was seen.
    paper = models.ForeignKey(
        PaperList, models.PROTECT, null=True, blank=True, related_name="lines"
    )
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["campaign", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "seq"], name="acknowledgement_in_order"),
            models.UniqueConstraint(fields=["text", "learner"], name="acknowledged_once"),
            models.CheckConstraint(condition=~Q(hash=""), name="acknowledgement_is_chained"),
            models.CheckConstraint(
                condition=Q(way="paper", paper__isnull=False)
                | ~Q(way="paper") & Q(paper__isnull=True),
                name="acknowledgement_on_paper_has_its_list",
            ),
        ]

    def __str__(self) -> str:
        return str(_("xác nhận số %(n)s") % {"n": self.seq})
