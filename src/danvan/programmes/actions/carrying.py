"""Saying which of our tasks carries out one of the superior's, or that it is none of ours."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.programmes import rules
from danvan.programmes.models import Carriage, Finding, Programme


@action(
    "programmes.programme.carry",
    may=rules.may_amend,
    says=gettext_lazy("nối nhiệm vụ với nhiệm vụ của cấp trên"),
)
def carry(programme: Programme, *, asked: int, task: int, by: Actor) -> Carriage:
    """Our task points at theirs; said twice it is the same. An earlier "not ours" goes."""
    above, ours = _asked(programme, asked), programme.tasks.filter(pk=task).first()
    if ours is None:
        raise ValidationError(_("Chọn một nhiệm vụ của kế hoạch này."))
    Carriage.objects.filter(programme=programme, asked=above, task=None).delete()
    made, _new = Carriage.objects.get_or_create(programme=programme, asked=above, task=ours)
    record(programme, concerns=programme.body_id, asked=above.pk, task=ours.pk)
    return made


@action(
    "programmes.programme.decline",
    may=rules.may_amend,
    says=gettext_lazy("ghi lý do không có nhiệm vụ tương ứng"),
)
def decline(programme: Programme, *, asked: int, reason: str, by: Actor) -> Carriage:
    """None of our tasks carries it out, and why. Links that were made go."""
    above = _asked(programme, asked)
    if not reason.strip():
        raise ValidationError(_("Ghi lý do kế hoạch này không có nhiệm vụ tương ứng."))
    Carriage.objects.filter(programme=programme, asked=above).delete()
    made = Carriage.objects.create(
        programme=programme, asked=above, task=None, reason=reason.strip()[:300]
    )
    record(programme, concerns=programme.body_id, asked=above.pk, reason=made.reason)
    return made


@action(
    "programmes.programme.ground",
    may=rules.may_amend,
    says=gettext_lazy("đặt kế hoạch cấp trên làm căn cứ"),
)
def ground(programme: Programme, *, superior: int, by: Actor) -> Programme:
    """The superior's plan, kept by this body, that the programme carries out."""
    kept = programme.body.drafts.filter(pk=superior, state="kept").first()
    if kept is None:
        raise ValidationError(_("Chọn một kế hoạch của cấp trên đã ghi nhận."))
    before, programme.superior = programme.superior_id, kept
    programme.save(update_fields=["superior"])
    record(programme, concerns=programme.body_id, superior=[before, kept.pk])
    return programme


def _asked(programme: Programme, pk: int) -> Finding:
    found = Finding.objects.filter(
        pk=pk, draft=programme.superior_id, kind=Finding.Kind.TASK
    ).first()
    if found is None:
        raise ValidationError(_("Nhiệm vụ này không thuộc kế hoạch cấp trên làm căn cứ."))
    return found
