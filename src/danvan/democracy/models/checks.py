"""Democracy inside agencies: the checklist in force, a unit's answers, what proves them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.kernel.models import StoredFile
from danvan.organisations.models import Person, Unit
from danvan.organisations.models.units import Dated


class CheckItem(Dated):
    """One thing an agency must do, between two days, with its article and how sure that is."""

    class For(models.TextChoices):
        ALL = "all", _("mọi cơ quan, đơn vị")
        COMMUNE = "commune", _("UBND phường, xã")

    code = models.SlugField(_("mã"), max_length=20)
    order = models.PositiveSmallIntegerField()
    applies_to = models.CharField(_("áp dụng cho"), max_length=10, choices=For)
    law = models.CharField(_("văn bản"), max_length=100)
    article = models.CharField(_("điều"), max_length=100)
    text = models.CharField(_("nội dung"), max_length=400)
    proof = models.CharField(_("minh chứng"), max_length=200)
    confidence = models.CharField(_("mức chắc chắn"), max_length=300)

    class Meta(Dated.Meta):
        ordering = ["valid_from", "order"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["code", "valid_from"], name="check_item_once"),
        ]

    def __str__(self) -> str:
        return self.text


class CheckAnswer(models.Model):
    """What a unit says of one item in a year. A later answer replaces it, history keeps both."""

    class Answer(models.TextChoices):
        DONE = "done", _("đã thực hiện")
        NOT_DONE = "not_done", _("chưa thực hiện")
        NOT_APPLICABLE = "not_applicable", _("không phát sinh")

    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="democracy_answers")
    year = models.PositiveSmallIntegerField(_("năm"))
    item = models.ForeignKey(CheckItem, models.PROTECT, related_name="answers")
    answer = models.CharField(_("trả lời"), max_length=14, choices=Answer)
    reason = models.TextField(_("lý do, ghi chú"), blank=True)
    proof = models.CharField(_("văn bản, địa chỉ chứng minh"), max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["item"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "item"], name="one_answer_per_item"),
            models.CheckConstraint(
                condition=~Q(answer="done") | ~Q(proof="") | Q(file__isnull=False),
                name="done_is_proved",
            ),
            models.CheckConstraint(
                condition=Q(answer="done") | ~Q(reason=""), name="not_done_says_why"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Tự kiểm tra năm %(year)s: %(item)s") % {"year": self.year, "item": self.item})


class Regulation(Dated):
    """A unit's own rule in force between two days."""

    class Kind(models.TextChoices):
        DEMOCRACY = "democracy", _("quy chế dân chủ")
        CONDUCT = "conduct", _("quy tắc ứng xử")
        COORDINATION = "coordination", _("quy chế phối hợp với Mặt trận, đoàn thể")

    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="democracy_regulations")
    kind = models.CharField(_("loại"), max_length=12, choices=Kind)
    document = models.CharField(_("văn bản ban hành"), max_length=300)
    ended_why = models.CharField(_("lý do hết áp dụng"), max_length=300, blank=True)

    class Meta(Dated.Meta):
        ordering = ["kind", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "kind", "valid_from"], name="regulation_once_from_a_day"
            ),
            models.CheckConstraint(condition=~Q(document=""), name="regulation_has_a_document"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | ~Q(ended_why=""), name="regulation_ended_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.document}"


class StaffConference(models.Model):
    """The yearly conference of a unit's staff; ``year`` is the working year it closes.

    ``staff`` is everybody, ``summoned`` who had to attend (all, or the delegates).
    """

    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="staff_conferences")
    year = models.PositiveSmallIntegerField(_("năm công tác"))
    held_on = models.DateField(_("ngày họp"))
    staff = models.PositiveIntegerField(_("tổng số người"))
    summoned = models.PositiveIntegerField(_("số triệu tập"))
    attended = models.PositiveIntegerField(_("số dự họp"))
    agreed = models.PositiveIntegerField(_("số tán thành nghị quyết"))
    resolution = models.CharField(_("nghị quyết"), max_length=300)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="one_staff_conference_a_year"),
            models.CheckConstraint(
                condition=Q(
                    staff__gte=1, summoned__gte=1, summoned__lte=F("staff"),
                    attended__lte=F("summoned"), agreed__lte=F("attended"),
                ),
                name="staff_conference_counts",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"

    @property
    def months_after_year_end(self) -> int:
        """In which month of the next working year it was held; 0 within the year itself."""
        return max(0, (self.held_on.year - self.year - 1) * 12 + self.held_on.month)

    @property
    def present(self) -> Decimal:
        """Share of those summoned who came."""
        return Decimal(self.attended) / Decimal(self.summoned)

    @property
    def has_quorum(self) -> bool:
        """At least two thirds present (Luật 10/2022/QH15, Điều 51)."""
        return 3 * self.attended >= 2 * self.summoned

    @property
    def passed(self) -> bool:
        """More than half of those present agreed (Điều 51)."""
        return 2 * self.agreed > self.attended

    @property
    def latest(self) -> dt.date:
        """Not later than three months into the next working year (Điều 51)."""
        return dt.date(self.year + 1, 3, 31)
