"""The form of a record is made of the declared fields; so are the filters of a list."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.registers.actions.records import Uploads, what_is_wrong
from danvan.registers.fields import LARGEST, LONGEST, NUMBER_PLACES, Field, Kind
from danvan.registers.figures import options_of
from danvan.registers.models import Record, RegisterVersion
from danvan.ui.fields import DayField, MultipleUploadField, PointsField

PAPERS = ("jpg", "jpeg", "png", "pdf", "docx", "xlsx")
ANY = ("", gettext_lazy("Tất cả"))
NONE = ("", gettext_lazy("Chưa chọn"))
BEFORE = "truong_"
_LINK = RegexValidator(
    r"\Ahttps?://[^\s/]+\S*\Z",
    gettext_lazy("Ghi cả đường dẫn, bắt đầu bằng http:// hoặc https://."),
)


class RecordForm(forms.Form):
    """A record to write (``units``: about which) or to correct (``record``)."""

    unit = forms.TypedChoiceField(label=gettext_lazy("Đơn vị"), coerce=int)
    day = DayField(label=gettext_lazy("Ngày"))
    until = DayField(
        label=gettext_lazy("Đến hết ngày"), required=False,
        help_text=gettext_lazy("Để trống nếu không ghi ngày hết hiệu lực."),
    )  # fmt: skip
    token = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        version: RegisterVersion,
        units: Sequence[tuple[int, str]] = (),
        all_units: Sequence[tuple[int, str]] = (),
        record: Record | None = None,
        **kwargs: Any,
    ) -> None:
        self.version, self.record, self._units = version, record, all_units
        kwargs["initial"] = self._initial(units)
        super().__init__(*args, **kwargs)
        self.fields["day"].label = version.day_label
        if not version.keeps_validity:
            del self.fields["until"]
        else:
            self.fields["until"].label = version.end_label
        if record is not None:
            del self.fields["unit"], self.fields["token"]
        else:
            choices = [NONE, *units] if len(units) > 1 else list(units)
            self.fields["unit"].choices = choices  # type: ignore[attr-defined]
        for field in version.declared:
            self.fields[BEFORE + field.code] = self._field(field)
        if record is not None:
            self._for_correction(record)

    def values(self) -> dict[str, Any]:
        """Field → typed value, files apart."""
        return {
            f.code: self.cleaned_data.get(BEFORE + f.code)
            for f in self.version.declared
            if f.kind != Kind.FILE
        }

    def uploads(self) -> Uploads:
        return {
            f.code: self.cleaned_data.get(BEFORE + f.code) or []
            for f in self.version.declared
            if f.kind == Kind.FILE
        }

    def written(self) -> list[forms.BoundField]:
        """The declared fields, in their order."""
        return [self[BEFORE + field.code] for field in self.version.declared]

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        day: dt.date | None = sent.get("day")
        if day and (wrong := what_is_wrong(self.version, day, sent.get("until"), clock.today())):
            self.add_error(*wrong)
        for field in self.version.declared:
            if field.kind == Kind.FILE and field.required and not self._left(field, sent):
                self.add_error(BEFORE + field.code, _("Chưa chọn tệp."))
        return sent

    def _left(self, field: Field, sent: dict[str, Any]) -> bool:
        """Whether the record will have a file under this field."""
        name = BEFORE + field.code
        if sent.get(name) or name in self.errors:
            return True
        if self.record is None:
            return False
        off = set(sent.get("taken_off") or ())
        return any(
            f.field == field.code and f.pk not in off and f.taken_off_at is None
            for f in self.record.files.all()
        )

    def _initial(self, units: Sequence[tuple[int, str]]) -> dict[str, Any]:
        if self.record is None:
            only = units[0][0] if len(units) == 1 else ""
            day = None if self.version.keeps_validity else clock.today()
            return {"token": secrets.token_urlsafe(16), "day": day, "unit": only}
        kept = {
            BEFORE + f.code: _shown(f.typed(self.record.values.get(f.code)))
            for f in self.version.declared
        }
        return {"day": self.record.day, "until": self.record.until, **kept}

    def _for_correction(self, record: Record) -> None:
        files = [(f.pk, f.name) for f in record.files.all() if f.taken_off_at is None]
        if files:
            self.fields["taken_off"] = forms.TypedMultipleChoiceField(
                label=_("Bỏ bớt tệp"), required=False, coerce=int, choices=files,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        self.fields["edition"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=record.edition
        )
        self.fields["reason"] = forms.CharField(
            label=_("Lý do đính chính"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Nội dung cũ vẫn được giữ và đọc được."),
        )  # fmt: skip

    def _field(self, field: Field) -> forms.Field:
        given: dict[str, Any] = {
            "label": field.heading, "required": field.required, "help_text": field.help,
        }  # fmt: skip
        match field.kind:
            case Kind.NUMBER:
                return PointsField(places=NUMBER_PLACES, max_value=LARGEST - 1, **given)
            case Kind.DATE:
                return DayField(**given)
            case Kind.CHOICE:
                return forms.ChoiceField(choices=[NONE, *field.options], **given)
            case Kind.YES_NO:
                return forms.TypedChoiceField(
                    choices=[NONE, ("1", _("Có")), ("0", _("Không"))],
                    coerce=lambda sent: sent == "1", empty_value=None, **given,
                )  # fmt: skip
            case Kind.UNIT:
                return forms.TypedChoiceField(
                    choices=[NONE, *self._units], coerce=int, empty_value=None, **given
                )
            case Kind.FILE:
                given["required"] = False  # judged in clean, with the files there are
                if not field.help:
                    del given["help_text"]
                return MultipleUploadField(extensions=PAPERS, **given)
            case Kind.LINK:
                return forms.CharField(
                    max_length=LONGEST["link"], validators=[_LINK], **given,
                    widget=forms.URLInput(attrs={"inputmode": "url"}),
                )  # fmt: skip
            case Kind.LONG_TEXT:
                return forms.CharField(
                    max_length=LONGEST["long_text"], widget=forms.Textarea(attrs={"rows": 4}),
                    **given,
                )  # fmt: skip
        return forms.CharField(max_length=LONGEST.get(field.kind, LONGEST["text"]), **given)


def _shown(value: Any) -> Any:
    return ("1" if value else "0") if isinstance(value, bool) else value


class GiveForm(forms.Form):
    """The work a finding becomes."""

    title = forms.CharField(
        label=gettext_lazy("Việc phải làm"), max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    due_on = DayField(label=gettext_lazy("Hạn khắc phục, trả lời"))

    def clean_due_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["due_on"]
        if day < clock.today():
            raise ValidationError(_("Hạn không được trước hôm nay."))
        return day


class ListFilter(forms.Form):
    """A filter never refuses: what cannot be read counts as not asked."""

    q = forms.CharField(label=gettext_lazy("Tìm chữ"), required=False, max_length=100)
    don_vi = forms.TypedChoiceField(label=gettext_lazy("Đơn vị"), required=False, coerce=int)
    tu = DayField(label=gettext_lazy("Từ ngày"), required=False)
    den = DayField(label=gettext_lazy("đến ngày"), required=False)
    hieu_luc = DayField(label=gettext_lazy("Còn hiệu lực ngày"), required=False)
    viec = forms.ChoiceField(
        label=gettext_lazy("Giao việc"), required=False,
        choices=[ANY, ("chua", gettext_lazy("Chưa giao")), ("dang", gettext_lazy("Đang làm")),
                 ("xong", gettext_lazy("Đã xong"))],
    )  # fmt: skip

    def __init__(
        self, *args: Any, version: RegisterVersion, units: Iterable[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choices = [f for f in version.declared if f.kind in (Kind.CHOICE, Kind.YES_NO)]
        self.fields["don_vi"].choices = [ANY, *units]  # type: ignore[attr-defined]
        if not version.keeps_validity:
            del self.fields["hieu_luc"]
        if not version.gives:
            del self.fields["viec"]
        for field in self.choices:
            self.fields[field.code] = forms.ChoiceField(
                label=field.label, required=False, choices=[ANY, *options_of(field).items()]
            )

    def asked(self) -> dict[str, Any]:
        """What was asked and could be read."""
        self.is_valid()
        return {name: v for name in self.fields if (v := self.cleaned_data.get(name))}
