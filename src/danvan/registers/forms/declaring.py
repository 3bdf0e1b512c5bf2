"""Declaring a register: the general part, one row for each field, one for each fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.models import Document
from danvan.documents.queries import known
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.registers.declaring import Declaration
from danvan.registers.fields import RESERVED, Field, Kind, slug
from danvan.registers.figures import Figure, options_of
from danvan.registers.figures import Kind as FigureKind
from danvan.registers.models import OFFICES, RegisterVersion
from danvan.ui.fields import DayField
from vanban.text import search_key

BLANK_ROWS = 3


class DeclarationForm(forms.Form):
    """Everything but the fields and the facts."""

    name = forms.CharField(label=gettext_lazy("Tên sổ"), max_length=160)
    purpose = forms.CharField(
        label=gettext_lazy("Ghi những gì, để làm gì"), max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    audience = forms.CharField(
        label=gettext_lazy("Ghi về đơn vị nào"), max_length=300,
        help_text=gettext_lazy("Như ở nơi nhận, ví dụ: Cơ quan, đơn vị; UBND phường, xã."),
    )  # fmt: skip
    units_write = forms.BooleanField(label=gettext_lazy("Các đơn vị đó tự ghi"), required=False)
    offices = forms.MultipleChoiceField(
        label=gettext_lazy("Cơ quan ghi về các đơn vị đó"), required=False,
        choices=[(role, roles.ROLES[role].label) for role in OFFICES],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    reading = forms.ChoiceField(
        label=gettext_lazy("Ai đọc"), choices=RegisterVersion.Reading.choices,
        widget=forms.RadioSelect, initial=RegisterVersion.Reading.EVERYBODY,
        help_text=gettext_lazy(
            "Sổ hạn chế: mỗi lần đọc được ghi lại. Bản ghi cũ giữ mức của lúc ghi."
        ),
    )  # fmt: skip
    day_label = forms.CharField(
        label=gettext_lazy("Tên của ngày"), max_length=60, initial=gettext_lazy("Ngày"),
        help_text=gettext_lazy("Ví dụ: Ngày đăng, Ngày kiểm tra, Có hiệu lực từ ngày."),
    )  # fmt: skip
    keeps_validity = forms.BooleanField(
        label=gettext_lazy("Theo dõi hiệu lực, thời hạn: mỗi bản ghi có ngày cuối"), required=False
    )
    until_label = forms.CharField(
        label=gettext_lazy("Tên của ngày cuối"), max_length=60, required=False,
        help_text=gettext_lazy("Ví dụ: Hết hiệu lực sau ngày, Hết nhiệm kỳ sau ngày."),
    )  # fmt: skip
    warn_days = forms.IntegerField(
        label=gettext_lazy("Báo trước ngày cuối (số ngày)"), min_value=0, max_value=365,
        initial=60,
    )  # fmt: skip
    gives = forms.ChoiceField(
        label=gettext_lazy("Giao việc từ bản ghi"), required=False,
        choices=RegisterVersion.Gives.choices,
    )  # fmt: skip
    valid_from = DayField(label=gettext_lazy("Dùng từ ngày"))
    valid_to = DayField(label=gettext_lazy("Dùng đến hết ngày (nếu có)"), required=False)
    document = forms.CharField(
        label=gettext_lazy("Số, ký hiệu văn bản (có trong sổ văn bản)"), max_length=60,
        required=False,
    )  # fmt: skip
    basis = forms.CharField(
        label=gettext_lazy("Hoặc ghi căn cứ bằng chữ"), max_length=300, required=False
    )
    newest = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_document(self) -> Document | None:
        code = str(self.cleaned_data["document"]).strip()
        if not code:
            return None
        if (found := known(code, None)) is None:
            raise ValidationError(
                _("Không có văn bản “%(code)s” trong sổ. Nhập vào sổ trước, hoặc ghi bằng chữ.")
                % {"code": code}
            )
        return found


class FieldRow(forms.Form):
    """One field. ``code`` is kept from the version before, so that facts go on counting it."""

    code = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    label = forms.CharField(label=gettext_lazy("Tên trường"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Kiểu"), choices=Kind.choices, initial=Kind.TEXT)
    required = forms.BooleanField(label=gettext_lazy("Bắt buộc"), required=False)
    measure = forms.CharField(label=gettext_lazy("Đơn vị tính"), max_length=30, required=False)
    options = forms.CharField(
        label=gettext_lazy("Danh mục: mỗi dòng một giá trị"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    help = forms.CharField(label=gettext_lazy("Hướng dẫn ghi"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if sent.get("kind") == Kind.CHOICE and len(self.lines()) < 2:
            self.add_error("options", _("Ghi từ hai giá trị trở lên, mỗi dòng một giá trị."))
        return sent

    def lines(self) -> list[str]:
        written = str(self.cleaned_data.get("options") or "").splitlines()
        return list(dict.fromkeys(" ".join(line.split())[:120] for line in written if line.strip()))

    @staticmethod
    def initial_of(field: Field) -> dict[str, Any]:
        options = "\n".join(label for _code, label in field.options)
        return {**field.as_data(), "options": options}


class FigureRow(forms.Form):
    """One fact, its fields named by their words."""

    code = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    label = forms.CharField(label=gettext_lazy("Tên dữ kiện"), max_length=120)
    kind = forms.ChoiceField(
        label=gettext_lazy("Cách tính"), choices=FigureKind.choices, initial=FigureKind.COUNT
    )
    measure = forms.CharField(label=gettext_lazy("Đơn vị tính"), max_length=30, required=False)
    field = forms.CharField(
        label=gettext_lazy("Trường số (khi cộng, lấy số mới nhất)"), max_length=80, required=False
    )
    where = forms.CharField(
        label=gettext_lazy("Chỉ bản ghi có trường"), max_length=80, required=False
    )
    option = forms.CharField(label=gettext_lazy("là"), max_length=120, required=False)
    part = forms.CharField(
        label=gettext_lazy("Tỷ lệ: dữ kiện ở tử số"), max_length=120, required=False
    )
    whole = forms.CharField(label=gettext_lazy("dữ kiện ở mẫu số"), max_length=120, required=False)

    @staticmethod
    def initial_of(figure: Figure, fields: Mapping[str, Field], labels: Mapping[str, str]) -> Any:
        field, where = fields.get(figure.field), fields.get(figure.where)
        return {
            **figure.as_data(),
            "field": field.label if field else "",
            "where": where.label if where else "",
            "option": options_of(where).get(figure.option, "") if where else "",
            "part": labels.get(figure.part, ""),
            "whole": labels.get(figure.whole, ""),
        }


class _Rows(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows in the order the person gave them, without those taken out or left blank."""

    def kept(self) -> list[Any]:
        rows = [f for f in self.forms if f.has_changed() or f.initial.get("code")]
        rows = [f for f in rows if not f.cleaned_data.get("DELETE")]
        return sorted(rows, key=lambda f: f.cleaned_data.get("ORDER") or len(self.forms))

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "ORDER" in form.fields:
            form.fields["ORDER"].label = _("Thứ tự")
            form.fields["ORDER"].min_value = 1
        form.fields["DELETE"].label = _("Bỏ")


