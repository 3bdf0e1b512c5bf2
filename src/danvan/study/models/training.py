"""Training: the year's plan by post and need, classes, who took part and their certificates."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Unit
from danvan.study.models.roster import Learner


class PlanLine(models.Model):
    """One line of a year's plan: for which post, what is learnt, by whom it is organised."""

    body = models.ForeignKey(Unit, models.PROTECT, related_name="training_lines")
    organiser = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("năm"))
    post = models.CharField(_("vị trí, đối tượng"), max_length=200)
    content = models.CharField(_("nội dung tập huấn"), max_length=300)
    due_on = models.DateField(_("hoàn thành trước hết ngày"))
    basis = models.CharField(_("căn cứ"), max_length=300)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(_("lý do rút"), max_length=300, blank=True)

    class Meta:
        ordering = ["year", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year", "post", "content"],
                condition=Q(withdrawn_at__isnull=True),
                name="training_line_once",
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="training_line_has_a_basis"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="training_line_withdrawn_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}: {self.content}"


class Need(models.Model):
    """How many people of a unit need that training."""

    line = models.ForeignKey(PlanLine, models.CASCADE, related_name="needs")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="training_needs")
    people = models.PositiveIntegerField(_("số người cần tập huấn"))
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "unit"], name="training_need_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.people}"


class TrainingClass(models.Model):
    """A class held for a line of the plan."""

    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="classes")
    title = models.CharField(_("tên lớp"), max_length=300)
    place = models.CharField(_("địa điểm"), max_length=300)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"))

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["line", "title", "starts_on"], name="class_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="class_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Enrolment(models.Model):
    """Somebody in a class: one in post (``learner``), or a mediator and the like, by name.

    ``completed_on`` is the day the class is held to be finished for them; a certificate has
    a number of its own. Erasing a person empties ``name``; the count stays.
    """

    class Outcome(models.TextChoices):
        ENROLLED = "enrolled", _("đã ghi danh")
        COMPLETED = "completed", _("hoàn thành")
        ABSENT = "absent", _("vắng, không hoàn thành")

    training_class = models.ForeignKey(TrainingClass, models.PROTECT, related_name="enrolments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    learner = models.ForeignKey(
        Learner, models.PROTECT, null=True, blank=True, related_name="enrolments"
    )
    name = models.CharField(_("họ và tên"), max_length=120, blank=True)
    # The search key of the name: tells a mediator from another of the same unit.
    name_key = models.CharField(max_length=160, blank=True)
    post = models.CharField(_("chức danh"), max_length=120, blank=True)
    outcome = models.CharField(
        _("kết quả"), max_length=9, choices=Outcome, default=Outcome.ENROLLED
    )
    completed_on = models.DateField(null=True, blank=True)
    certificate = models.CharField(_("số chứng nhận"), max_length=60, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["unit", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["training_class", "learner"], name="enrolled_once"),
            models.UniqueConstraint(
                fields=["training_class", "unit", "name_key"],
                condition=~Q(name_key=""),
                name="enrolled_once_by_name",
            ),
            models.UniqueConstraint(
                fields=["training_class", "certificate"],
                condition=~Q(certificate=""),
                name="certificate_once",
            ),
            models.CheckConstraint(
                condition=Q(learner__isnull=False, name="", name_key="")
                | Q(learner__isnull=True) & (~Q(name="") | Q(erased_at__isnull=False)),
                name="enrolment_of_one",
            ),
            models.CheckConstraint(
                condition=Q(outcome="completed", completed_on__isnull=False)
                | ~Q(outcome="completed") & Q(completed_on__isnull=True, certificate=""),
                name="enrolment_completed_when",
            ),
        ]

    def __str__(self) -> str:
        return str(_("học viên số %(n)s") % {"n": self.pk})
