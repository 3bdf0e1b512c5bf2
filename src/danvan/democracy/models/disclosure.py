"""What a unit discloses: its yearly plan, each disclosure, and where it hung from when to when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.democracy.models.matters import Matter
from danvan.documents.models import Document
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Person, Unit


class DisclosurePlan(models.Model):
    """A unit's plan of one year; ``body`` is the committee it stands under."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="disclosure_plans")
    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("năm"))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-year", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="one_disclosure_plan_a_year"),
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2200), name="disclosure_plan_year"
            ),
        ]

    def __str__(self) -> str:
        return f"Kế hoạch công khai năm {self.year} – {self.unit}"


class DisclosureItem(models.Model):
    """One thing the plan says will be told; ``not_arising``: why nothing came up this year."""

    plan = models.ForeignKey(DisclosurePlan, models.CASCADE, related_name="items")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("nội dung"), max_length=300)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("người phụ trách"),
    )  # fmt: skip
    not_arising = models.CharField(_("không phát sinh"), max_length=300, blank=True)

    class Meta:
        ordering = ["plan", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "title"], name="disclosure_item_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Disclosure(models.Model):
    """One decision or paper that has to be told; ``due_on`` is kept as it was counted.

    ``names_people``: what is told of them stays in public only as long as the law asks.
    """

    item = models.ForeignKey(DisclosureItem, models.PROTECT, related_name="disclosures")
    # The catalogue's line as it stood on the day of the decision; none before the law.
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.CharField(_("nội dung công khai"), max_length=300)
    decided_on = models.DateField(_("ngày của quyết định, văn bản"))
    due_on = models.DateField(_("phải công khai chậm nhất"), null=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    document_code = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    names_people = models.BooleanField(_("có thông tin cá nhân"), default=False)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-decided_on", "-pk"]
        indexes = [models.Index(fields=["due_on"])]
        constraints = [
            models.CheckConstraint(condition=~Q(subject=""), name="disclosure_has_a_subject"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("decided_on")),
                name="disclosure_due_after_decision",
            ),
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(replaces__isnull=False),
                name="disclosure_replaced_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.subject


class Posting(models.Model):
    """How and where a disclosure was told, both days included; no ``posted_to``: still there.

    The forms are those of Luật 10/2022/QH15, Điều 12 khoản 1. The proof is a photo or a scan.
    """

    class Form(models.TextChoices):
        POSTING = "posting", _("niêm yết")
        WEBSITE = "website", _("trang thông tin điện tử")
        BROADCAST = "broadcast", _("truyền thanh")
        VIA_HEAD = "via_head", _("qua Trưởng thôn, khu phố")
        NOTICE = "notice", _("thông báo bằng văn bản")
        MEETING = "meeting", _("hội nghị, đối thoại")
        RECEPTION = "reception", _("tiếp công dân, tiếp xúc cử tri")
        ORGANISATIONS = "organisations", _("qua Mặt trận, đoàn thể")
        TELECOM = "telecom", _("mạng viễn thông, mạng xã hội")
        OTHER = "other", _("hình thức khác")

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="postings")
    form = models.CharField(_("hình thức"), max_length=16, choices=Form)
    place = models.CharField(_("nơi công khai, địa chỉ trang"), max_length=300)
    posted_from = models.DateField(_("từ ngày"))
    posted_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    proof_name = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["posted_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_to__isnull=True) | Q(posted_to__gte=F("posted_from")),
                name="posting_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(proof__isnull=True, proof_name="")
                | (Q(proof__isnull=False) & ~Q(proof_name="")),
                name="posting_proof_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()}, {self.place}"


class QuarterlyList(models.Model):
    """That the list of a quarter was itself posted (Luật 10/2022/QH15, Điều 13 khoản 2)."""

    plan = models.ForeignKey(DisclosurePlan, models.PROTECT, related_name="quarterly_lists")
    quarter = models.PositiveSmallIntegerField(_("quý"))
    posted_on = models.DateField(_("ngày niêm yết"))
    place = models.CharField(_("nơi niêm yết"), max_length=300)
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    proof_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["quarter"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "quarter"], name="one_list_a_quarter"),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4), name="quarter_of_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"Danh sách quý {self.quarter} – {self.plan}"
