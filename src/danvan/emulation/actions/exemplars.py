"""Registering a model, correcting the registration, assessing, rejecting, withdrawing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.emulation import queries, rules
from danvan.emulation.models import Exemplar
from danvan.emulation.models.exemplars import HOUSEHOLDS, MANDATORY
from danvan.emulation.workflow import EXEMPLAR
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from vanban.text import search_key

# What a person fills in; the rest (state, who, when) the verbs set.
ENTRIES = (
    *MANDATORY, "kind", "person_name", "field", "since", "starts_on", "assess_on",
    "minority_area", "religious_area", *HOUSEHOLDS,
)  # fmt: skip
# History tells these from what to what; of the others it names the entry.
FIGURES = ("name", "person_name", "starts_on", "assess_on", *HOUSEHOLDS)


@action("emulation.exemplar.register", may=rules.may_register, says=gettext_lazy("đăng ký mô hình"))
def register(
    unit: Unit, *, body: Unit, year: int, values: Mapping[str, Any], by: Actor
) -> Exemplar:
    """The unit registers a model for a year before a body. Every mandatory entry is needed."""
    exemplar = Exemplar(
        body=body, unit=unit, year=year, registered_at=clock.now(), registered_by_id=by.id
    )
    _fill(exemplar, values)
    exemplar.save()
    record(exemplar, concerns=unit.pk, name=exemplar.name, year=year)
    return exemplar


@action("emulation.exemplar.amend", may=rules.may_amend, says=gettext_lazy("sửa đăng ký mô hình"))
def amend(exemplar: Exemplar, *, values: Mapping[str, Any], by: Actor) -> Exemplar:
    """Other words or figures, before anybody looked at the model."""
    before = {name: getattr(exemplar, name) for name in ENTRIES}
    _fill(exemplar, values)
    changed = [n for n in ENTRIES if getattr(exemplar, n) != before[n]]
    if not changed:
        raise Refused(refuse(_("Không có gì khác với đăng ký đang ghi.")))
    exemplar.save()
    told: dict[str, Any] = {n: [before[n], getattr(exemplar, n)] for n in changed if n in FIGURES}
    words = [str(Exemplar._meta.get_field(n).verbose_name) for n in changed]  # type: ignore[union-attr]
    record(exemplar, concerns=exemplar.unit_id, entries=", ".join(words), **told)
    return exemplar


@action(
    "emulation.exemplar.assess", may=rules.may_assess, says=gettext_lazy("đánh giá có hiệu quả")
)
def assess(exemplar: Exemplar, *, result: str, by: Actor) -> Exemplar:
    """The goals were reached: what was measured against them is kept in words."""
    if not result.strip():
        raise Refused(refuse(_("Ghi kết quả đạt được so với mục tiêu đã đăng ký.")))
    exemplar.result = result.strip()
    return _move(exemplar, "assess", outcome=exemplar.result)


@action("emulation.exemplar.reject", may=rules.may_reject, says=gettext_lazy("đánh giá không đạt"))
def reject(exemplar: Exemplar, *, reason: str, by: Actor) -> Exemplar:
    return _end(exemplar, "reject", reason)


@action("emulation.exemplar.withdraw", may=rules.may_withdraw, says=gettext_lazy("rút mô hình"))
def withdraw(exemplar: Exemplar, *, reason: str, by: Actor) -> Exemplar:
    return _end(exemplar, "withdraw", reason)


def _end(exemplar: Exemplar, move: str, reason: str) -> Exemplar:
    if not reason.strip():
        raise Refused(refuse(_("Phải ghi lý do.")))
    exemplar.ended_why = reason.strip()
    return _move(exemplar, move, reason=exemplar.ended_why)


def _move(exemplar: Exemplar, move: str, *, reason: str = "", **facts: Any) -> Exemplar:
    before, exemplar.state = exemplar.state, EXEMPLAR.target(move)
    exemplar.save()
    told = [str(EXEMPLAR.states[s].label) for s in (before, exemplar.state)]
    record(exemplar, concerns=exemplar.unit_id, reason=reason, step=told, **facts)
    return exemplar


def _fill(exemplar: Exemplar, values: Mapping[str, Any]) -> None:
    """Takes the entries over; Refused naming what is missing or contradicts."""
    for name in ENTRIES:
        if name in values:
            value = values[name]
            setattr(exemplar, name, value.strip() if isinstance(value, str) else value)
    if exemplar.kind != Exemplar.Kind.INDIVIDUAL:
        exemplar.person_name = ""
    exemplar.search_key = search_key(exemplar.name)[:300]
    if wrong := lacking(exemplar):
        raise Refused(refuse(wrong))
    twin = queries.same_name(exemplar)
    if twin is not None:
        raise Refused(already(_("Đơn vị đã đăng ký mô hình “%s” năm này.") % twin.name))


def lacking(exemplar: Exemplar) -> str:
    """What the registration still lacks, in words; nothing when it is whole."""
    for name in MANDATORY:
        if not getattr(exemplar, name):
            field = Exemplar._meta.get_field(name)
            return _("Chưa ghi mục “%s”.") % field.verbose_name  # type: ignore[union-attr]
    if exemplar.kind == Exemplar.Kind.INDIVIDUAL and not exemplar.person_name:
        return _("Mô hình cá nhân phải ghi tên cá nhân điển hình.")
    if exemplar.assess_on < exemplar.starts_on:
        return _("Ngày đánh giá không thể trước ngày bắt đầu.")
    parts = [getattr(exemplar, n) for n in HOUSEHOLDS[1:]]
    if any(p is not None and p > (exemplar.households or 0) for p in parts):
        return _("Số hộ của một nhóm không thể nhiều hơn tổng số hộ hưởng lợi.")
    return ""
