"""That a sealed identity was opened. Apart from history, append-only, a chain of its own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Person, Unit
from danvan.vault.models.sealed import Sealed


class Opening(models.Model):
    """Who opened which fields, when and why; never what was in them.

    Like a line of history, it names people by id and as they were called: it outlives them.
    """

    seq = models.PositiveBigIntegerField(unique=True)
    sealed = models.ForeignKey(Sealed, models.PROTECT, related_name="openings")
    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=200)
    role = models.CharField(max_length=8)
    reason = models.TextField(_("lý do"))
    fields = models.JSONField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-seq"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="opening_has_a_reason")]

    def __str__(self) -> str:
        return f"Lần mở {self.seq}"


class OpeningSeen(models.Model):
    """The head of the inspectorate has looked at an opening."""

    opening = models.OneToOneField(Opening, models.PROTECT, related_name="seen")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
