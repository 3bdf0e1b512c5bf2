"""Forms: sending a plan, and one per kind of finding, each giving the shape it settles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from danvan.documents.clauses import said
from danvan.kernel import facts
from danvan.organisations.audience import Audience
from danvan.organisations.models import Unit
from danvan.organisations.queries import with_versions
from danvan.programmes import carrying, queries, recurring, review, shapes
from danvan.programmes.models import Deliverable, Draft, TaskParty
from danvan.programmes.models import Target as TargetRow
from danvan.ui.fields import DayField, PointsField, UploadField

EXTENSIONS = ("txt", "docx", "pdf", "md")


class ReadInForm(forms.Form):
    """A plan's file; the body is asked for only where the office serves several."""

    body = forms.ModelChoiceField(Unit.objects.none(), label=_("Cơ quan ban hành kế hoạch"))
    of_superior = forms.TypedChoiceField(
        label=_("Kế hoạch này là của"),
        choices=[
            ("0", _("cơ quan mình: rà soát rồi ban hành thành chương trình")),
            ("1", _("cấp trên: rà soát rồi ghi nhận làm căn cứ, không giao việc cho ai")),
        ],
        coerce=lambda value: value == "1",
        initial="0",
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    file = UploadField(extensions=EXTENSIONS, label=_("Tệp kế hoạch"))

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queries.bodies_served_by(actor).prefetch_related(with_versions())
        served = list(field.queryset)
        if len(served) == 1:
            del self.fields["body"]
            self.only = served[0]

    @property
    def chosen(self) -> Unit:
        """The body the plan is of."""
        body: Unit = self.cleaned_data.get("body") or self.only
        return body


class RecurrenceField(forms.CharField):
    """A recurring deadline in the words of the plan; gives its rule, or None if left empty.

    ``known`` is the rule the form began with: its own words need not be read again.
    """

    known: dict[str, Any] | None = None

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault(
            "help_text",
            _("Ví dụ: “trước ngày 15 hằng tháng”. Để trống nếu chỉ có một hạn hoặc không có hạn."),
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return None
        if self.known and words == recurring.in_words(self.known):
            return self.known
        rule = recurring.rule_of(words)
        if rule is None:
            raise ValidationError(
                _("Không hiểu định kỳ “%(words)s”. Ví dụ: hằng quý; trước ngày 15 hằng tháng."),
                params={"words": words},
            )
        return rule


class ShapeForm(forms.Form):
    """A correction: what was typed becomes a shape, and the shape says what is wrong with it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.shape().check()
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    def shape(self) -> shapes.Shape:
        raise TypeError("a form of no kind")


class HeaderForm(ShapeForm):
    """One component of the header, in the control its kind of value needs."""

    def __init__(self, *args: Any, shape: shapes.Header, **kwargs: Any) -> None:
        self.field = shape.field
        value = "\n".join(shape.value) if isinstance(shape.value, list) else shape.value
        kwargs["initial"] = {"value": shape.day or value}
        super().__init__(*args, **kwargs)
        self.fields["value"] = self._control(shape.form)

    def _control(self, about: shapes.HeaderField) -> forms.Field:
        common: dict[str, Any] = {"label": about.label, "required": about.required}
        if about.form == "day":
            return DayField(**common)
        if about.form == "year":
            return forms.IntegerField(min_value=2000, max_value=2100, **common)
        if about.form == "lines":
            return forms.CharField(
                widget=forms.Textarea(attrs={"rows": 6}),
                max_length=4000,
                help_text=_("Mỗi nơi nhận một dòng."),
                **common,
            )
        long = self.field == "subject"
        widget: forms.Widget = forms.TextInput()
        if long:
            widget = forms.Textarea(attrs={"rows": 3})
        limits = {"code": 60, "type": 80, "subject": 1000, "issuer": 200}
        return forms.CharField(max_length=limits.get(self.field, 120), widget=widget, **common)

    def shape(self) -> shapes.Header:
        value = self.cleaned_data["value"]
        if hasattr(value, "isoformat"):
            value = value.isoformat()
        elif shapes.HEADER[self.field].form == "lines":
            value = [line.strip() for line in value.splitlines() if line.strip()]
        return shapes.Header(self.field, value)


class TargetForm(ShapeForm):
    subject = forms.CharField(
        label=_("Chỉ tiêu"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    comparator = forms.ChoiceField(label=_("Yêu cầu"), choices=list(shapes.COMPARATORS.items()))
    value = PointsField(
        label=_("Giá trị"),
        required=False,
        max_value=9_999_999,
        help_text=_("Để trống nếu kế hoạch chỉ nêu hướng phấn đấu."),
    )
    unit = forms.CharField(label=_("Đơn vị tính"), max_length=40, required=False)
    fact = forms.ChoiceField(
        label=_("Nguồn dữ liệu"),
        required=False,
        help_text=_("Số liệu của hệ thống cho biết chỉ tiêu đang đạt đến đâu."),
    )

    unit_fact = forms.ChoiceField(
        label=_("Số liệu từng đơn vị"),
        required=False,
        help_text=_("Để nêu tên đơn vị chưa đạt."),
    )
    direction = forms.ChoiceField(
        label=_("Chiều hướng"), choices=TargetRow.Direction.choices, required=False
    )

    def __init__(self, *args: Any, shape: shapes.Target, **kwargs: Any) -> None:
        names = ("subject", "comparator", "value", "unit", "fact", "unit_fact", "direction")
        kwargs["initial"] = {name: getattr(shape, name) for name in names}
        super().__init__(*args, **kwargs)
        choose_facts(self.fields)
        self.before = shape

    def shape(self) -> shapes.Target:
        direction = self.cleaned_data["direction"] or self.before.direction
        kept: dict[str, Any] = {"formula": self.before.formula, "inputs": self.before.inputs}
        if self.cleaned_data["fact"]:
            kept = {}
        if self.cleaned_data["unit_fact"] == self.before.unit_fact:
            kept["unit_floor"] = self.before.unit_floor
        return shapes.Target(**{**self.cleaned_data, "direction": direction, **kept})


class CitationForm(ShapeForm):
    type = forms.CharField(label=_("Tên loại"), max_length=80)
    code = forms.CharField(label=_("Số, ký hiệu"), max_length=60, required=False)
    text = forms.CharField(label=_("Tên gọi (luật không ghi số)"), max_length=300, required=False)
    date = DayField(label=_("Ngày ban hành"), required=False)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200, required=False)

    def __init__(self, *args: Any, shape: shapes.Citation, **kwargs: Any) -> None:
        self.before = shape
        kwargs["initial"] = {
            name: getattr(shape, name) for name in ("type", "code", "text", "date", "issuer")
        }
        super().__init__(*args, **kwargs)

    def shape(self) -> shapes.Citation:
        return shapes.Citation(**self.cleaned_data, places=self.before.places)


class PartyForm(forms.Form):
    """One party: role, words, and the units meant."""

    # With an initial value, so that a blank row sent back untouched counts as untouched.
    role = forms.ChoiceField(
        label=_("Vai trò"), choices=TaskParty.Role.choices, initial=TaskParty.Role.LEAD
    )
    written = forms.CharField(label=_("Đơn vị như văn bản ghi"), max_length=300)
    units = forms.TypedMultipleChoiceField(
        label=_("Đơn vị trong danh mục"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, audience: Audience, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.audience = audience
        field = self.fields["units"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = list(audience.names.items())

    def shape(self) -> shapes.Party:
        """Units are kept only where the person chose others than the words say."""
        written, units = self.cleaned_data["written"], self.cleaned_data["units"]
        reworded = {"written", "units"} & set(self.changed_data) == {"written"}
        meant = self.audience.find(written).units
        by_words = reworded or set(units) == meant
        return shapes.Party(self.cleaned_data["role"], written, None if by_words else sorted(units))


PartyFormSet = forms.formset_factory(PartyForm, extra=1, can_delete=True, max_num=40)


class TaskForm(ShapeForm):
    """A task with its parties (a formset beside it, valid together with it)."""

    text = forms.CharField(
        label=_("Nội dung nhiệm vụ"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    provision = forms.TypedChoiceField(label=_("Mục của kế hoạch"), coerce=int)
    due_on = DayField(label=_("Hạn"), required=False)
    due_wording = forms.ChoiceField(
        label=_("Cách ghi hạn"), required=False, choices=[("", "–"), *shapes.DUE_WORDINGS.items()]
    )
    due_text = forms.CharField(label=_("Hạn như văn bản ghi"), max_length=200, required=False)
    recurs = RecurrenceField(label=_("Định kỳ"), required=False)
    deliverable = forms.ChoiceField(label=_("Sản phẩm phải nộp"), choices=Deliverable.choices)
    previous = forms.TypedChoiceField(
        label=_("Tiếp nối nhiệm vụ năm trước"), coerce=int, empty_value=None, required=False
    )
    superior = forms.TypedMultipleChoiceField(
        label=_("Thực hiện nhiệm vụ của cấp trên"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        draft: Draft,
        audience: Audience,
        shape: shapes.Task | None = None,
        provision: int | None = None,
        **kwargs: Any,
    ) -> None:
        shape = shape or shapes.Task("")
        kwargs["initial"] = {
            **{n: getattr(shape, n) for n in ("text", "due_on", "due_wording", "due_text")},
            "deliverable": shape.deliverable,
            "provision": provision,
            "recurs": recurring.in_words(shape.due_rule),
            "previous": shape.previous,
            "superior": shape.superior,
        }
        self.before = shape
        super().__init__(data, **kwargs)
        field = self.fields["provision"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [
            ("", _("– chọn mục –")),
            *(
                (index, f"{said(each['path'])} – {each['text'][:70]}")
                for index, each in enumerate(draft.provisions)
            ),
        ]
        recurs = self.fields["recurs"]
        assert isinstance(recurs, RecurrenceField)
        recurs.known = shape.due_rule
        self._offer_links(draft)
        parties = [
            {
                "role": party.role,
                "written": party.written,
                "units": [unit for unit, _name in review.addressee(party, audience).units],
            }
            for party in shape.parties
        ]
        self.parties = PartyFormSet(
            data,
            prefix=f"{self.prefix or 'them'}-ben",
            initial=parties,
            form_kwargs={"audience": audience},
        )

    def clean(self) -> dict[str, Any]:
        if not self.parties.is_valid():
            raise ValidationError(_("Xem lại các đơn vị thực hiện bên dưới."))
        return super().clean()

    def _offer_links(self, draft: Draft) -> None:
        """Last year's tasks and the superior's, where the plan has them; else no control."""
        previous, superior = self.fields["previous"], self.fields["superior"]
        assert isinstance(previous, forms.TypedChoiceField)
        assert isinstance(superior, forms.TypedMultipleChoiceField)
        if draft.previous is None:
            del self.fields["previous"]
        else:
            tasks = draft.previous.tasks.select_related("provision")
            previous.choices = [
                ("", _("– nhiệm vụ mới –")),
                *((t.pk, f"{said(t.provision.path)} – {t.text[:70]}") for t in tasks),
            ]
        if draft.superior is None:
            del self.fields["superior"]
        else:
            asked = carrying.asked_of(draft.superior)
            superior.choices = [(f.pk, f.value["text"][:110]) for f in asked]

    def shape(self) -> shapes.Task:
        kept = [
            form.shape()
            for form in self.parties.forms
            if form.cleaned_data.get("written") and not form.cleaned_data.get("DELETE")
        ]
        values = {k: v for k, v in self.cleaned_data.items() if k not in ("provision", "recurs")}
        values.setdefault("previous", self.before.previous)
        values.setdefault("superior", self.before.superior)
        return shapes.Task(**values, parties=kept, due_rule=self.cleaned_data["recurs"])


def fact_choices(about: str = "programme") -> list[tuple[str, str]]:
    """Facts about such subjects that a target can be measured by."""
    return [(f.code, str(f.label)) for f in facts.REGISTRY.values() if f.about == about]


def choose_facts(fields: dict[str, forms.Field]) -> None:
    """Offers the facts there are in the fields "fact" and "unit_fact"."""
    for name, about, none in (
        ("fact", "programme", _("chưa có nguồn dữ liệu")),
        ("unit_fact", "unit", _("không nêu tên đơn vị")),
    ):
        field = fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", none), *fact_choices(about)]


def form_for(
    row: review.Row, draft: Draft, audience: Audience, data: Any = None
) -> HeaderForm | TaskForm | TargetForm | CitationForm:
    """The form that corrects a finding."""
    shape = row.shape
    prefix = f"m{row.finding.pk}"
    if isinstance(shape, shapes.Header):
        return HeaderForm(data, shape=shape, prefix=prefix)
    if isinstance(shape, shapes.Target):
        return TargetForm(data, shape=shape, prefix=prefix)
    if isinstance(shape, shapes.Citation):
        return CitationForm(data, shape=shape, prefix=prefix)
    return TaskForm(
        data,
        draft=draft,
        audience=audience,
        shape=shape,
        provision=row.finding.provision,
        prefix=prefix,
    )
