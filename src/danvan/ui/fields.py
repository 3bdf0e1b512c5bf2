"""Form fields that read what Vietnamese offices write, and say in Vietnamese what is wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from danvan.ui import uploads

_GROUPED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]+")
_PLAIN = re.compile(r"[0-9]+([.,][0-9]+)?")
# One dot and exactly three figures: 1234 to a Vietnamese, 1,234 to a spreadsheet set to
# English. Guessing wrong costs a unit its rank, so the person is asked to write it plainly.
_AMBIGUOUS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")


class PointsField(forms.Field):
    """Points: a Decimal with two places at most, from "9,5", "9.5", " 9,50 ", "1.234,5"."""

    default_error_messages = {
        "invalid": _("“%(value)s” không phải là số điểm. Ví dụ: 9,5."),
        "ambiguous": _(
            "“%(value)s” có thể hiểu theo hai cách. "
            "Hãy bỏ dấu chấm (%(plain)s) hoặc dùng dấu phẩy cho phần lẻ (ví dụ 9,5)."
        ),
        "places": _("Điểm ghi tối đa %(places)d chữ số sau dấu phẩy."),
        "negative": _("Điểm không được âm."),
        "min_value": _("Điểm không được thấp hơn %(limit)s."),
        "max_value": _("Điểm không được vượt quá %(limit)s."),
    }

    def __init__(
        self,
        *,
        min_value: Decimal | int = 0,
        max_value: Decimal | int = 99999,
        places: int = 2,
        **kwargs: Any,
    ) -> None:
        self.min_value, self.max_value = Decimal(min_value), Decimal(max_value)
        self.places = places
        kwargs.setdefault("widget", forms.TextInput)
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        if widget.is_hidden:
            return {}
        return {"inputmode": "decimal", "autocomplete": "off", "class": "points"}

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, Decimal):
            return value
        return self._read(re.sub(r"\s", "", str(value)))

    def _read(self, text: str) -> Decimal:
        sign, figures = ("-", text[1:]) if text[:1] in "-−–" else ("", text)
        if len(text) > 20:
            raise self._wrong("invalid", value=text[:20] + "…")
        if _AMBIGUOUS.fullmatch(figures):
            plain = figures.replace(".", "")
            raise self._wrong("ambiguous", value=text, plain=plain)
        if _GROUPED.fullmatch(figures):
            figures = figures.replace(".", "")
        elif not _PLAIN.fullmatch(figures):
            raise self._wrong("invalid", value=text)
        return Decimal(sign + figures.replace(",", "."))

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)
        if value is None:
            return
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int):  # NaN or Infinity, given by code as a Decimal
            raise self._wrong("invalid", value=str(value))
        if -exponent > self.places:
            raise self._wrong("places", places=self.places)
        if value < self.min_value:
            if self.min_value == 0:
                raise self._wrong("negative")
            raise self._wrong("min_value", limit=self.prepare_value(self.min_value))
        if value > self.max_value:
            raise self._wrong("max_value", limit=self.prepare_value(self.max_value))

    def prepare_value(self, value: Any) -> Any:
        """As a person would type it: 9,5; what was typed comes back untouched."""
        if not isinstance(value, Decimal | int | float) or isinstance(value, bool):
            return value
        text = f"{Decimal(str(value)):f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return text.replace(".", ",")

    def _wrong(self, code: str, **params: Any) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)


class DayField(forms.DateField):
    """A day as dd/mm/yyyy; also 27-3-2023, 27.03.2023, 27032023 and 2023-03-27."""

    default_error_messages = {
        "invalid": _(
            "“%(value)s” không phải là ngày. Ghi theo mẫu ngày/tháng/năm, ví dụ 27/03/2023."
        ),
        "short_year": _("Ghi đủ bốn chữ số của năm, ví dụ 27/03/2023."),
        "no_such_day": _("Không có ngày %(value)s."),
        "far": _("Năm %(year)s nằm ngoài khoảng 1900–2200."),
    }
    _forms = (
        re.compile(r"(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>\d{4}|\d{2})", re.A),
        re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})", re.A),
        re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", re.A),
    )

    def __init__(self, **kwargs: Any) -> None:
        # A text box, not type=date: browsers set to English would show 03/27/2023 in it.
        kwargs.setdefault("widget", forms.DateInput(format="%d/%m/%Y"))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        if widget.is_hidden:
            return {}
        return {"placeholder": _("ngày/tháng/năm"), "autocomplete": "off", "class": "day"}

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        text = str(value).strip()
        found = next((m for f in self._forms if (m := f.fullmatch(text))), None)
        if found is None:
            raise self._wrong("invalid", value=text[:30])
        year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
        if len(found["y"]) == 2:
            raise self._wrong("short_year")
        if not 1900 <= year <= 2200:
            raise self._wrong("far", year=found["y"])
        try:
            return dt.date(year, month, day)
        except ValueError:
            raise self._wrong("no_such_day", value=f"{day:02d}/{month:02d}/{year}") from None

    def _wrong(self, code: str, **params: Any) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)


class MultipleFileInput(forms.FileInput):
    """A file box that takes several files."""

    allow_multiple_selected = True


class UploadField(forms.FileField):
    """One file of an allowed kind, not empty, within settings.MAX_FILE_BYTES."""

    default_error_messages = {"required": _("Chưa chọn tệp.")}

    def __init__(
        self,
        *,
        extensions: Sequence[str] = uploads.KINDS,
        max_bytes: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.extensions = tuple(e.lower().lstrip(".") for e in extensions)
        self.max_bytes = max_bytes
        kwargs.setdefault("widget", forms.FileInput)
        kwargs.setdefault("help_text", uploads.lazy_rule(self.extensions, max_bytes))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": uploads.accept(self.extensions)}

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        uploads.inspect(data, self.extensions, self.max_bytes)
        return data


class MultipleUploadField(UploadField):
    """Several files; cleans to a list (empty when none was chosen and none is required)."""

    default_error_messages = {"too_many": _("Mỗi lần gửi tối đa %(limit)d tệp.")}

    def __init__(self, *, max_files: int = 20, **kwargs: Any) -> None:
        self.max_files = max_files
        kwargs.setdefault("widget", MultipleFileInput)
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [f for f in (data if isinstance(data, list | tuple) else [data]) if f]
        if not files and self.required and not initial:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > self.max_files:
            raise ValidationError(
                self.error_messages["too_many"], code="too_many", params={"limit": self.max_files}
            )
        wrong: list[ValidationError] = []
        for file in files:
            # All of them, so that the person corrects once and not once per file.
            try:
                self.to_python(file)
                self.run_validators(file)
            except ValidationError as error:
                wrong.extend(error.error_list)
        if wrong:
            raise ValidationError(wrong)
        return files
