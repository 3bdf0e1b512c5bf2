"""What a citizen fills in; what may be wrong is said in plain words at the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from danvan.petitions import public as petitions
from danvan.ui.fields import MultipleUploadField

KINDS = ("pdf", "docx", "jpg", "jpeg", "png")


TRAPPED = _("Trình duyệt đã tự điền một ô phải để trống, nên trang chưa nhận.")


class Trap(forms.Form):
    """A field no person sees: who fills it in is a machine. No captcha from outside."""

    website = forms.CharField(
        label=_("Để trống ô này"), required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )  # fmt: skip

    @property
    def trapped(self) -> bool:
        """Filled in, as machines do. A person whose browser did it sends it again without."""
        return self.is_bound and bool(self.data.get("website"))


class ReceiptForm(forms.Form):
    """Number and secret of a receipt."""

    number = forms.CharField(label=_("Số tiếp nhận"), max_length=40)
    secret = forms.CharField(label=_("Mã tra cứu"), max_length=40)


class PetitionForm(Trap):
    """A petition sent over the web."""

    kind_said = forms.ChoiceField(
        label=_("Bà con muốn gửi"), choices=list(petitions.KINDS.items()),
        widget=forms.RadioSelect, initial="kien_nghi_phan_anh",
    )  # fmt: skip
    body = forms.ChoiceField(label=_("Gửi đến"))
    name = forms.CharField(
        label=_("Họ và tên"), max_length=200, required=False,
        help_text=_("Báo tin không nêu tên thì để trống."),
    )  # fmt: skip
    address = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    content = forms.CharField(
        label=_("Nội dung"), max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Việc gì, ở đâu, khi nào, mong được giải quyết thế nào."),
    )  # fmt: skip
    files = MultipleUploadField(  # type: ignore[assignment]
        label=_("Ảnh, giấy tờ kèm theo"), extensions=KINDS, required=False
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, bodies: list[tuple[Any, str]], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})["token"] = get_random_string(32)
        super().__init__(*args, **kwargs)
        self.bodies = {str(unit.pk): unit for unit, _name in bodies}
        field = self.fields["body"]
        field.choices = [(str(unit.pk), name) for unit, name in bodies]  # type: ignore[attr-defined]
        self.initial.setdefault("body", next(iter(self.bodies), ""))

    def clean(self) -> dict[str, Any]:
        """A name, but for who tells without one: said at its field, where it is typed."""
        held = super().clean() or {}
        unnamed = held.get("kind_said") == petitions.UNNAMED
        if not unnamed and "name" not in self.errors and not held.get("name", "").strip():
            self.add_error(
                "name", _("Ghi họ tên. Nếu không muốn nêu tên, chọn “Báo tin, không nêu tên”.")
            )
        return held

    def words(self) -> dict[str, Any]:
        """As ``petitions.public.receive`` takes them."""
        given = {k: v for k, v in self.cleaned_data.items() if k not in ("website", "body")}
        return {**given, "body": self.bodies[self.cleaned_data["body"]]}


class DisputeForm(forms.Form):
    reason = forms.CharField(
        label=_("Vì sao chưa đồng ý"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class OpinionForm(Trap):
    """An opinion on one paragraph of a draft, or on all of it."""

    paragraph = forms.ChoiceField(label=_("Góp ý cho"), required=False)
    text = forms.CharField(
        label=_("Ý kiến"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6})
    )
    name = forms.CharField(label=_("Họ và tên (nếu muốn)"), max_length=200, required=False)
    contact = forms.CharField(
        label=_("Điện thoại hoặc thư điện tử (nếu muốn)"), max_length=200, required=False
    )
    files = MultipleUploadField(  # type: ignore[assignment]
        label=_("Tệp kèm theo"), extensions=KINDS, required=False
    )

    def __init__(self, *args: Any, paragraphs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = [("", _("Toàn bộ dự thảo"))]
        self.fields["paragraph"].choices = whole + paragraphs  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Mã khảo sát"), max_length=20)


class SurveyForm(Trap):
    """The questions of one survey, each a choice; a token where sheets are handed out."""

    def __init__(self, *args: Any, survey: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in survey.questions:
            self.fields[question.code] = forms.ChoiceField(
                label=question.text, choices=question.options, required=question.required,
                widget=forms.RadioSelect,
            )  # fmt: skip
        if survey.needs_token:
            self.fields["token"] = forms.CharField(label=_("Mã phiếu"), max_length=40)
        self.asked = [question.code for question in survey.questions]

    @property
    def answers(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code in self.asked if self.cleaned_data[code]}
