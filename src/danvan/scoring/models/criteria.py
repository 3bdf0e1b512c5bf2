"""The score sheet as law: dated data that a document enacted; nothing of it is in code."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.models import Document
from danvan.organisations.models import Block, Person, Unit
from danvan.organisations.models.units import Dated


def points_field(label: object, **options: object) -> models.DecimalField:  # type: ignore[type-arg]
    """Points: two decimals, as the template rounds (half up, per criterion)."""
    return models.DecimalField(label, max_digits=6, decimal_places=2, **options)  # type: ignore[arg-type]


def usual_tie_break() -> list[list[str]]:
    """Reception and administrative reform first, then democracy (bảng tổng hợp, mục 7)."""
    return [["G2", "G4"], ["G5"]]


class CriteriaSet(Dated):
    """One score sheet (bảng điểm) for one block. ``note`` says where it comes from.

    ``tie_break``: lists of group codes; units of one rate are told apart by the rate over
    the first list, then the second …; still equal, they share the rank.
    """

    title = models.CharField(_("tên bảng điểm"), max_length=200)
    block = models.CharField(_("khối"), max_length=8, choices=Block)
    enacted_by = models.ForeignKey(Document, models.PROTECT, related_name="criteria_sets")
    note = models.TextField(_("ghi chú nguồn"), blank=True)
    tie_break = models.JSONField(_("thứ tự xét khi bằng tỷ lệ"), default=usual_tie_break)
    # Decimals of the rate (%), half up.
    places = models.PositiveSmallIntegerField(_("số lẻ của tỷ lệ"), default=2)

    class Meta(Dated.Meta):
        ordering = ["block", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(places__lte=2), name="rate_has_at_most_two_places"),
        ]

    def __str__(self) -> str:
        return f"{self.title} – {self.get_block_display()}"


class CriteriaGroup(models.Model):
    criteria_set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="groups")
    code = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    max_points = points_field(_("điểm tối đa"))
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "code"], name="criteria_group_code"),
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """One line of the sheet.

    For a deduction ``max_points`` is the most that can be taken off, as a positive number.
    ``inputs`` maps each name in ``formula`` to a fact code; a name without one must be typed.
    A code that begins with "=" is another criterion of the same sheet: its computed points.
    ``words`` says in Vietnamese what each name means, for whoever reads the formula.
    """

    class Kind(models.TextChoices):
        CRITERION = "criterion", _("tiêu chí")
        BONUS = "bonus", _("điểm cộng")
        DEDUCTION = "deduction", _("điểm trừ")

    class Method(models.TextChoices):
        RATIO = "ratio", _("theo tỷ lệ")
        YES_NO = "yes_no", _("có / không")
        STEP = "step", _("theo mức")
        DEDUCTION = "deduction", _("trừ dần")
        BONUS = "bonus", _("cộng thêm")
        MANUAL = "manual", _("chấm trực tiếp")
        SUPERIOR = "superior_only", _("chỉ cấp trên chấm")

    class WhenNotArising(models.TextChoices):
        EXCLUDE = "exclude", _("không tính vào điểm tối đa")
        FULL = "full", _("tính đủ điểm")
        ZERO = "zero", _("không được bỏ qua")

    criteria_set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="criteria")
    group = models.ForeignKey(
        CriteriaGroup, models.CASCADE, null=True, blank=True, related_name="criteria"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CRITERION)
    code = models.CharField(_("mã"), max_length=10)
    title = models.CharField(_("tiêu chí"), max_length=300)
    max_points = points_field(_("điểm tối đa"))
    method = models.CharField(_("cách chấm"), max_length=16, choices=Method)
    formula = models.CharField(_("công thức"), max_length=300, blank=True)
    inputs = models.JSONField(default=dict, blank=True)
    words = models.JSONField(default=dict, blank=True)
    # Numbers of the formula that a later sheet may change: name → number as text.
    params = models.JSONField(_("tham số"), default=dict, blank=True)
    evidence_asked = models.CharField(_("minh chứng"), max_length=300, blank=True)
    # Proof the system itself holds (the submission log): no file is asked.
    evidence_by_system = models.BooleanField(default=False)
    owner_role = models.CharField(_("vai trò thẩm định"), max_length=40)
    consulted = models.CharField(_("lấy ý kiến"), max_length=200, blank=True)
    when_not_arising = models.CharField(
        _("khi không phát sinh"), max_length=8, choices=WhenNotArising, default="zero"
    )
    basis = models.CharField(_("căn cứ"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "code"], name="criterion_code"),
            models.CheckConstraint(condition=Q(max_points__gt=0), name="criterion_max_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Band(models.Model):
    """A class (Tốt, Khá …): rates from ``floor`` up to the next band's floor.

    ``quota``: at most this share (%) of the block's ranked units, rounded down; the others
    take the next class.
    """

    criteria_set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="bands")
    name = models.CharField(_("xếp loại"), max_length=60)
    floor = models.DecimalField(_("từ (%)"), max_digits=5, decimal_places=2)
    quota = models.DecimalField(
        _("không quá (% số đơn vị)"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    order = models.PositiveSmallIntegerField()  # 0 is the best

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "order"], name="band_order"),
            models.UniqueConstraint(fields=["criteria_set", "floor"], name="band_floor"),
            models.CheckConstraint(
                condition=Q(floor__gte=0, floor__lte=100), name="band_floor_is_a_rate"
            ),
            models.CheckConstraint(
                condition=Q(quota__isnull=True) | Q(quota__gte=0, quota__lte=100),
                name="band_quota_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Cap(models.Model):
    """A rule that limits the class, or takes a unit out of the ranking.

    ``rule`` names the test the system can make itself; "manual" waits for an office to
    raise it with a document.
    """

    class Effect(models.TextChoices):
        CEILING = "ceiling", _("không vượt quá xếp loại")
        NOT_RANKED = "not_ranked", _("không đủ điều kiện xếp loại")

    class Rule(models.TextChoices):
        MANUAL = "manual", _("do cơ quan thẩm định nêu")
        NO_PLAN = "no_plan", _("không gửi kế hoạch")
        DOSSIER_LATE = "dossier_late", _("hồ sơ quá hạn")
        GROUP_BELOW = "group_below", _("nhóm tiêu chí dưới mức")
        NEW_UNIT = "new_unit", _("đơn vị mới thành lập")

    class Lifter(models.TextChoices):
        DECIDER = "decider", _("người quyết định xếp loại")
        NOBODY = "nobody", _("không ai")

    criteria_set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="caps")
    code = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    effect = models.CharField(max_length=10, choices=Effect)
    ceiling = models.ForeignKey(Band, models.CASCADE, null=True, blank=True, related_name="+")
    rule = models.CharField(max_length=16, choices=Rule, default=Rule.MANUAL)
    threshold = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    lifter = models.CharField(_("ai được gỡ"), max_length=8, choices=Lifter, default=Lifter.DECIDER)
    basis = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "code"], name="cap_code"),
            models.CheckConstraint(
                condition=Q(effect="ceiling", ceiling__isnull=False)
                | Q(effect="not_ranked", ceiling__isnull=True),
                name="cap_ceiling_iff_ceiling",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class CriteriaDraft(models.Model):
    """A score sheet being written: the rows of the table offices fill in, not yet law.

    ``rows``: one dict per row, column code → text, as ``importing.columns`` names them. Row n
    here is row n + 2 of the workbook (a heading stands above). ``revision`` rises with every
    saving. Enacting makes criteria sets of it; the draft then stays as it was.
    """

    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField(_("tên bảng điểm"), max_length=200)
    rows = models.JSONField(default=list)
    based_on = models.ForeignKey(
        CriteriaSet, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    enacted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Dự thảo {self.title}"
