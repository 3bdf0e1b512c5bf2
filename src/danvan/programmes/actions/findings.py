"""Settling what the compiler found: right, corrected, struck, or added by a person.

The draft is the record that is locked: two reviewers queue, and the second is told when the
finding is no longer what was on the screen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.access import Actor, Stale
from danvan.kernel.actions import action, record
from danvan.programmes import review, rules, shapes
from danvan.programmes.models import Draft, Finding


@action("programmes.finding.accept", may=rules.may_review, says=gettext_lazy("xác nhận đọc đúng"))
def accept(draft: Draft, finding: int, *, seen: str, by: Actor) -> Finding:
    """The finding stands as shown. Raises ValidationError if it cannot stand."""
    row = _as_seen(draft, finding, seen)
    shapes.of(row).check()
    before, row.strike_reason = row.state, ""
    row.state = Finding.State.ACCEPTED if row.settled is None else Finding.State.CORRECTED
    row.save(update_fields=["state", "strike_reason"])
    _follow_header(draft, row)
    record(row, concerns=draft.body_id, state=[before, row.state])
    return row


@action(
    "programmes.finding.accept_group",
    may=rules.may_review,
    says=gettext_lazy("xác nhận đọc đúng sau khi xem cả nhóm"),
)
def accept_group(draft: Draft, kind: str, *, findings: Sequence[int], by: Actor) -> list[Finding]:
    """Of the ``findings`` that were on the screen, those still pending and sure."""
    sure = [f for f in review.sure(draft, kind) if f.pk in set(findings)]
    if not sure:
        raise Stale(_("Không còn mục nào của nhóm này chờ xác nhận chung."))
    for row in sure:
        row.state = Finding.State.ACCEPTED
    Finding.objects.bulk_update(sure, ["state"])
    for row in sure:
        _follow_header(draft, row)
        record(row, concerns=draft.body_id, state=["pending", row.state], group=len(sure))
    return sure


@action("programmes.finding.correct", may=rules.may_review, says=gettext_lazy("sửa mục đã đọc"))
def correct(
    draft: Draft,
    finding: int,
    *,
    shape: shapes.Shape,
    seen: str,
    by: Actor,
    provision: int | None = None,
) -> Finding:
    """The person's version counts from now on; the compiler's is kept beside it."""
    row = _as_seen(draft, finding, seen)
    _fits(draft, shape, row.kind)
    days = review.plan_day(draft)
    before, row.settled = row.value, shape.as_json()
    row.state, row.strike_reason = Finding.State.CORRECTED, ""
    row.provision = row.provision if provision is None else provision
    row.save(update_fields=["settled", "state", "strike_reason", "provision"])
    _follow_header(draft, row)
    reopened = _addressees_moved(draft, days) if row.value.get("field") == "date" else 0
    record(row, concerns=draft.body_id, content=[before, row.settled], reopened=reopened)
    return row


@action("programmes.finding.strike", may=rules.may_review, says=gettext_lazy("bỏ mục đã đọc"))
def strike(draft: Draft, finding: int, *, reason: str, seen: str, by: Actor) -> Finding:
    """The finding is left out of the programme; the reason stays readable."""
    row = _as_seen(draft, finding, seen)
    if not reason.strip():
        raise ValidationError({"reason": _("Ghi lý do bỏ mục này.")})
    before, row.state, row.strike_reason = row.state, Finding.State.STRUCK, reason.strip()[:300]
    row.save(update_fields=["state", "strike_reason"])
    record(row, concerns=draft.body_id, reason=row.strike_reason, state=[before, row.state])
    return row


@action("programmes.finding.add", may=rules.may_review, says=gettext_lazy("bổ sung nhiệm vụ"))
def add_task(draft: Draft, *, provision: int, shape: shapes.Task, by: Actor) -> Finding:
    """A task the compiler missed, at the provision where the person read it."""
    _fits(draft, shape, Finding.Kind.TASK)
    place = draft.provisions[provision]
    tasks = draft.findings.filter(kind=Finding.Kind.TASK)
    row = Finding.objects.create(
        draft=draft,
        kind=Finding.Kind.TASK,
        order=(tasks.aggregate(last=Max("order"))["last"] or 0) + 1,
        provision=provision,
        start=place["start"],
        end=place["end"],
        confidence=1,
        reason=_("người rà soát bổ sung"),
        found={},
        settled=shape.as_json(),
        state=Finding.State.CORRECTED,
    )
    record(row, concerns=draft.body_id, value=row.settled)
    return row


def _as_seen(draft: Draft, finding: int, seen: str) -> Finding:
    row = draft.findings.get(pk=finding)
    if row.mark != seen:
        raise Stale(
            _("Mục này vừa được ghi nhận (%(state)s) trong lúc trang đang mở. Hãy xem lại.")
            % {"state": row.get_state_display()}
        )
    return row


def _fits(draft: Draft, shape: shapes.Shape, kind: str) -> None:
    if shape.kind != kind:
        raise TypeError(f"{type(shape).__name__} does not settle a {kind}")
    shape.check()


def _follow_header(draft: Draft, row: Finding) -> None:
    """The draft's year is what the header says, once a person has said so."""
    if row.kind == Finding.Kind.HEADER and row.value["field"] == "year":
        draft.year = int(row.value["value"])
        draft.save(update_fields=["year"])


def _addressees_moved(draft: Draft, before: dt.date) -> int:
    """Another day, another tree: tasks whose units change wait to be looked at again."""
    moved = review.moved_by_day(draft, before)
    for row in moved:
        row.state = Finding.State.PENDING
    Finding.objects.bulk_update(moved, ["state"])
    return len(moved)
