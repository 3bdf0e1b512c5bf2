"""One small form per act on a petition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.petitions import grounds
from danvan.petitions.actions.classification import Class, Part
from danvan.petitions.actions.rulings import Result
from danvan.petitions.models import CONFIDENTIAL, Kind, Limit, Link, Petition, Ruling
from danvan.petitions.stages import LABELS, SETTLING
from danvan.ui.fields import DayField, MultipleUploadField

Units = Sequence[tuple[int, str]]
_YES_NO = ((True, gettext_lazy("Có")), (False, gettext_lazy("Không")))


def _true(value: Any) -> bool:
    return value in (True, "True")


def _area(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class ActForm(forms.Form):
    """Knows the petition and the units one may choose; sub-classes say what is typed."""

    def __init__(self, *args: Any, petition: Petition, units: Units = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.petition = petition
        if "unit" in self.fields:
            none = [("", _("– chọn –"))]
            self.fields["unit"].choices = [*none, *units]  # type: ignore[attr-defined]


def unit_field(label: Any, required: bool = True) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, empty_value=None, required=required)


class ClassifyForm(ActForm):
    """The four axes; for what becomes confidential also the office's own words."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại theo nội dung"), choices=Kind.choices)
    eligible = forms.TypedChoiceField(
        label=gettext_lazy("Đủ điều kiện xử lý"), choices=_YES_NO, coerce=_true
    )
    competent = forms.TypedChoiceField(
        label=gettext_lazy("Thuộc thẩm quyền của cơ quan"), choices=_YES_NO, coerce=_true
    )
    people = forms.IntegerField(label=gettext_lazy("Số người"), min_value=1, max_value=100000)
    instance = forms.TypedChoiceField(
        label=gettext_lazy("Khiếu nại lần"), coerce=int, choices=((1, "1"), (2, "2"))
    )
    remote = forms.BooleanField(
        label=gettext_lazy("Vùng sâu, vùng xa đi lại khó khăn"), required=False
    )
    delegated = forms.BooleanField(
        label=gettext_lazy("Tố cáo: phải kiểm tra nhiều nơi hoặc ủy quyền kiểm tra"),
        required=False,
    )
    further = forms.ChoiceField(
        label=gettext_lazy("Tố cáo tiếp"), choices=Petition.Further.choices, required=False
    )
    summary = forms.CharField(
        label=gettext_lazy("Tóm tắt (nếu ghi lại)"), max_length=300, required=False,
        help_text=gettext_lazy(
            "Bắt buộc khi đơn thường hóa ra là tố cáo: ghi lại không có gì cho biết ai tố cáo."
        ),
    )  # fmt: skip
    words = _area(gettext_lazy("Nội dung (nếu ghi lại)"), 4, required=False)
    note = _area(gettext_lazy("Ghi chú phân loại"), 2, required=False)

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        becomes = held.get("kind") in CONFIDENTIAL and not self.petition.confidential
        if becomes and not (held.get("summary") and held.get("words")):
            self.add_error(
                "summary", _("Ghi lại tóm tắt và nội dung, không có gì cho biết ai gửi.")
            )
        if held.get("further") and held.get("kind") != Kind.DENUNCIATION:
            self.add_error("further", _("Chỉ chọn khi đơn là tố cáo."))
        return held

    def found(self) -> Class:
        return Class(**{axis.name: self.cleaned_data[axis.name] for axis in fields(Class)})


