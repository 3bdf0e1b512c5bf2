"""What is typed about the checklist, regulations, staff conferences and boards."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy.forms.dialogue import PastDayField, count_field, rows
from danvan.democracy.models import Board, CheckAnswer, Regulation
from danvan.kernel import clock
from danvan.ui.fields import DayField, UploadField

Answer = CheckAnswer.Answer
YEAR = {"invalid": gettext_lazy("Ghi năm bằng bốn chữ số, ví dụ 2023.")}


class AnswerForm(forms.Form):
    """What the unit says of one item."""

    said = forms.ChoiceField(
        label=gettext_lazy("Trả lời"), choices=Answer.choices, widget=forms.RadioSelect
    )
    proof = forms.CharField(
        label=gettext_lazy("Văn bản, địa chỉ chứng minh"), max_length=300, required=False
    )
    file = UploadField(label=gettext_lazy("Tệp chứng minh"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Lý do, ghi chú"), max_length=1000, required=False, widget=rows(2)
    )

    def __init__(self, *args: Any, known: CheckAnswer | None, **kwargs: Any) -> None:
        self.known = known
        if known is not None:
            kwargs["initial"] = {
                "said": known.answer, "proof": known.proof, "reason": known.reason,
            }  # fmt: skip
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        kept = bool(self.known and self.known.file_id)
        proved = sent.get("proof") or sent.get("file") or kept
        if sent.get("said") == Answer.DONE and not proved and "file" in sent:
            self.add_error("proof", _("Ghi văn bản hoặc gửi tệp chứng minh."))
        if sent.get("said") in (Answer.NOT_DONE, Answer.NOT_APPLICABLE) and not sent.get("reason"):
            self.add_error("reason", _("Ghi lý do."))
        return sent


class RegulationForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=Regulation.Kind.choices)
    document = forms.CharField(
        label=gettext_lazy("Văn bản ban hành"), max_length=300,
        help_text=gettext_lazy("Ví dụ: Quyết định số 15/QĐ-UBND ngày 02/02/2023."),
    )  # fmt: skip
    valid_from = DayField(label=gettext_lazy("Áp dụng từ ngày"))


class EndForm(forms.Form):
    regulation = forms.TypedChoiceField(label=gettext_lazy("Văn bản"), coerce=int)
    on = DayField(label=gettext_lazy("Ngày cuối cùng còn áp dụng"))
    why = forms.CharField(label=gettext_lazy("Lý do"), max_length=300)

    def __init__(self, *args: Any, held: list[Regulation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regulation"].choices = [(row.pk, str(row)) for row in held]  # type: ignore[attr-defined]


class ConferenceForm(forms.Form):
    """The counts check one another."""

    year = forms.IntegerField(
        label=gettext_lazy("Năm công tác được kiểm điểm"), min_value=2000, max_value=2200,
        error_messages=YEAR,
    )  # fmt: skip
    held_on = PastDayField(label=gettext_lazy("Ngày họp"))
    staff = count_field(gettext_lazy("Tổng số cán bộ, công chức, viên chức, người lao động"))
    summoned = count_field(gettext_lazy("Số triệu tập (toàn thể hoặc đại biểu)"))
    attended = count_field(gettext_lazy("Số dự họp"))
    agreed = count_field(gettext_lazy("Số tán thành nghị quyết"))
    resolution = forms.CharField(label=gettext_lazy("Nghị quyết hội nghị"), max_length=300)

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        order = ("agreed", "attended", "summoned", "staff")
        for less, more in itertools.pairwise(order):
            if less in sent and more in sent and sent[less] > sent[more]:
                label = str(self.fields[more].label).lower()
                self.add_error(less, _("Không được lớn hơn %s.") % label)
        if sent.get("summoned") == 0:
            self.add_error("summoned", _("Phải có người được triệu tập."))
        held_on, year = sent.get("held_on"), sent.get("year")
        if held_on and year and held_on.year not in (year, year + 1):
            self.add_error("held_on", _("Họp trong năm công tác đó hoặc năm liền sau."))
        return sent


class BoardForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=Board.Kind.choices)
    project = forms.CharField(
        label=gettext_lazy("Dự án được giám sát"), max_length=300, required=False,
        help_text=gettext_lazy("Chỉ ghi với Ban Giám sát đầu tư của cộng đồng."),
    )  # fmt: skip
    members = forms.IntegerField(
        label=gettext_lazy("Số thành viên"), min_value=1, max_value=500,
        error_messages={"invalid": gettext_lazy("Ghi số nguyên, ví dụ 7.")},
    )  # fmt: skip
    valid_from = DayField(label=gettext_lazy("Nhiệm kỳ từ ngày"))
    valid_to = DayField(label=gettext_lazy("đến ngày"))
    recognised_by = forms.CharField(label=gettext_lazy("Văn bản công nhận"), max_length=300)

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if sent.get("kind") == Board.Kind.INVESTMENT and not sent.get("project"):
            self.add_error("project", _("Ghi dự án được giám sát."))
        start, end = sent.get("valid_from"), sent.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", _("Ngày hết nhiệm kỳ không trước ngày bắt đầu."))
        return sent


class BoardCheckForm(forms.Form):
    board = forms.TypedChoiceField(label=gettext_lazy("Ban"), coerce=int)
    held_on = PastDayField(label=gettext_lazy("Ngày kiểm tra"))
    about = forms.CharField(label=gettext_lazy("Nội dung"), max_length=300)
    recommended = count_field(gettext_lazy("Số kiến nghị"), initial=0)
    handled = count_field(gettext_lazy("Số đã giải quyết"), initial=0)

    def __init__(self, *args: Any, boards: list[Board], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boards = {board.pk: board for board in boards}
        self.fields["board"].choices = [(pk, str(b)) for pk, b in self.boards.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if (sent.get("handled") or 0) > (sent.get("recommended") or 0):
            self.add_error("handled", _("Số đã giải quyết không vượt số kiến nghị."))
        board, day = self.boards.get(sent.get("board") or 0), sent.get("held_on")
        if board and day and not board.holds_on(day):
            self.add_error("held_on", _("Ngày kiểm tra phải trong nhiệm kỳ của Ban."))
        return sent


class YearForm(forms.Form):
    """Which year a page is about; this year otherwise."""

    nam = forms.IntegerField(
        label=gettext_lazy("Năm"), min_value=2015, max_value=2200, required=False,
        error_messages=YEAR,
    )  # fmt: skip

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> YearForm:
        """With the year of the address, this year where there is none."""
        return cls(asked if asked.get("nam") else {"nam": clock.today().year})

    def year(self) -> int:
        asked = self.cleaned_data.get("nam") if self.is_valid() else None
        return int(asked or clock.today().year)
