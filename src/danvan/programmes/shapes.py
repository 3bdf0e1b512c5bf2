"""The shape of ``Finding.found`` and ``Finding.settled`` for each kind, and what makes one right.

Kept as JSON so that both the compiler's version and the person's stay readable for good:
dates as "2023-04-04", decimals as text. ``check`` is what a correction and an acceptance must
pass; the compiler's own version need not.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from danvan.kernel import facts
from danvan.programmes.models import Deliverable, Finding

Json = dict[str, Any]

DUE_WORDINGS: dict[str, Any] = {
    "by": _("chậm nhất ngày"),
    "before": _("trước ngày"),
    "on": _("vào ngày"),
    "from": _("từ ngày"),
    "within": _("trong thời hạn"),
    "period": _("trong kỳ"),
}
COMPARATORS: dict[str, Any] = {
    "=": _("đạt"),
    ">=": _("ít nhất"),
    ">": _("trên"),
    "<=": _("không quá"),
    "<": _("dưới"),
}
_CODE = re.compile(r"\d[\w-]*\s*[/-]\s*\S.*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class HeaderField:
    """What a component of the header is called, and how its value is written."""

    label: Any
    form: str = "text"  # "text", "day", "year" or "lines"
    required: bool = False


HEADER: dict[str, HeaderField] = {
    "code": HeaderField(_("Số, ký hiệu"), required=True),
    "type": HeaderField(_("Tên loại"), required=True),
    "subject": HeaderField(_("Trích yếu"), required=True),
    "issuer": HeaderField(_("Cơ quan ban hành"), required=True),
    "date": HeaderField(_("Ngày ban hành"), "day", required=True),
    "year": HeaderField(_("Năm của chương trình"), "year", required=True),
    "signer": HeaderField(_("Người ký")),
    "signer_position": HeaderField(_("Thẩm quyền, chức vụ người ký")),
    "recipients": HeaderField(_("Nơi nhận"), "lines"),
}


@dataclass(frozen=True, slots=True)
class Header:
    """One component of the header; a date is its ISO text, recipients are a list."""

    kind: ClassVar[str] = Finding.Kind.HEADER
    field: str
    value: str | int | list[str] | None

    @property
    def form(self) -> HeaderField:
        return HEADER[self.field]

    @property
    def day(self) -> dt.date | None:
        return _day(self.value) if self.form.form == "day" else None

    def check(self) -> None:
        if self.form.required and self.value in (None, "", []):
            raise ValidationError(
                _("Chưa có “%(label)s”: hãy bấm Sửa và ghi vào."),
                params={"label": self.form.label},
            )
        if self.field == "code" and not _CODE.fullmatch(str(self.value)):
            raise ValidationError({"value": _("Ghi cả số và ký hiệu, ví dụ 49/KH-UBND.")})

    def as_json(self) -> Json:
        return asdict(self)

    @classmethod
    def from_json(cls, value: Json) -> Self:
        return cls(value["field"], value["value"])


@dataclass(frozen=True, slots=True)
class Party:
    """Who owes it, as written. ``units`` is None while the tree of the plan's day decides."""

    role: str
    written: str
    units: list[int] | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Who must do what by when."""

    kind: ClassVar[str] = Finding.Kind.TASK
    text: str
    parties: list[Party] = field(default_factory=list)
    due_on: dt.date | None = None
    due_wording: str = ""
    due_text: str = ""
    deliverable: str = Deliverable.NONE
    due_rule: Json | None = None
    # The task of last year's programme it takes up; the superior's findings it carries out.
    previous: int | None = None
    superior: list[int] = field(default_factory=list)

    def check(self) -> None:
        if not self.text.strip():
            raise ValidationError({"text": _("Chưa ghi nội dung nhiệm vụ.")})
        if not self.parties:
            raise ValidationError(_("Nhiệm vụ chưa ghi đơn vị nào: ai thực hiện?"))
        if self.due_rule and self.due_on:
            raise ValidationError(
                {"due_on": _("Nhiệm vụ định kỳ thì không ghi thêm một ngày hạn riêng.")}
            )

    def as_json(self) -> Json:
        return {**asdict(self), "due_on": self.due_on.isoformat() if self.due_on else None}

    @classmethod
    def from_json(cls, value: Json) -> Self:
        parties = [Party(**party) for party in value["parties"]]
        return cls(**{**value, "parties": parties, "due_on": _day(value["due_on"])})

    @property
    def says_when(self) -> Any:
        return DUE_WORDINGS.get(self.due_wording, "")


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator to reach; ``value`` None where only a direction is asked."""

    kind: ClassVar[str] = Finding.Kind.TARGET
    subject: str
    value: Decimal | None = None
    comparator: str = ">="
    unit: str = ""
    fact: str = ""
    unit_fact: str = ""
    direction: str = "up"
    formula: str = ""
    inputs: Json = field(default_factory=dict)
    unit_floor: Decimal | None = None

    def check(self) -> None:
        if not self.subject.strip():
            raise ValidationError({"subject": _("Chưa ghi chỉ tiêu.")})
        if self.comparator not in COMPARATORS:
            raise ValidationError({"comparator": _("Phép so sánh không có trong danh mục.")})
        if self.unit == "%" and self.value is not None and self.value > 100:
            raise ValidationError({"value": _("Tỷ lệ không được vượt quá 100 %.")})
        if self.fact and self.fact not in facts.REGISTRY:
            raise ValidationError({"fact": _("Không có nguồn dữ liệu này.")})
        if self.unit_fact and self.unit_fact not in facts.REGISTRY:
            raise ValidationError({"unit_fact": _("Không có nguồn dữ liệu này.")})

    def as_json(self) -> Json:
        numbers = {"value": self.value, "unit_floor": self.unit_floor}
        return {**asdict(self), **{n: None if v is None else str(v) for n, v in numbers.items()}}

    @classmethod
    def from_json(cls, value: Json) -> Self:
        numbers = {name: value.get(name) for name in ("value", "unit_floor")}
        typed = {name: None if n is None else Decimal(n) for name, n in numbers.items()}
        return cls(**{**value, **typed})

    @property
    def says_how(self) -> Any:
        return COMPARATORS.get(self.comparator, self.comparator)


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document. ``places`` are (start, end, provision or None) in the draft."""

    kind: ClassVar[str] = Finding.Kind.CITATION
    type: str
    code: str = ""
    date: dt.date | None = None
    issuer: str = ""
    text: str = ""
    places: list[tuple[int, int, int | None]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of a law cited without number ("Luật Tiếp công dân" → "Tiếp công dân")."""
        if self.code:
            return ""
        return re.sub(rf"^{re.escape(self.type)}\s+", "", self.text, flags=re.IGNORECASE)

    def check(self) -> None:
        if not self.type.strip():
            raise ValidationError({"type": _("Chưa ghi tên loại văn bản.")})
        if not self.code and not self.name.strip():
            raise ValidationError({"code": _("Ghi số, ký hiệu; nếu là luật thì ghi tên gọi.")})

    def as_json(self) -> Json:
        return {**asdict(self), "date": self.date.isoformat() if self.date else None}

    @classmethod
    def from_json(cls, value: Json) -> Self:
        places = [(start, end, provision) for start, end, provision in value["places"]]
        return cls(**{**value, "date": _day(value["date"]), "places": places})


Shape = Header | Task | Target | Citation
_OF_KIND: dict[str, type[Header] | type[Task] | type[Target] | type[Citation]] = {
    shape.kind: shape for shape in (Header, Task, Target, Citation)
}


def of(finding: Finding) -> Shape:
    """What counts of a finding: the person's version if there is one, as typed values."""
    return _OF_KIND[finding.kind].from_json(finding.value)


def headers(findings: list[Finding]) -> dict[str, Any]:
    """Field → value of the header findings that were not struck."""
    kept = [f for f in findings if f.kind == Finding.Kind.HEADER and f.state != "struck"]
    return {f.value["field"]: f.value["value"] for f in kept}


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
