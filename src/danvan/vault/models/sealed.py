"""What is kept of a denouncer: a number, and bytes that say nothing without the vault's key."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Person, Unit


class Sealed(models.Model):
    """One denouncer of one case (Luật Tố cáo 2018, Điều 47 and 56: identity is kept secret).

    ``off_system``: nothing is stored but the number and where the paper envelope lies.
    ``case_key`` is the case's own reference; it must not tell who denounced.
    """

    body = models.ForeignKey(Unit, models.PROTECT, related_name="sealed_identities")
    year = models.PositiveSmallIntegerField(_("năm"))
    serial = models.PositiveIntegerField(_("số"))
    case_key = models.CharField(_("hồ sơ vụ việc"), max_length=80, blank=True)
    ciphertext = models.BinaryField(null=True)
    wrapped_key = models.BinaryField(null=True)
    key_id = models.CharField(_("khóa"), max_length=40, blank=True)
    off_system = models.BooleanField(_("lưu ngoài hệ thống"), default=False)
    place = models.CharField(_("nơi giữ phong bì"), max_length=200, blank=True)
    sealed_at = models.DateTimeField()
    # Nobody: a citizen sent it over the public page.
    sealed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-year", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "serial"], name="sealed_number_once"),
            models.UniqueConstraint(
                fields=["case_key"], condition=~Q(case_key=""), name="sealed_once_per_case"
            ),
            models.CheckConstraint(
                condition=Q(
                    off_system=True, ciphertext__isnull=True, wrapped_key__isnull=True, key_id=""
                )
                & ~Q(place="")
                | Q(
                    off_system=False,
                    ciphertext__isnull=False,
                    wrapped_key__isnull=False,
                    place="",
                )
                & ~Q(key_id=""),
                name="sealed_here_or_on_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"Hồ sơ mật số {self.number}"

    @property
    def number(self) -> str:
        """What a case shows instead of a name: "0007/2023"."""
        return f"{self.serial:04d}/{self.year}"

    @property
    def bound_to(self) -> str:
        """What the encryption is bound to; never changes."""
        return f"{self.body_id}|{self.number}"


class SealedFile(models.Model):
    """A paper of the denouncer; its name is inside. No digest in clear: it would tell a letter."""

    sealed = models.ForeignKey(Sealed, models.PROTECT, related_name="files")
    place = models.PositiveSmallIntegerField()
    ciphertext = models.BinaryField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["sealed", "place"], name="sealed_file_place_once")
        ]

    def __str__(self) -> str:
        return f"Tệp {self.place} của {self.sealed}"

    @property
    def bound_to(self) -> str:
        return f"{self.sealed.bound_to}|file {self.place}"


class RedactedCopy(models.Model):
    """The denunciation with everything that tells who wrote it taken out: for verifiers."""

    sealed = models.ForeignKey(Sealed, models.PROTECT, related_name="redacted_copies")
    text = models.TextField(_("bản đã che"))
    hidden = models.PositiveIntegerField(_("số chỗ đã che"))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="redacted_copy_has_text")]

    def __str__(self) -> str:
        return f"Bản đã che của {self.sealed}"
