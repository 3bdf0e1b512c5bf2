"""Who may open sealed identities: by name, between two days."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations import roles
from danvan.organisations.models import Person, Unit
from danvan.organisations.models.units import Dated
from danvan.vault.models.sealed import Sealed


class Holder(Dated):
    """One person who takes in, or settles, denunciations of a body; or of one case only."""

    class Role(models.TextChoices):
        INTAKE = roles.INTAKE, _("tiếp nhận tố cáo")
        SETTLER = roles.SETTLER, _("giải quyết tố cáo")

    body = models.ForeignKey(Unit, models.PROTECT, related_name="vault_holders")
    sealed = models.ForeignKey(
        Sealed, models.PROTECT, null=True, blank=True, related_name="holders"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="vault_holds")
    role = models.CharField(_("việc được giao"), max_length=8, choices=Role)
    basis = models.CharField(_("văn bản phân công"), max_length=200)
    appointed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # Taken away before its last day: at once, not at midnight.
    ended_at = models.DateTimeField(null=True)

    class Meta(Dated.Meta):
        ordering = ["-valid_from", "-pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(role__in=[roles.INTAKE, roles.SETTLER]), name="holder_role_known"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="holder_has_a_basis"),
            models.UniqueConstraint(
                fields=["body", "person", "role"],
                condition=Q(valid_to__isnull=True, ended_at__isnull=True, sealed__isnull=True),
                name="one_open_hold_per_body",
            ),
            models.UniqueConstraint(
                fields=["sealed", "person", "role"],
                condition=Q(valid_to__isnull=True, ended_at__isnull=True, sealed__isnull=False),
                name="one_open_hold_per_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_role_display()}"

    def holds_on(self, day: dt.date) -> bool:
        return self.ended_at is None and super().holds_on(day)
