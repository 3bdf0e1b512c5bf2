"""What is typed about dialogues."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy.actions.dialogue import Held, Meeting
from danvan.democracy.models import Dialogue, DialogueRule
from danvan.kernel import clock
from danvan.ui.fields import DayField, UploadField

Units = Sequence[tuple[int, str]]
WHOLE = {"invalid": gettext_lazy("Ghi số nguyên, ví dụ 45."),
         "min_value": gettext_lazy("Không được âm.")}  # fmt: skip


def rows(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


class PastDayField(DayField):
    """A day that is not after today; today unless another is typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", clock.today)
        super().__init__(**kwargs)

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value and value > clock.today():
            raise ValidationError(_("Ngày không được sau hôm nay."))


def count_field(label: Any, **kwargs: Any) -> forms.IntegerField:
    """A count of people or opinions."""
    return forms.IntegerField(
        label=label, min_value=0, max_value=10_000_000, error_messages=WHOLE, **kwargs
    )


class MeetingForm(forms.Form):
    """What is planned."""

    title = forms.CharField(label=gettext_lazy("Tên cuộc đối thoại"), max_length=300)
    audience = forms.CharField(
        label=gettext_lazy("Đối thoại với ai"), max_length=300,
        help_text=gettext_lazy("Ví dụ: Nhân dân khu phố 1, khu phố 2; thanh niên phường."),
    )  # fmt: skip
    agenda = forms.CharField(
        label=gettext_lazy("Nội dung"), max_length=5000, widget=rows(4),
        help_text=gettext_lazy("Mỗi dòng một nội dung."),
    )  # fmt: skip
    held_on = DayField(label=gettext_lazy("Ngày"))
    time = forms.CharField(
        label=gettext_lazy("Giờ"), max_length=40, help_text=gettext_lazy("Ví dụ: 07 giờ 30.")
    )
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=300)
    chair = forms.CharField(label=gettext_lazy("Người chủ trì"), max_length=120)
    chair_title = forms.CharField(
        label=gettext_lazy("Chức vụ"), max_length=120,
        help_text=gettext_lazy("Ví dụ: Bí thư Đảng ủy; Chủ tịch UBND phường."),
    )  # fmt: skip

    def meeting(self) -> Meeting:
        return Meeting(**{k: v for k, v in self.cleaned_data.items() if k != "host"})

    @classmethod
    def of(cls, dialogue: Dialogue, *args: Any, **kwargs: Any) -> MeetingForm:
        """With what is planned now."""
        kwargs["initial"] = {name: getattr(dialogue, name) for name in cls.base_fields}
        return cls(*args, **kwargs)


class PlanForm(MeetingForm):
    """The same, and which of the person's units invites."""

    host = forms.TypedChoiceField(label=gettext_lazy("Đơn vị tổ chức"), coerce=int)
    field_order = ("host",)

    def __init__(self, *args: Any, units: Units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].choices = units  # type: ignore[attr-defined]


class AnnounceForm(forms.Form):
    on = PastDayField(label=gettext_lazy("Ngày thông báo"))
    how = forms.CharField(
        label=gettext_lazy("Hình thức thông báo"), max_length=300,
        help_text=gettext_lazy(
            "Ví dụ: Thông báo số 12/TB-UBND, niêm yết tại trụ sở, loa truyền thanh."
        ),
    )  # fmt: skip


class HeldForm(forms.Form):
    people = count_field(gettext_lazy("Số người dự"))
    opinions = count_field(gettext_lazy("Số ý kiến"))
    answered = count_field(gettext_lazy("Số ý kiến trả lời tại chỗ"))
    secretary = forms.CharField(label=gettext_lazy("Thư ký"), max_length=120)
    minutes = forms.CharField(
        label=gettext_lazy("Nội dung biên bản"), max_length=50_000, widget=rows(8),
        help_text=gettext_lazy("Bản này lưu nội bộ; bản công khai ghi riêng ở bước sau."),
    )  # fmt: skip
    file = UploadField(label=gettext_lazy("Biên bản đã ký (nếu có)"), required=False)

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if (sent.get("answered") or 0) > (sent.get("opinions") or 0):
            self.add_error("answered", _("Số trả lời tại chỗ không vượt số ý kiến."))
        return sent

    def held(self) -> Held:
        return held_of(self.cleaned_data)


def held_of(sent: dict[str, Any]) -> Held:
    return Held(**{k: v for k, v in sent.items() if k != "file"})


class PublishForm(forms.Form):
    record_text = forms.CharField(
        label=gettext_lazy("Kết quả công khai"), max_length=50_000, widget=rows(6),
        help_text=gettext_lazy(
            "Ai cũng đọc được. Không ghi họ tên, địa chỉ, số điện thoại của người dân phát biểu."
        ),
    )  # fmt: skip
    where = forms.CharField(label=gettext_lazy("Công khai ở đâu"), max_length=300)
    on = PastDayField(label=gettext_lazy("Ngày công khai"))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=1000, widget=rows(2))


class PromiseForm(forms.Form):
    """A conclusion: what, who does it, by when, who asked."""

    title = forms.CharField(
        label=gettext_lazy("Việc phải làm theo kết luận"), max_length=300, widget=rows(2)
    )
    asked_by = forms.CharField(
        label=gettext_lazy("Ai nêu ý kiến"), max_length=200,
        help_text=gettext_lazy(
            "Người này được hỏi lại khi đã làm xong. Không hiện trên trang công khai."
        ),
    )  # fmt: skip
    unit = forms.TypedChoiceField(label=gettext_lazy("Đơn vị thực hiện"), coerce=int)
    due_on = DayField(label=gettext_lazy("Hạn"))
    text = forms.CharField(
        label=gettext_lazy("Nguyên văn kết luận (nếu cần)"), max_length=5000, required=False,
        widget=rows(3),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    def clean_due_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["due_on"]
        if day < clock.today():
            raise ValidationError(_("Hạn không được trước hôm nay."))
        return day


class RuleForm(forms.Form):
    """A figure of the locality."""

    kind = forms.ChoiceField(label=gettext_lazy("Quy định về"), choices=DialogueRule.Kind.choices)
    number = forms.IntegerField(
        label=gettext_lazy("Con số"), min_value=1, max_value=365, error_messages=WHOLE
    )
    valid_from = DayField(label=gettext_lazy("Áp dụng từ ngày"))
    source = forms.CharField(label=gettext_lazy("Văn bản của địa phương"), max_length=300)
