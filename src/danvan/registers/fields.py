"""The fields of a register as data: what may be written, how it is kept, how it is said.

A value is kept as JSON keeps it: a number as text ("12.5", never float), a day as ISO, a
choice by its code, a unit by its id, a document by its symbol as written. Files stand apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.ui import written
from vanban.text import search_key

NUMBER_PLACES = 3
LARGEST = Decimal(10) ** 15
# Names the filters of a list use themselves; no field may have one of them as its code.
RESERVED = frozenset({"q", "don_vi", "tu", "den", "hieu_luc", "viec", "trang"})
LONGEST = {"text": 300, "long_text": 5000, "link": 500, "document": 60}


class Kind(models.TextChoices):
    TEXT = "text", gettext_lazy("Chữ")
    LONG_TEXT = "long_text", gettext_lazy("Chữ nhiều dòng")
    NUMBER = "number", gettext_lazy("Số")
    DATE = "date", gettext_lazy("Ngày")
    CHOICE = "choice", gettext_lazy("Chọn một trong danh mục")
    YES_NO = "yes_no", gettext_lazy("Có hoặc không")
    UNIT = "unit", gettext_lazy("Đơn vị")
    DOCUMENT = "document", gettext_lazy("Văn bản (số, ký hiệu)")
    LINK = "link", gettext_lazy("Đường dẫn")
    FILE = "file", gettext_lazy("Ảnh, tệp")


@dataclass(frozen=True, slots=True)
class Field:
    """One declared field. ``options``: (code, words) of a choice; ``measure`` of a number."""

    code: str
    label: str
    kind: str
    required: bool = False
    measure: str = ""
    options: tuple[tuple[str, str], ...] = ()
    help: str = ""

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Field:
        given = {**data, "options": tuple((o["code"], o["label"]) for o in data.get("options", ()))}
        return cls(**given)

    def as_data(self) -> dict[str, Any]:
        return {
            "code": self.code, "label": self.label, "kind": self.kind, "required": self.required,
            "measure": self.measure, "help": self.help,
            "options": [{"code": code, "label": label} for code, label in self.options],
        }  # fmt: skip

    @property
    def heading(self) -> str:
        """The label with the unit of measure."""
        return f"{self.label} ({self.measure})" if self.measure else self.label

    def keep(self, value: Any) -> Any:
        """A typed value as JSON keeps it; nothing stays nothing."""
        if value is None or value == "":
            return None
        if self.kind == Kind.NUMBER:
            return f"{Decimal(value).normalize():f}"
        if isinstance(value, dt.date):
            return value.isoformat()
        return value

    def typed(self, kept: Any) -> Any:
        """What was kept, as a form or a sheet takes it."""
        if kept is None:
            return None
        if self.kind == Kind.NUMBER:
            return Decimal(kept)
        return dt.date.fromisoformat(kept) if self.kind == Kind.DATE else kept

    def said(self, kept: Any, names: Mapping[int, str] | None = None) -> str:
        """The value in words; a dash where nothing was written. ``names``: unit → name."""
        if kept is None:
            return written.UNKNOWN
        match self.kind:
            case Kind.NUMBER:
                measure = f"{written.NBSP}{self.measure}" if self.measure else ""
                return written.number(Decimal(kept), NUMBER_PLACES) + measure
            case Kind.DATE:
                return written.day(dt.date.fromisoformat(kept))
            case Kind.CHOICE:
                return dict(self.options).get(kept, kept)
            case Kind.YES_NO:
                return _("Có") if kept else _("Không")
            case Kind.UNIT:
                return (names or {}).get(kept, written.UNKNOWN)
        return str(kept)


def slug(words: str, among: Iterable[str] = (), most: int = 40) -> str:
    """A code made of words ("Số tin, bài" → "so_tin_bai"), told apart from those there are."""
    plain = "".join(c if c.isascii() and c.isalnum() else "_" for c in search_key(words))
    base = "_".join(filter(None, plain.split("_")))[:most].strip("_") or "muc"
    taken, code, n = set(among), base, 1
    while code in taken:
        n += 1
        code = f"{base[: most - 4]}_{n}"
    return code


def words_of(
    fields: Sequence[Field], values: Mapping[str, Any], names: Mapping[int, str] | None = None
) -> str:
    """Everything written in a record, as it is searched: without marks, in one line."""
    told = [f.said(values.get(f.code), names) for f in fields if values.get(f.code) is not None]
    return search_key(" ".join(told))
