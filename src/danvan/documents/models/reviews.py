"""A clause to look at again because what it cites has changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.models.documents import Citation
from danvan.documents.models.relations import Relation


class ReviewTask(models.Model):
    """One citation, one cause: a relation, or an end (``ended_on``) entered without one.

    ``opened_on`` is the day the change takes effect (today, if that is past): the desk shows
    the task from then on. Settled once, with an outcome, by a named person.
    """

    class Outcome(models.TextChoices):
        FITS = "fits", _("vẫn phù hợp")
        AMEND = "amend", _("cần sửa đổi")
        NOT_CONCERNED = "not_concerned", _("không liên quan")

    citation = models.ForeignKey(Citation, models.CASCADE, related_name="reviews")
    relation = models.ForeignKey(
        Relation, models.CASCADE, null=True, blank=True, related_name="reviews"
    )
    ended_on = models.DateField(null=True, blank=True)
    opened_on = models.DateField(_("mở ngày"))
    outcome = models.CharField(_("kết quả"), max_length=14, choices=Outcome, blank=True)
    note = models.TextField(_("ghi chú"), blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.BigIntegerField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["opened_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["citation", "relation"], name="review_once"),
            models.UniqueConstraint(
                fields=["citation", "ended_on"],
                condition=Q(relation__isnull=True),
                name="review_of_an_end_once",
            ),
            models.CheckConstraint(
                condition=Q(relation__isnull=False, ended_on__isnull=True)
                | Q(relation__isnull=True, ended_on__isnull=False),
                name="review_has_one_cause",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True)
                | ~Q(outcome="") & Q(settled_at__isnull=False),
                name="review_settled_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        place = f", {self.citation.provision}" if self.citation.provision else ""
        return f"{self.citation.document.short}{place}"
