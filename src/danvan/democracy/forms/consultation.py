"""What is typed about consultations and opinions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy import drafts
from danvan.democracy.actions.consultation import days_open
from danvan.democracy.forms.disclosure import PICTURES, WHY, PastDayField
from danvan.democracy.models import Consultation, DraftOpinion, Matter
from danvan.democracy.models.matters import OPINION
from danvan.documents.models import Document
from danvan.documents.queries import known
from danvan.kernel import clock
from danvan.organisations.models.units import in_force
from danvan.ui.fields import DayField, MultipleUploadField, UploadField
from vanban.errors import ReadingError

READABLE = ("docx", "pdf", "txt")
LONG = forms.Textarea(attrs={"rows": 4})


class ConsultationForm(forms.Form):
    """A draft and the days; the file (or the document of the register) is read at once."""

    unit = forms.TypedChoiceField(label=gettext_lazy("Đơn vị lấy ý kiến"), coerce=int)
    title = forms.CharField(label=gettext_lazy("Tên dự thảo"), max_length=300)
    purpose = forms.CharField(
        label=gettext_lazy("Vì sao lấy ý kiến, hỏi điều gì"), widget=WHY, max_length=2000
    )
    matter = forms.ModelChoiceField(
        Matter.objects.none(), label=gettext_lazy("Thuộc nội dung luật định"), required=False,
        empty_label=gettext_lazy("không thuộc danh mục"),
        help_text=gettext_lazy("Quyết định số ngày tối thiểu."),
    )  # fmt: skip
    file = UploadField(
        label=gettext_lazy("Tệp dự thảo"), extensions=READABLE, required=False,
        help_text=gettext_lazy("Được đọc thành từng đoạn để góp ý. Loại tệp: docx, pdf, txt."),
    )  # fmt: skip
    document_code = forms.CharField(
        label=gettext_lazy("Hoặc số, ký hiệu văn bản trong sổ"), max_length=60, required=False
    )
    opens_on = DayField(label=gettext_lazy("Công khai, nhận ý kiến từ ngày"))
    closes_on = DayField(label=gettext_lazy("Đến hết ngày"))
    short_reason = forms.CharField(
        label=gettext_lazy("Lý do, nếu ít hơn số ngày luật định"), max_length=300, required=False
    )
    public = forms.BooleanField(
        label=gettext_lazy("Lấy ý kiến Nhân dân trên trang công khai"), required=False,
        initial=True,
    )  # fmt: skip
    asked_words = forms.CharField(
        label=gettext_lazy("Cơ quan, tổ chức, đơn vị được hỏi"), max_length=500, required=False,
        help_text=gettext_lazy("Như ở Nơi nhận, ví dụ: Phòng Tư pháp; UBND phường, xã."),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        held = Matter.objects.filter(in_force(clock.today()), group__in=OPINION)
        self.fields["matter"].queryset = held  # type: ignore[attr-defined]
        self.document: Document | None = None
        self.pieces: list[drafts.Piece] = []

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        self._read(held.get("file"), (held.get("document_code") or "").strip())
        self._days(held)
        return held

    def _read(self, file: Any, code: str) -> None:
        if self.errors.get("file"):
            return
        if file is None and not code:
            self.add_error("file", _("Gửi tệp dự thảo hoặc ghi số, ký hiệu văn bản trong sổ."))
            return
        place = "file" if file else "document_code"
        try:
            if file is not None:
                file.seek(0)
                self.pieces = drafts.of_file(file.read(), file.name or "")
                file.seek(0)
            elif (found := known(code, None)) is not None:
                self.document = Document.objects.get(pk=found.pk)
                self.pieces = drafts.of_document(self.document)
            else:
                self.add_error(place, _("Sổ văn bản không có số, ký hiệu này."))
        except ReadingError as error:
            self.add_error(place, error.message)

    def _days(self, held: dict[str, Any]) -> None:
        start, end, matter = held.get("opens_on"), held.get("closes_on"), held.get("matter")
        if not start or not end:
            return
        if start < clock.today():
            self.add_error("opens_on", _("Ngày này đã qua; thời hạn tính từ ngày công khai."))
        elif end < start:
            self.add_error("closes_on", _("Ngày cuối không thể trước ngày mở."))
        elif matter and not held.get("short_reason"):
            self._least(matter, start, end)

    def _least(self, matter: Matter, start: dt.date, end: dt.date) -> None:
        """Fewer days than the law's are told with their reason, or not sent."""
        least = matter.limit_value
        if not least or days_open(start, end) >= least:
            return
        until = start + dt.timedelta(days=least)
        told = {"n": least, "where": matter.where, "day": f"{until:%d/%m/%Y}"}
        said = _("Ít nhất %(n)d ngày (%(where)s): đến ngày %(day)s. Ít hơn thì ghi lý do.")
        self.add_error("short_reason", said % told)

    def words(self) -> dict[str, Any]:
        """As ``consultation.prepare`` takes them."""
        names = ("title", "purpose", "matter", "file", "opens_on", "closes_on", "short_reason",
                 "public", "asked_words")  # fmt: skip
        held = {n: self.cleaned_data[n] for n in names}
        return held | {"pieces": self.pieces, "document": self.document}