class SplitForm(ActForm):
    """Up to three parts; the first two are needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in (1, 2, 3):
            needed = n < 3
            self.fields[f"kind_{n}"] = forms.ChoiceField(
                label=_("Phần %d: loại") % n, choices=Kind.choices
            )
            self.fields[f"subject_{n}"] = forms.CharField(
                label=_("Phần %d: tóm tắt") % n, max_length=300, required=needed
            )
            self.fields[f"text_{n}"] = _area(_("Phần %d: nội dung") % n, 3, required=needed)

    def parts(self) -> list[Part]:
        held = self.cleaned_data
        return [
            Part(held[f"kind_{n}"], held[f"subject_{n}"], held[f"text_{n}"])
            for n in (1, 2, 3) if held[f"subject_{n}"] or held[f"text_{n}"]
        ]  # fmt: skip


class AcceptForm(ActForm):
    on = DayField(label=gettext_lazy("Ngày thụ lý"), help_text=gettext_lazy(
        "Thời hạn giải quyết tính từ ngày này."))  # fmt: skip
    note = _area(gettext_lazy("Ghi chú, số thông báo thụ lý"), 2, required=False)


class TurnDownForm(ActForm):
    """A ground of the law's list for this kind on the day its rules are those of."""

    ground = forms.ChoiceField(label=gettext_lazy("Căn cứ không thụ lý"))
    note = _area(gettext_lazy("Ghi thêm: điều, khoản, tình tiết"), 2, required=False)
    answer = _area(gettext_lazy("Trả lời người gửi"), 3, help_text=gettext_lazy(
        "Hiện ở trang tra cứu công khai: không ghi tên người."))  # fmt: skip

    def __init__(self, *args: Any, petition: Petition, **kwargs: Any) -> None:
        super().__init__(*args, petition=petition, **kwargs)
        offered = grounds.of_kind(petition.known_kind, petition.regime)
        self.needing = {g.code for g in offered if g.needs_words}
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            ("", _("– chọn –")), *((g.code, str(g)) for g in offered)
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if held.get("ground") in self.needing and not held.get("note", "").strip():
            self.add_error("note", _("Căn cứ này phải ghi rõ điều, khoản."))
        return held


class CallTalkForm(ActForm):
    held_on = DayField(label=gettext_lazy("Ngày đối thoại"))
    place = forms.CharField(
        label=gettext_lazy("Giờ, địa điểm"), max_length=200,
        help_text=gettext_lazy("Hiện ở trang tra cứu công khai: không ghi tên người."),
    )  # fmt: skip


class HoldTalkForm(ActForm):
    on = DayField(label=gettext_lazy("Đã đối thoại ngày"))
    minutes = _area(gettext_lazy("Kết quả, số biên bản"), 4)


class GroundForm(ActForm):
    ground = _area(gettext_lazy("Lý do, căn cứ"), 3)


class NoteForm(ActForm):
    note = _area(gettext_lazy("Ghi chú"), 2, required=False)


class VerifyForm(ActForm):
    unit = unit_field(gettext_lazy("Đơn vị xác minh, tham mưu"))
    note = _area(gettext_lazy("Yêu cầu xác minh"), 3, required=False)


class ExtendForm(ActForm):
    complexity = forms.ChoiceField(
        label=gettext_lazy("Vụ việc"), choices=Petition.Complexity.choices[1:]
    )
    ground = _area(gettext_lazy("Căn cứ, số quyết định gia hạn"), 3)


class PauseForm(ActForm):
    until = DayField(label=gettext_lazy("Tạm đình chỉ đến hết ngày"))
    ground = _area(gettext_lazy("Căn cứ, số quyết định"), 3)


class RegimeForm(ActForm):
    day = DayField(label=gettext_lazy("Áp dụng quy định có hiệu lực ngày"))
    reason = _area(gettext_lazy("Lý do"), 2)


