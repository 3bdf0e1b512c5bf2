"""A declaration of a register: everything a version says, judged as one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from danvan.documents.models import Document
from danvan.kernel import clock
from danvan.kernel.imports.reading import key as heading
from danvan.organisations import roles
from danvan.organisations.audience import Audience
from danvan.organisations.models import Unit
from danvan.registers.fields import Field, Kind
from danvan.registers.figures import Figure
from danvan.registers.figures import Kind as FigureKind
from danvan.registers.models import RegisterVersion

MOST_FIELDS, MOST_FIGURES, MOST_OPTIONS = 40, 20, 60


@dataclass(frozen=True, slots=True)
class Declaration:
    """As a person declared it. ``wrong`` tells what cannot be kept like that."""

    name: str
    purpose: str
    audience: str
    fields: tuple[Field, ...]
    figures: tuple[Figure, ...] = ()
    units_write: bool = True
    offices: tuple[str, ...] = ()
    reading: str = RegisterVersion.Reading.EVERYBODY
    gives: str = ""
    day_label: str = "Ngày"
    until_label: str = ""
    keeps_validity: bool = False
    warn_days: int = 60
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    document: Document | None = None
    basis: str = ""

    def wrong(self, body: Unit) -> list[tuple[str, str]]:
        """(part, why): the parts are the names of this class, ``fields.2`` the third field."""
        return [*self._of_people(body), *self._of_dates(), *self._of_fields(), *self._of_figures()]

    def as_version(self) -> dict[str, Any]:
        """The values of a RegisterVersion."""
        return {
            "name": self.name, "purpose": self.purpose, "audience": self.audience,
            "fields": [f.as_data() for f in self.fields],
            "facts": [f.as_data() for f in self.figures],
            "units_write": self.units_write, "offices": list(self.offices),
            "reading": self.reading, "gives": self.gives, "day_label": self.day_label,
            "until_label": self.until_label,
            "keeps_validity": self.keeps_validity, "warn_days": self.warn_days,
            "valid_from": self.valid_from or clock.today(), "valid_to": self.valid_to,
            "document": self.document, "basis": self.basis,
        }  # fmt: skip

    @classmethod
    def of(cls, version: RegisterVersion) -> Declaration:
        """What a version says, to begin the next one with."""
        return cls(
            name=version.name, purpose=version.purpose, audience=version.audience,
            fields=version.declared, figures=version.figures, units_write=version.units_write,
            offices=tuple(version.offices), reading=version.reading, gives=version.gives,
            day_label=version.day_label, until_label=version.until_label,
            keeps_validity=version.keeps_validity,
            warn_days=version.warn_days, valid_to=version.valid_to,
        )  # fmt: skip

    def _of_people(self, body: Unit) -> Iterator[tuple[str, str]]:
        if not self.name.strip():
            yield "name", _("Ghi tên sổ.")
        if not self.basis.strip() and self.document is None:
            yield "basis", _("Ghi căn cứ: văn bản trong sổ văn bản hoặc bằng chữ.")
        if not self.units_write and not self.offices:
            yield "offices", _("Chọn ai ghi sổ: đơn vị tự ghi hoặc ít nhất một cơ quan.")
        limited = self.reading == RegisterVersion.Reading.LIMITED
        if limited and roles.ADMINISTRATION_OFFICE in self.offices:
            yield "offices", _("Văn phòng không đọc sổ hạn chế nên không thể ghi sổ này.")
        if limited and self.gives:
            # The work would be read by everybody who reads the committee's duties.
            yield "gives", _("Sổ hạn chế không giao việc: nội dung việc được nhiều người đọc.")
        found = Audience(body, clock.today()).find(self.audience)
        if found.unresolved:
            told = "; ".join(f"“{words}”" for words in found.unresolved)
            yield "audience", _("Không rõ đơn vị nào: %s.") % told
        elif not found.units:
            yield "audience", _("Ghi ít nhất một đơn vị hoặc nhóm đơn vị.")

    def _of_dates(self) -> Iterator[tuple[str, str]]:
        if self.valid_to and self.valid_to < (self.valid_from or clock.today()):
            yield "valid_to", _("Ngày hết dùng phải từ ngày bắt đầu dùng trở đi.")
        if not 0 <= self.warn_days <= 365:
            yield "warn_days", _("Số ngày báo trước từ 0 đến 365.")

    def _of_fields(self) -> Iterator[tuple[str, str]]:
        if not self.fields:
            yield "fields", _("Sổ phải có ít nhất một trường.")
        if len(self.fields) > MOST_FIELDS:
            yield "fields", _("Sổ có tối đa %d trường.") % MOST_FIELDS
        # As the headings of a table that is sent are told apart.
        ends = self.until_label or _("Đến hết ngày")
        taken = {heading(name) for name in (_("Đơn vị"), ends, self.day_label)}
        for n, field in enumerate(self.fields):
            if heading(field.label) in taken:
                yield f"fields.{n}", _("Tên “%s” đã dùng trong sổ; đặt tên khác.") % field.label
            taken.add(heading(field.label))
            if field.kind == Kind.CHOICE and not 2 <= len(field.options) <= MOST_OPTIONS:
                yield (
                    f"fields.{n}",
                    _("Danh mục của “%s” phải có từ hai giá trị trở lên.") % field.label,
                )

    def _of_figures(self) -> Iterator[tuple[str, str]]:
        if len(self.figures) > MOST_FIGURES:
            yield "figures", _("Sổ có tối đa %d dữ kiện.") % MOST_FIGURES
        above: Mapping[str, Figure] = {}
        for n, figure in enumerate(self.figures):
            if wrong := figure.wrong(self.fields, above):
                yield f"figures.{n}.{wrong[0]}", wrong[1]
            elif figure.kind == FigureKind.SETTLED and not self.gives:
                yield (
                    f"figures.{n}.kind",
                    _("Sổ này không giao việc nên không đếm được việc đã xong."),
                )
            elif figure.kind == FigureKind.IN_FORCE and not self.keeps_validity:
                yield f"figures.{n}.kind", _("Sổ này không theo dõi hiệu lực.")
            above = {**above, figure.code: figure}
