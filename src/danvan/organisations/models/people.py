"""People in posts, the offices that hold roles, and whom a unit named for this work."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models.units import Dated, Unit


class Person(models.Model):
    """Someone who works in a unit. Most never sign in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person"
    )
    name = models.CharField(_("họ và tên"), max_length=120)
    sort_key = models.BinaryField(max_length=300, default=b"")
    # The office's own number of a civil servant, kept as text ("001"); tells namesakes apart.
    code = models.CharField(_("số hiệu"), max_length=40, blank=True, default="")

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="person_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class Post(Dated):
    """A person's place in a unit."""

    class Rank(models.TextChoices):
        HEAD = "head", _("người đứng đầu")
        DEPUTY = "deputy", _("cấp phó")
        OFFICER = "officer", _("công chức, viên chức")

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(_("chức vụ"), max_length=120)
    rank = models.CharField(_("vị trí"), max_length=8, choices=Rank)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(rank__in=["head", "deputy", "officer"]), name="post_rank_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.person}"


class RoleHolding(Dated):
    """Which unit fills a role for a body between two days.

    "Phòng Nội vụ" is today's holder of the role *programme office* of UBND thành phố.
    """

    role = models.CharField(_("vai trò"), max_length=40)
    body = models.ForeignKey(Unit, models.PROTECT, related_name="roles_served_by")
    holder = models.ForeignKey(Unit, models.PROTECT, related_name="roles_held")
    basis = models.CharField(_("căn cứ"), max_length=200, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["role", "body", "holder", "valid_from"], name="role_holding_once"
            ),
        ]


class Appointment(Dated):
    """The leader in charge or the focal officer a unit named (Kế hoạch 49, mục IV.1)."""

    class Duty(models.TextChoices):
        LEADER = "leader", _("lãnh đạo phụ trách")
        OFFICER = "officer", _("công chức đầu mối")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    duty = models.CharField(_("phân công"), max_length=8, choices=Duty)
    basis = models.CharField(_("văn bản phân công"), max_length=200)
    # Set on a delegation: for whom this person acts between the two days.
    stands_in_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="delegations"
    )

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "duty"],
                condition=Q(valid_to__isnull=True),
                name="one_open_appointment_per_duty",
            ),
            models.CheckConstraint(
                condition=Q(stands_in_for__isnull=True) | Q(valid_to__isnull=False),
                name="delegation_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()}: {self.person}"


class Delegation(Dated):
    """Head or deputy lets another person act for them in the unit, between two days."""

    class Scope(models.TextChoices):
        ALL = "all", _("mọi việc của người ủy quyền tại đơn vị")
        FILING = "filing", _("nộp, giải trình thay đơn vị")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="delegations")
    giver = models.ForeignKey(Person, models.PROTECT, related_name="delegations_given")
    receiver = models.ForeignKey(Person, models.PROTECT, related_name="delegations_received")
    scope = models.CharField(_("phạm vi"), max_length=6, choices=Scope)
    ground = models.CharField(_("văn bản ủy quyền"), max_length=200)
    revoked_on = models.DateField(_("thu hồi từ ngày"), null=True, blank=True)
    revoked_why = models.CharField(_("lý do thu hồi"), max_length=300, blank=True)

    class Meta(Dated.Meta):
        ordering = ["-valid_from", "-pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_to__isnull=False), name="delegation_lasts_until"
            ),
            models.CheckConstraint(
                condition=~Q(giver=models.F("receiver")), name="delegation_to_another"
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, revoked_why="")
                | Q(revoked_on__isnull=False) & ~Q(revoked_why=""),
                name="delegation_revoked_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}"

    def holds_on(self, day: dt.date) -> bool:
        revoked = self.revoked_on is not None and self.revoked_on <= day
        return not revoked and super().holds_on(day)
