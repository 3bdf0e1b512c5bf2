"""What people send about one assignment: filings, notes, reasons."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.actions.submissions import what_is_lacking
from danvan.assignments.models import Assignment
from danvan.kernel import clock
from danvan.organisations.models import Person
from danvan.organisations.queries import people_in
from danvan.programmes.models.plans import Deliverable
from danvan.ui.fields import DayField, MultipleUploadField

# What offices hand in. No archives: a reviewer must be able to open what is there.
EXTENSIONS = ("pdf", "docx", "doc", "xlsx", "xls", "jpg", "jpeg", "png")
LONGEST_TEXT = 4000


class VerbForm(forms.Form):
    """A form for one verb on one assignment. ``key`` keeps ids of one page apart."""

    key = ""

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        self.assignment = assignment
        kwargs.setdefault("auto_id", f"{self.key}-%s" if self.key else "id_%s")
        super().__init__(*args, **kwargs)

    def words(self) -> dict[str, Any]:
        """What the verb is given, by its own names."""
        return dict(self.cleaned_data)


class NothingForm(VerbForm):
    """For a verb that needs no word."""


class FileForm(VerbForm):
    key = "nop"

    attachments = MultipleUploadField(
        label=gettext_lazy("Tệp"), extensions=EXTENSIONS, max_files=10, required=False
    )
    document_code = forms.CharField(
        label=gettext_lazy("Số, ký hiệu văn bản"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Ví dụ: 12/KH-UBND. Để trống nếu không ban hành văn bản."),
    )
    document_date = DayField(label=gettext_lazy("Ngày văn bản"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Ghi chú, kết quả thực hiện"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_document_date(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["document_date"]
        if day and day > clock.today():
            raise ValidationError(_("Ngày văn bản không được sau hôm nay."))
        return day

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if "attachments" in sent and (
            lacking := what_is_lacking(
                self.assignment, bool(sent["attachments"]), sent.get("note", "")
            )
        ):
            asks_note = self.assignment.deliverable == Deliverable.NONE
            self.add_error("note" if asks_note else "attachments", lacking)
        return sent

    def words(self) -> dict[str, Any]:
        words = dict(self.cleaned_data)
        return {"files": words.pop("attachments"), **words}

    @property
    def lost_files(self) -> bool:
        """Files were sent with mistakes elsewhere: a browser does not send them again."""
        return bool(self.errors and self.files)


class NoteForm(VerbForm):
    key = "tien-do"

    note = forms.CharField(
        label=gettext_lazy("Tiến độ, kết quả đến nay"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    percent = forms.IntegerField(
        label=gettext_lazy("Mức hoàn thành (%)"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=gettext_lazy("Không bắt buộc; số từ 0 đến 100."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "points"}),
    )


class AcceptForm(VerbForm):
    """``version``: the one on the page, so that nobody accepts what he has not seen."""

    key = "chap-nhan"

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


def reason_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReturnForm(VerbForm):
    key = "tra-lai"

    reason = reason_field(gettext_lazy("Lý do trả lại: đơn vị phải sửa gì?"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ExemptForm(VerbForm):
    key = "mien"

    reason = reason_field(gettext_lazy("Lý do, căn cứ miễn"))


class RequireAgainForm(VerbForm):
    key = "yeu-cau-lai"

    reason = reason_field(gettext_lazy("Lý do yêu cầu thực hiện lại"))


class NameForm(VerbForm):
    """``people``: those in post in the unit today."""

    key = "phan-cong"

    person = forms.ModelChoiceField(
        label=gettext_lazy("Người thực hiện"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=gettext_lazy("Chưa phân công"),
    )

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"person": assignment.assigned_to_id})
        super().__init__(*args, assignment=assignment, **kwargs)
        people = people_in(assignment.unit, clock.today())
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
