"""What is typed about the calendar of reception and about a line of its book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.kernel.calendar import ONE_DAY, Calendar
from danvan.organisations.models import Person, Unit
from danvan.petitions import grounds
from danvan.petitions.forms.reception_online import Online
from danvan.petitions.models import CONFIDENTIAL, Kind, ReceptionDay, Turn
from danvan.ui.fields import DayField
from danvan.vault.models import Sealed

WEEKDAYS = [
    (0, _("thứ hai")), (1, _("thứ ba")), (2, _("thứ tư")), (3, _("thứ năm")), (4, _("thứ sáu")),
]  # fmt: skip
WEEKLY, MONTHLY = "weekly", "monthly"


class PlanForm(Online):
    """A weekday of every week, or days of every month; a day off moves to the next working day."""

    start = DayField(label=_("Từ ngày"))
    end = DayField(label=_("Đến hết ngày"))
    how = forms.ChoiceField(
        label=_("Cách lên lịch"), widget=forms.RadioSelect, initial=WEEKLY,
        choices=[(WEEKLY, _("Mỗi tuần một ngày")), (MONTHLY, _("Những ngày nhất định mỗi tháng"))],
    )  # fmt: skip
    weekday = forms.TypedChoiceField(
        label=_("Ngày trong tuần"), coerce=int, choices=WEEKDAYS, required=False, empty_value=None
    )
    monthdays = forms.CharField(
        label=_("Ngày trong tháng"), required=False, max_length=40, help_text=_("Ví dụ: 5, 20."),
    )  # fmt: skip
    hours = forms.CharField(
        label=_("Giờ tiếp"), max_length=60, initial=_("7 giờ 30 – 11 giờ 00"),
    )  # fmt: skip
    place = forms.CharField(label=_("Địa điểm"), max_length=200)

    field_order = (
        "start", "end", "how", "weekday", "monthdays", "hours", "place", "means", "room",
    )  # fmt: skip

    def clean_monthdays(self) -> list[int]:
        parts = [
            p.strip() for p in str(self.cleaned_data["monthdays"]).replace(";", ",").split(",")
        ]
        if not all(p.isdecimal() and 1 <= int(p) <= 31 for p in parts if p):
            raise forms.ValidationError(_("Ghi các ngày từ 1 đến 31, cách nhau bằng dấu phẩy."))
        return sorted({int(p) for p in parts if p})

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        start, end = held.get("start"), held.get("end")
        if start and end and not dt.timedelta(0) <= end - start <= dt.timedelta(days=400):
            self.add_error("end", _("Ngày cuối phải sau ngày đầu, trong vòng 400 ngày."))
        if held.get("how") == WEEKLY and held.get("weekday") is None:
            self.add_error("weekday", _("Chọn ngày trong tuần."))
        if held.get("how") == MONTHLY and not held.get("monthdays") and not self.errors:
            self.add_error("monthdays", _("Ghi ngày trong tháng."))
        return held

    def days(self) -> list[dt.date]:
        """The days meant, worked ones."""
        held, calendar = self.cleaned_data, Calendar()
        start, end = held["start"], held["end"]
        every = [start + n * ONE_DAY for n in range((end - start).days + 1)]
        if held["how"] == WEEKLY:
            meant = [day for day in every if day.weekday() == held["weekday"]]
        else:
            meant = [day for day in every if day.day in held["monthdays"]]
        return [d for d in map(calendar.next_working_day, meant) if d <= end]


class PostForm(forms.Form):
    """Which days hang in public, since when, where."""

    days = forms.ModelMultipleChoiceField(
        label=_("Những ngày tiếp"), queryset=ReceptionDay.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    on = DayField(label=_("Niêm yết từ ngày"))
    at = forms.CharField(
        label=_("Nơi niêm yết, công bố"), max_length=200,
        help_text=_("Trụ sở, địa điểm tiếp công dân, trang thông tin điện tử."),
    )  # fmt: skip

    def __init__(self, *args: Any, days: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].queryset = days  # type: ignore[attr-defined]
        self.fields["days"].initial = [d.pk for d in days]


class UnscheduledForm(Online):
    """A reception outside the calendar."""

    on = DayField(label=_("Ngày tiếp"))
    ground = forms.CharField(
        label=_("Lý do"), max_length=300,
        help_text=_("Ví dụ: vụ việc gay gắt, phức tạp, nhiều người tham gia, liên quan nhiều cơ "
                    "quan (Luật Tiếp công dân 2013, Đ18.3)."),
    )  # fmt: skip
    hours = forms.CharField(label=_("Giờ tiếp"), max_length=60)
    place = forms.CharField(label=_("Địa điểm"), max_length=200)

    field_order = ("on", "ground", "hours", "place", "means", "room")

    def given(self) -> dict[str, Any]:
        """As ``unscheduled`` takes it."""
        held = self.cleaned_data
        return {**{n: held[n] for n in ("on", "ground", "hours", "place")}, **self.by_means()}


class HoldForm(forms.Form):
    """Who presided; somebody else than the head with the paper for it."""

    presided_by = forms.ModelChoiceField(
        label=_("Người chủ trì tiếp"), queryset=Person.objects.none()
    )
    reason = forms.CharField(
        label=_("Văn bản ủy quyền, lý do tiếp thay"), max_length=300, required=False,
        help_text=_("Chỉ ghi khi người chủ trì không phải người đứng đầu."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["presided_by"].queryset = people  # type: ignore[attr-defined]


class CancelForm(forms.Form):
    """Why, and when instead."""

    reason = forms.CharField(label=_("Lý do hủy, hoãn"), max_length=300)
    moved_to = DayField(label=_("Tiếp bù ngày"), required=False)


class ConclusionForm(forms.Form):
    """The conclusion; each line is a paragraph of the notice."""

    text = forms.CharField(
        label=_("Nội dung kết luận"), widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000,
        help_text=_("Không ghi tên người dân: thông báo được gửi cho nhiều nơi."),
    )  # fmt: skip


class PromiseForm(forms.Form):
    """What was promised, who does it, by when, and to whom it was said."""

    text = forms.CharField(label=_("Việc đã hứa"), max_length=300)
    unit = forms.TypedChoiceField(label=_("Đơn vị thực hiện"), coerce=int)
    due_on = DayField(label=_("Hạn"), required=False)
    turn = forms.ModelChoiceField(
        label=_("Hứa với lượt tiếp"), queryset=Turn.objects.none(), required=False,
        empty_label=_("Không riêng lượt nào"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, units: Sequence[tuple[int, str]], turns: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        self.fields["turn"].queryset = turns  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        held = self.cleaned_data
        return {**held, "unit": Unit.objects.get(pk=held["unit"])}


class TurnForm(forms.Form):
    """One line of the book. Of a denunciation a number of the vault instead of a name."""

    on = DayField(label=_("Ngày tiếp"))
    day = forms.ModelChoiceField(
        label=_("Tại buổi tiếp"), queryset=ReceptionDay.objects.none(), required=False,
        empty_label=_("Tiếp thường xuyên"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Phân loại"), choices=Kind.choices)
    name = forms.CharField(
        label=_("Họ tên"), max_length=120, required=False,
        help_text=_("Tố cáo thì để trống: sổ không ghi tên người tố cáo."),
    )  # fmt: skip
    address = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)
    identity = forms.CharField(
        label=_("Số căn cước, hộ chiếu"), max_length=40, required=False,
        help_text=_("Chỉ ghi số; không chụp, không lưu ảnh giấy tờ."),
    )  # fmt: skip
    sealed = forms.ModelChoiceField(
        label=_("Số hồ sơ mật"), queryset=Sealed.objects.none(), required=False,
        empty_label=_("Không có"),
        help_text=_("Của người tố cáo đã niêm danh tính."),
    )  # fmt: skip
    content = forms.CharField(
        label=_("Nội dung"), widget=forms.Textarea(attrs={"rows": 4}), max_length=10_000
    )
    demand = forms.CharField(
        label=_("Yêu cầu"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2_000,
        required=False,
    )  # fmt: skip
    settled_before = forms.CharField(
        label=_("Cơ quan đã giải quyết"), max_length=300, required=False
    )
    people = forms.IntegerField(
        label=_("Số người"), min_value=1, max_value=10_000, initial=1,
        help_text=_("Từ 5 đến 10 người: 1 hoặc 2 đại diện; trên 10 người: nhiều nhất 5 đại diện."),
    )  # fmt: skip
    speakers = forms.CharField(
        label=_("Người đại diện"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000,
        required=False, help_text=_("Mỗi dòng một người: họ tên; địa chỉ."),
    )  # fmt: skip

    def __init__(self, *args: Any, days: Any, sealed: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].queryset = days  # type: ignore[attr-defined]
        self.fields["sealed"].queryset = sealed  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        confidential = held.get("kind") in CONFIDENTIAL
        if confidential and any(held.get(f) for f in ("name", "address", "identity", "speakers")):
            self.add_error("name", _("Tố cáo: để trống họ tên, địa chỉ, số giấy tờ, đại diện."))
        if not confidential and "name" not in self.errors and not held.get("name"):
            self.add_error("name", _("Ghi họ tên người đến."))
        day = held.get("day")
        if day is not None and held.get("on") and day.on != held["on"]:
            self.add_error("day", _("Buổi tiếp này diễn ra vào ngày khác."))
        return held

    def given(self) -> dict[str, Any]:
        """As ``write`` takes it."""
        held = dict(self.cleaned_data)
        held["representatives"] = list(_speakers(held.pop("speakers").splitlines()))
        return held


class SettleForm(forms.Form):
    """What was done with the line."""

    outcome = forms.ChoiceField(label=_("Xử lý"), choices=Turn.Outcome.choices[1:])
    ground = forms.ChoiceField(
        label=_("Căn cứ từ chối tiếp"), required=False,
        help_text=_("Chỉ chọn khi từ chối; giải thích ngay cho người đến."),
    )  # fmt: skip
    body = forms.CharField(label=_("Cơ quan có thẩm quyền"), max_length=200, required=False)
    paper = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=120, required=False)
    text = forms.CharField(
        label=_("Nội dung trả lời, lý do"), widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5_000, required=False,
    )  # fmt: skip
    follow_up = forms.CharField(label=_("Theo dõi kết quả"), max_length=300, required=False)

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {g.code: g for g in grounds.of_kind(grounds.RECEPTION, on)}
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            ("", _("– không từ chối –")), *((code, str(g)) for code, g in self.offered.items())
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What the verb would refuse, said at the field where it is put right."""
        held = super().clean() or {}
        outcome, ground = held.get("outcome"), held.get("ground")
        refused = outcome == Turn.Outcome.REFUSED
        if refused and not ground:
            self.add_error("ground", _("Chọn căn cứ từ chối trong danh mục của luật."))
        wordy = outcome in (Turn.Outcome.RETURNED, Turn.Outcome.EXPLAINED)
        if refused and ground:
            wordy = self.offered[ground].needs_words
        if wordy and not held.get("text", "").strip():
            self.add_error("text", _("Ghi nội dung đã trả lời, lý do hoặc điểm của căn cứ."))
        elsewhere = outcome in (Turn.Outcome.GUIDED, Turn.Outcome.FORWARDED)
        if elsewhere and not held.get("body", "").strip():
            self.add_error("body", _("Ghi cơ quan có thẩm quyền đã hướng dẫn, chuyển đến."))
        return held


def _speakers(rows: Iterable[str]) -> Iterable[tuple[str, str]]:
    for row in rows:
        name, _semicolon, address = row.partition(";")
        if name.strip():
            yield name.strip()[:120], address.strip()[:300]
