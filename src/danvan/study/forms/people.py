"""Forms about a person: the code they type, an exemption asked and decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.study import codes
from danvan.study.models import Question
from danvan.ui.fields import DayField


class CodeForm(forms.Form):
    """A personal code as it was handed out; capitals and the dash do not matter."""

    code = forms.CharField(
        label=gettext_lazy("Mã cá nhân"), max_length=20,
        help_text=gettext_lazy("Mã 8 ký tự do đơn vị phát, ví dụ K7MP-2XWD."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )  # fmt: skip

    def clean_code(self) -> str:
        typed = str(self.cleaned_data["code"])
        if not codes.plain(typed):
            raise forms.ValidationError(_("Mã cá nhân gồm 8 chữ cái và chữ số. Hãy xem lại mã."))
        return typed


class ExemptionForm(forms.Form):
    """A person of the unit who need not study between two days."""

    person = forms.TypedChoiceField(label=gettext_lazy("Người được đề nghị miễn"), coerce=int)
    valid_from = DayField(label=gettext_lazy("Từ ngày"))
    valid_to = DayField(label=gettext_lazy("Đến hết ngày"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=300,
        help_text=gettext_lazy("Ví dụ: nghỉ thai sản theo quyết định số …, đi học tập trung."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        start, end = held.get("valid_from"), held.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", _("Trước ngày bắt đầu."))
        return held


class QuizForm(forms.Form):
    """The questions drawn for one learner, each with its choices."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, question in enumerate(questions, 1):
            self.fields[f"q{question.pk}"] = forms.TypedChoiceField(
                label=f"{number}. {question.words}",
                coerce=int,
                choices=list(enumerate(question.choices)),
                widget=forms.RadioSelect,
            )

    def answers(self) -> dict[int, int]:
        return {int(name[1:]): choice for name, choice in self.cleaned_data.items()}
