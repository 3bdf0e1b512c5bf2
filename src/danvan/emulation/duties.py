"""For the desk: adoptions to confirm, models to look at, proposals to decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.documents.rules import ACTS_FOR
from danvan.emulation.models import Adoption, Commendation, Exemplar
from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.organisations import roles

S, C = Exemplar.State, Commendation.State


def duties_of(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """Three queries at most, each only for who may have something there."""
    if units := actor.scopes(*ACTS_FOR):
        yield from _to_confirm(units)
    if bodies := actor.scopes(roles.PROGRAMME_OFFICE):
        yield from _to_look_at(actor, bodies)
    if bodies := actor.scopes(roles.HEAD, roles.DEPUTY):
        yield from _to_decide(bodies)


def _to_confirm(units: frozenset[int]) -> Iterator[Duty]:
    """Another said this unit applies a model: only the unit itself knows."""
    claims = Adoption.objects.filter(unit__in=units, state=Adoption.State.CLAIMED)
    for claim in claims.select_related("exemplar"):
        yield Duty(
            title=_("Xác nhận áp dụng mô hình “%s”") % claim.exemplar.name,
            url=reverse("emulation:adoption", args=[claim.pk]),
            kind="owed",
            why=_("Nhân rộng chỉ được tính khi đơn vị áp dụng tự xác nhận; không có hạn."),
            group=_("Dân vận khéo"),
        )


def _to_look_at(actor: Actor, bodies: frozenset[int]) -> Iterator[Duty]:
    """One line for all: registered and not visited, visited and not assessed."""
    waiting = Exemplar.objects.filter(body__in=bodies, state__in=[S.REGISTERED, S.VERIFIED])
    count = waiting.exclude(unit__in=actor.scopes(roles.MEMBER)).count()
    if count:
        yield Duty(
            title=_("%d mô hình Dân vận khéo chờ kiểm tra hoặc đánh giá") % count,
            url=reverse("emulation:list"),
            kind="waiting",
            why=_("Mô hình được xem thực tế rồi mới đánh giá, công nhận."),
            group=_("Dân vận khéo"),
        )


def _to_decide(bodies: frozenset[int]) -> Iterator[Duty]:
    for held in Commendation.objects.filter(body__in=bodies, state=C.PROPOSED):
        yield Duty(
            title=_("Quyết định khen thưởng %(title)s năm %(year)d")
            % {"title": held.title, "year": held.year},
            url=reverse("emulation:commendation", args=[held.pk]),
            kind="waiting",
            why=_("Cơ quan thường trực đã ký tờ trình."),
            group=_("Dân vận khéo"),
        )
