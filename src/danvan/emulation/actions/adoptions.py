"""Taking a model up elsewhere: told by anybody, counted once the unit itself confirms."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.emulation import rules
from danvan.emulation.models import Adoption, Exemplar
from danvan.emulation.workflow import ADOPTION
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, demand, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit


@action("emulation.adoption.tell", may=rules.may_tell, says=gettext_lazy("báo đơn vị áp dụng"))
def tell(exemplar: Exemplar, *, unit: Unit, by: Actor) -> Adoption:
    """A claim that ``unit`` took the model up; that unit is asked to confirm."""
    if not (
        rules.acts_for(by, exemplar.unit_id)
        or rules.keeps(by, exemplar.body_id)
        or rules.acts_for(by, unit.pk)
    ):
        raise Refused(refuse(_("Chỉ báo thay cho đơn vị của mình hoặc về mô hình của mình.")))
    adoption = _open(exemplar, unit, by)
    record(exemplar, concerns=exemplar.unit_id, unit=str(unit))
    record(adoption, concerns=unit.pk, name=exemplar.name)
    return adoption


@action("emulation.adoption.take_up", may=rules.may_tell, says=gettext_lazy("áp dụng mô hình"))
def take_up(exemplar: Exemplar, *, unit: Unit, since: dt.date, how: str, by: Actor) -> Adoption:
    """The unit says of itself that it applies the model: claimed and confirmed at once."""
    demand(rules.acts_for(by, unit.pk))
    adoption = Adoption.objects.filter(
        exemplar=exemplar, unit=unit, state=Adoption.State.CLAIMED
    ).first()
    return _confirm(adoption or _open(exemplar, unit, by), since, how, by)


@action(
    "emulation.adoption.confirm",
    may=rules.may_confirm,
    says=gettext_lazy("xác nhận áp dụng mô hình"),
)
def confirm(adoption: Adoption, *, since: dt.date, how: str, by: Actor) -> Adoption:
    return _confirm(adoption, since, how, by)


@action(
    "emulation.adoption.decline",
    may=rules.may_decline,
    says=gettext_lazy("không xác nhận áp dụng mô hình"),
)
def decline(adoption: Adoption, *, reason: str, by: Actor) -> Adoption:
    return _end(adoption, "decline", reason, by)


@action("emulation.adoption.end", may=rules.may_end, says=gettext_lazy("thôi áp dụng mô hình"))
def end(adoption: Adoption, *, reason: str, by: Actor) -> Adoption:
    return _end(adoption, "end", reason, by)


@action(
    "emulation.adoption.tell_result",
    may=rules.may_tell_result,
    says=gettext_lazy("ghi kết quả áp dụng mô hình"),
)
def tell_result(adoption: Adoption, *, result: str, by: Actor) -> Adoption:
    if not result.strip():
        raise Refused(refuse(_("Ghi kết quả áp dụng.")))
    before, adoption.result = adoption.result, result.strip()
    adoption.save(update_fields=["result"])
    record(adoption, concerns=adoption.unit_id, outcome=[before, adoption.result])
    return adoption


def _open(exemplar: Exemplar, unit: Unit, by: Actor) -> Adoption:
    if unit.pk == exemplar.unit_id:
        raise Refused(refuse(_("Đơn vị có mô hình không tính là đơn vị áp dụng lại.")))
    standing = [Adoption.State.CLAIMED, Adoption.State.CONFIRMED]
    if exemplar.adoptions.filter(unit=unit, state__in=standing).exists():
        raise Refused(already(_("Đơn vị này đã có trong danh sách áp dụng.")))
    return Adoption.objects.create(
        exemplar=exemplar, unit=unit, told_at=clock.now(), told_by_id=by.id
    )


def _confirm(adoption: Adoption, since: dt.date, how: str, by: Actor) -> Adoption:
    if since > clock.today() or not how.strip():
        raise Refused(refuse(_("Ghi áp dụng từ ngày nào (không ở tương lai) và áp dụng thế nào.")))
    adoption.since, adoption.how = since, how.strip()
    return _decided(adoption, "confirm", by, since=since)


def _end(adoption: Adoption, move: str, reason: str, by: Actor) -> Adoption:
    if not reason.strip():
        raise Refused(refuse(_("Phải ghi lý do.")))
    adoption.ended_why = reason.strip()
    return _decided(adoption, move, by, reason=adoption.ended_why)


def _decided(
    adoption: Adoption, move: str, by: Actor, *, reason: str = "", **facts: object
) -> Adoption:
    """Told to both: the unit that applies and the one whose model it is."""
    adoption.state = ADOPTION.target(move)
    adoption.decided_at, adoption.decided_by_id = clock.now(), by.id
    adoption.save()
    exemplar = adoption.exemplar
    record(adoption, concerns=adoption.unit_id, reason=reason, name=exemplar.name, **facts)
    told = {"unit": str(adoption.unit), **facts}
    record(exemplar, concerns=exemplar.unit_id, reason=reason, **told)
    return adoption
