"""What is typed about an online reception: how one joins, what was done before it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from danvan.kernel import clock
from danvan.petitions.models import OnlineStep, ReceptionDay
from danvan.ui.fields import DayField

Means = ReceptionDay.Means
_TIME_WRONG = {"invalid": _("Ghi giờ như 8:30.")}
_ROOM_HELP = _("Nền tảng, đường dẫn hoặc mã phòng, điểm cầu ở cơ sở. Chỉ người được mời biết; "
               "trang công khai không hiện.")  # fmt: skip


class Online(forms.Form):
    """The two fields by which a session is online; for every form that plans one."""

    means = forms.ChoiceField(
        label=_("Hình thức"), choices=Means.choices, initial=Means.IN_PERSON,
        widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    room = forms.CharField(
        label=_("Cách tham gia trực tuyến"), max_length=300, required=False, help_text=_ROOM_HELP,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if held.get("means") == Means.ONLINE and not held.get("room", "").strip():
            self.add_error("room", _("Tiếp trực tuyến thì ghi cách tham gia."))
        return held

    def by_means(self) -> dict[str, str]:
        """As the verbs that plan take it."""
        return {"room": self.cleaned_data["room"]} if self.online else {}

    @property
    def online(self) -> bool:
        return bool(self.cleaned_data.get("means") == Means.ONLINE)


class StepForm(forms.Form):
    """When it was done, and to whom it was told or how it came out."""

    step = forms.ChoiceField(label=_("Việc đã làm"), choices=OnlineStep.Step.choices)
    on = DayField(label=_("Ngày"))
    hour = forms.TimeField(label=_("Giờ"), error_messages=_TIME_WRONG)
    told = forms.CharField(
        label=_("Gửi ai, bằng văn bản nào; kết quả"), max_length=300,
        help_text=_("Không ghi tên người dân."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if held.get("on") and held.get("hour") and self.moment() > clock.now():
            self.add_error("hour", _("Chưa đến lúc đó nên chưa ghi được là đã làm."))
        return held

    def moment(self) -> dt.datetime:
        held = self.cleaned_data
        return timezone.make_aware(dt.datetime.combine(held["on"], held["hour"]))


class RecordingForm(forms.Form):
    """Where sound and picture are kept."""

    where = forms.CharField(
        label=_("Nơi lưu bản ghi âm, ghi hình"), max_length=200,
        help_text=_("Tên máy chủ, kho lưu trữ của cơ quan; không gửi tệp vào đây."),
    )  # fmt: skip
