"""How a target is measured."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from danvan.programmes.actions.targets import Measure
from danvan.programmes.forms.findings import choose_facts
from danvan.programmes.models import Target
from danvan.ui.fields import PointsField


class MeasureForm(forms.Form):
    """The goal is not here: it changes by an amendment of the plan only."""

    fact = forms.ChoiceField(label=_("Nguồn dữ liệu"), required=False)
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
        kwargs["initial"] = {name: getattr(target, name) for name in names}
        super().__init__(*args, **kwargs)
        choose_facts(self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.measure.check()
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    @property
    def measure(self) -> Measure:
        return Measure(**self.cleaned_data)
