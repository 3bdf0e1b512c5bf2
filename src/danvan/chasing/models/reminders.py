"""What was told to whom about what: the ledger that makes every reminder happen once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.assignments.models import Assignment
from danvan.documents.models import Document
from danvan.organisations.models import Person, Unit
from danvan.programmes.models import Programme
from danvan.ui import written


class Run(models.Model):
    """One walk over what a body is owed. The newest shows whether the clock has leapt."""

    body = models.ForeignKey(Unit, models.PROTECT, related_name="chasing_runs")
    at = models.DateTimeField()
    reminders = models.PositiveIntegerField(default=0)
    digests = models.PositiveIntegerField(default=0)
    refused = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return str(_("Lượt nhắc việc lúc %s") % written.moment(self.at))


class Digest(models.Model):
    """What one person is told in one go; shown in the product, mailed where mail is on."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="digests")
    made_at = models.DateTimeField()
    subject = models.CharField(_("tiêu đề"), max_length=250)
    # What stands before the list; kept because a mail may be written anew when it goes out.
    opening = models.TextField(_("lời mở đầu"), blank=True)
    text = models.TextField(_("nội dung"))
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["person"], name="digest_unread", condition=Q(read_at__isnull=True))
        ]

    def __str__(self) -> str:
        return self.subject


class Reminder(models.Model):
    """One person told of one assignment. ``due_on`` is the date it was about.

    A date that moved starts a new ladder; the same rung for the same date never comes twice.
    """

    class Kind(models.TextChoices):
        LADDER = "ladder", _("nhắc theo lịch")
        HAND = "hand", _("nhắc trực tiếp")
        LETTER = "letter", _("công văn đôn đốc")

    kind = models.CharField(max_length=6, choices=Kind, default=Kind.LADDER)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="reminders")
    person = models.ForeignKey(Person, models.PROTECT, related_name="reminders")
    due_on = models.DateField()
    offset = models.SmallIntegerField(null=True)
    day = models.DateField(_("ngày nhắc"))
    digest = models.ForeignKey(Digest, models.CASCADE, related_name="reminders")

    class Meta:
        ordering = ["-day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "due_on", "offset", "person"],
                condition=Q(kind="ladder"),
                name="rung_told_once",
            ),
            # By hand at most once a day: a second click tells nobody again.
            models.UniqueConstraint(
                fields=["assignment", "person", "day"],
                condition=Q(kind="hand"),
                name="told_by_hand_once_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(kind="ladder") | Q(offset__isnull=False),
                name="ladder_reminder_has_rung",
            ),
        ]


class UrgingLetter(models.Model):
    """A công văn đôn đốc: which units it lists is kept with it."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="urging")
    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="urging_letters")
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["-issued_at"]

    def __str__(self) -> str:
        return str(self.document)


class UrgedAssignment(models.Model):
    """One line of a letter's list, with the date it was about and the days it was late.

    It stands for the rungs that had come by then: the ladder does not tell them again.
    """

    letter = models.ForeignKey(UrgingLetter, models.CASCADE, related_name="lines")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="urged")
    due_on = models.DateField(_("hạn lúc ban hành"))
    days_late = models.PositiveIntegerField(_("số ngày quá hạn"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "assignment"], name="urged_once_a_letter"),
        ]
