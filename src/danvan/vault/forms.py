"""What is typed about a denouncer, an opening, a copy, a holder. Never kept as a draft."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Person
from danvan.ui.fields import DayField, MultipleUploadField
from danvan.vault.models import Holder, Sealed
from danvan.vault.words import FIELDS

HERE, PAPER = "here", "paper"


class SealForm(forms.Form):
    """Who denounced; or where the paper envelope lies."""

    body = forms.TypedChoiceField(label=_("Cơ quan tiếp nhận"), coerce=int)
    mode = forms.ChoiceField(
        label=_("Cách giữ danh tính"), initial=HERE, widget=forms.RadioSelect,
        choices=[
            (HERE, _("Mã hóa trong hệ thống, mở bằng phân công đích danh")),
            (PAPER, _("Trong phong bì niêm phong ngoài hệ thống, ở đây chỉ giữ số")),
        ],
    )  # fmt: skip
    name = forms.CharField(label=FIELDS["name"], max_length=120, required=False)
    born = forms.CharField(label=FIELDS["born"], max_length=10, required=False)
    address = forms.CharField(label=FIELDS["address"], max_length=300, required=False)
    phone = forms.CharField(label=FIELDS["phone"], max_length=40, required=False)
    email = forms.EmailField(label=FIELDS["email"], required=False)
    contact = forms.CharField(
        label=FIELDS["contact"], max_length=300, required=False,
        help_text=_("Nơi, giờ hoặc người chuyển lời mà người tố cáo chọn."),
    )  # fmt: skip
    text = forms.CharField(
        label=FIELDS["text"], required=False, widget=forms.Textarea(attrs={"rows": 6}),
        max_length=100_000,
        help_text=_("Đơn thường xưng tên người viết, nên toàn văn cũng được niêm."),
    )  # fmt: skip
    papers = MultipleUploadField(label=_("Đơn, tài liệu kèm theo"), required=False)
    place = forms.CharField(
        label=_("Nơi giữ phong bì"), max_length=200, required=False,
        help_text=_("Ví dụ: két phòng tiếp công dân, phong bì số 7."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, bodies: Sequence[tuple[int, str]], has_key: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]
        if not has_key:
            self.fields["mode"].choices = self.fields["mode"].choices[1:]  # type: ignore[attr-defined]
            self.fields["mode"].initial = PAPER
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        told = any(held.get(f) for f in FIELDS) or held.get("papers")
        if held.get("mode") == PAPER and not held.get("place"):
            self.add_error("place", _("Ghi nơi giữ phong bì."))
        elif held.get("mode") == PAPER and told:
            self.add_error("mode", _("Giữ trên giấy thì để trống mọi ô về danh tính."))
        elif held.get("mode") == HERE and held.get("place"):
            self.add_error("place", _("Mã hóa trong hệ thống thì không có phong bì."))
        elif held.get("mode") == HERE and not held.get("name") and "name" not in self.errors:
            self.add_error("name", _("Ghi họ và tên. Đơn nặc danh không có danh tính để niêm."))
        return held

    def given(self) -> dict[str, Any]:
        """As ``seal`` takes it."""
        held = self.cleaned_data
        if held["mode"] == PAPER:
            return {"off_system_place": held["place"]}
        words = {field: held[field] for field in FIELDS}
        return {"words": words, "files": held["papers"] or []}


class OpeningForm(forms.Form):
    """Why, and which fields: no more than is needed."""

    reason = forms.CharField(
        label=_("Lý do mở"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Được ghi vào nhật ký riêng và báo cho người đứng đầu thanh tra."),
    )  # fmt: skip
    fields_ = forms.MultipleChoiceField(
        label=_("Cần xem"), choices=list(FIELDS.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Chọn đúng phần cần dùng; không chọn gì là xem tất cả."),
    )  # fmt: skip


class RedactForm(forms.Form):
    """The text for verifiers, and what else in it would tell who wrote it."""

    text = forms.CharField(
        label=_("Nội dung đơn"), widget=forms.Textarea(attrs={"rows": 12}), max_length=100_000,
        help_text=_("Chép nội dung vào đây. Danh tính đã niêm được che tự động, viết kiểu nào "
                    "cũng che."),
    )  # fmt: skip
    hide = forms.CharField(
        label=_("Che thêm"), widget=forms.Textarea(attrs={"rows": 4}), required=False,
        max_length=5_000,
        help_text=_("Mỗi dòng một cụm từ: tên người thân, nơi làm việc, chi tiết chỉ một người "
                    "biết."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def hidden(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["hide"].splitlines() if line.strip()]


class HolderForm(forms.Form):
    """Whom, for what, by which paper; for every case or for one."""

    body = forms.TypedChoiceField(label=_("Cơ quan"), coerce=int)
    person = forms.ModelChoiceField(label=_("Người được giao"), queryset=Person.objects.none())
    role = forms.ChoiceField(label=_("Việc được giao"), choices=Holder.Role.choices)
    sealed = forms.ModelChoiceField(
        label=_("Hồ sơ"), queryset=Sealed.objects.none(), required=False,
        empty_label=_("Mọi hồ sơ của cơ quan"),
    )  # fmt: skip
    basis = forms.CharField(label=_("Văn bản phân công"), max_length=200)
    until = DayField(label=_("Đến hết ngày"), required=False)

    def __init__(
        self, *args: Any, bodies: Sequence[tuple[int, str]], people: Any, records: Any, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["sealed"].queryset = records  # type: ignore[attr-defined]


def labels_of(fields: Iterable[str]) -> list[str]:
    """The fields of an opening, in words."""
    said = {"envelope": _("phong bì niêm phong"), **FIELDS}
    order = {field: place for place, field in enumerate(said)}
    held = sorted(fields, key=lambda f: order.get(f, len(order)))
    return [str(said.get(f, f.replace("file", str(_("tệp"))))) for f in held]
