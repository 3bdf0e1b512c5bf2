"""Who learns, and who need not. Who is in post is known by organisations; never twice here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Person, Unit
from danvan.organisations.models.units import Dated


class Learner(models.Model):
    """What study knows of a person: a code to be known by without an account.

    ``who`` is a keyed digest of the person: rows and the chain of acknowledgements name it,
    never the name. Erasing takes person and code away; figures stay, for ``who`` does.
    """

    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="learner"
    )
    who = models.CharField(max_length=64, unique=True)
    # Keyed digest of the personal code; the code itself is shown once and kept nowhere.
    code_hash = models.CharField(max_length=64, blank=True)
    code_given_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code_hash"], condition=~Q(code_hash=""), name="learner_code_once"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, person__isnull=False)
                | Q(erased_at__isnull=False, person__isnull=True, code_hash=""),
                name="learner_erased_is_nameless",
            ),
            models.CheckConstraint(
                condition=Q(code_hash="", code_given_at__isnull=True)
                | ~Q(code_hash="") & Q(code_given_at__isnull=False),
                name="learner_code_and_when",
            ),
        ]

    def __str__(self) -> str:
        # Stands in the history, which cannot forget: no name.
        return str(_("người học số %(n)s") % {"n": self.pk})


class Exemption(Dated):
    """A person who need not study between two days, with the reason, once it is granted."""

    class State(models.TextChoices):
        ASKED = "asked", _("chờ xem xét")
        GRANTED = "granted", _("được miễn")
        REFUSED = "refused", _("không được miễn")

    person = models.ForeignKey(Person, models.PROTECT, related_name="study_exemptions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="study_exemptions")
    reason = models.CharField(_("lý do"), max_length=300)
    state = models.CharField(max_length=7, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(_("người đề nghị"), max_length=200)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(_("người quyết định"), max_length=200, blank=True)
    decision_reason = models.CharField(_("lý do quyết định"), max_length=300, blank=True)

    class Meta(Dated.Meta):
        ordering = ["-asked_at", "-pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="exemption_has_a_reason"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True)
                | Q(state="granted", decided_at__isnull=False)
                | Q(state="refused", decided_at__isnull=False) & ~Q(decision_reason=""),
                name="exemption_decided_when_and_why",
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "valid_from"],
                condition=~Q(state="refused"),
                name="exemption_once_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(_("đề nghị miễn số %(n)s") % {"n": self.pk})
