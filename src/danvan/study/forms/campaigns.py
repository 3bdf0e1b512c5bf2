"""Forms of whoever keeps campaigns: the campaign, a document, a new version, a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.models import Document
from danvan.study import queries
from danvan.study.models import Campaign
from danvan.ui.fields import DayField


class CampaignForm(forms.Form):
    """A campaign. Units are ticked, or named as the plan writes them; both count together."""

    title = forms.CharField(label=gettext_lazy("Tên đợt học"), max_length=300)
    basis = forms.CharField(
        label=gettext_lazy("Căn cứ"), max_length=300,
        help_text=gettext_lazy("Ví dụ: Kế hoạch 49/KH-UBND, mục III.1."),
    )  # fmt: skip
    due_on = DayField(label=gettext_lazy("Hạn học xong"))
    keep_until = DayField(
        label=gettext_lazy("Giữ dấu vết đọc đến hết ngày"),
        help_text=gettext_lazy(
            "Sau ngày này các trang đã xem, câu trả lời và dấu máy được xóa; ai đã học vẫn giữ."
        ),
    )
    way = forms.ChoiceField(
        label=gettext_lazy("Một người hoàn thành khi"), choices=Campaign.Way.choices
    )
    audience = forms.CharField(
        label=gettext_lazy("Đối tượng, như văn bản ghi"), max_length=500, required=False,
        help_text=gettext_lazy("Ví dụ: cơ quan, đơn vị; UBND phường, xã."),
    )  # fmt: skip
    units = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Đơn vị phải học"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    programme = forms.TypedChoiceField(
        label=gettext_lazy("Thuộc chương trình"), coerce=int, empty_value=None, required=False
    )
    quiz_size = forms.IntegerField(
        label=gettext_lazy("Số câu hỏi (0: không hỏi)"), min_value=0, max_value=20, initial=0
    )
    quiz_pass = forms.IntegerField(
        label=gettext_lazy("Phải đúng ít nhất"), min_value=0, max_value=20, initial=0
    )

    def __init__(
        self,
        *args: Any,
        units: Sequence[tuple[int, str]],
        programmes: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = units  # type: ignore[attr-defined]
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            ("", _("không thuộc chương trình nào")), *programmes
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if held.get("due_on") and held.get("keep_until") and held["keep_until"] < held["due_on"]:
            self.add_error("keep_until", _("Phải từ hạn học xong trở đi."))
        if (held.get("quiz_pass") or 0) > (held.get("quiz_size") or 0):
            self.add_error("quiz_pass", _("Không thể nhiều hơn số câu hỏi."))
        if not held.get("units") and not held.get("audience"):
            self.add_error("units", _("Chọn đơn vị, hoặc ghi đối tượng như văn bản ghi."))
        return held

    @staticmethod
    def initial_of(campaign: Campaign) -> dict[str, Any]:
        names = ("title", "basis", "due_on", "keep_until", "way", "audience", "quiz_size",
                 "quiz_pass")  # fmt: skip
        return {name: getattr(campaign, name) for name in names} | {
            "units": list(campaign.units.values_list("pk", flat=True)),
            "programme": campaign.programme_id,
        }


class TextForm(forms.Form):
    """A document of the register, by its number and symbol."""

    code = forms.CharField(
        label=gettext_lazy("Số, ký hiệu văn bản"), max_length=60,
        help_text=gettext_lazy("Văn bản phải có trong sổ văn bản, có toàn văn."),
    )  # fmt: skip

    def clean_code(self) -> Document:
        typed = str(self.cleaned_data["code"]).strip()
        found = queries.document_of(typed)
        if found is None:
            raise forms.ValidationError(_("Sổ văn bản không có văn bản số “%s”.") % typed)
        return found


class RenewForm(forms.Form):
    """Whether a newer version must be studied again, and why."""

    renewed = forms.TypedChoiceField(
        label=gettext_lazy("Lời văn mới"), coerce=lambda value: value == "yes",
        choices=[
            ("yes", gettext_lazy("phải học lại: mọi người xác nhận lần nữa")),
            ("no", gettext_lazy("không phải học lại: xác nhận cũ vẫn tính")),
        ],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=300)


class QuestionForm(forms.Form):
    """A question: the choices one per line, the right one by its place."""

    words = forms.CharField(label=gettext_lazy("Câu hỏi"), max_length=500)
    choices = forms.CharField(
        label=gettext_lazy("Các phương án, mỗi dòng một phương án"),
        widget=forms.Textarea(attrs={"rows": 4}), max_length=2000,
    )  # fmt: skip
    right = forms.IntegerField(
        label=gettext_lazy("Phương án đúng là dòng thứ"), min_value=1, max_value=10
    )
    ground = forms.CharField(
        label=gettext_lazy("Căn cứ của câu trả lời"), max_length=300,
        help_text=gettext_lazy("Điều, khoản của văn bản; hiện ra sau khi trả lời."),
    )  # fmt: skip

    def clean_choices(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["choices"].splitlines()]
        told = [line for line in lines if line]
        if not 2 <= len(told) <= 10:
            raise forms.ValidationError(_("Cần từ 2 đến 10 phương án."))
        return told

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if held.get("choices") and held.get("right") and held["right"] > len(held["choices"]):
            self.add_error("right", _("Không có dòng thứ %d.") % held["right"])
        return held
