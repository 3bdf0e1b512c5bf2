"""Made-up material for the gallery; nothing else uses it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.kernel import clock
from danvan.kernel.formulas import parse
from danvan.ui.fields import DayField, MultipleUploadField, PointsField, UploadField
from danvan.ui.formula_steps import Named, Traced

SAMPLE_COMPUTATION = Traced(
    Decimal(3),
    {"briefed": Decimal(187), "all": Decimal(204)},
    {"briefed": Named("số người đã học tập", url="#bang"), "all": Named("số người thuộc diện")},
    {},
).step(parse("M * R(briefed, all)"))


@dataclass(frozen=True, slots=True)
class Line:
    """Looks like an entry of kernel.audit."""

    actor_name: str
    says: str
    reason: str
    at: dt.datetime = field(default_factory=clock.now)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Tên nhiệm vụ"), max_length=200)
    note = forms.CharField(
        label=_("Kết quả thực hiện"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ghi ngắn gọn việc đã làm, số liệu chính."),
    )
    points = PointsField(label=_("Điểm tự chấm"), max_value=10, help_text=_("Từ 0 đến 10."))
    day = DayField(label=_("Ngày hoàn thành"))
    count = forms.IntegerField(label=_("Số lượt"), required=False, min_value=0)
    kind = forms.ChoiceField(
        label=_("Loại văn bản"),
        choices=[("", _("– Chọn –")), ("kh", _("Kế hoạch")), ("bc", _("Báo cáo"))],
    )
    units = forms.MultipleChoiceField(
        label=_("Đơn vị phối hợp"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("p1", _("Phường 1")), ("p2", _("Phường 2")), ("tt", _("Thanh tra"))],
    )
    answer = forms.ChoiceField(
        label=_("Tiêu chí có áp dụng không?"),
        widget=forms.RadioSelect,
        choices=[("co", _("Có")), ("khong", _("Không áp dụng"))],
        help_text=_("Không áp dụng thì không tính vào điểm tối đa."),
    )
    sure = forms.BooleanField(label=_("Tôi đã kiểm tra số liệu"))
    plan = UploadField(label=_("Kế hoạch"), required=False, extensions=("pdf", "docx"))
    proof = MultipleUploadField(label=_("Minh chứng"), required=False)
