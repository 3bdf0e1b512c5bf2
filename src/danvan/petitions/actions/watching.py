"""Hot spots, limits of the house, and what a sender says at the end."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.petitions import rules, stages
from danvan.petitions.actions.handling import needed
from danvan.petitions.actions.steps import keep
from danvan.petitions.models import Limit, Petition

State = Petition.State


@action("petitions.petition.watch", may=rules.may_watch, says=gettext_lazy("đưa vào điểm nóng"))
def watch(petition: Petition, *, reason: str, by: Actor) -> Petition:
    """On the watch-list from today, with the reason."""
    if petition.hot_since:
        raise Refused(already(_("Đơn đã ở danh sách điểm nóng.")))
    petition.hot_since = clock.today()
    petition.hot_reason = needed(reason, _("Ghi lý do theo dõi điểm nóng."))[:300]
    petition.save(update_fields=["hot_since", "hot_reason"])
    _told(petition, reason)
    return petition


@action(
    "petitions.petition.unwatch", may=rules.may_watch, says=gettext_lazy("thôi theo dõi điểm nóng")
)
def unwatch(petition: Petition, *, reason: str, by: Actor) -> Petition:
    """Off the watch-list; that it was on it stays in the history."""
    if not petition.hot_since:
        raise Refused(already(_("Đơn không ở danh sách điểm nóng.")))
    needed(reason, _("Ghi lý do thôi theo dõi."))
    petition.hot_since, petition.hot_reason = None, ""
    petition.save(update_fields=["hot_since", "hot_reason"])
    _told(petition, reason)
    return petition


@action(
    "petitions.petition.confirm", may=rules.may_confirm, says=gettext_lazy("xác nhận việc đã xong")
)
def confirm(petition: Petition, *, by: Actor) -> Petition:
    """The sender agrees that the matter is settled."""
    petition.confirmed_on = clock.today()
    keep(petition, "confirmed", by=by)
    return petition


@action("petitions.petition.dispute", may=rules.may_dispute, says=gettext_lazy("nêu chưa đồng ý"))
def dispute(petition: Petition, *, reason: str, by: Actor) -> Petition:
    """Opens it again: its holder owes an answer by a day of the house; the reason stays inside."""
    petition.state = State.DISPUTED
    petition.confirmed_on = petition.closed_on = None
    told = needed(reason, _("Ghi điều chưa đồng ý."))
    # The sender's words are kept with the case; history is read by more people.
    keep(petition, "disputed", by=by, said=told[:4000], private=True)
    return petition


@action("petitions.limit.set", may=rules.may_limit, says=gettext_lazy("đặt thời hạn xử lý đơn"))
def set_limit(
    body: Unit,
    *,
    kind: str,
    stage: str,
    value: int,
    unit: str,
    basis: str,
    since: dt.date,
    condition: str = "default",
    code: str = "",
    confidence: str = Limit.Confidence.LOCAL,
    by: Actor,
) -> Limit:
    """A row of the body's own from ``since`` on, over the shipped one of the same code.

    What was counted before keeps its day: a petition follows the rules of its receipt date.
    """
    if stage not in stages.LABELS:
        raise Refused(refuse(_("Không có giai đoạn này.")))
    if value < 1:
        raise Refused(refuse(_("Thời hạn ít nhất một ngày.")))
    basis = needed(basis, _("Ghi văn bản quy định thời hạn này."))[:300]
    code = code.strip() or f"RIENG-{kind}-{stage}".upper()[:40]
    if Limit.objects.filter(body=body, code=code, valid_from=since).exists():
        raise Refused(already(_("Đã có thời hạn này từ ngày đó.")))
    Limit.objects.filter(body=body, code=code, valid_to=None, valid_from__lt=since).update(
        valid_to=since - dt.timedelta(days=1)
    )
    limit = Limit.objects.create(
        body=body, code=code, kind=kind, stage=stage, condition=condition, value=value, unit=unit,
        basis=basis, confidence=confidence, valid_from=since, entered_at=clock.now(),
        entered_by_id=by.id,
    )  # fmt: skip
    record(limit, concerns=body.pk, reason=basis, days=value, since=since, code=code)
    return limit


def _told(petition: Petition, reason: str) -> None:
    if petition.confidential:
        record(petition, concerns=None, day=clock.today())
    else:
        record(petition, concerns=petition.holder_id, reason=reason.strip())
