"""What can be typed here: whom a reminder is for, and a rung of the ladder."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.chasing.models import OF_THE_UNIT, Audience
from danvan.programmes.models.plans import Deliverable


class RemindForm(forms.Form):
    """Which assignments, and who of each unit."""

    audience = forms.ChoiceField(label=_("Nhắc ai"), choices=OF_THE_UNIT)
    assignments = forms.TypedMultipleChoiceField(
        label=_("Đơn vị"), coerce=int, choices=(),
        error_messages={"required": _("Chọn ít nhất một đơn vị.")},
    )  # fmt: skip

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["assignments"]
        field.choices = choices


class RungForm(forms.Form):
    """A step: so many days before (negative) or after the date, and who is told."""

    when = forms.ChoiceField(
        label=_("Lúc"), choices=[("before", _("trước hạn")), ("after", _("quá hạn"))]
    )
    days = forms.IntegerField(
        label=_("Số ngày"), min_value=0, max_value=60, help_text=_("0 là đúng ngày đến hạn.")
    )
    audience = forms.ChoiceField(label=_("Nhắc ai"), choices=Audience.choices)
    deliverable = forms.ChoiceField(
        label=_("Loại việc"), required=False,
        choices=[("", _("mọi loại việc khác")), *Deliverable.choices],
        help_text=_("Loại việc có bậc riêng thì chỉ theo các bậc riêng đó."),
    )  # fmt: skip

    @property
    def offset(self) -> int:
        days: int = self.cleaned_data["days"]
        return -days if self.cleaned_data["when"] == "before" else days
