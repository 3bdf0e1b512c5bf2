"""What is written in a register, its files, and what was corrected."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.assignments.models import Assignment
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Person, Unit
from danvan.registers.fields import Field
from danvan.registers.models.definitions import Register, RegisterVersion


class Record(models.Model):
    """One entry about one unit, by the fields of ``version`` for good.

    ``values``: field → value (see ``fields``). ``edition`` counts corrections. A record that
    was a mistake is withdrawn with a reason, never deleted.
    """

    register = models.ForeignKey(Register, models.PROTECT, related_name="records")
    version = models.ForeignKey(RegisterVersion, models.PROTECT, related_name="records")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="register_records")
    day = models.DateField(_("ngày"))
    until = models.DateField(_("đến hết ngày"), null=True, blank=True)
    values = models.JSONField(default=dict)
    search_key = models.TextField(blank=True)
    edition = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # The role of the body's office that wrote it; empty: the unit wrote of itself.
    office = models.CharField(_("cơ quan ghi"), max_length=40, blank=True)
    # The form's token: a second click writes nothing twice.
    token = models.CharField(max_length=40, null=True, unique=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(_("lý do rút"), blank=True)
    assignment = models.OneToOneField(
        Assignment, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(fields=["register", "-day", "-id"]),
            models.Index(fields=["register", "unit", "day"]),
            models.Index(
                fields=["until"], name="record_expiring",
                condition=Q(until__isnull=False, withdrawn_at__isnull=True),
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("day")),
                name="record_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="record_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What the record is called: its first text, else its register and day.

        Nothing of a record of limited access goes into a name that history repeats.
        """
        if self.version.limited:
            return f"{self.version.name}, bản ghi số {self.pk}"
        return self.words or f"{self.version.name}, {self.day:%d/%m/%Y}"

    @property
    def words(self) -> str:
        """The first text written, cut where a line ends."""
        for field in self.version.declared:
            if field.kind in ("text", "long_text") and self.values.get(field.code):
                said = " ".join(str(self.values[field.code]).split())
                return said if len(said) <= 160 else f"{said[:157]}…"
        return ""

    def content(self) -> dict[str, Any]:
        """What a correction compares and keeps."""
        return {
            "unit": self.unit_id, "day": self.day.isoformat(),
            "until": self.until.isoformat() if self.until else None, "values": dict(self.values),
        }  # fmt: skip


class RecordFile(models.Model):
    """A photo or a paper of a record, under one of its file fields. Taken off, it stays kept."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="files")
    field = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=200)
    taken_off_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_photo(self) -> bool:
        return self.name.lower().endswith((".jpg", ".jpeg", ".png"))


class Correction(models.Model):
    """What a record said before, what it says since, and why. Never changed afterwards."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="corrections")
    edition = models.PositiveIntegerField()
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField(_("lý do"))
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-edition"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="record_correction_has_a_reason"),
            models.UniqueConstraint(fields=["record", "edition"], name="record_correction_once"),
        ]

    def changes(self) -> list[tuple[Field, Any, Any]]:
        """(field, before, after) of the declared fields that changed."""
        old, new = self.before["values"], self.after["values"]
        return [
            (f, old.get(f.code), new.get(f.code))
            for f in self.record.version.declared
            if old.get(f.code) != new.get(f.code)
        ]
