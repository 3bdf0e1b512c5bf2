"""A register and its dated versions: what is written, by whom, who reads, what it tells."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.models import Document
from danvan.organisations import roles
from danvan.organisations.models import Person, Unit
from danvan.organisations.models.units import Dated
from danvan.registers.fields import Field
from danvan.registers.figures import Figure

OFFICES = (roles.PROGRAMME_OFFICE, roles.INSPECTORATE, roles.ADMINISTRATION_OFFICE)


class Register(models.Model):
    """A register of a body: an identity. What it holds is told by ``versions``."""

    body = models.ForeignKey(Unit, models.PROTECT, related_name="registers")
    code = models.SlugField(_("mã"), max_length=40)
    # The shipped template it was made of, if any.
    template = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "code"], name="register_code_of_a_body"),
        ]

    def __str__(self) -> str:
        newest = max(self.versions.all(), key=lambda v: v.number, default=None)
        return newest.name if newest else self.code


class RegisterVersion(Dated):
    """What holds from a day on. Never changed: another way of keeping it is another version."""

    class Reading(models.TextChoices):
        EVERYBODY = "everybody", _("mọi người có vị trí trong hệ thống")
        CONCERNED = "concerned", _("đơn vị liên quan, các cơ quan ghi sổ, lãnh đạo, nơi theo dõi")
        LIMITED = (
            "limited",
            _("hạn chế: người đứng đầu, thanh tra, cơ quan thường trực và đơn vị liên quan"),
        )

    class Gives(models.TextChoices):
        NOTHING = "", _("không giao việc")
        FINDING = "finding", _("việc khắc phục sau kiểm tra")
        SUPERVISION = "supervision", _("việc theo kiến nghị giám sát")

    register = models.ForeignKey(Register, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("bản"))
    name = models.CharField(_("tên sổ"), max_length=160)
    purpose = models.CharField(_("để làm gì"), max_length=400)
    fields = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    # Whom the records are about, in the words of an audience ("UBND phường, xã").
    audience = models.CharField(_("ghi về đơn vị nào"), max_length=300)
    units_write = models.BooleanField(_("đơn vị tự ghi"), default=True)
    offices = models.JSONField(_("cơ quan ghi"), default=list)
    reading = models.CharField(_("ai đọc"), max_length=10, choices=Reading)
    gives = models.CharField(_("giao việc"), max_length=12, choices=Gives, blank=True)
    day_label = models.CharField(_("tên của ngày"), max_length=60)
    until_label = models.CharField(_("tên của ngày cuối"), max_length=60, blank=True)
    # Records that hold until a day; ``warn_days`` before it the desk says so.
    keeps_validity = models.BooleanField(_("theo dõi hiệu lực"), default=False)
    warn_days = models.PositiveSmallIntegerField(_("báo trước (ngày)"), default=60)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    basis = models.CharField(_("căn cứ"), max_length=300)
    enacted_at = models.DateTimeField()
    enacted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta(Dated.Meta):
        ordering = ["register", "-number"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["register", "number"], name="register_version_number"),
            models.CheckConstraint(condition=~Q(basis=""), name="register_version_has_a_basis"),
            models.CheckConstraint(
                condition=Q(warn_days__lte=365), name="register_warns_within_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (bản {self.number})"

    @property
    def declared(self) -> tuple[Field, ...]:
        """The fields as they are worked with."""
        return tuple(Field.from_data(data) for data in self.fields)

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(Figure.from_data(data) for data in self.facts)

    @property
    def end_label(self) -> str:
        """What the last day of a record is called."""
        return self.until_label or str(_("Đến hết ngày"))

    @property
    def limited(self) -> bool:
        return self.reading == self.Reading.LIMITED


def version_on(versions: Any, day: dt.date) -> RegisterVersion | None:
    """Of versions of one register, the one in force that day: the highest number that began.

    None before the first, and after the end of the newest.
    """
    begun = [v for v in versions if v.valid_from <= day]
    newest: RegisterVersion | None = max(begun, key=lambda v: v.number, default=None)
    return newest if newest and newest.holds_on(day) else None
