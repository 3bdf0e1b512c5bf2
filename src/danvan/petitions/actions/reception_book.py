"""Lines of the reception book: who came, what was done with it, the petition it became."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.petitions import grounds
from danvan.petitions import queries as petitions
from danvan.petitions import reception_rules as rules
from danvan.petitions.actions import intake
from danvan.petitions.models import CONFIDENTIAL, Kind, Petition, Representative, Turn
from danvan.vault.models import Sealed
from danvan.vault.queries import visible_to as sealed_visible_to

Outcome = Turn.Outcome
# Outcomes that lead elsewhere say where.
ELSEWHERE = (Outcome.GUIDED, Outcome.FORWARDED)


@action("petitions.turn.write", may=rules.may_write, says=gettext_lazy("ghi sổ tiếp công dân"))
def write(
    unit: Unit,
    *,
    on: dt.date,
    kind: str,
    content: str,
    representatives: Sequence[tuple[str, str]] = (),
    sealed: Sealed | None = None,
    by: Actor,
    **told: Any,
) -> Turn:
    """The next line of the unit's year. ``told``: name, address, identity, people, demand,
    settled_before, day. Of a denunciation no name; ``sealed`` is its number in the vault."""
    _judged(on, kind, content, representatives, sealed, told, by)
    last = Turn.objects.filter(unit=unit, year=on.year).order_by("-number").first()
    turn = Turn.objects.create(
        unit=unit, year=on.year, number=(last.number if last else 0) + 1, on=on, kind=kind,
        content=content.strip(), sealed=sealed, received_by_id=by.id, written_at=clock.now(),
        **told,
    )  # fmt: skip
    Representative.objects.bulk_create(
        Representative(turn=turn, name=name, address=address) for name, address in representatives
    )
    # Nobody is named in the history: the unit's people read it, the book they may not.
    record(turn, concerns=unit.pk, number=turn.number, kind=str(turn.get_kind_display()))
    return turn


@action("petitions.turn.settle", may=rules.may_settle, says=gettext_lazy("ghi xử lý lượt tiếp"))
def settle(
    turn: Turn,
    *,
    outcome: str,
    body: str = "",
    paper: str = "",
    text: str = "",
    follow_up: str = "",
    ground: str = "",
    by: Actor,
) -> Turn:
    """What was done with it (Luật Tiếp công dân 2013, Đ26–28). What it said before stays told.

    ``ground``: of a refusal the row of the law's list (``grounds.RECEPTION``, its code).
    """
    if outcome not in Outcome.values or outcome == Outcome.OPEN:
        raise Refused(refuse(_("Chọn cách xử lý.")))
    if outcome in ELSEWHERE and not body.strip():
        raise Refused(refuse(_("Ghi cơ quan có thẩm quyền đã hướng dẫn, chuyển đến.")))
    if outcome in (Outcome.RETURNED, Outcome.EXPLAINED) and not text.strip():
        raise Refused(refuse(_("Ghi nội dung đã trả lời hoặc lý do.")))
    refused = outcome == Outcome.REFUSED
    if refused:
        grounds.told(ground, text, grounds.RECEPTION, turn.on)
    before = str(turn.get_outcome_display())
    turn.outcome, turn.outcome_on = outcome, clock.today()
    turn.refused_for = ground if refused else ""
    turn.outcome_body, turn.outcome_paper = body.strip(), paper.strip()
    turn.outcome_text, turn.follow_up = text.strip(), follow_up.strip()
    turn.save()
    record(
        turn, concerns=turn.unit_id, number=turn.number,
        state=[before, str(turn.get_outcome_display())],
    )  # fmt: skip
    return turn


@action("petitions.turn.link", may=rules.may_link, says=gettext_lazy("nối lượt tiếp với đơn"))
def link(turn: Turn, *, petition: Petition, by: Actor) -> Turn:
    """The petition is in the register already."""
    seen = petitions.visible_to(by).filter(pk=petition.pk, body=turn.unit_id)
    if not seen.exists():
        raise Refused(refuse(_("Không thấy đơn này ở cơ quan.")))
    if petition.confidential and turn.kind not in CONFIDENTIAL:
        raise Refused(refuse(_("Đơn này là tố cáo: không nối với lượt tiếp có ghi tên.")))
    turn.petition = petition
    turn.save(update_fields=["petition"])
    record(turn, concerns=turn.unit_id, number=turn.number)
    return turn


@action("petitions.turn.petition", may=rules.may_link, says=gettext_lazy("lập đơn từ lượt tiếp"))
def make_petition(turn: Turn, *, by: Actor) -> intake.Receipt:
    """A petition with what the book says; its receipt is shown once. A denunciation is taken in
    on its own page, where its sender is sealed."""
    if turn.kind in CONFIDENTIAL:
        raise Refused(refuse(_("Tố cáo thì tiếp nhận ở trang tiếp nhận đơn, nơi niêm danh tính.")))
    speakers = [
        intake.Person(r.name, r.address, represents=True) for r in turn.representatives.all()
    ]
    brought = intake.Brought(
        kind_said=turn.kind, subject=turn.content.splitlines()[0][:300], text=turn.content,
        channel=Petition.Channel.IN_PERSON, people=turn.people, received_on=turn.on,
        senders=speakers or [intake.Person(turn.name, turn.address)], demand=turn.demand,
        settled_before=turn.settled_before, at_reception=True,
    )  # fmt: skip
    receipt: intake.Receipt = intake.receive(turn.unit, brought=brought, by=by)
    turn.petition_id = receipt.petition
    turn.save(update_fields=["petition"])
    record(turn, concerns=turn.unit_id, number=turn.number, code=receipt.number)
    return receipt


def forget_names(petition: Petition) -> None:
    """What was written down as something else turned out to be a denunciation: the book keeps
    the line and its number, not who came nor the words (they are sealed with the case)."""
    kind = Kind.DENUNCIATION if petition.sealed_id else Kind.ANONYMOUS
    turns = Turn.objects.filter(petition=petition)
    Representative.objects.filter(turn__in=turns).delete()
    turns.update(
        kind=kind, name="", address="", identity="", demand="", sealed=petition.sealed_id,
        content=_("Nội dung đã chuyển vào hồ sơ vụ việc."), outcome_text="", follow_up="",
    )  # fmt: skip


def _judged(
    on: dt.date,
    kind: str,
    content: str,
    representatives: Sequence[tuple[str, str]],
    sealed: Sealed | None,
    told: dict[str, Any],
    by: Actor,
) -> None:
    if on > clock.today():
        raise Refused(refuse(_("Ngày tiếp không được sau hôm nay.")))
    if kind not in Kind.values or not content.strip():
        raise Refused(refuse(_("Ghi phân loại và nội dung.")))
    named = [told.get(field, "").strip() for field in ("name", "address", "identity")]
    if kind in CONFIDENTIAL and (any(named) or representatives):
        raise Refused(refuse(_("Sổ tiếp công dân không ghi tên người tố cáo; niêm ở hồ sơ mật.")))
    if kind not in CONFIDENTIAL and not named[0]:
        raise Refused(refuse(_("Ghi họ tên người đến.")))
    if sealed is not None:
        if kind != Kind.DENUNCIATION:
            raise Refused(refuse(_("Chỉ tố cáo mới có hồ sơ mật.")))
        if not sealed_visible_to(by).filter(pk=sealed.pk).exists():
            raise Refused(refuse(_("Không thấy hồ sơ mật số này.")))
    people = told.get("people", 1)
    if wrong := intake.representatives_wrong(people, len(representatives)):
        raise Refused(refuse(wrong))
    if representatives and people < 5:
        raise Refused(refuse(_("Dưới 5 người thì mỗi người tự trình bày, không cử đại diện.")))
