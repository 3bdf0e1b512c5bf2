"""What a person owes here, for the desk. Of a confidential petition only its number is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.petitions import queries, stages, workflow
from danvan.petitions.models import Petition, Transfer

SHOWN = 8
HORIZON = dt.timedelta(days=14)
S = Petition.State


def duties_of(actor: Actor, today: dt.date) -> Iterable[Duty]:
    """Disputes and what is due soon one by one, the rest summed up: four queries."""
    if not queries.bodies_of(actor):
        return
    mine = queries.visible_to(actor)
    near = mine.filter(state__in=workflow.OPEN, due_on__lte=today + HORIZON)
    rows = list(near.order_by("due_on", "pk")[: SHOWN + 1])
    for petition in rows[:SHOWN]:
        yield _one(petition)
    if len(rows) > SHOWN:
        yield _more(near.count() - SHOWN, rows[SHOWN].due_on)
    yield from _unclassified(actor, today)
    yield from _arriving(actor)


def _one(petition: Petition) -> Duty:
    disputed = petition.state == S.DISPUTED
    stage = stages.LABELS.get(petition.due_stage, "")
    name = "" if petition.confidential else f": {petition.subject[:80]}"
    return Duty(
        title=_("Đơn số %(number)s%(name)s") % {"number": petition.number, "name": name},
        url=reverse("petitions:petition", args=[petition.pk]),
        kind="returned" if disputed else "owed",
        due=petition.due_on,
        why=_("%(stage)s; cách tính ở trang của đơn.") % {"stage": stage},
        whose=str(petition.handler or _("nơi đang giữ đơn")),
        group=_("Đơn thư"),
    )


def _more(count: int, first: dt.date | None) -> Duty:
    return Duty(
        _("%d đơn khác sắp đến hạn hoặc quá hạn") % count,
        f"{reverse('petitions:list')}?han=sap-den", "owed", first,
        _("Ngày ghi là hạn gần nhất trong số đó."), _("nơi đang giữ đơn"), _("Đơn thư"),
    )  # fmt: skip


def _unclassified(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """What waits for classification and is not due yet: one line."""
    waiting = queries.visible_to(actor).filter(
        Q(due_on__gt=today + HORIZON) | Q(due_on=None), body__in=queries.bodies_of(actor),
        state=S.RECEIVED,
    )  # fmt: skip
    found = waiting.order_by().aggregate(n=Count("pk"), first=Min("due_on"))
    if found["n"]:
        yield Duty(
            _("%d đơn chờ phân loại") % found["n"],
            f"{reverse('petitions:list')}?trang_thai=received", "waiting", found["first"],
            _("Đơn đã tiếp nhận, chưa xác định loại và thẩm quyền."), _("nơi tiếp nhận"),
            _("Đơn thư"),
        )  # fmt: skip


def _arriving(actor: Actor) -> Iterator[Duty]:
    """Petitions sent on to us whose receipt is not confirmed."""
    coming = Transfer.objects.filter(
        to_unit__in=queries.bodies_of(actor), received_on=None, petition__confidential=False
    )
    if count := coming.count():
        yield Duty(
            _("%d đơn chuyển đến chờ xác nhận nhận") % count, reverse("petitions:arriving"),
            "waiting", None, _("Xác nhận thì đơn vào sổ của đơn vị, không phải nhập lại."),
            _("đơn vị nhận"), _("Đơn thư"),
        )  # fmt: skip
