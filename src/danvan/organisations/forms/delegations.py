"""To whom a head or deputy gives what, for how long, on what ground."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.kernel import clock
from danvan.organisations import queries
from danvan.organisations.models import Delegation, Person, Unit
from danvan.ui.fields import DayField


class GivingForm(forms.Form):
    receiver = forms.ModelChoiceField(
        label=_("Người được ủy quyền"),
        queryset=Person.objects.none(),
        empty_label=_("– chọn người của đơn vị –"),
        error_messages={"required": _("Chọn người được ủy quyền.")},
    )
    scope = forms.ChoiceField(label=_("Phạm vi"), choices=Delegation.Scope.choices)
    ground = forms.CharField(
        label=_("Văn bản ủy quyền"),
        max_length=200,
        help_text=_("Số, ký hiệu và ngày. Ví dụ: Giấy ủy quyền 01/GUQ-UBND ngày 03/4/2023."),
        error_messages={"required": _("Ghi văn bản làm căn cứ.")},
    )
    start = DayField(label=_("Từ ngày"))
    end = DayField(label=_("Đến hết ngày"))

    def __init__(self, unit: Unit, giver: int | None, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"start": clock.today()})
        super().__init__(*args, **kwargs)
        people = queries.people_in(unit, clock.today()).exclude(pk=giver or 0)
        self.fields["receiver"].queryset = people  # type: ignore[attr-defined]


class RevokingForm(forms.Form):
    reason = forms.CharField(label=_("Lý do thu hồi"), max_length=300)
