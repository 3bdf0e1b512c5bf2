"""Declaring a register, enacting one the product comes with, and keeping it another way."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, Stale, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.organisations.queries import person_of
from danvan.registers import queries, rules, shipped
from danvan.registers.declaring import Declaration
from danvan.registers.fields import slug
from danvan.registers.models import Register, RegisterVersion


@action("registers.register.declare", may=rules.may_declare, says=gettext_lazy("khai báo sổ"))
def declare(
    body: Unit, *, declaration: Declaration, code: str = "", template: str = "", by: Actor
) -> Register:
    """A new register with its first version; the code is made of the name if not given."""
    _demand(declaration, body)
    taken = queries.taken_codes(body)
    if code and code in taken:
        raise Refused(already(_("Sổ này đã được đưa vào dùng.")))
    register = Register.objects.create(
        body=body, code=code or slug(declaration.name, taken), template=template
    )
    _enact(register, 1, declaration, by)
    return register


def enact(body: Unit, *, template: str, by: Actor) -> Register:
    """A register the product comes with, as it stands (data/registers.json)."""
    found = shipped.template(template)
    if found is None:
        raise Refused(refuse(_("Không có mẫu sổ này.")))
    made: Register = declare(
        body, declaration=found.declaration, code=found.code, template=found.code, by=by
    )
    return made


@action("registers.register.revise", may=rules.may_revise, says=gettext_lazy("sửa khai báo sổ"))
def revise(
    register: Register, *, declaration: Declaration, newest: int, by: Actor
) -> RegisterVersion:
    """The next version. ``newest``: the number it was made from; Stale if there is another.

    Records keep the fields of the version they were written under.
    """
    latest = register.versions.order_by("-number").first()
    if latest is None or latest.number != newest:
        raise Stale(_("Khai báo sổ đã được sửa từ lúc bạn mở trang. Hãy xem lại bản mới."))
    _demand(declaration, register.body)
    values = declaration.as_version()
    if values["valid_from"] < latest.valid_from:
        raise Refused(refuse(_("Bản mới không được bắt đầu trước bản đang dùng.")))
    if all(getattr(latest, name) == value for name, value in values.items() if name in _SAID):
        raise Refused(refuse(_("Không có gì khác với khai báo đang dùng.")))
    return _enact(register, latest.number + 1, declaration, by)


_SAID = (
    "name", "purpose", "audience", "fields", "facts", "units_write", "offices", "reading",
    "gives", "day_label", "until_label", "keeps_validity", "warn_days", "valid_to",
)  # fmt: skip


def _enact(register: Register, number: int, declaration: Declaration, by: Actor) -> RegisterVersion:
    values: dict[str, Any] = declaration.as_version()
    document = declaration.document
    values["basis"] = declaration.basis.strip() or (document.short if document else "")
    version = RegisterVersion.objects.create(
        register=register, number=number, enacted_at=clock.now(), enacted_by=person_of(by), **values
    )
    record(
        register, concerns=register.body_id, name=version.name, version=number,
        basis=version.basis, valid_from=version.valid_from,
    )  # fmt: skip
    return version


def _demand(declaration: Declaration, body: Unit) -> None:
    if wrong := declaration.wrong(body):
        raise Refused(refuse(wrong[0][1]))
