"""A “Dân vận khéo” model as it was registered, and how far it has come."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Person, Unit

# The ten entries of the registration form (CV 249/2026 MTTQ phường Thanh Khê): all are needed.
MANDATORY = (
    "name", "problem", "goals", "method", "area", "forces", "resources", "progress", "outputs",
    "lasting",
)  # fmt: skip
# Row 46: households reached, and those among them the plan asks about.
HOUSEHOLDS = ("households", "minority", "religious", "poor", "near_poor")


def _written(label: Any) -> models.TextField:  # type: ignore[type-arg]
    return models.TextField(label, max_length=2000)


class Exemplar(models.Model):
    """One model of one year. ``unit`` registered it, before ``body``, whose movement it is."""

    class Kind(models.TextChoices):
        COLLECTIVE = "collective", _("tập thể")
        INDIVIDUAL = "individual", _("cá nhân")

    class Field(models.TextChoices):
        ECONOMY = "economy", _("Phát triển kinh tế")
        CULTURE = "culture", _("Văn hóa - xã hội")
        DEFENCE = "defence", _("Quốc phòng - an ninh")
        POLITICS = "politics", _("Xây dựng hệ thống chính trị")

    class Since(models.TextChoices):
        NEW = "new", _("mô hình mới")
        RUNNING = "running", _("đang duy trì")

    class State(models.TextChoices):
        REGISTERED = "registered", _("Đã đăng ký")
        VERIFIED = "verified", _("Đã kiểm tra thực tế")
        EFFECTIVE = "effective", _("Có hiệu quả")
        RECOGNISED = "recognised", _("Được công nhận")
        AWARDED = "awarded", _("Được khen thưởng")
        REJECTED = "rejected", _("Không đạt")
        WITHDRAWN = "withdrawn", _("Đã rút")

    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="exemplars")
    year = models.PositiveSmallIntegerField(_("năm"))
    kind = models.CharField(_("loại"), max_length=10, choices=Kind)
    person_name = models.CharField(_("cá nhân điển hình"), max_length=120, blank=True)
    field = models.CharField(_("lĩnh vực"), max_length=10, choices=Field)
    since = models.CharField(_("mới hay đang duy trì"), max_length=8, choices=Since)
    name = models.CharField(_("tên mô hình"), max_length=200)
    search_key = models.CharField(max_length=300, db_index=True)
    problem = _written(_("thực trạng, lý do"))
    goals = _written(_("mục tiêu và tiêu chí đo được"))
    method = _written(_("nội dung, cách làm"))
    area = _written(_("địa bàn và người hưởng lợi"))
    forces = _written(_("lực lượng: chủ trì, phối hợp, vai trò từng bên"))
    resources = _written(_("nguồn lực"))
    progress = _written(_("tiến độ thực hiện"))
    outputs = _written(_("sản phẩm đầu ra kiểm chứng được"))
    lasting = _written(_("khả năng duy trì, nhân rộng"))
    starts_on = models.DateField(_("ngày bắt đầu"))
    assess_on = models.DateField(_("ngày dự kiến đánh giá"))
    minority_area = models.BooleanField(_("vùng đồng bào dân tộc thiểu số"), default=False)
    religious_area = models.BooleanField(_("vùng đồng bào có đạo"), default=False)
    households = models.PositiveIntegerField(_("số hộ hưởng lợi"), null=True, blank=True)
    minority = models.PositiveIntegerField(_("hộ dân tộc thiểu số"), null=True, blank=True)
    religious = models.PositiveIntegerField(_("hộ có đạo"), null=True, blank=True)
    poor = models.PositiveIntegerField(_("hộ nghèo"), null=True, blank=True)
    near_poor = models.PositiveIntegerField(_("hộ cận nghèo"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.REGISTERED)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # What was reached against the goals (assessment), or why it ended (rejected, withdrawn).
    result = models.TextField(_("kết quả so với mục tiêu"), blank=True)
    ended_why = models.TextField(_("lý do"), blank=True)

    class Meta:
        ordering = ["-year", "search_key", "pk"]
        indexes = [models.Index(fields=["body", "year", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "search_key"],
                condition=~Q(state__in=["rejected", "withdrawn"]),
                name="exemplar_once_a_year",
            ),
            models.CheckConstraint(
                condition=Q(*((f"{n}__gt", "") for n in MANDATORY)), name="exemplar_entries_filled"
            ),
            models.CheckConstraint(
                condition=Q(kind="collective", person_name="")
                | Q(kind="individual", person_name__gt=""),
                name="exemplar_individual_has_name",
            ),
            models.CheckConstraint(
                condition=Q(assess_on__gte=F("starts_on")), name="exemplar_assessed_after_start"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2009, year__lte=2200), name="exemplar_year_plausible"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{part}__isnull": True})
                    | Q(**{"households__isnull": False, f"{part}__lte": F("households")}),
                    name=f"exemplar_{part}_within",
                )
                for part in HOUSEHOLDS[1:]
            ),
            models.CheckConstraint(
                condition=Q(state__in=["rejected", "withdrawn"], ended_why__gt="")
                | Q(~Q(state__in=["rejected", "withdrawn"]), ended_why=""),
                name="exemplar_ended_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["effective", "recognised", "awarded"]) | Q(result__gt=""),
                name="exemplar_effective_and_how",
            ),
        ]

    def __str__(self) -> str:
        return self.name
