"""Days on which a head receives citizens, the book of reception, what was promised there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.assignments.models import Assignment
from danvan.documents.models import Document
from danvan.organisations.models import Person, Unit
from danvan.petitions.models.petitions import Kind, Petition
from danvan.vault.models import Sealed


class ReceptionDay(models.Model):
    """One day of reception by the head of ``unit`` (Luật Tiếp công dân 42/2013/QH13, Đ18, Đ24).

    ``delegated``: somebody else presided; it was a reception, not a day of the head's.
    """

    class Form(models.TextChoices):
        REGULAR = "regular", _("định kỳ")
        UNSCHEDULED = "unscheduled", _("đột xuất")

    class Means(models.TextChoices):
        IN_PERSON = "in_person", _("trực tiếp")
        ONLINE = "online", _("trực tuyến")

    class State(models.TextChoices):
        PLANNED = "planned", _("đã lên lịch")
        HELD = "held", _("người đứng đầu đã tiếp")
        DELEGATED = "delegated", _("người khác tiếp thay")
        CANCELLED = "cancelled", _("đã hủy")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reception_days")
    on = models.DateField(_("ngày"))
    form = models.CharField(_("loại"), max_length=11, choices=Form, default=Form.REGULAR)
    means = models.CharField(_("hình thức"), max_length=9, choices=Means, default=Means.IN_PERSON)
    hours = models.CharField(_("giờ"), max_length=60)
    place = models.CharField(_("địa điểm"), max_length=200)
    # Online: by which platform one joins. Told to who was invited, never in public.
    room = models.CharField(_("cách tham gia"), max_length=300, blank=True)
    recording = models.CharField(_("nơi lưu bản ghi"), max_length=200, blank=True)
    ground = models.CharField(_("lý do tiếp đột xuất"), max_length=300, blank=True)
    posted_on = models.DateField(_("ngày niêm yết lịch"), null=True, blank=True)
    posted_at = models.CharField(_("nơi niêm yết"), max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    presided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    presided_title = models.CharField(_("chức vụ"), max_length=120, blank=True)
    # Why another presided, by which paper; why it was cancelled.
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    moved_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="moved_from"
    )
    settled_at = models.DateTimeField(null=True)
    conclusion = models.TextField(_("nội dung kết luận"), blank=True)
    concluded_on = models.DateField(_("ngày kết luận"), null=True)
    notice = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "on"],
                condition=Q(form="regular") & ~Q(state="cancelled"),
                name="one_regular_reception_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["held", "delegated"], presided_by__isnull=False)
                | Q(state__in=["planned", "cancelled"], presided_by__isnull=True),
                name="reception_held_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["delegated", "cancelled"]) | ~Q(reason=""),
                name="reception_not_by_the_head_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(form="unscheduled") | ~Q(ground=""), name="reception_has_a_ground"
            ),
            models.CheckConstraint(
                condition=Q(means="in_person", room="", recording="")
                | Q(means="online") & ~Q(room=""),
                name="reception_online_says_how_to_join",
            ),
            models.CheckConstraint(
                condition=Q(conclusion="", concluded_on__isnull=True)
                | ~Q(conclusion="") & Q(concluded_on__isnull=False),
                name="reception_concluded_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["unit", "on"], name="reception_by_unit")]

    def __str__(self) -> str:
        how = f", {self.get_means_display()}" if self.online else ""
        return f"Tiếp công dân {self.get_form_display()}{how} ngày {self.on:%d/%m/%Y}"

    @property
    def online(self) -> bool:
        return self.means == self.Means.ONLINE


class OnlineStep(models.Model):
    """What must have happened before an online reception, and when it did (NĐ 154/2026, Đ23).

    ``at``: the moment; ``told``: to whom, by which paper, or how the test came out.
    """

    class Step(models.TextChoices):
        NOTICE = "notice", _("thông báo buổi tiếp trực tuyến")
        TEST = "test", _("kiểm tra đường truyền, thiết bị")
        CONNECT = "connect", _("kết nối các điểm tham gia")

    day = models.ForeignKey(ReceptionDay, models.CASCADE, related_name="online_steps")
    step = models.CharField(_("việc"), max_length=7, choices=Step)
    at = models.DateTimeField(_("lúc"))
    told = models.CharField(_("gửi ai, kết quả"), max_length=300, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["day", "step"], name="online_step_once"),
        ]

    def __str__(self) -> str:
        return str(self.get_step_display())


class Turn(models.Model):
    """One line of the reception book: who came, with what, and what was done with it.

    Of a denunciation nobody is named here (Luật Tiếp công dân, Đ3.2): ``sealed`` points at the
    vault. ``number`` runs through the unit's year.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", _("chưa xử lý")
        ACCEPTED = "accepted", _("thuộc thẩm quyền, tiếp nhận giải quyết")
        GUIDED = "guided", _("hướng dẫn đến cơ quan có thẩm quyền")
        FORWARDED = "forwarded", _("chuyển cơ quan có thẩm quyền")
        EXPLAINED = "explained", _("giải thích, trả lời ngay")
        RETURNED = "returned", _("trả lại đơn và hướng dẫn")
        REFUSED = "refused", _("từ chối tiếp")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reception_turns")
    day = models.ForeignKey(
        ReceptionDay, models.PROTECT, null=True, blank=True, related_name="turns"
    )
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(_("số thứ tự"))
    on = models.DateField(_("ngày tiếp"))
    kind = models.CharField(_("phân loại"), max_length=30, choices=Kind)
    name = models.CharField(_("họ tên"), max_length=120, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    identity = models.CharField(_("số căn cước, hộ chiếu"), max_length=40, blank=True)
    content = models.TextField(_("nội dung"))
    people = models.PositiveIntegerField(_("số người"), default=1)
    settled_before = models.CharField(_("cơ quan đã giải quyết"), max_length=300, blank=True)
    demand = models.TextField(_("yêu cầu"), blank=True)
    received_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    outcome = models.CharField(_("xử lý"), max_length=9, choices=Outcome, default=Outcome.OPEN)
    # Not received: which row of the law's list (``grounds``).
    refused_for = models.CharField(_("căn cứ từ chối tiếp"), max_length=20, blank=True)
    outcome_body = models.CharField(_("cơ quan giải quyết"), max_length=200, blank=True)
    outcome_paper = models.CharField(_("số, ký hiệu văn bản"), max_length=120, blank=True)
    outcome_on = models.DateField(_("ngày xử lý"), null=True)
    outcome_text = models.TextField(_("nội dung trả lời, lý do"), blank=True)
    follow_up = models.CharField(_("theo dõi kết quả"), max_length=300, blank=True)
    petition = models.ForeignKey(
        Petition, models.PROTECT, null=True, blank=True, related_name="reception_turns"
    )
    sealed = models.ForeignKey(
        Sealed, models.PROTECT, null=True, blank=True, related_name="reception_turns"
    )

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="reception_line_once"),
            models.CheckConstraint(
                condition=~Q(kind__in=["to_cao", "to_cao_nac_danh"])
                | Q(name="", address="", identity=""),
                name="reception_names_no_denouncer",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["to_cao", "to_cao_nac_danh"]) | ~Q(name=""),
                name="reception_names_who_came",
            ),
            models.CheckConstraint(condition=Q(people__gte=1), name="reception_somebody_came"),
            models.CheckConstraint(
                condition=Q(refused_for="") | Q(outcome="refused"),
                name="reception_ground_is_refused",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", outcome_on__isnull=True)
                | ~Q(outcome="open") & Q(outcome_on__isnull=False),
                name="reception_outcome_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["unit", "on"], name="reception_turn_by_unit")]

    def __str__(self) -> str:
        return f"Lượt tiếp {self.number}/{self.year}"

    @property
    def is_group(self) -> bool:
        """From five people on (Luật Tiếp công dân, Đ29)."""
        return self.people >= 5

    @property
    def online(self) -> bool:
        """Brought at an online reception; what came on an ordinary day was brought in person."""
        return self.day is not None and self.day.online

    @property
    def who(self) -> str:
        """Who came, as the book may say it."""
        if self.sealed is not None:
            return str(self.sealed)
        return self.name or str(_("không ghi danh tính"))


class Representative(models.Model):
    """Who speaks for a group: one or two of five to ten people, at most five of more."""

    turn = models.ForeignKey(Turn, models.CASCADE, related_name="representatives")
    name = models.CharField(_("họ tên"), max_length=120)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Promise(models.Model):
    """What the head promised to have done; given to a unit, it is an assignment like any other."""

    day = models.ForeignKey(ReceptionDay, models.PROTECT, related_name="promises")
    turn = models.ForeignKey(Turn, models.PROTECT, null=True, blank=True, related_name="promises")
    text = models.CharField(_("việc đã hứa"), max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due_on = models.DateField(_("hạn"), null=True, blank=True)
    made_at = models.DateTimeField()
    assignment = models.OneToOneField(
        Assignment, models.PROTECT, null=True, blank=True, related_name="reception_promise"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="promise_says_what")]

    def __str__(self) -> str:
        return self.text
