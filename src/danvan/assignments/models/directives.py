"""Work given outside a plan: a meeting's directive, a conclusion after a dialogue."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.models import Document
from danvan.organisations.models import Person, Unit


class Directive(models.Model):
    """What was said once and given to one or several units, each with its own assignment.

    ``token`` is the form's: a second click of the same form gives nothing twice. Who asked
    (``asked_by`` in words, ``asked_by_unit`` if it is a body we know) confirms in the end
    what came of a dialogue.
    """

    body = models.ForeignKey(Unit, models.PROTECT, related_name="directives")
    origin = models.CharField(_("nguồn"), max_length=12)
    title = models.CharField(_("việc được giao"), max_length=300)
    text = models.TextField(_("nội dung"), blank=True)
    due_on = models.DateField(_("hạn"), null=True, blank=True)
    source_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    source_note = models.CharField(_("nguồn bằng chữ"), max_length=300, blank=True)
    asked_by = models.CharField(_("người nêu ý kiến"), max_length=200, blank=True)
    asked_by_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    # The office that follows it to its end; it owes no document.
    follower = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="directives_followed"
    )
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    token = models.CharField(max_length=40, unique=True, null=True)

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source_document__isnull=False) | ~Q(source_note=""),
                name="directive_has_a_source",
            ),
            models.CheckConstraint(
                condition=~Q(origin="dialogue") | ~Q(asked_by="") | Q(asked_by_unit__isnull=False),
                name="dialogue_says_who_asked",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Confirmation(models.Model):
    """What whoever asked said of the result, recorded by the office or the Front. Kept."""

    assignment = models.ForeignKey(
        "assignments.Assignment", models.PROTECT, related_name="confirmations"
    )
    confirmed = models.BooleanField()
    said_on = models.DateField(_("ngày trả lời"))
    how = models.TextField(_("trả lời bằng cách nào, nội dung"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(how=""), name="confirmation_says_how"),
        ]

    def __str__(self) -> str:
        told = _("xác nhận đã xong: %s") if self.confirmed else _("chưa xác nhận: %s")
        return str(told) % self.how
