"""What a resolution decides, as people type it; each form makes a plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.organisations import queries
from danvan.organisations.models import Reorganisation, UnitKind
from danvan.organisations.reorganising import plan as plans
from danvan.organisations.reorganising.plan import ONE_DAY, Beginning, Change, Plan, Take
from danvan.ui.fields import DayField, UploadField


class StartForm(forms.Form):
    """Which kind, from which day: the units to choose from are those of the day before."""

    hinh_thuc = forms.ChoiceField(
        label=gettext_lazy("Hình thức"), choices=Reorganisation.Form.choices
    )
    ngay = DayField(label=gettext_lazy("Ngày có hiệu lực"))
    # The reorganisation in force that this one puts right, if any.
    sua = forms.ModelChoiceField(
        Reorganisation.objects.filter(state=Reorganisation.State.IN_FORCE),
        required=False, widget=forms.HiddenInput,
    )  # fmt: skip


class ResolutionForm(forms.Form):
    """The document every reorganisation rests on."""

    code = forms.CharField(
        label=gettext_lazy("Số, ký hiệu văn bản"), max_length=80,
        help_text=gettext_lazy("Ví dụ: NQ 1682/NQ-UBTVQH15."),
    )  # fmt: skip
    signed_on = DayField(label=gettext_lazy("Ngày ban hành"))
    subject = forms.CharField(label=gettext_lazy("Trích yếu"), max_length=300)
    file = UploadField(
        label=gettext_lazy("Bản văn bản"), extensions=("pdf", "docx", "doc"), required=False
    )

    def __init__(self, day: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        versions = queries.versions_on(day - ONE_DAY)
        self.known = {v.unit.key: v for v in versions}
        self.choices = [(key, version.name) for key, version in self.known.items()]
        for name, field in self.fields.items():
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = self.choices
            elif isinstance(field, forms.ChoiceField) and name != "kind":
                field.choices = [("", _("– chọn –")), *self.choices]

    def parent_of(self, key: str) -> str:
        parent = self.known[key].parent
        return parent.key if parent else ""

    def plan(self) -> Plan:
        raise ValidationError(_("Chọn hình thức sắp xếp."))


def _unit(label: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, **more)


def _several(label: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=more.pop("help_text", gettext_lazy("Giữ phím Ctrl để chọn nhiều đơn vị.")),
        **more,
    )  # fmt: skip


class MergeForm(ResolutionForm):
    units = _several(gettext_lazy("Đơn vị nhập toàn bộ"))
    parts = _several(gettext_lazy("Đơn vị chỉ nhập một phần"), required=False)
    into = _unit(
        gettext_lazy("Nhập vào đơn vị đang có"), required=False,
        help_text=gettext_lazy("Để trống nếu thành lập đơn vị mới."),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Hoặc tên đơn vị mới"), max_length=200, required=False
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại đơn vị mới"), choices=UnitKind.choices, initial=UnitKind.WARD
    )
    parent = _unit(gettext_lazy("Trực thuộc"), required=False)
    number = forms.CharField(
        label=gettext_lazy("Mã đơn vị hành chính"), max_length=40, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if bool(cleaned.get("into")) == bool(cleaned.get("name")):
            self.add_error("name", _("Chọn đơn vị đang có hoặc ghi tên đơn vị mới."))
        both = set(cleaned.get("units", ())) & set(cleaned.get("parts", ()))
        if both:
            self.add_error("parts", _("Một đơn vị không thể vừa nhập toàn bộ vừa nhập một phần."))
        return cleaned

    def plan(self) -> Plan:
        told = self.cleaned_data
        into: str = told["into"]
        begins: tuple[Beginning, ...] = ()
        if not into:
            into = plans.new_key(told["name"], self.day)
            begins = (Beginning(into, told["name"], told["kind"], told["parent"],
                                told["number"]),)  # fmt: skip
        ends = tuple(key for key in told["units"] if key != into)
        takes = [Take(key, into) for key in ends]
        takes += [Take(key, into, whole=False, principal=False) for key in told["parts"]]
        return Plan(begins, tuple(takes), (), ends)


class SplitForm(ResolutionForm):
    unit = _unit(gettext_lazy("Đơn vị được chia, tách"))
    names = forms.CharField(
        label=gettext_lazy("Các đơn vị mới"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Mỗi dòng một đơn vị: tên; mã (nếu có). Khi chia hẳn, đơn vị ghi đầu tiên kế thừa "
            "nhiệm vụ, người và vai trò."
        ),
    )  # fmt: skip
    lives_on = forms.BooleanField(
        label=gettext_lazy("Đơn vị cũ vẫn hoạt động (tách một phần)"), required=False
    )

    def plan(self) -> Plan:
        told = self.cleaned_data
        begins: list[Beginning] = []
        unit, whole = told["unit"], not told["lives_on"]
        old = self.known[unit]
        for line in filter(str.strip, told["names"].splitlines()):
            name, _semicolon, code = (part.strip() for part in line.partition(";"))
            key = plans.new_key(name, self.day, [one.key for one in begins])
            begins.append(Beginning(key, name[:200], old.kind, self.parent_of(unit), code[:40]))
        takes = [Take(unit, one.key, whole, whole and n == 0) for n, one in enumerate(begins)]
        return Plan(tuple(begins), tuple(takes), (), (unit,) if whole else ())


class RenameForm(ResolutionForm):
    unit = _unit(gettext_lazy("Đơn vị"))
    name = forms.CharField(label=gettext_lazy("Tên mới"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"), required=False,
        choices=[("", gettext_lazy("– giữ nguyên –")), *UnitKind.choices],
    )  # fmt: skip

    def plan(self) -> Plan:
        told = self.cleaned_data
        kind = told["kind"] or self.known[told["unit"]].kind
        parent = self.parent_of(told["unit"])
        return Plan(changes=(Change(told["unit"], told["name"], kind, parent),))


class MoveForm(ResolutionForm):
    units = _several(gettext_lazy("Các đơn vị"))
    parent = _unit(gettext_lazy("Cơ quan cấp trên mới"))

    def plan(self) -> Plan:
        told = self.cleaned_data
        moved = [(key, self.known[key]) for key in told["units"]]
        return Plan(changes=tuple(Change(key, v.name, v.kind, told["parent"]) for key, v in moved))


class AbolishForm(ResolutionForm):
    units = _several(gettext_lazy("Đơn vị kết thúc hoạt động"))
    below = forms.BooleanField(
        label=gettext_lazy("Kết thúc cả các đơn vị trực thuộc (bỏ một cấp)"), required=False
    )
    heir = _unit(
        gettext_lazy("Đơn vị tiếp nhận nhiệm vụ, người và vai trò"), required=False,
        help_text=gettext_lazy("Để trống nếu văn bản không giao cho đơn vị nào."),
    )  # fmt: skip

    def plan(self) -> Plan:
        told, heir = self.cleaned_data, self.cleaned_data["heir"]
        ends = list(told["units"])
        if told["below"]:
            under = plans.subordinates(ends, self.day - ONE_DAY)
            ends += [key for key in under if key not in ends and key != heir]
        takes = tuple(Take(key, heir) for key in ends) if heir else ()
        return Plan(takes=takes, ends=tuple(ends))


FORMS: dict[str, type[ResolutionForm]] = {
    Reorganisation.Form.MERGE: MergeForm,
    Reorganisation.Form.SPLIT: SplitForm,
    Reorganisation.Form.RENAME: RenameForm,
    Reorganisation.Form.MOVE: MoveForm,
    Reorganisation.Form.ABOLISH: AbolishForm,
}