class TransferForm(ActForm):
    """To a unit of ours, or by name to a body outside."""

    unit = unit_field(gettext_lazy("Đơn vị trong hệ thống"), required=False)
    to_name = forms.CharField(
        label=gettext_lazy("Hoặc cơ quan ngoài hệ thống"), max_length=200, required=False
    )
    clause = forms.CharField(
        label=gettext_lazy("Điều khoản quy định thẩm quyền"), max_length=300,
        help_text=gettext_lazy("Ví dụ: Luật Khiếu nại 2011, Điều 21."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if bool(held.get("unit")) == bool(held.get("to_name")):
            self.add_error("unit", _("Chọn một đơn vị, hoặc ghi tên cơ quan bên ngoài."))
        return held


class JoinForm(ActForm):
    lead = forms.CharField(
        label=gettext_lazy("Số tiếp nhận của đơn chính"), max_length=40,
        help_text=gettext_lazy("Đơn này vẫn có biên nhận, ngày và trả lời riêng."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("Quan hệ"), choices=Link.Kind.choices)
    reason = forms.CharField(label=gettext_lazy("Vì sao là cùng một việc"), max_length=300)


class MarkForm(ActForm):
    on = DayField(label=gettext_lazy("Đã làm ngày"))
    note = _area(gettext_lazy("Số văn bản, ghi chú"), 2, required=False)


class DecideForm(ActForm):
    outcome = forms.ChoiceField(label=gettext_lazy("Kết quả"), choices=Ruling.Outcome.choices)
    code = forms.CharField(
        label=gettext_lazy("Số, ký hiệu quyết định, kết luận, văn bản trả lời"), max_length=60,
        required=False,
    )  # fmt: skip
    on = DayField(label=gettext_lazy("Ngày ban hành"))
    text = _area(gettext_lazy("Nội dung kết quả"), 4)
    answer = _area(gettext_lazy("Trả lời người gửi"), 3, help_text=gettext_lazy(
        "Hiện ở trang tra cứu công khai: không ghi tên người."))  # fmt: skip
    to_enforce = forms.BooleanField(label=gettext_lazy("Có việc phải thi hành"), required=False)

    def result(self) -> Result:
        names = ("outcome", "text", "answer", "code", "to_enforce")
        return Result(**{name: self.cleaned_data[name] for name in names})


class PublishForm(ActForm):
    form = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=Ruling.Form.choices)
    where = forms.CharField(label=gettext_lazy("Nơi công khai"), max_length=300)
    on = DayField(label=gettext_lazy("Từ ngày"))


class EnforceForm(ActForm):
    title = forms.CharField(label=gettext_lazy("Việc phải thi hành"), max_length=300)
    unit = unit_field(gettext_lazy("Đơn vị thi hành"))
    due_on = DayField(label=gettext_lazy("Hạn"))


class AnswerForm(ActForm):
    answer = _area(gettext_lazy("Trả lời người gửi"), 4, help_text=gettext_lazy(
        "Hiện ở trang tra cứu công khai: không ghi tên người."))  # fmt: skip


class AttachForm(ActForm):
    files = MultipleUploadField(label=gettext_lazy("Tệp"))  # type: ignore[assignment]
    about = forms.CharField(label=gettext_lazy("Là tài liệu gì"), max_length=200)


class ReceiptForm(forms.Form):
    """That a petition sent on has arrived."""

    receipt = forms.CharField(label=gettext_lazy("Số vào sổ, cách xác nhận"), max_length=200)


_KINDS = [choice for choice in Kind.choices if choice[0] != Kind.ANONYMOUS]


class LimitForm(forms.Form):
    """A row of the body's own."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại đơn"), choices=_KINDS)
    stage = forms.ChoiceField(label=gettext_lazy("Giai đoạn"))
    value = forms.IntegerField(label=gettext_lazy("Số ngày"), min_value=1, max_value=365)
    unit = forms.ChoiceField(label=gettext_lazy("Tính bằng"), choices=Limit.Length.choices)
    since = DayField(label=gettext_lazy("Áp dụng từ ngày"))
    basis = forms.CharField(label=gettext_lazy("Văn bản quy định"), max_length=300)
    confidence = forms.ChoiceField(
        label=gettext_lazy("Loại căn cứ"), choices=Limit.Confidence.choices
    )
    code = forms.CharField(
        label=gettext_lazy("Thay quy tắc (mã, nếu có)"), max_length=40, required=False,
        help_text=gettext_lazy("Để trống nếu là thời hạn mới. Mã ở cột đầu của bảng trên."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {code: f"{label} ({code})" if code in SETTLING else label
                  for code, label in LABELS.items()}  # fmt: skip
        self.fields["stage"].choices = list(labels.items())  # type: ignore[attr-defined]
