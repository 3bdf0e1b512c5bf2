"""What is typed about supervision by the Front and about opinions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy.forms.dialogue import PastDayField, Units, rows
from danvan.democracy.models import BuildingOpinion, Outcome
from danvan.documents.queries import known
from danvan.kernel import clock
from danvan.ui.fields import DayField, UploadField

OUTCOMES = [("", gettext_lazy("Chọn")), *Outcome.choices]


class ProgrammeForm(forms.Form):
    """A programme; a symbol that is in the register leads to the document."""

    year = forms.IntegerField(
        label=gettext_lazy("Năm"), min_value=2000, max_value=2200,
        error_messages={"invalid": gettext_lazy("Ghi năm bằng bốn chữ số, ví dụ 2023.")},
    )  # fmt: skip
    title = forms.CharField(label=gettext_lazy("Tên chương trình"), max_length=300)
    source = forms.CharField(
        label=gettext_lazy("Văn bản ban hành"), max_length=300,
        help_text=gettext_lazy("Ví dụ: Kế hoạch số 12/KH-MTTQ-BTT ngày 10/01/2023."),
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "document": known(self.cleaned_data["source"], None)}


class SubjectForm(forms.Form):
    about = forms.CharField(label=gettext_lazy("Nội dung giám sát"), max_length=300)
    unit = forms.TypedChoiceField(label=gettext_lazy("Đơn vị được giám sát"), coerce=int)
    led_by = forms.CharField(label=gettext_lazy("Tổ chức chủ trì"), max_length=200)
    form = forms.CharField(
        label=gettext_lazy("Hình thức"), max_length=200,
        help_text=gettext_lazy("Ví dụ: đoàn giám sát; nghiên cứu, xem xét văn bản."),
    )  # fmt: skip
    planned = forms.CharField(
        label=gettext_lazy("Thời gian dự kiến"), max_length=100,
        help_text=gettext_lazy("Ví dụ: quý II/2023."),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class FindingForm(forms.Form):
    finding = forms.CharField(
        label=gettext_lazy("Kết quả giám sát"), max_length=20_000, widget=rows(5)
    )
    document = forms.CharField(
        label=gettext_lazy("Văn bản kết quả"), max_length=200, required=False
    )
    on = PastDayField(label=gettext_lazy("Ngày kết luận"))


class RecommendationForm(forms.Form):
    content = forms.CharField(label=gettext_lazy("Kiến nghị"), max_length=5000, widget=rows(3))
    document_code = forms.CharField(label=gettext_lazy("Văn bản kiến nghị"), max_length=200)
    sent_on = PastDayField(label=gettext_lazy("Ngày gửi"))
    reply_due_on = DayField(
        label=gettext_lazy("Đề nghị trả lời trước ngày"), required=False,
        help_text=gettext_lazy(
            "Ngày văn bản của Mặt trận đề nghị. Để trống thì hệ thống không tính chậm."
        ),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        due, on = sent.get("reply_due_on"), sent.get("sent_on")
        if due and on and due < on:
            self.add_error("reply_due_on", _("Ngày đề nghị trả lời không trước ngày gửi."))
        return sent


class ReplyForm(forms.Form):
    """What is accepted needs a remedy with its date."""

    outcome = forms.ChoiceField(label=gettext_lazy("Kết quả"), choices=OUTCOMES)
    text = forms.CharField(
        label=gettext_lazy("Nội dung trả lời"), max_length=20_000, widget=rows(4)
    )
    document_code = forms.CharField(
        label=gettext_lazy("Văn bản trả lời"), max_length=200, required=False
    )
    remedy = forms.CharField(
        label=gettext_lazy("Việc khắc phục (khi tiếp thu)"), max_length=300, required=False,
        help_text=gettext_lazy("Trở thành nhiệm vụ của đơn vị, Mặt trận theo dõi đến khi xong."),
    )  # fmt: skip
    remedy_due_on = DayField(label=gettext_lazy("Hạn khắc phục"), required=False)
    file = UploadField(label=gettext_lazy("Tệp trả lời (nếu có)"), required=False)

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if sent.get("outcome") in (Outcome.ACCEPTED, Outcome.PARTLY):
            if not sent.get("remedy"):
                self.add_error("remedy", _("Tiếp thu thì phải ghi việc khắc phục."))
            if "remedy_due_on" in sent and not sent["remedy_due_on"]:
                self.add_error("remedy_due_on", _("Ghi hạn khắc phục."))
            if (due := sent.get("remedy_due_on")) and due < clock.today():
                self.add_error("remedy_due_on", _("Hạn không được trước hôm nay."))
        return sent


class RemarkForm(forms.Form):
    enough = forms.TypedChoiceField(
        label=gettext_lazy("Mặt trận thấy"), coerce=lambda said: said == "yes",
        choices=[("", gettext_lazy("Chọn")), ("yes", gettext_lazy("đã đạt, kết thúc theo dõi")),
                 ("no", gettext_lazy("chưa đạt, đề nghị trả lời lại"))],
    )  # fmt: skip
    text = forms.CharField(label=gettext_lazy("Nhận xét"), max_length=5000, widget=rows(3))


class OpinionForm(forms.Form):
    """Of citizens no name is asked for."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"), choices=BuildingOpinion.Kind.choices,
        widget=forms.RadioSelect, initial=BuildingOpinion.Kind.GOVERNMENT,
    )  # fmt: skip
    draft = forms.CharField(
        label=gettext_lazy("Dự thảo được phản biện"), max_length=300, required=False,
        help_text=gettext_lazy("Chỉ ghi khi là phản biện."),
    )  # fmt: skip
    source_kind = forms.ChoiceField(
        label=gettext_lazy("Nguồn"), choices=BuildingOpinion.Source.choices
    )
    source = forms.CharField(
        label=gettext_lazy("Ai góp ý"), max_length=200,
        help_text=gettext_lazy("Tên tổ chức, hoặc “cử tri khu phố 3”. Không ghi họ tên người dân."),
    )  # fmt: skip
    via = forms.CharField(
        label=gettext_lazy("Qua đâu"), max_length=200,
        help_text=gettext_lazy("Ví dụ: hội nghị góp ý ngày 10/5; văn bản số …; hộp thư góp ý."),
    )  # fmt: skip
    received_on = PastDayField(label=gettext_lazy("Ngày nhận"))
    content = forms.CharField(
        label=gettext_lazy("Nội dung góp ý"), max_length=10_000, widget=rows(4)
    )
    to_unit = forms.TypedChoiceField(label=gettext_lazy("Góp ý cho đơn vị nào"), coerce=int)
    due_on = DayField(label=gettext_lazy("Đề nghị trả lời trước ngày"), required=False)

    def __init__(self, *args: Any, units: Units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_unit"].choices = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if sent.get("kind") == BuildingOpinion.Kind.CRITICISM and not sent.get("draft"):
            self.add_error("draft", _("Phản biện thì phải ghi tên dự thảo."))
        return sent


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(label=gettext_lazy("Kết quả"), choices=OUTCOMES)
    handling = forms.CharField(
        label=gettext_lazy("Đã xử lý thế nào"), max_length=5000, widget=rows(2)
    )
    reply = forms.CharField(
        label=gettext_lazy("Nội dung trả lời người góp ý"), max_length=10_000, widget=rows(3)
    )
    document = forms.CharField(
        label=gettext_lazy("Văn bản trả lời"), max_length=200, required=False
    )
    replied_on = PastDayField(label=gettext_lazy("Ngày trả lời"))


class OpinionFilter(forms.Form):
    """Filters of the list; what makes no sense is left out."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"), required=False,
        choices=[("", gettext_lazy("Tất cả")), *BuildingOpinion.Kind.choices],
    )  # fmt: skip
    state = forms.ChoiceField(
        label=gettext_lazy("Tình trạng"), required=False,
        choices=[("", gettext_lazy("Tất cả")), *BuildingOpinion.State.choices],
    )  # fmt: skip

    def asked(self) -> dict[str, str]:
        self.is_valid()
        return {k: v for k, v in self.cleaned_data.items() if v}