class RescheduleForm(forms.Form):
    """Another last day."""

    closes_on = DayField(label=gettext_lazy("Nhận ý kiến đến hết ngày"))
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=300)

    def clean_closes_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["closes_on"]
        if day < clock.today():
            raise forms.ValidationError(_("Ngày này đã qua."))
        return day


class ConcludeForm(forms.Form):
    """What was issued in the end."""

    final_code = forms.CharField(
        label=gettext_lazy("Số, ký hiệu văn bản ban hành"), max_length=60, required=False
    )
    final_note = forms.CharField(
        label=gettext_lazy("Kết quả"), widget=WHY, max_length=1000, required=False,
        help_text=gettext_lazy("Ví dụ: đã chỉnh lý mục II.1, trình HĐND kỳ họp cuối năm."),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do rút dự thảo"), max_length=500)


class SaidForm(forms.Form):
    """A word on a paragraph, or on the whole draft."""

    paragraph = forms.TypedChoiceField(
        label=gettext_lazy("Đoạn"), coerce=int, required=False, empty_value=None
    )
    text = forms.CharField(label=gettext_lazy("Ý kiến"), widget=LONG, max_length=5000)
    sent = MultipleUploadField(label=gettext_lazy("Tệp kèm theo"), required=False, max_files=5)

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = {p.pk: p for p in consultation.paragraphs.all()}
        choices = [("", _("toàn bộ dự thảo"))]
        choices += [(str(p.pk), f"{p.place}: {p.text[:70]}") for p in self.pieces.values()]
        self.fields["paragraph"].choices = choices  # type: ignore[attr-defined]

    def words(self) -> dict[str, Any]:
        held = dict(self.cleaned_data)
        held["paragraph"] = self.pieces.get(held["paragraph"])
        return held


class SpeakForm(SaidForm):
    """For one of one's units."""

    unit = forms.TypedChoiceField(label=gettext_lazy("Thay mặt đơn vị"), coerce=int)
    field_order = ("unit", "paragraph", "text", "sent")

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class EnterForm(SaidForm):
    """What came at a meeting or on paper."""

    source = forms.ChoiceField(
        label=gettext_lazy("Người góp ý"), choices=DraftOpinion.Source, initial="citizen"
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Hình thức"), initial="meeting",
        choices=[(c.value, c.label) for c in (
            DraftOpinion.Channel.MEETING, DraftOpinion.Channel.PAPER)],
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Họ tên hoặc tên tổ chức"), max_length=200, required=False,
        help_text=gettext_lazy("Chỉ đơn vị lấy ý kiến đọc được tên, liên hệ của công dân."),
    )  # fmt: skip
    contact = forms.CharField(label=gettext_lazy("Liên hệ"), max_length=200, required=False)
    given_on = PastDayField(label=gettext_lazy("Ngày góp ý"))
    sent = MultipleUploadField(
        label=gettext_lazy("Bản quét"), extensions=PICTURES, required=False, max_files=5
    )
    field_order = ("source", "channel", "name", "contact", "given_on", "paragraph", "text", "sent")


class AnswerForm(forms.Form):
    """What becomes of an opinion, and why; ``seen`` is the answer that was on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    outcome = forms.ChoiceField(label=gettext_lazy("Kết quả"), choices=DraftOpinion.Outcome)
    text = forms.CharField(
        label=gettext_lazy("Nội dung tiếp thu, giải trình"), widget=LONG, max_length=5000,
        help_text=gettext_lazy("Tiếp thu: sửa thế nào. Không tiếp thu: vì sao."),
    )  # fmt: skip

    def clean_seen(self) -> str | None:
        return self.cleaned_data["seen"] or None


class GroupForm(forms.Form):
    """Which opinion it repeats."""

    same_as = forms.TypedChoiceField(label=gettext_lazy("Trùng với ý kiến"), coerce=int)

    def __init__(self, *args: Any, like: Sequence[DraftOpinion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(o.pk, f"{o.number}: {o.text[:80]}") for o in like]
        self.fields["same_as"].choices = choices  # type: ignore[attr-defined]


class TellForm(forms.Form):
    how = forms.CharField(
        label=gettext_lazy("Đã báo cho người góp ý bằng cách"), max_length=200,
        help_text=gettext_lazy("Ví dụ: gửi công văn 15/UBND-VP; thông báo tại cuộc họp khu phố."),
    )  # fmt: skip
