"""What is brought, as the office types it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.petitions.actions.intake import Brought, Person, representatives_wrong
from danvan.petitions.models import CONFIDENTIAL, Kind, Petition
from danvan.ui.fields import DayField, MultipleUploadField


class IntakeForm(forms.Form):
    """One petition. Of a denunciation, sender, words and papers go into the vault as they are."""

    body = forms.TypedChoiceField(label=gettext_lazy("Cơ quan tiếp nhận"), coerce=int)
    channel = forms.ChoiceField(label=gettext_lazy("Cách gửi"), choices=Petition.Channel.choices)
    received_on = DayField(label=gettext_lazy("Ngày nhận"))
    kind_said = forms.ChoiceField(
        label=gettext_lazy("Người gửi gọi là"), choices=Kind.choices,
        help_text=gettext_lazy("Loại thật xác định khi phân loại, theo nội dung."),
    )  # fmt: skip
    subject = forms.CharField(
        label=gettext_lazy("Tóm tắt"), max_length=300,
        help_text=gettext_lazy("Hiện trong danh sách. Đơn tố cáo: không ghi gì cho biết ai gửi."),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Nội dung"), widget=forms.Textarea(attrs={"rows": 6}), required=False
    )
    demand = forms.CharField(
        label=gettext_lazy("Yêu cầu của người gửi"), widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )  # fmt: skip
    settled_before = forms.CharField(
        label=gettext_lazy("Đã được giải quyết ở đâu, khi nào"), max_length=300, required=False
    )
    name = forms.CharField(
        label=gettext_lazy("Họ tên người gửi"), max_length=120, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Để trống nếu là tố cáo không rõ người gửi."),
    )  # fmt: skip
    address = forms.CharField(label=gettext_lazy("Địa chỉ"), max_length=300, required=False)
    phone = forms.CharField(label=gettext_lazy("Điện thoại"), max_length=30, required=False)
    email = forms.EmailField(label=gettext_lazy("Thư điện tử"), required=False)
    people = forms.IntegerField(
        label=gettext_lazy("Số người cùng gửi"), min_value=1, max_value=100000, initial=1
    )
    others = forms.CharField(
        label=gettext_lazy("Những người khác, người đại diện"), required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Mỗi dòng một người: họ tên; địa chỉ; điện thoại. Thêm dấu * trước tên người đại diện. "
            "Từ 5 đến 10 người: 1–2 người đại diện; trên 10 người: nhiều nhất 5."
        ),
    )  # fmt: skip
    at_reception = forms.BooleanField(
        label=gettext_lazy("Nhận tại buổi tiếp công dân"), required=False
    )
    forwarder = forms.ChoiceField(
        label=gettext_lazy("Do ai chuyển đến"), choices=Petition.Forwarder.choices, required=False
    )
    forwarder_name = forms.CharField(
        label=gettext_lazy("Tên nơi chuyển"), max_length=200, required=False
    )
    envelope = forms.CharField(
        label=gettext_lazy("Tố cáo giữ trong phong bì niêm phong: nơi giữ"), max_length=200,
        required=False,
        help_text=gettext_lazy("Ghi thì hệ thống chỉ giữ số hồ sơ, không giữ danh tính."),
    )  # fmt: skip
    # The stubs take "files" for the form's own attribute; Django has no trouble with the field.
    files = MultipleUploadField(  # type: ignore[assignment]
        label=gettext_lazy("Tệp kèm theo"), required=False
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, bodies: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        kind, senders = held.get("kind_said"), self.senders()
        if kind == Kind.ANONYMOUS and senders:
            self.add_error("name", _("Đơn không rõ người gửi thì không ghi người gửi."))
        if kind not in CONFIDENTIAL and not senders:
            self.add_error("name", _("Ghi họ tên người gửi."))
        if kind == Kind.DENUNCIATION and not (senders or held.get("envelope")):
            self.add_error("name", _("Ghi người tố cáo (được giữ kín) hoặc nơi giữ phong bì."))
        if not held.get("text") and not held.get("envelope"):
            self.add_error("text", _("Ghi nội dung."))
        named = sum(p.represents for p in senders)
        if wrong := representatives_wrong(held.get("people") or 1, named):
            self.add_error("others", wrong)
        return held

    def senders(self) -> list[Person]:
        """The first sender and one for each line of the others."""
        held = self.cleaned_data
        found = [Person(held.get("name", ""), held.get("address", ""), held.get("phone", ""),
                        held.get("email", ""))] if held.get("name") else []  # fmt: skip
        for line in held.get("others", "").splitlines():
            parts = [part.strip() for part in line.split(";")]
            if name := parts[0].lstrip("* ").strip():
                address, phone = (*parts[1:3], "", "")[:2]
                marked = parts[0].startswith("*")
                found.append(Person(name[:120], address[:300], phone[:30], represents=marked))
        return found

    def brought(self) -> Brought:
        """As ``intake.receive`` takes it."""
        held = dict(self.cleaned_data)
        for name in ("body", "name", "address", "phone", "email", "others"):
            held.pop(name)
        return Brought(**held, senders=self.senders())
