"""How a target is measured."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from danvan.kernel import facts
from danvan.programmes import combining
from danvan.programmes.actions.targets import Measure
from danvan.programmes.forms.findings import choose_facts
from danvan.programmes.models import Target
from danvan.ui.fields import PointsField


class MeasureForm(forms.Form):
    """The goal is not here: it changes by an amendment of the plan only."""

    fact = forms.ChoiceField(label=_("Nguồn dữ liệu"), required=False)
    formula = forms.CharField(
        label=_("Hoặc công thức trên nhiều số liệu"), max_length=300, required=False,
        help_text=_("Ví dụ: (a + b) / c. Tỷ lệ viết a / b, không nhân 100."),
    )  # fmt: skip
    inputs = forms.CharField(
        label=_("Số liệu của công thức"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    direction = forms.ChoiceField(label=_("Chiều hướng"), choices=Target.Direction.choices)
    baseline = PointsField(label=_("Xuất phát điểm"), required=False, max_value=9_999_999)
    baseline_source = forms.CharField(
        label=_("Nguồn của số xuất phát điểm"), max_length=300, required=False,
        help_text=_("Ví dụ: Báo cáo số 12/BC-UBND ngày 20/12/2022."),
    )  # fmt: skip
    unit_fact = forms.ChoiceField(
        label=_("Số liệu từng đơn vị"), required=False,
        help_text=_("Để nêu tên đơn vị chưa đạt."),
    )  # fmt: skip
    unit_floor = PointsField(
        label=_("Mức mỗi đơn vị phải đạt"), required=False, max_value=9_999_999,
        help_text=_("Để trống: đơn vị chưa đạt là đơn vị chưa có số liệu."),
    )  # fmt: skip

    def __init__(self, *args: Any, target: Target, **kwargs: Any) -> None:
        names = Measure.__dataclass_fields__
        initial = {name: getattr(target, name) for name in names}
        kwargs["initial"] = initial | {"inputs": combining.as_text(target.inputs)}
        super().__init__(*args, **kwargs)
        self.target = target
        self.fields["inputs"].help_text = _help()
        choose_facts(self.fields)

    def clean_inputs(self) -> dict[str, str]:
        return combining.inputs_of(self.cleaned_data["inputs"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.measure.check(self.target.unit)
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    @property
    def measure(self) -> Measure:
        return Measure(**self.cleaned_data)


def _help() -> str:
    """How a line is written, and the codes there are."""
    told = _(
        "Mỗi dòng ghi tên = mã số liệu; thêm :tu hoặc :mau để lấy số đạt hoặc tổng số. Các mã: "
    )
    offered = [f for f in facts.REGISTRY.values() if f.about == "programme"]
    return str(told) + "; ".join(f"{f.code} ({f.label}, {f.measure})" for f in offered)
