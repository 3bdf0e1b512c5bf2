"""Dialogue with the people: what was announced, held, written down, published and promised."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.assignments.models import Assignment
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Person, Unit
from danvan.organisations.models.units import Dated


class DialogueRule(Dated):
    """One figure dialogues are held to, between two days, with its source.

    ``body`` is set on a local rule: where the law gives no figure, or the locality asks more.
    """

    class Kind(models.TextChoices):
        YEARLY = "yearly", _("số lần tối thiểu mỗi năm")
        NOTICE = "notice_days", _("số ngày thông báo trước")
        PUBLISH = "publish_days", _("số ngày công khai kết quả")

    kind = models.CharField(_("quy định về"), max_length=12, choices=Kind)
    number = models.PositiveSmallIntegerField(_("con số"))
    body = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(_("căn cứ"), max_length=300)
    confidence = models.CharField(_("mức chắc chắn"), max_length=300, blank=True)

    class Meta(Dated.Meta):
        ordering = ["kind", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "body", "valid_from"], name="dialogue_rule_local_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "valid_from"],
                condition=Q(body__isnull=True),
                name="dialogue_rule_national_once",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="dialogue_rule_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.number}"


class Dialogue(models.Model):
    """One meeting of a unit's leaders with the people. ``body`` is the committee it is under.

    ``agenda``: one item a line. Counts are those of the minutes. ``record`` is what the
    public reads; names of those who spoke are not in it.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("dự kiến")
        ANNOUNCED = "announced", _("đã thông báo")
        HELD = "held", _("đã tổ chức")
        PUBLISHED = "published", _("đã công khai kết quả")
        CANCELLED = "cancelled", _("không tổ chức")

    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    host = models.ForeignKey(Unit, models.PROTECT, related_name="dialogues")
    title = models.CharField(_("tên cuộc đối thoại"), max_length=300)
    audience = models.CharField(_("đối thoại với ai"), max_length=300)
    agenda = models.TextField(_("nội dung"))
    held_on = models.DateField(_("ngày"))
    time = models.CharField(_("giờ"), max_length=40)
    place = models.CharField(_("địa điểm"), max_length=300)
    chair = models.CharField(_("người chủ trì"), max_length=120)
    chair_title = models.CharField(_("chức vụ"), max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    announced_on = models.DateField(_("ngày thông báo"), null=True)
    announced_how = models.CharField(_("hình thức thông báo"), max_length=300, blank=True)
    people = models.PositiveIntegerField(_("số người dự"), null=True)
    opinions = models.PositiveIntegerField(_("số ý kiến"), null=True)
    answered = models.PositiveIntegerField(_("trả lời tại chỗ"), null=True)
    secretary = models.CharField(_("thư ký"), max_length=120, blank=True)
    minutes = models.TextField(_("biên bản"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(_("ngày công khai"), null=True)
    published_where = models.CharField(_("công khai ở đâu"), max_length=300, blank=True)
    record = models.TextField(_("kết quả công khai"), blank=True)
    cancelled_reason = models.TextField(_("lý do không tổ chức"), blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["host", "held_on"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["announced", "held", "published"])
                | Q(announced_on__isnull=False) & ~Q(announced_how=""),
                name="dialogue_announced_how_and_when",
            ),
            models.CheckConstraint(
                condition=Q(announced_on__isnull=True) | Q(announced_on__lte=F("held_on")),
                name="dialogue_announced_before",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["held", "published"], people__isnull=False,
                            opinions__isnull=False, answered__lte=F("opinions"))
                & ~Q(minutes="")
                | Q(people__isnull=True, opinions__isnull=True, answered__isnull=True, minutes="")
                & ~Q(state__in=["held", "published"]),
                name="dialogue_held_has_minutes",
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_on__gte=F("held_on")) & ~Q(record="")
                | ~Q(state="published") & Q(published_on__isnull=True),
                name="dialogue_published_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_reason=""),
                name="dialogue_cancelled_and_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def items(self) -> list[str]:
        """The agenda, an item a line."""
        return [line.strip() for line in self.agenda.splitlines() if line.strip()]

    @property
    def notice_days(self) -> int | None:
        """Calendar days between the notice and the meeting."""
        return (self.held_on - self.announced_on).days if self.announced_on else None

    @property
    def publish_days(self) -> int | None:
        """Calendar days from the meeting until its result was public."""
        return (self.published_on - self.held_on).days if self.published_on else None

    @property
    def took_place(self) -> bool:
        return self.state in (self.State.HELD, self.State.PUBLISHED)


class Promise(models.Model):
    """A conclusion of a dialogue that somebody must carry out: the assignment tells its state.

    Who asked, and what he says of the result, are the assignment's (directive, confirmations).
    """

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="promises")
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.assignment.title
