"""To whom an issued document went, and the proof that it arrived."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.models.documents import Document
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Unit


class Addressee(models.Model):
    """One line of "Nơi nhận": a unit of ours, or (``unit`` empty) somebody outside, as written."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="addressees")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    written = models.CharField(_("nơi nhận"), max_length=300)
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "unit"],
                condition=Q(unit__isnull=False),
                name="addressee_unit_once",
            ),
            models.UniqueConstraint(
                fields=["document", "written"],
                condition=Q(unit__isnull=True),
                name="addressee_written_once",
            ),
        ]

    def __str__(self) -> str:
        return self.written


class DispatchMark(models.Model):
    """A proof: sent, opened or acknowledged. Rows are only ever added.

    The database refuses to change or delete one (``documents.indexing``). Sending again adds
    a row; opening and acknowledging are kept once per addressee.
    """

    class Kind(models.TextChoices):
        SENT = "sent", _("đã gửi")
        OPENED = "opened", _("đã mở")
        ACKNOWLEDGED = "acknowledged", _("đã xác nhận nhận")

    class Channel(models.TextChoices):
        NETWORK = "network", _("qua mạng")
        POST = "post", _("bưu điện")
        BY_HAND = "by_hand", _("trực tiếp")

    addressee = models.ForeignKey(Addressee, models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=12, choices=Kind)
    channel = models.CharField(_("cách gửi"), max_length=8, choices=Channel, blank=True)
    at = models.DateTimeField()
    # The day the paper itself tells, where it is not the day of the entry.
    day = models.DateField(_("ngày"))
    by = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["addressee", "kind"],
                condition=~Q(kind="sent"),
                name="dispatch_mark_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="sent") & ~Q(channel="") | ~Q(kind="sent") & Q(channel=""),
                name="dispatch_sent_by_a_channel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.addressee}: {self.get_kind_display()}"
