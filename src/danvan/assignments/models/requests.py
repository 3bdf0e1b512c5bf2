"""What a unit asks of the programme office about an assignment: more time, or not to owe it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.assignments.models.assignments import Assignment
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Person


class Request(models.Model):
    """Asked with a ground, granted or refused with a reason; one at a time waits."""

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ xem xét")
        GRANTED = "granted", _("được đồng ý")
        REFUSED = "refused", _("không được đồng ý")
        LAPSED = "lapsed", _("không còn phải xem xét")

    ground = models.TextField(_("lý do, căn cứ"))
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    decision_reason = models.TextField(_("lý do quyết định"), blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(ground=""), name="%(class)s_has_ground"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | Q(~Q(state="waiting"), decided_at__isnull=False),
                name="%(class)s_decision_and_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(decision_reason=""),
                name="%(class)s_refused_with_reason",
            ),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(state="waiting"),
                name="%(class)s_one_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.ground[:120]


class ExtensionRequest(Request):
    """A unit asks for a later date; the office may grant another one."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="extension_requests")
    asked_until = models.DateField(_("đề nghị đến ngày"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(_("tên tệp"), max_length=200, blank=True)
    granted_until = models.DateField(_("được gia hạn đến ngày"), null=True)

    class Meta(Request.Meta):
        constraints = [
            *Request.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(granted_until__isnull=False),
                name="granted_extension_has_its_date",
            ),
        ]


class ExemptionRequest(Request):
    """A unit says that a task does not apply to it ("phù hợp với tình hình thực tế")."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="exemption_requests")
