"""What documents do to one another: recorded, and withdrawn when it was wrong."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents import rules
from danvan.documents.actions import reviews
from danvan.documents.models import Document, Relation
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record


@action(
    "documents.relation.record",
    may=rules.may_keep_register,
    says=gettext_lazy("ghi quan hệ giữa các văn bản"),
)
def relate(
    target: Document,
    *,
    acting: Document,
    kind: str,
    effective_on: dt.date | None,
    source: str,
    confidence: str,
    partly: bool = False,
    scope: str = "",
    until: dt.date | None = None,
    by: Actor,
) -> Relation:
    """``acting`` does ``kind`` to ``target``. A whole end sets the target's last day in force.

    Opens a review task on each clause that cites the target. Raises ValidationError with the
    field that is wrong.
    """
    relation = Relation(
        target=target, acting=acting, kind=kind, partly=partly, scope=scope.strip(),
        effective_on=effective_on, until=until, source=source.strip(), confidence=confidence,
        entered_at=clock.now(),
    )  # fmt: skip
    check(relation)
    relation.save()
    if relation.ends and relation.effective_on is not None:
        _end(target, relation, relation.effective_on)
    opened = reviews.open_pending()
    record(
        target, relation=relation.get_kind_display(), acting=acting.short,
        scope=relation.scope, effective_on=effective_on, source=relation.source,
        reviews=opened, in_force_to=target.in_force_to,
    )  # fmt: skip
    return relation


def check(relation: Relation) -> None:
    """The mistakes a person can make, each at its field."""
    wrong: dict[str, str] = {}
    if relation.acting == relation.target:
        wrong["other"] = _("Một văn bản không tác động đến chính nó.")
    if relation.partly and not relation.scope:
        wrong["scope"] = _("Ghi rõ phần nào (điều, khoản) bị tác động.")
    if relation.until and relation.kind != Relation.Kind.SUSPENDS:
        wrong["until"] = _("Chỉ ngưng hiệu lực mới có ngày kết thúc.")
    elif relation.until and relation.effective_on is None:
        wrong["effective_on"] = _("Ghi ngày bắt đầu ngưng hiệu lực.")
    elif relation.until and relation.effective_on and relation.until < relation.effective_on:
        wrong["until"] = _("Ngày kết thúc phải từ ngày bắt đầu trở đi.")
    if not relation.source:
        wrong["source"] = _("Ghi nguồn: văn bản, điều khoản hoặc nơi đã đọc.")
    same = Relation.objects.filter(
        kind=relation.kind, acting=relation.acting, target=relation.target,
        scope=relation.scope, withdrawn_at__isnull=True,
    )  # fmt: skip
    if not wrong and same.exists():
        wrong["kind"] = _("Quan hệ này đã có trong sổ.")
    if wrong:
        raise ValidationError(wrong)


@action(
    "documents.relation.withdraw",
    may=rules.may_withdraw_relation,
    says=gettext_lazy("rút quan hệ ghi nhầm"),
)
def withdraw(relation: Relation, *, reason: str, by: Actor) -> Relation:
    """The row stays readable with its reason; the target's last day is that of what is left."""
    if not reason.strip():
        raise ValidationError({"reason": _("Ghi lý do rút.")})
    relation.withdrawn_at, relation.withdrawn_reason = clock.now(), reason.strip()
    relation.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    target = relation.target
    if relation.ends and target.in_force_to == _last_day(relation):
        _restore(target)
    reviews.drop_unsettled(target)
    reviews.open_pending()
    record(
        target, reason=reason, relation=relation.get_kind_display(),
        acting=relation.acting.short, in_force_to=target.in_force_to,
    )  # fmt: skip
    return relation


def _end(target: Document, relation: Relation, since: dt.date) -> None:
    last = since - dt.timedelta(days=1)
    if target.in_force_to is None or last <= target.in_force_to:
        target.in_force_to = last
        if relation.kind == Relation.Kind.REPLACES:
            target.replaced_by = relation.acting
        target.save(update_fields=["in_force_to", "replaced_by"])


def _restore(target: Document) -> None:
    left = target.acted_on.filter(withdrawn_at__isnull=True, effective_on__isnull=False)
    ending = [r for r in left.select_related("acting") if r.ends]
    first = min(ending, key=lambda r: r.effective_on or dt.date.max, default=None)
    target.in_force_to = _last_day(first) if first else None
    replacing = next((r for r in ending if r.kind == Relation.Kind.REPLACES), None)
    target.replaced_by = replacing.acting if replacing else None
    target.save(update_fields=["in_force_to", "replaced_by"])


def _last_day(relation: Relation) -> dt.date | None:
    return relation.effective_on - dt.timedelta(days=1) if relation.effective_on else None