FieldRows = forms.formset_factory(
    FieldRow, formset=_Rows, extra=BLANK_ROWS, can_delete=True, can_order=True, max_num=60
)
FigureRows = forms.formset_factory(
    FigureRow, formset=_Rows, extra=BLANK_ROWS, can_delete=True, max_num=40
)


class Editor:
    """The three parts as one: read into a Declaration, its faults shown at their places."""

    def __init__(
        self, data: Any, *, body: Unit, before: Declaration | None, initial: dict[str, Any]
    ) -> None:
        self.body, self.before = body, before
        fields = before.fields if before else ()
        figures = before.figures if before else ()
        known, labels = {f.code: f for f in fields}, {f.code: f.label for f in figures}
        if data is not None and "more" in data:
            data = _longer(data)
        self.form = DeclarationForm(data, initial=initial)
        self.fields: Any = FieldRows(
            data, prefix="truong", initial=[FieldRow.initial_of(f) for f in fields]
        )
        self.figures: Any = FigureRows(
            data, prefix="du_kien",
            initial=[FigureRow.initial_of(f, known, labels) for f in figures],
        )  # fmt: skip
        self.labels = [f.label for f in fields]

    def is_valid(self) -> bool:
        """Whether all three parts hold together; what does not is told at its place."""
        parts = [self.form.is_valid(), self.fields.is_valid(), self.figures.is_valid()]
        if not all(parts):
            return False
        for place, why in self.declaration().wrong(self.body):
            self._tell(place, why)
        return not (self.form.errors or any(self.fields.errors) or any(self.figures.errors))

    def declaration(self) -> Declaration:
        sent = dict(self.form.cleaned_data)
        sent.pop("newest")
        sent["offices"] = tuple(sent["offices"])
        fields = self._fields()
        return Declaration(**sent, fields=fields, figures=self._figures(fields))

    def _fields(self) -> tuple[Field, ...]:
        before = {f.code: f for f in self.before.fields} if self.before else {}
        made: list[Field] = []
        taken = {*before, *RESERVED}
        for row in self.fields.kept():
            sent = row.cleaned_data
            old = before.get(sent["code"])
            code = old.code if old else slug(sent["label"], taken)
            taken.add(code)
            made.append(
                Field(
                    code=code, label=sent["label"], kind=sent["kind"], required=sent["required"],
                    measure=sent["measure"] if sent["kind"] == Kind.NUMBER else "",
                    options=_options(row.lines(), old) if sent["kind"] == Kind.CHOICE else (),
                    help=sent["help"],
                )
            )  # fmt: skip
        return tuple(made)

    def _figures(self, fields: tuple[Field, ...]) -> tuple[Figure, ...]:
        before = {f.code for f in self.before.figures} if self.before else set()
        by_words = {search_key(f.label): f for f in fields}
        made: dict[str, Figure] = {}
        taken = set(before)
        for row in self.figures.kept():
            sent = row.cleaned_data
            code = sent["code"] if sent["code"] in before else slug(sent["label"], taken)
            taken.add(code)
            by_label = {search_key(f.label): f.code for f in made.values()}
            made[code] = Figure(
                code=code, label=sent["label"], kind=sent["kind"], measure=sent["measure"],
                **_of_field(sent, by_words), **_of_ratio(sent, by_label),
            )  # fmt: skip
        return tuple(made.values())

    def _tell(self, place: str, why: str) -> None:
        part, _dot, rest = place.partition(".")
        if part == "fields":
            row = self.fields.kept()[int(rest)] if rest else None
            self._at(row, "label", why)
        elif part == "figures":
            number, _dot, name = rest.partition(".")
            row = self.figures.kept()[int(number)] if number else None
            self._at(row, name or "label", why)
        else:
            self.form.add_error(part if part in self.form.fields else None, why)

    def _at(self, row: Any, name: str, why: str) -> None:
        if row is None:
            self.form.add_error(None, why)
        else:
            row.add_error(name, why)


