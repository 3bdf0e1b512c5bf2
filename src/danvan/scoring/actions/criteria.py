"""Bringing in score sheets that a document enacted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.models import Document
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.scoring.importing import Plan, PlannedSet
from danvan.scoring.models import Band, Cap, CriteriaGroup, CriteriaSet, Criterion, RoundBlock
from danvan.scoring.rules import rounds as rules
from danvan.ui import written
from vanban.text import search_key


@dataclass(frozen=True, slots=True)
class Enacting:
    """A decision the register does not know yet; it is entered by its number and date."""

    type: str
    code: str
    issued_on: dt.date
    issuer_name: str
    subject: str = ""


@action(
    "scoring.criteria.import", may=rules.may_import_criteria, says=gettext_lazy("nhập bảng điểm")
)
def import_sets(
    body: Unit,
    *,
    plan: Plan,
    title: str,
    enacted_by: Document | Enacting,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    note: str = "",
    by: Actor,
) -> list[CriteriaSet]:
    """Writes one score sheet per block, all or none.

    Refused where the plan has problems, or a block has a score sheet on one of these days.
    """
    if not plan.sound:
        raise Refused(refuse(_("Bảng điểm còn lỗi nên chưa được nhập.")))
    document = enacted_by if isinstance(enacted_by, Document) else _entered(enacted_by)
    _free(plan.sets, document, valid_from, valid_to)
    made = []
    for planned in plan.sets:
        held = CriteriaSet.objects.create(
            title=title, block=planned.block, enacted_by=document, valid_from=valid_from,
            valid_to=valid_to, note=note.strip(),
            **({} if planned.ties is None else {"tie_break": planned.ties}),
            **({} if planned.places is None else {"places": planned.places}),
        )  # fmt: skip
        _write(held, planned)
        record(held, concerns=body.pk, criteria=len(planned.criteria), document=str(document))
        made.append(held)
    return made


@action(
    "scoring.criteria.end",
    may=rules.may_end_criteria,
    says=gettext_lazy("cho bảng điểm hết áp dụng"),
)
def end(held: CriteriaSet, *, last_day: dt.date, by: Actor) -> CriteriaSet:
    """Sets the last day, so that the next score sheet can follow.

    Refused before the first day, or where a round uses the sheet on a later day.
    """
    if last_day < held.valid_from:
        raise Refused(refuse(_("Ngày cuối phải không trước ngày đầu.")))
    used = RoundBlock.objects.filter(criteria_set=held, round__dossier_due__gt=last_day)
    if later := used.select_related("round").first():
        told = _("Đợt “%(round)s” dùng bảng điểm này đến ngày %(day)s.")
        numbers = {"round": later.round.title, "day": written.day(later.round.dossier_due)}
        raise Refused(refuse(told % numbers))
    held.valid_to = last_day
    held.save(update_fields=["valid_to"])
    body = min(by.scopes(roles.PROGRAMME_OFFICE))
    record(held, concerns=body, valid_to=[None, last_day])
    return held


def overlapping(
    blocks: Sequence[str], valid_from: dt.date, valid_to: dt.date | None
) -> QuerySet[CriteriaSet]:
    """Score sheets of these blocks that hold on one of the days."""
    found = CriteriaSet.objects.filter(block__in=blocks).select_related("enacted_by")
    found = found.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from))
    return found.filter(valid_from__lte=valid_to) if valid_to else found


def _free(
    sets: Sequence[PlannedSet], document: Document, first: dt.date, last: dt.date | None
) -> None:
    found = overlapping([s.block for s in sets], first, last).first()
    if found is None:
        return
    if found.enacted_by_id == document.pk and found.valid_from == first:
        raise Refused(already(_("Bảng điểm này đã được nhập.")))
    raise Refused(refuse(overlap_said(found)))


def overlap_said(held: CriteriaSet) -> str:
    """Why a second score sheet cannot hold on the same day."""
    until = (
        _("đến %s") % written.day(held.valid_to) if held.valid_to else _("chưa có ngày kết thúc")
    )
    return _(
        "%(block)s đã có bảng điểm theo %(document)s áp dụng từ %(from)s, %(until)s: "
        "thời gian áp dụng không được trùng nhau."
    ) % {
        "block": held.get_block_display(),
        "document": held.enacted_by.short,
        "from": written.day(held.valid_from),
        "until": until,
    }


def _entered(wanted: Enacting) -> Document:
    """The document of that number, date and issuer; entered as a citation if unknown."""
    document, _made = Document.objects.get_or_create(
        code=wanted.code,
        issued_on=wanted.issued_on,
        issuer_name=wanted.issuer_name,
        defaults={
            "origin": Document.Origin.CITED,
            "type": wanted.type,
            "subject": wanted.subject,
            "search_key": search_key(f"{wanted.type} {wanted.code} {wanted.subject}"),
        },
    )
    return document


def _write(held: CriteriaSet, planned: PlannedSet) -> None:
    groups = CriteriaGroup.objects.bulk_create(
        CriteriaGroup(criteria_set=held, order=order, **group)
        for order, group in enumerate(planned.groups.values())
    )
    by_code = {group.code: group for group in groups}
    Criterion.objects.bulk_create(
        Criterion(
            criteria_set=held,
            order=order,
            group=by_code.get(values.get("group", "")),
            **{k: v for k, v in values.items() if k not in ("row", "group")},
        )
        for order, values in enumerate(planned.criteria)
    )
    best_first = sorted(planned.bands, key=lambda b: b["floor"], reverse=True)
    bands = Band.objects.bulk_create(
        Band(
            criteria_set=held,
            name=band["name"],
            floor=band["floor"],
            quota=band["quota"],
            order=order,
        )
        for order, band in enumerate(best_first)
    )
    by_name = {band.name: band for band in bands}
    Cap.objects.bulk_create(
        Cap(
            criteria_set=held,
            order=order,
            ceiling=by_name.get(values["ceiling"]),
            **{k: v for k, v in values.items() if k not in ("row", "ceiling")},
        )
        for order, values in enumerate(planned.caps)
    )
