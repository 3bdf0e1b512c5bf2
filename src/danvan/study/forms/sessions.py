"""Forms of a session: when and where, who came, a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.study.models import SessionFile, StudySession
from danvan.ui.fields import DayField, UploadField

_TIME_WRONG = {"invalid": gettext_lazy("Ghi giờ dạng 08:00.")}


class SessionForm(forms.Form):
    """One session. Hours are local; it begins and ends on one day."""

    kind = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=StudySession.Kind.choices)
    title = forms.CharField(label=gettext_lazy("Nội dung"), max_length=300)
    place = forms.CharField(
        label=gettext_lazy("Địa điểm"), max_length=300,
        help_text=gettext_lazy("Trực tuyến: ghi phòng họp trực tuyến."),
    )  # fmt: skip
    presenter = forms.CharField(label=gettext_lazy("Báo cáo viên"), max_length=200, required=False)
    day = DayField(label=gettext_lazy("Ngày"))
    begins = forms.TimeField(label=gettext_lazy("Từ giờ"), error_messages=_TIME_WRONG,
                             widget=forms.TimeInput(format="%H:%M"))  # fmt: skip
    ends = forms.TimeField(label=gettext_lazy("Đến giờ"), error_messages=_TIME_WRONG,
                           widget=forms.TimeInput(format="%H:%M"))  # fmt: skip
    organiser = forms.TypedChoiceField(
        label=gettext_lazy("Đơn vị tổ chức"), coerce=int, required=True
    )

    def __init__(self, *args: Any, organisers: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organiser"].choices = organisers  # type: ignore[attr-defined]
        if not organisers:
            del self.fields["organiser"]

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if held.get("begins") and held.get("ends") and held["ends"] <= held["begins"]:
            self.add_error("ends", _("Giờ kết thúc phải sau giờ bắt đầu."))
        return held

    def values(self) -> dict[str, Any]:
        """As ``sessions.hold`` takes them, without the organiser."""
        held = self.cleaned_data
        times = {
            f"{end}_at": timezone.make_aware(dt.datetime.combine(held["day"], held[name]))
            for end, name in (("starts", "begins"), ("ends", "ends"))
        }
        return {n: held[n] for n in ("kind", "title", "place", "presenter")} | times


class PresentForm(forms.Form):
    """Who came, ticked from the roster of one unit, or the class."""

    people = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Người đã dự"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    enrolments = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Học viên đã dự"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[int, str]],
        enrolments: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("people", people), ("enrolments", enrolments)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            if not choices:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if not held.get("people") and not held.get("enrolments"):
            raise forms.ValidationError(_("Chưa chọn ai."))
        return held


class FileForm(forms.Form):
    """A file of a session."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=SessionFile.Kind.choices)
    file = UploadField(label=gettext_lazy("Tệp"))
