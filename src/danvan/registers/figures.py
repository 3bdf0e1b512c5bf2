"""The facts a register offers, as data: how a figure is made of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.registers.fields import Field
from danvan.registers.fields import Kind as FieldKind


class Kind(models.TextChoices):
    COUNT = "count", gettext_lazy("Đếm bản ghi trong kỳ")
    SUM = "sum", gettext_lazy("Cộng một trường số trong kỳ")
    LATEST = "latest", gettext_lazy("Lấy số mới nhất của một trường trong kỳ")
    IN_FORCE = "in_force", gettext_lazy("Đếm bản ghi còn hiệu lực cuối kỳ")
    SETTLED = "settled", gettext_lazy("Đếm bản ghi mà việc giao từ đó đã xong")
    RATIO = "ratio", gettext_lazy("Tỷ lệ của hai số ở trên")


OF_NUMBER = (Kind.SUM, Kind.LATEST)


@dataclass(frozen=True, slots=True)
class Figure:
    """One fact. ``field``: the number added or taken; ``where``/``option``: only records whose
    choice is that; ``part``/``whole``: the two facts of a ratio, by their codes."""

    code: str
    label: str
    kind: str
    field: str = ""
    where: str = ""
    option: str = ""
    part: str = ""
    whole: str = ""
    measure: str = ""

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Figure:
        return cls(**data)

    def as_data(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def made(self) -> str:
        """How it is made, in words."""
        return str(Kind(self.kind).label)

    def wrong(self, fields: Sequence[Field], above: Mapping[str, Figure]) -> tuple[str, str] | None:
        """(which part, why) this figure cannot be made of such fields, or nothing.

        ``above``: the figures declared before it, by code.
        """
        known = {f.code: f for f in fields}
        if self.kind in OF_NUMBER and getattr(known.get(self.field), "kind", "") != (
            FieldKind.NUMBER
        ):
            return "field", _("Chọn một trường kiểu Số của sổ.")
        if self.where or self.option:
            choice = known.get(self.where)
            if choice is None or choice.kind not in (FieldKind.CHOICE, FieldKind.YES_NO):
                return "where", _("Điều kiện phải theo một trường danh mục hoặc có/không của sổ.")
            if self.option not in options_of(choice):
                return "option", _("Điều kiện phải là một giá trị trong danh mục của trường đó.")
        if self.kind == Kind.RATIO:
            for name in ("part", "whole"):
                one = above.get(getattr(self, name))
                if one is None or one.kind == Kind.RATIO:
                    return name, _("Chọn một dữ kiện đã khai ở trên (không phải tỷ lệ).")
        return None

    def takes(self, values: Mapping[str, Any]) -> bool:
        """Whether a record with these values is counted."""
        if not self.where:
            return True
        kept = values.get(self.where)
        return kept == self.option if isinstance(kept, str) else _yes_no(kept) == self.option


def options_of(field: Field) -> dict[str, str]:
    """Code → words of what a condition on this field may be."""
    if field.kind == FieldKind.YES_NO:
        return {"yes": _("Có"), "no": _("Không")}
    return dict(field.options)


def _yes_no(kept: Any) -> str:
    return "yes" if kept is True else "no"
