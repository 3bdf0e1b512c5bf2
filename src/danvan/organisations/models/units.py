"""A unit is a stable identity with dated versions; official codes are reused, identities never."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """What kind of body a version is. Codes follow facts/org-tayninh-2023.csv."""

    SUPERIOR = "co_quan_cap_tren", _("cơ quan cấp trên")
    PARTY = "dang", _("cơ quan Đảng")
    COUNCIL = "hdnd", _("Hội đồng nhân dân")
    COMMITTEE = "ubnd", _("Ủy ban nhân dân")
    DEPARTMENT = "phong_chuyen_mon", _("cơ quan chuyên môn")
    SERVICE = "don_vi_su_nghiep", _("đơn vị sự nghiệp công lập")
    SERVICE_GROUP = "nhom_don_vi_su_nghiep", _("nhóm đơn vị sự nghiệp công lập")
    FORCE = "luc_luong_vu_trang", _("lực lượng vũ trang")
    FRONT = "mat_tran", _("Mặt trận Tổ quốc")
    ORGANISATIONS = "nhom_to_chuc_ctxh", _("nhóm tổ chức chính trị - xã hội")
    WARD = "ubnd_phuong", _("UBND phường")
    COMMUNE = "ubnd_xa", _("UBND xã")


class Block(models.TextChoices):
    """Units ranked together (khối). A kind belongs to at most one block."""

    DEPARTMENT = "DEPT", _("Khối cơ quan chuyên môn")
    WARD = "WARD", _("Khối UBND phường, xã")
    SERVICE = "PSU", _("Khối đơn vị sự nghiệp công lập")


BLOCK_OF_KIND: dict[str, str] = {
    UnitKind.DEPARTMENT: Block.DEPARTMENT,
    UnitKind.WARD: Block.WARD,
    UnitKind.COMMUNE: Block.WARD,
    UnitKind.SERVICE: Block.SERVICE,
}


def in_force(day: dt.date, prefix: str = "") -> Q:
    """Rows whose dates hold ``day``: from included, to included, no end means still."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    )


class Dated(models.Model):
    """Something that holds from a day to a day, both included."""

    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến ngày"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_dates_in_order",
            )
        ]

    def holds_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Unit(models.Model):
    """A body: only an identity. Its names are ``versions``; ``key`` is ours, stable, unique."""

    key = models.SlugField(_("khóa"), max_length=80, unique=True)
    # Whether an official source names it; an unconfirmed one is shown as such.
    confirmed = models.BooleanField(_("đã xác nhận"), default=True)
    source = models.CharField(_("nguồn"), max_length=300, blank=True)

    def __str__(self) -> str:
        latest = max(self.versions.all(), key=lambda v: v.valid_from, default=None)
        return latest.name if latest else self.key


class UnitVersion(Dated):
    """What a unit was called, what it was and to whom it belonged between two days."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    name = models.CharField(_("tên"), max_length=200)
    short_name = models.CharField(_("tên ngắn"), max_length=80)
    kind = models.CharField(_("loại"), max_length=24, choices=UnitKind)
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="child_versions"
    )
    # Sort and search keys (vanban.text), since neither database sorts or folds Vietnamese alike.
    sort_key = models.BinaryField(max_length=400, db_index=True)
    search_key = models.CharField(max_length=300, db_index=True)
    basis = models.CharField(_("căn cứ"), max_length=200, blank=True)
    ended_by = models.CharField(_("căn cứ chấm dứt"), max_length=200, blank=True)

    class Meta(Dated.Meta):
        ordering = ["sort_key"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_version_start"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def block(self) -> str | None:
        """The block (khối) a unit of this kind is ranked in, if any."""
        return BLOCK_OF_KIND.get(self.kind)


class UnitCode(Dated):
    """An official code. Codes are reused for other units: the key is (scheme, code, from)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="codes")
    scheme = models.CharField(_("hệ mã"), max_length=20)
    code = models.CharField(_("mã"), max_length=40)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["scheme", "code", "valid_from"], name="unit_code_once_at_a_time"
            ),
        ]


class UnitAlias(models.Model):
    """Another way people write a unit ("P4", "Phường IV"); ``key`` is the search key of it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    text = models.CharField(_("cách gọi"), max_length=120)
    key = models.CharField(max_length=120, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "key"], name="unit_alias_once"),
        ]


class Succession(models.Model):
    """One unit became (part of) another on a day, by a resolution. Many to many."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="precessions")
    on = models.DateField(_("ngày"))
    whole = models.BooleanField(_("toàn bộ"), default=True)
    resolution = models.CharField(_("nghị quyết"), max_length=200)
    # The one successor to whom the duties of a whole predecessor pass.
    principal = models.BooleanField(_("kế thừa nhiệm vụ"), default=True)
    reorganisation = models.ForeignKey(
        "Reorganisation", models.PROTECT, null=True, blank=True, related_name="successions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "on"], name="succession_once"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_to_another"
            ),
        ]
