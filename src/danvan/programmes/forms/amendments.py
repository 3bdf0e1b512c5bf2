"""An amendment: its description, the change of a task or target, and its document."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from danvan.documents.clauses import said
from danvan.documents.models import Provision
from danvan.organisations.audience import Audience
from danvan.programmes import amending, recurring, shapes
from danvan.programmes.actions.amendments import Paper
from danvan.programmes.forms.findings import EXTENSIONS, PartyFormSet, RecurrenceField
from danvan.programmes.models import Amendment, Deliverable, Programme, Target, Task
from danvan.ui.fields import DayField, PointsField, UploadField


class AmendmentForm(forms.Form):
    title = forms.CharField(
        label=_("Nội dung sửa đổi"), max_length=300,
        help_text=_("Ví dụ: Sửa đổi, bổ sung một số thời hạn của Kế hoạch số 49/KH-UBND."),
    )  # fmt: skip
    in_force_from = DayField(label=_("Có hiệu lực từ ngày"))
    past_reason = forms.CharField(
        label=_("Lý do hồi tố"), max_length=300, required=False,
        help_text=_("Chỉ cần khi thay đổi chạm đến một hạn đã qua trước ngày hiệu lực."),
    )  # fmt: skip

    @classmethod
    def of(cls, amendment: Amendment, data: Any = None) -> AmendmentForm:
        names = ("in_force_from", "past_reason")
        initial = {name: getattr(amendment, name) for name in names}
        return cls(data, initial={**initial, "title": amendment.subject})


class ChangeTaskForm(forms.Form):
    """The task as it shall be; for a new one also its clause."""

    provision = forms.TypedChoiceField(label=_("Mục của kế hoạch"), coerce=int)
    text = forms.CharField(
        label=_("Nội dung nhiệm vụ"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    due_on = DayField(label=_("Hạn"), required=False)
    due_wording = forms.ChoiceField(
        label=_("Cách ghi hạn"), required=False, choices=[("", "–"), *shapes.DUE_WORDINGS.items()]
    )
    due_text = forms.CharField(
        label=_("Hạn như văn bản sửa đổi ghi"), max_length=200, required=False
    )
    recurs = RecurrenceField(label=_("Định kỳ"), required=False)
    deliverable = forms.ChoiceField(label=_("Sản phẩm phải nộp"), choices=Deliverable.choices)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def __init__(
        self, data: Any = None, *, programme: Programme, audience: Audience, now: Any = None,
        task: Task | None = None,
    ) -> None:  # fmt: skip
        """``now`` is the snapshot the form begins with: of the task, or what was entered."""
        self.task, self.now = task, now or {}
        rule = self.now.get("due_rule")
        initial = {**self.now, "due_on": amending.day(self.now.get("due_on"))}
        super().__init__(data, initial={**initial, "recurs": recurring.in_words(rule)})
        recurs = self.fields["recurs"]
        assert isinstance(recurs, RecurrenceField)
        recurs.known = rule
        _choose_clause(self, programme if task is None else None)
        self.parties = PartyFormSet(
            data, prefix="ben", initial=self.now.get("parties", []),
            form_kwargs={"audience": audience},
        )  # fmt: skip
        self.audience = audience

    def clean(self) -> dict[str, Any]:
        if not self.parties.is_valid():
            raise ValidationError(_("Xem lại các đơn vị thực hiện bên dưới."))
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            if not self._kept():
                raise ValidationError(_("Nhiệm vụ chưa ghi đơn vị nào: ai thực hiện?"))
            if cleaned.get("recurs") and cleaned.get("due_on"):
                self.add_error(
                    "due_on", _("Nhiệm vụ định kỳ thì không ghi thêm một ngày hạn riêng.")
                )
        return cleaned

    def _kept(self) -> list[Any]:
        return [
            form
            for form in self.parties.forms
            if form.cleaned_data.get("written") and not form.cleaned_data.get("DELETE")
        ]

    @property
    def after(self) -> dict[str, Any]:
        """The snapshot of the task as it shall be."""
        values = self.cleaned_data
        due = values["due_on"]
        place = self.task.provision_id if self.task else values["provision"]
        return {
            "text": values["text"],
            "due_on": due.isoformat() if due else None,
            "due_text": values["due_text"],
            "due_wording": values["due_wording"],
            "due_rule": values["recurs"],
            "deliverable": values["deliverable"],
            "provision": place,
            "parties": [self._party(form) for form in self._kept()],
        }

    def _party(self, form: Any) -> dict[str, Any]:
        """Units are those chosen, or those the words mean where only the words changed."""
        shape = form.shape()
        units = sorted(form.cleaned_data["units"])
        if shape.units is None and not (form.initial and not form.has_changed()):
            units = sorted(self.audience.find(shape.written).units)
        return {"role": shape.role, "written": shape.written, "units": units}


class ChangeTargetForm(forms.Form):
    """The target as it shall be; for a new one also its clause."""

    provision = forms.TypedChoiceField(label=_("Mục của kế hoạch"), coerce=int)
    subject = forms.CharField(
        label=_("Chỉ tiêu"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    comparator = forms.ChoiceField(label=_("Yêu cầu"), choices=list(shapes.COMPARATORS.items()))
    value = PointsField(label=_("Giá trị"), required=False, max_value=9_999_999)
    unit = forms.CharField(label=_("Đơn vị tính"), max_length=40, required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def __init__(
        self, data: Any = None, *, programme: Programme, target: Target | None = None,
        now: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """``now``: the snapshot the form begins with, where one was read from a document."""
        self.target = target
        names = ("subject", "comparator", "value", "unit")
        known = {name: getattr(target, name) for name in names} if target else {}
        initial = {"comparator": ">=", **known, **(now or {})}
        if isinstance(initial.get("value"), str):
            initial["value"] = Decimal(initial["value"])
        super().__init__(data, initial=initial)
        _choose_clause(self, programme if target is None else None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("unit") == "%" and (cleaned.get("value") or 0) > 100:
            self.add_error("value", _("Tỷ lệ không được vượt quá 100 %."))
        return cleaned

    @property
    def after(self) -> dict[str, Any]:
        """The snapshot of the target as it shall be."""
        values = self.cleaned_data
        value = values["value"]
        made = {name: values[name] for name in ("subject", "comparator", "unit")}
        made["value"] = None if value is None else str(value.quantize(amending.CENT))
        return made if self.target else {**made, "provision": values["provision"]}


class AmendingFileForm(forms.Form):
    """The amending document as a file, to be read into proposals."""

    file = UploadField(extensions=EXTENSIONS, label=_("Tệp văn bản sửa đổi, bổ sung"))


class PaperForm(forms.Form):
    """The amending document as it was numbered and signed."""

    type = forms.CharField(label=_("Tên loại"), max_length=80, initial="Kế hoạch")
    code = forms.RegexField(
        r"^\d[\w-]*\s*[/-]\s*\S.*$", label=_("Số, ký hiệu"), max_length=60,
        error_messages={"invalid": _("Ghi cả số và ký hiệu, ví dụ 88/KH-UBND.")},
    )  # fmt: skip
    date = DayField(label=_("Ngày ban hành"))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200)
    signer = forms.CharField(label=_("Người ký"), max_length=120, required=False)
    signer_position = forms.CharField(
        label=_("Thẩm quyền, chức vụ người ký"), max_length=120, required=False
    )
    file = UploadField(extensions=EXTENSIONS, label=_("Tệp văn bản"), required=False)

    @classmethod
    def begins_with(cls, amendment: Amendment) -> dict[str, Any]:
        """What was read in the amending document's header, else what the plan says."""
        plan, read = amendment.programme.plan, amendment.read_header
        known = {name: read.get(name) for name in cls.base_fields if read.get(name)}
        if "date" in known:
            known["date"] = amending.day(known["date"])
        return {"type": plan.type, "issuer": plan.issuer_name, **known}

    @property
    def paper(self) -> Paper:
        return Paper(**self.cleaned_data)


def _choose_clause(form: forms.Form, programme: Programme | None) -> None:
    """What is there stands at its clause; what is added needs one of the plan's."""
    field = form.fields["provision"]
    assert isinstance(field, forms.TypedChoiceField)
    if programme is None:
        del form.fields["provision"]
    else:
        field.choices = _clauses(programme)


def _clauses(programme: Programme) -> list[tuple[Any, Any]]:
    places = Provision.objects.filter(document=programme.plan_id)
    named = ((p.pk, f"{said(p.path)} – {p.text[:70]}") for p in places)
    return [("", _("– chọn mục –")), *named]
