"""A draft put to the people, paragraph by paragraph, and what became of every opinion."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.democracy.models.matters import Matter
from danvan.documents.models import Document
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Person, Unit


class Consultation(models.Model):
    """``unit`` asks; ``body`` is the committee it stands under. ``min_days``: what the law asked
    when it opened, by ``matter``; ``short_reason``: why it was open for less."""

    class State(models.TextChoices):
        DRAFT = "draft", _("đang chuẩn bị")
        OPEN = "open", _("đã mở lấy ý kiến")
        CONCLUDED = "concluded", _("đã kết thúc, có giải trình")
        WITHDRAWN = "withdrawn", _("đã rút")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="consultations")
    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("dự thảo"), max_length=300)
    purpose = models.TextField(_("lý do, mục đích lấy ý kiến"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    opens_on = models.DateField(_("công khai, nhận ý kiến từ ngày"))
    closes_on = models.DateField(_("đến hết ngày"))
    min_days = models.PositiveSmallIntegerField(null=True)
    short_reason = models.CharField(_("lý do rút ngắn"), max_length=300, blank=True)
    public = models.BooleanField(_("lấy ý kiến Nhân dân trên trang công khai"), default=True)
    asked = models.ManyToManyField(Unit, related_name="+", blank=True)
    asked_words = models.CharField(_("cơ quan, tổ chức được hỏi"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    opinions_count = models.PositiveIntegerField(default=0)
    concluded_on = models.DateField(null=True)
    final_document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    final_note = models.TextField(_("kết quả, văn bản ban hành"), blank=True)

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="consultation_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state="concluded", concluded_on__isnull=False)
                | (~Q(state="concluded") & Q(concluded_on__isnull=True)),
                name="consultation_concluded_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Paragraph(models.Model):
    """One piece of the draft as it was put to the people. Never changed once it is open."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="paragraphs")
    order = models.PositiveIntegerField()
    marker = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=120, blank=True)
    heading = models.BooleanField(default=False)
    text = models.TextField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "order"], name="paragraph_order_once"),
        ]

    def __str__(self) -> str:
        return f"{self.marker} {self.text}".strip()[:80]

    @property
    def place(self) -> str:
        """How the table names it: its path, else its order."""
        return self.path or f"Đoạn {self.order}"


class DraftOpinion(models.Model):
    """What somebody said of a paragraph (of the whole draft if none). Never changed.

    Of a citizen, name and contact are for the asking unit alone; ``secret`` is a keyed digest.
    ``same_as``: says the same as another one and has that one's answer.
    """

    class Source(models.TextChoices):
        FRONT = "front", _("Mặt trận Tổ quốc")
        ORGANISATION = "organisation", _("tổ chức chính trị - xã hội, tổ chức khác")
        UNIT = "unit", _("cơ quan, đơn vị")
        CITIZEN = "citizen", _("công dân")

    class Channel(models.TextChoices):
        SYSTEM = "system", _("trên hệ thống")
        WEB = "web", _("trang công khai")
        MEETING = "meeting", _("tại cuộc họp")
        PAPER = "paper", _("bằng văn bản, phiếu giấy")

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("tiếp thu")
        PARTLY = "partly", _("tiếp thu một phần")
        NOT_ACCEPTED = "not_accepted", _("giải trình, không tiếp thu")

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="opinions")
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="opinions"
    )
    number = models.CharField(_("số"), max_length=24, unique=True)
    secret = models.CharField(max_length=64, blank=True)
    source = models.CharField(_("người góp ý"), max_length=12, choices=Source)
    channel = models.CharField(_("hình thức"), max_length=8, choices=Channel)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("họ tên hoặc tên tổ chức"), max_length=200, blank=True)
    contact = models.CharField(_("liên hệ"), max_length=200, blank=True)
    text = models.TextField(_("ý kiến"))
    given_on = models.DateField(_("ngày góp ý"))
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="duplicates")
    outcome = models.CharField(_("kết quả"), max_length=12, choices=Outcome, blank=True)
    answer = models.TextField(_("nội dung tiếp thu, giải trình"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    told_on = models.DateField(null=True)
    told_how = models.CharField(_("báo cho người góp ý"), max_length=200, blank=True)

    class Meta:
        ordering = ["consultation", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="opinion_says_something"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True)
                | (~Q(outcome="") & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="opinion_answer_whole",
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True, told_how="")
                | (Q(told_on__isnull=False) & ~Q(told_how="")),
                name="opinion_told_how",
            ),
            models.CheckConstraint(
                condition=Q(same_as__isnull=True) | ~Q(same_as=F("pk")),
                name="opinion_same_as_another",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def standing(self) -> DraftOpinion:
        """Whose answer it has: its own, or that of the one it repeats."""
        return self.same_as or self

    @property
    def who(self) -> str:
        """Its author as others may read it: a citizen without name."""
        if self.source == self.Source.CITIZEN:
            return str(self.Source.CITIZEN.label)
        return str(self.unit) if self.unit_id else self.name or str(self.get_source_display())


class DraftOpinionFile(models.Model):
    """A file sent with an opinion, or the scan of a paper."""

    opinion = models.ForeignKey(DraftOpinion, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name
