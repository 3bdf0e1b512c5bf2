"""Where a petition went, what it is joined with, what was decided, who carries it out."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.assignments.models import Assignment
from danvan.documents.models import Document
from danvan.organisations.models import Person, Unit
from danvan.petitions.models.petitions import Petition


class Transfer(models.Model):
    """Sent to the competent body: which, under what clause, by which letter, its receipt."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="transfers")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    to_name = models.CharField(_("cơ quan nhận"), max_length=200)
    clause = models.CharField(_("căn cứ thẩm quyền"), max_length=300)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    sent_on = models.DateField(_("ngày chuyển"))
    received_on = models.DateField(_("ngày nơi nhận xác nhận"), null=True)
    receipt = models.CharField(_("số, cách xác nhận"), max_length=200, blank=True)
    # What it became at a unit of ours that took it over: nothing is typed twice.
    became = models.OneToOneField(
        Petition, models.PROTECT, null=True, blank=True, related_name="came_by"
    )

    class Meta:
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(clause=""), name="transfer_has_a_clause"),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True, receipt="")
                | Q(received_on__gte=F("sent_on")) & ~Q(receipt=""),
                name="transfer_receipt_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.to_name


class Link(models.Model):
    """A petition dealt with together with another; its receipt, date and answer stay its own."""

    class Kind(models.TextChoices):
        DUPLICATE = "duplicate", _("trùng người gửi và nội dung")
        MASS = "mass", _("cùng một việc, nhiều người")

    petition = models.OneToOneField(Petition, models.CASCADE, related_name="link")
    lead = models.ForeignKey(Petition, models.PROTECT, related_name="followers")
    kind = models.CharField(max_length=9, choices=Kind)
    reason = models.CharField(_("lý do"), max_length=300)
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(petition=F("lead")), name="link_to_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="link_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.petition} → {self.lead}"


class Ruling(models.Model):
    """The decision on a complaint, the conclusion on a denunciation, the answer to a proposal."""

    class Outcome(models.TextChoices):
        RIGHT = "right", _("đúng")
        PARTLY = "partly", _("đúng một phần")
        WRONG = "wrong", _("sai, không có cơ sở")
        ANSWERED = "answered", _("đã trả lời")

    class Form(models.TextChoices):
        MEETING = "meeting", _("họp công bố")
        POSTING = "posting", _("niêm yết tại trụ sở, nơi tiếp công dân")
        PORTAL = "portal", _("đăng trang thông tin điện tử")
        MEDIA = "media", _("phát thanh, truyền hình, báo")

    petition = models.OneToOneField(Petition, models.CASCADE, related_name="ruling")
    outcome = models.CharField(_("kết quả"), max_length=8, choices=Outcome)
    code = models.CharField(_("số, ký hiệu văn bản"), max_length=60, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(_("ngày ban hành"))
    text = models.TextField(_("nội dung kết quả"))
    to_enforce = models.BooleanField(_("có việc phải thi hành"), default=False)
    published_on = models.DateField(_("công khai ngày"), null=True)
    published_as = models.CharField(_("hình thức"), max_length=8, choices=Form, blank=True)
    published_where = models.CharField(_("nơi công khai"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_on__isnull=True, published_as="")
                | Q(published_on__gte=F("decided_on")) & ~Q(published_as=""),
                name="ruling_published_whole",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="ruling_says_something"),
        ]

    def __str__(self) -> str:
        return self.code or str(self.get_outcome_display())


class Enforcement(models.Model):
    """One thing the ruling orders, as an assignment: its state is read there, never copied."""

    ruling = models.ForeignKey(Ruling, models.CASCADE, related_name="enforcements")
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.assignment)