def _of_field(sent: Mapping[str, Any], by_words: Mapping[str, Field]) -> dict[str, str]:
    """The codes of what a row names; words nobody knows stay, so that the fault is told."""
    number = by_words.get(search_key(sent["field"])) if sent["field"] else None
    choice = by_words.get(search_key(sent["where"])) if sent["where"] else None
    options = (
        {search_key(words): code for code, words in options_of(choice).items()} if (choice) else {}
    )
    counted = sent["kind"] in (FigureKind.SUM, FigureKind.LATEST)
    return {
        "field": (number.code if number else sent["field"]) if counted else "",
        "where": choice.code if choice else sent["where"],
        "option": options.get(search_key(sent["option"]), sent["option"]),
    }


def _of_ratio(sent: Mapping[str, Any], by_label: Mapping[str, str]) -> dict[str, str]:
    if sent["kind"] != FigureKind.RATIO:
        return {}
    return {n: by_label.get(search_key(sent[n]), sent[n]) for n in ("part", "whole")}


def _options(lines: list[str], old: Field | None) -> tuple[tuple[str, str], ...]:
    """(code, words): words that stood in the version before keep their code."""
    known = {search_key(label): code for code, label in old.options} if old else {}
    made: list[tuple[str, str]] = []
    for line in lines:
        taken = {*known.values(), *(code for code, _label in made)}
        made.append((known.get(search_key(line)) or slug(line, taken), line))
    return tuple(made)


def _longer(data: Any) -> Any:
    """The same answers with more blank rows."""
    longer = data.copy()
    prefix = "truong" if data["more"] == "truong" else "du_kien"
    name = f"{prefix}-TOTAL_FORMS"
    sent = str(data.get(name, ""))
    longer[name] = str((int(sent) if sent.isdecimal() else 0) + BLANK_ROWS)
    return longer
