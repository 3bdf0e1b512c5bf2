"""What is typed about models, visits, decisions, adoptions, movements and commendations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.emulation import queries
from danvan.emulation.actions.exemplars import ENTRIES, lacking
from danvan.emulation.models import Exemplar, Honour, Level
from danvan.emulation.models.exemplars import HOUSEHOLDS, MANDATORY
from danvan.emulation.models.movements import COUNTS
from danvan.kernel import clock
from danvan.ui.fields import DayField, MultipleUploadField, UploadField
from vanban.text import search_key

capitalised = lazy(capfirst, str)

MINUTES = ("pdf", "docx", "doc", "jpg", "jpeg", "png")
PICTURES = ("jpg", "jpeg", "png")
HELP = {
    "problem": gettext_lazy("Vì sao cần mô hình này: khó khăn, bức xúc nào của người dân."),
    "goals": gettext_lazy("Ghi con số đo được, ví dụ: 100 % hộ ký cam kết trước 30/9."),
    "forces": gettext_lazy("Ai chủ trì, ai phối hợp, mỗi bên làm gì."),
    "outputs": gettext_lazy("Thứ người kiểm tra nhìn thấy, đếm được tại chỗ."),
}


def _words(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    kwargs.setdefault("max_length", 2000)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=9_999_999, required=False)


def _label(name: str) -> Any:
    """The field's name as a label begins: with a capital, once the language is known."""
    return capitalised(Exemplar._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _year(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=2009, max_value=2200,
        error_messages={"invalid": gettext_lazy("Ghi năm bằng bốn chữ số, ví dụ 2023.")},
    )  # fmt: skip


class EntriesForm(forms.Form):
    """The entries of the registration form, as the model keeps them."""

    kind = forms.ChoiceField(label=_label("kind"), choices=Exemplar.Kind.choices)
    person_name = forms.CharField(
        label=_label("person_name"), max_length=120, required=False,
        help_text=gettext_lazy("Chỉ ghi khi là mô hình cá nhân."),
    )  # fmt: skip
    field = forms.ChoiceField(label=_label("field"), choices=Exemplar.Field.choices)
    since = forms.ChoiceField(label=_label("since"), choices=Exemplar.Since.choices)
    name = forms.CharField(label=_label("name"), max_length=200)
    starts_on = DayField(label=_label("starts_on"))
    assess_on = DayField(label=_label("assess_on"))
    minority_area = forms.BooleanField(label=_label("minority_area"), required=False)
    religious_area = forms.BooleanField(label=_label("religious_area"), required=False)
    certain = forms.BooleanField(
        label=gettext_lazy("Đã xem các mô hình gần giống; đây là mô hình khác"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MANDATORY[1:]:
            self.fields[name] = _words(_label(name), help_text=HELP.get(name, ""))
        for name in HOUSEHOLDS:
            self.fields[name] = _count(_label(name))
        self.alike: list[Exemplar] = []

    def written(self) -> list[forms.BoundField]:
        """The mandatory entries in words, in the order of the form on paper."""
        return [self[name] for name in MANDATORY[1:]]

    def groups(self) -> list[forms.BoundField]:
        return [self[name] for name in HOUSEHOLDS]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ENTRIES}

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if not self.errors:
            values = {n: held[n] for n in ENTRIES}
            if wrong := lacking(Exemplar(**values)):
                self.add_error(_place_of(wrong), wrong)
        return held

    @classmethod
    def of(cls, exemplar: Exemplar) -> EntriesForm:
        return cls(initial={name: getattr(exemplar, name) for name in ENTRIES})


def _place_of(wrong: str) -> str:
    """At which field a contradiction between fields is told."""
    for word, name in ((_("hộ"), "households"), (_("Ngày"), "assess_on")):
        if word in wrong:
            return name
    return "person_name"


class RegistrationForm(EntriesForm):
    """Whose model, before which body, for which year; a near double must be looked at first."""

    unit = forms.TypedChoiceField(label=gettext_lazy("Đơn vị đăng ký"), coerce=int)
    body = forms.TypedChoiceField(label=gettext_lazy("Đăng ký với"), coerce=int)
    year = _year(gettext_lazy("Năm đăng ký"))

    def __init__(
        self, *args: Any, units: Mapping[int, str], bodies: Mapping[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(units.items())  # type: ignore[attr-defined]
        self.fields["body"].choices = list(bodies.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        held = super().clean()
        if self.errors:
            return held
        twin = Exemplar(unit_id=held["unit"], year=held["year"],
                        search_key=search_key(held["name"])[:300])  # fmt: skip
        if queries.same_name(twin):
            self.add_error("name", _("Đơn vị đã đăng ký mô hình tên này trong năm."))
        elif not held["certain"]:
            self.alike = queries.alike(held["body"], held["year"], held["name"], held["unit"])
            if self.alike:
                self.add_error("certain", _("Có mô hình gần giống: xem trước khi đăng ký."))
        return held


class VisitForm(forms.Form):
    visited_on = DayField(label=gettext_lazy("Ngày kiểm tra"))
    visitors = forms.CharField(label=gettext_lazy("Thành phần kiểm tra"), max_length=300)
    seen = _words(gettext_lazy("Điều ghi nhận tại chỗ"), 4, max_length=4000)
    minutes = UploadField(label=gettext_lazy("Biên bản (tệp hoặc ảnh chụp)"), extensions=MINUTES)
    photos = MultipleUploadField(
        label=gettext_lazy("Ảnh tại chỗ"), extensions=PICTURES, max_files=6, required=False
    )

    def clean_visited_on(self) -> dt.date:
        return _not_ahead(self.cleaned_data["visited_on"])


class ResultForm(forms.Form):
    result = _words(
        gettext_lazy("Kết quả đạt được so với mục tiêu đã đăng ký"), 4,
        help_text=gettext_lazy("Ghi số đạt được cạnh số đã đăng ký."),
    )  # fmt: skip


class HonourForm(forms.Form):
    """A decision about a model. A unit enters only what it decided itself."""

    kind = forms.ChoiceField(label=gettext_lazy("Quyết định về"), choices=Honour.Kind.choices)
    level = forms.ChoiceField(label=gettext_lazy("Cấp quyết định"), choices=Level.choices)
    cited = forms.CharField(
        label=gettext_lazy("Số, ký hiệu văn bản"), max_length=60,
        help_text=gettext_lazy("Ví dụ 900/QĐ-UBND. Có trong sổ văn bản thì được nối tới đó."),
    )  # fmt: skip
    decided_on = DayField(label=gettext_lazy("Ngày quyết định"))
    title = forms.CharField(
        label=gettext_lazy("Hình thức"), max_length=120, required=False,
        help_text=gettext_lazy("Ví dụ: Giấy khen, Bằng khen, Giấy công nhận."),
    )  # fmt: skip

    def __init__(self, *args: Any, own_only: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own_only:
            self.fields["level"].choices = [(Level.OWN.value, Level.OWN.label)]  # type: ignore[attr-defined]

    def clean_decided_on(self) -> dt.date:
        return _not_ahead(self.cleaned_data["decided_on"])

    def values(self) -> dict[str, Any]:
        return {
            **self.cleaned_data,
            "document": queries.document_called(self.cleaned_data["cited"]),
        }


class ConfirmForm(forms.Form):
    since = DayField(label=gettext_lazy("Áp dụng từ ngày"))
    how = _words(gettext_lazy("Áp dụng thế nào: ở đâu, quy mô, ai làm"))

    def clean_since(self) -> dt.date:
        return _not_ahead(self.cleaned_data["since"])


class TakeUpForm(ConfirmForm):
    """A unit says of itself that it applies the model."""

    unit = forms.TypedChoiceField(label=gettext_lazy("Đơn vị áp dụng"), coerce=int)
    field_order = ("unit", "since", "how")

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(units)  # type: ignore[attr-defined]


class TellForm(forms.Form):
    """Another unit is named; it is asked to confirm."""

    unit = forms.TypedChoiceField(label=gettext_lazy("Đơn vị đang áp dụng"), coerce=int)

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(units)  # type: ignore[attr-defined]


class MovementForm(forms.Form):
    """Counts that are not known stay empty."""

    units_joined = _count(gettext_lazy("Số đơn vị tham gia"))
    people_reached = _count(gettext_lazy("Số lượt người dân tham gia, hưởng lợi"))
    models_running = _count(gettext_lazy("Số mô hình đang duy trì"))
    collectives = _count(gettext_lazy("Số tập thể được khen"))
    individuals = _count(gettext_lazy("Số cá nhân được khen"))
    narrative = _words(gettext_lazy("Kết quả nổi bật"), 6, max_length=6000)
    file = UploadField(label=gettext_lazy("Báo cáo đã ký"), extensions=MINUTES, required=False)

    def counts(self) -> list[forms.BoundField]:
        return [self[name] for name in COUNTS]


class FirstMovementForm(MovementForm):
    unit = forms.TypedChoiceField(label=gettext_lazy("Cơ quan báo cáo"), coerce=int)
    body = forms.TypedChoiceField(label=gettext_lazy("Gửi"), coerce=int)
    year = _year(gettext_lazy("Năm"))
    name = forms.CharField(label=gettext_lazy("Tên phong trào"), max_length=200)

    def __init__(
        self, *args: Any, units: Mapping[int, str], bodies: Mapping[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(units.items())  # type: ignore[attr-defined]
        self.fields["body"].choices = list(bodies.items())  # type: ignore[attr-defined]


class CommendationForm(forms.Form):
    body = forms.TypedChoiceField(label=gettext_lazy("Cơ quan khen"), coerce=int)
    year = _year(gettext_lazy("Năm"))
    title = forms.CharField(
        label=gettext_lazy("Khen thành tích về"), max_length=200,
        initial=gettext_lazy("công tác dân vận chính quyền"),
    )  # fmt: skip
    form = forms.CharField(
        label=gettext_lazy("Hình thức khen"), max_length=80, initial=gettext_lazy("Giấy khen")
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Cấp khen"), choices=Level.choices, initial=Level.DISTRICT
    )
    basis = _words(
        gettext_lazy("Căn cứ khác, mỗi dòng một căn cứ"), required=False,
        help_text=gettext_lazy("Hệ thống không tự thêm luật nào ngoài điều ghi ở đây."),
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = list(bodies.items())  # type: ignore[attr-defined]


class Filter(forms.Form):
    """What the list is narrowed to; an unknown value is no filter."""

    nam = forms.IntegerField(label=gettext_lazy("Năm"), required=False)
    don_vi = forms.ChoiceField(label=gettext_lazy("Đơn vị"), required=False)
    linh_vuc = forms.ChoiceField(
        label=gettext_lazy("Lĩnh vực"), required=False,
        choices=[("", gettext_lazy("Mọi lĩnh vực")), *Exemplar.Field.choices],
    )  # fmt: skip
    trang_thai = forms.ChoiceField(
        label=gettext_lazy("Bước"), required=False,
        choices=[("", gettext_lazy("Mọi bước")), *Exemplar.State.choices],
    )  # fmt: skip
    tim = forms.CharField(label=gettext_lazy("Tìm theo tên"), max_length=100, required=False)

    def __init__(self, data: Any, *, units: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["don_vi"].choices = [("", _("Mọi đơn vị")), *units]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def asked(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value}


def _not_ahead(day: dt.date) -> dt.date:
    if day > clock.today():
        raise forms.ValidationError(_("Ngày này còn ở tương lai."))
    return day
