"""Giving work that comes from a meeting, a conclusion, a letter."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.forms.asking import DocumentCodeField
from danvan.assignments.forms.handing_in import LONGEST_TEXT
from danvan.assignments.models import Assignment
from danvan.kernel import clock
from danvan.organisations.models import Unit
from danvan.organisations.queries import versions_on
from danvan.ui.fields import DayField

Origin, Role = Assignment.Origin, Assignment.Role
ORIGINS = [(o.value, o.label) for o in (Origin.DIRECTIVE, Origin.DIALOGUE, Origin.OTHER)]


class GiveForm(forms.Form):
    """One step: what, to whom, in which role, by when, from where."""

    origin = forms.ChoiceField(
        label=gettext_lazy("Việc này từ"),
        choices=ORIGINS,
        widget=forms.RadioSelect,
        initial=Origin.DIRECTIVE,
    )
    title = forms.CharField(
        label=gettext_lazy("Việc được giao"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Ghi gọn việc phải làm, ví dụ: Sửa đường hẻm 12, khu phố 3."),
    )
    text = forms.CharField(
        label=gettext_lazy("Nội dung chỉ đạo, kết luận (nếu cần ghi đủ)"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    lead = forms.TypedChoiceField(
        label=gettext_lazy("Đơn vị chủ trì"), required=False, coerce=int, empty_value=None
    )
    units = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Các đơn vị cùng thực hiện (không có đơn vị chủ trì)"),
        required=False,
        coerce=int,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=gettext_lazy("Giữ phím Ctrl để chọn nhiều đơn vị."),
    )
    coordinating = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Đơn vị phối hợp"),
        required=False,
        coerce=int,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    follower = forms.TypedChoiceField(
        label=gettext_lazy("Cơ quan theo dõi"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("Theo dõi đến khi xong; không phải nộp văn bản."),
    )
    due_on = DayField(label=gettext_lazy("Hạn"), required=False)
    source_document = DocumentCodeField(required=False)
    source_note = forms.CharField(
        label=gettext_lazy("Hoặc ghi bằng chữ"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Ví dụ: Họp giao ban ngày 05/6/2023."),
    )
    asked_by = forms.CharField(
        label=gettext_lazy("Ai nêu ý kiến (kết luận sau đối thoại)"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Người này được hỏi lại khi đã làm xong."),
    )
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, body: Unit, **kwargs: Any) -> None:
        self.body = body
        kwargs.setdefault("initial", {"token": secrets.token_urlsafe(16)})
        super().__init__(*args, **kwargs)
        units = list(versions_on(clock.today()).values_list("unit_id", "name"))
        for name in ("units", "coordinating"):
            self.fields[name].choices = units  # type: ignore[attr-defined]
        for name in ("lead", "follower"):
            none = ("", gettext_lazy("Không có"))
            self.fields[name].choices = [none, *units]  # type: ignore[attr-defined]

    def clean_due_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["due_on"]
        if day and day < clock.today():
            raise ValidationError(_("Hạn không được trước hôm nay."))
        return day

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if not sent.get("lead") and not sent.get("units"):
            self.add_error("lead", _("Chọn đơn vị chủ trì hoặc các đơn vị cùng thực hiện."))
        if (
            "source_document" in sent
            and not sent["source_document"]
            and not sent.get("source_note")
        ):
            self.add_error("source_note", _("Ghi nguồn: văn bản trong sổ hoặc cuộc họp ngày nào."))
        if sent.get("origin") == Origin.DIALOGUE and not sent.get("asked_by"):
            self.add_error("asked_by", _("Phải ghi ai nêu ý kiến để hỏi lại khi đã làm xong."))
        return sent

    def words(self) -> dict[str, Any]:
        """What the verb is given: a unit named twice has the stronger role."""
        words = dict(self.cleaned_data)
        units = dict.fromkeys(words.pop("coordinating"), Role.COORDINATE)
        units |= dict.fromkeys(words.pop("units"), Role.ALL)
        if lead := words.pop("lead"):
            units[lead] = Role.LEAD
        follower = words.pop("follower")
        words["follower"] = Unit.objects.get(pk=follower) if follower else None
        return {"units": {unit: str(role) for unit, role in units.items()}, **words}
