"""People's Inspection Boards and Community Investment Supervision Boards, and what they did."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Unit
from danvan.organisations.models.units import Dated


class Board(Dated):
    """A board in office between two days (its term), as it was recognised."""

    class Kind(models.TextChoices):
        INSPECTION = "inspection", _("Ban Thanh tra nhân dân")
        INVESTMENT = "investment", _("Ban Giám sát đầu tư của cộng đồng")

    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="democracy_boards")
    kind = models.CharField(_("loại"), max_length=10, choices=Kind)
    project = models.CharField(_("dự án được giám sát"), max_length=300, blank=True)
    members = models.PositiveSmallIntegerField(_("số thành viên"))
    recognised_by = models.CharField(_("văn bản công nhận"), max_length=300)

    class Meta(Dated.Meta):
        ordering = ["kind", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "kind", "project", "valid_from"], name="board_once_from_a_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=False, members__gte=1) & ~Q(recognised_by=""),
                name="board_has_a_term_and_members",
            ),
            models.CheckConstraint(
                condition=Q(kind="investment") & ~Q(project="")
                | Q(kind="inspection", project=""),
                name="investment_board_has_its_project",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        named = self.get_kind_display()
        return f"{named}: {self.project}" if self.project else str(named)


class BoardCheck(models.Model):
    """One check a board made, what it recommended and what of it was handled."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="checks")
    held_on = models.DateField(_("ngày"))
    subject = models.CharField(_("nội dung"), max_length=300)
    recommended = models.PositiveIntegerField(_("số kiến nghị"), default=0)
    handled = models.PositiveIntegerField(_("đã giải quyết"), default=0)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject="") & Q(handled__lte=F("recommended")),
                name="board_check_counts",
            )
        ]

    def __str__(self) -> str:
        return self.subject
