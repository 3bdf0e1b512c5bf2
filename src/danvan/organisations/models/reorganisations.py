"""One act that changes the map of units, with the resolution it rests on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.kernel.models import StoredFile
from danvan.organisations.models.units import Unit


class Reorganisation(models.Model):
    """Merge, split, rename, abolish or move units on a day.

    ``plan`` is what was decided (reorganising.Plan as data); ``touched`` what enacting wrote, so
    that it can be taken back before the day. The successions of it say who became whom.
    """

    class Form(models.TextChoices):
        MERGE = "merge", _("sáp nhập")
        SPLIT = "split", _("chia, tách")
        RENAME = "rename", _("đổi tên, đổi loại")
        MOVE = "move", _("chuyển cơ quan cấp trên")
        ABOLISH = "abolish", _("giải thể, kết thúc hoạt động")

    class State(models.TextChoices):
        DRAFTED = "drafted", _("dự kiến")
        ENACTED = "enacted", _("đã ghi, chờ ngày hiệu lực")
        IN_FORCE = "in_force", _("đã có hiệu lực")
        WITHDRAWN = "withdrawn", _("đã rút")

    class Rule(models.TextChoices):
        """To whom open duties of a unit that ends pass; what was filed stays the old unit's."""

        MERGED_INTO = "merged_into", _("chuyển cho đơn vị kế thừa toàn bộ")
        SPLIT = "split", _("chuyển cho đơn vị kế thừa chính")
        STAY = "stay", _("giữ nguyên")

    form = models.CharField(_("hình thức"), max_length=8, choices=Form)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFTED)
    rule = models.CharField(_("nhiệm vụ đang mở"), max_length=12, choices=Rule)
    effective_on = models.DateField(_("ngày có hiệu lực"))
    code = models.CharField(_("số, ký hiệu"), max_length=80)
    signed_on = models.DateField(_("ngày ban hành"))
    subject = models.CharField(_("trích yếu"), max_length=300)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(_("tên tệp"), max_length=200, blank=True)
    plan = models.JSONField(default=dict)
    touched = models.JSONField(default=list)
    made_by = models.CharField(_("người lập"), max_length=200)
    made_at = models.DateTimeField()
    enacted_at = models.DateTimeField(null=True)
    # A later act that puts right what this one did.
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections"
    )

    class Meta:
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="drafted", enacted_at__isnull=True)
                | Q(state__in=["enacted", "in_force"], enacted_at__isnull=False)
                | Q(state="withdrawn"),
                name="reorganisation_state_and_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()}: {self.subject}"

    @property
    def ground(self) -> str:
        """The resolution as it is cited: "NQ 1682/NQ-UBTVQH15 ngày 16/6/2025"."""
        return f"{self.code} ngày {self.signed_on.day}/{self.signed_on.month}/{self.signed_on.year}"

    def heirs(self) -> dict[int, Unit]:
        """Unit that ended → the unit its open duties pass to, by the stored rule."""
        if self.rule == self.Rule.STAY:
            return {}
        rows = self.successions.filter(principal=True, whole=True).select_related("successor")
        return {row.predecessor_id: row.successor for row in rows}
