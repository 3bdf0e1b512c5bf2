"""What is typed about surveys: the survey itself, tokens, paper sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy.actions.surveys import MOST_TOKENS, Asked, faults
from danvan.democracy.forms.dialogue import Units, rows
from danvan.democracy.models import Question, Questionnaire
from danvan.kernel import clock
from danvan.ui.fields import DayField

MOST_SHEETS = 500
BLANK = "-"


class SurveyForm(forms.Form):
    """One survey; every unit chosen is asked about in the same way."""

    title = forms.CharField(label=gettext_lazy("Tên đợt khảo sát"), max_length=300)
    questionnaire = forms.ModelChoiceField(
        Questionnaire.objects.none(), label=gettext_lazy("Phiếu hỏi"), empty_label=None
    )
    surveyor = forms.CharField(
        label=gettext_lazy("Đơn vị khảo sát"), max_length=200,
        help_text=gettext_lazy("Nên là đơn vị không được khảo sát trong đợt này."),
    )  # fmt: skip
    sampling = forms.CharField(
        label=gettext_lazy("Cách chọn mẫu"), max_length=2000, widget=rows(3),
        help_text=gettext_lazy(
            "Chọn ai, bằng cách nào; ví dụ: cứ 5 người đến nhận kết quả thì phát phiếu cho một."
        ),
    )  # fmt: skip
    opens_on = DayField(label=gettext_lazy("Nhận phiếu từ ngày"))
    closes_on = DayField(label=gettext_lazy("đến hết ngày"))
    minimum = forms.IntegerField(
        label=gettext_lazy("Cỡ mẫu tối thiểu mỗi đơn vị"), min_value=5, max_value=100_000,
        initial=30,
        help_text=gettext_lazy(
            "Dưới số này không công bố kết quả của đơn vị. Tiêu chí chấm điểm lấy từ 30 phiếu."
        ),
    )  # fmt: skip
    units = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Các đơn vị được khảo sát"), coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    by_token = forms.BooleanField(
        label=gettext_lazy("Chỉ nhận phiếu có mã dùng một lần (phát kèm lời mời)"), required=False
    )
    populations = forms.CharField(
        label=gettext_lazy("Số người được phục vụ trong kỳ (nếu biết)"), required=False,
        widget=rows(3), max_length=5000,
        help_text=gettext_lazy("Mỗi dòng: tên đơn vị = số người. Ví dụ: UBND Phường 1 = 1240."),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {name.strip().lower(): unit for unit, name in units}
        self.fields["units"].choices = units  # type: ignore[attr-defined]
        today = clock.today()
        held = Questionnaire.objects.filter(valid_from__lte=today)
        self.fields["questionnaire"].queryset = held.exclude(valid_to__lt=today)  # type: ignore[attr-defined]

    def clean_populations(self) -> dict[int, int]:
        found = {}
        for line in self.cleaned_data["populations"].splitlines():
            if not line.strip():
                continue
            name, _equals, number = line.partition("=")
            unit, digits = self.names.get(name.strip().lower()), number.strip().replace(".", "")
            if unit is None:
                raise ValidationError(_("Không có đơn vị “%s” trong danh sách.") % name.strip())
            if not (digits.isascii() and digits.isdecimal() and 0 < int(digits) < 10**9):
                raise ValidationError(_("Ghi số người của “%s” bằng số nguyên.") % name.strip())
            found[unit] = int(digits)
        return found

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        start, end = sent.get("opens_on"), sent.get("closes_on")
        if start and end and end < start:
            self.add_error("closes_on", _("Ngày kết thúc không trước ngày bắt đầu."))
        elif end and end < clock.today():
            self.add_error("closes_on", _("Ngày kết thúc không trước hôm nay."))
        return sent

    def values(self) -> dict[str, Any]:
        """As ``open_survey`` takes them."""
        sent = dict(self.cleaned_data)
        known, by_token = sent.pop("populations"), sent.pop("by_token")
        sent["units"] = [Asked(unit, known.get(unit), by_token) for unit in sent["units"]]
        return sent


class TokensForm(forms.Form):
    count = forms.IntegerField(
        label=gettext_lazy("Số mã cần cấp"), min_value=1, max_value=MOST_TOKENS,
        error_messages={"invalid": gettext_lazy("Ghi số nguyên, ví dụ 50.")},
    )  # fmt: skip


class PaperForm(forms.Form):
    """A line a sheet: the printed number of the option chosen, question by question."""

    sheets = forms.CharField(
        label=gettext_lazy("Các phiếu, mỗi dòng một phiếu"), widget=rows(10), max_length=20_000
    )
    kept_where = forms.CharField(
        label=gettext_lazy("Phiếu giấy lưu ở đâu"), max_length=300,
        help_text=gettext_lazy("Để kiểm tra lại khi cần, ví dụ: Văn phòng, hộp số 3."),
    )  # fmt: skip

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        self.fields["sheets"].help_text = _(
            "Ghi số in trước câu đã chọn, theo thứ tự %(n)d câu, cách nhau bằng dấu cách; "
            "câu bỏ trống ghi dấu -. Ví dụ: %(line)s"
        ) % {"n": len(questions), "line": " ".join(["1"] * max(0, len(questions) - 1) + [BLANK])}

    def clean_sheets(self) -> list[dict[str, str]]:
        lines = [line for line in self.cleaned_data["sheets"].splitlines() if line.strip()]
        if len(lines) > MOST_SHEETS:
            raise ValidationError(_("Mỗi lô tối đa %d phiếu.") % MOST_SHEETS)
        found, wrong = [], []
        for number, line in enumerate(lines, start=1):
            sheet, why = self._read(line)
            found.append(sheet)
            if why:
                wrong.append(_("Dòng %(n)d: %(why)s") % {"n": number, "why": why})
        if wrong:
            raise ValidationError(wrong[:20])
        return found

    def _read(self, line: str) -> tuple[dict[str, str], str]:
        """The sheet of a line, and what is wrong with it."""
        parts = re.split(r"[\s,;]+", line.strip(" \t,;"))
        if len(parts) != len(self.questions):
            return {}, _("có %(n)d số, phải có %(all)d.") % {
                "n": len(parts), "all": len(self.questions),
            }  # fmt: skip
        sheet = {}
        for question, part in zip(self.questions, parts, strict=True):
            if part == BLANK:
                continue
            most = len(question.options)
            if not (part.isascii() and part.isdecimal() and 1 <= int(part) <= most):
                return {}, _("câu %(q)d ghi “%(said)s”, phải từ 1 đến %(most)d.") % {
                    "q": question.order, "said": part[:10], "most": most,
                }  # fmt: skip
            sheet[question.code] = question.options[int(part) - 1][0]
        return sheet, next(iter(faults(self.questions, sheet).values()), "")
