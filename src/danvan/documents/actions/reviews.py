"""Opening the clauses to look at again, and settling them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents import rules
from danvan.documents.models import Citation, Document, Relation, ReviewTask
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record

# What is done to a document that asks whether a clause resting on it still fits.
CHANGING = ("replaces", "amends", "repeals", "suspends", "corrects")


def open_pending() -> int:
    """Opens what is not open yet for every citation of a changed document; returns how many.

    Idempotent, four queries: safe to call after any change and from any event. A change that
    takes effect later opens its tasks for that day.
    """
    changed = Relation.objects.filter(
        kind__in=CHANGING, withdrawn_at__isnull=True, effective_on__isnull=False
    )
    made = [*_of_relations(changed), *_of_ends(changed)]
    ReviewTask.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def open_after(_happened: Any) -> None:
    """Listener: new clauses came in, some may cite what has changed."""
    open_pending()


def _of_relations(changed: QuerySet[Relation]) -> list[ReviewTask]:
    """Once per clause, however often it names the document."""
    today, made = clock.today(), []
    known = set(
        ReviewTask.objects.filter(relation__isnull=False).values_list(
            "relation", "citation__document", "citation__provision"
        )
    )
    rows = changed.exclude(target__cited_at__isnull=True).values_list(
        "pk", "effective_on", "target__cited_at", "target__cited_at__document",
        "target__cited_at__provision",
    )  # fmt: skip
    for relation, day, citation, document, clause in rows.order_by("pk", "target__cited_at"):
        if day is not None and (relation, document, clause) not in known:
            known.add((relation, document, clause))
            opened = max(day, today)
            made.append(ReviewTask(citation_id=citation, relation_id=relation, opened_on=opened))
    return made


def _of_ends(changed: QuerySet[Relation]) -> list[ReviewTask]:
    """Ends entered by hand, which no relation explains; once per clause too."""
    today, made = clock.today(), []
    explained = changed.filter(kind__in=["replaces", "repeals"], partly=False).values("target")
    ended = Citation.objects.filter(cited__in_force_to__isnull=False).exclude(cited__in=explained)
    known = set(
        ReviewTask.objects.filter(relation__isnull=True).values_list(
            "ended_on", "citation__cited", "citation__document", "citation__provision"
        )
    )
    rows = ended.values_list("pk", "cited__in_force_to", "cited", "document", "provision")
    for citation, last, cited, document, clause in rows.order_by("pk"):
        if last is not None and (last, cited, document, clause) not in known:
            known.add((last, cited, document, clause))
            opened = max(last + dt.timedelta(days=1), today)
            made.append(ReviewTask(citation_id=citation, ended_on=last, opened_on=opened))
    return made


def drop_unsettled(document: Document) -> None:
    """Takes back open tasks whose cause is gone: a withdrawn relation, an end moved."""
    waiting = ReviewTask.objects.filter(citation__cited=document, outcome="")
    waiting.filter(
        Q(relation__withdrawn_at__isnull=False)
        | Q(relation__isnull=True) & ~Q(citation__cited__in_force_to=F("ended_on"))
        | Q(relation__isnull=True, citation__cited__in_force_to__isnull=True)
    ).delete()


@action(
    "documents.review.settle",
    may=rules.may_settle_review,
    says=gettext_lazy("kết luận rà soát căn cứ"),
)
def settle(review: ReviewTask, *, outcome: str, note: str, by: Actor) -> ReviewTask:
    """Raises ValidationError when the outcome is missing, or a note where one is owed."""
    if outcome not in ReviewTask.Outcome.values:
        raise ValidationError({"outcome": _("Hãy chọn kết quả rà soát.")})
    if outcome != ReviewTask.Outcome.FITS and not note.strip():
        raise ValidationError({"note": _("Ghi rõ cần sửa gì, hoặc vì sao không liên quan.")})
    review.outcome, review.note = outcome, note.strip()
    review.settled_at, review.settled_by, review.settled_by_name = clock.now(), by.id, by.name
    review.save(update_fields=["outcome", "note", "settled_at", "settled_by", "settled_by_name"])
    record(
        review, concerns=review.citation.document.issuer_id, reason=review.note,
        outcome=review.get_outcome_display(), cited=review.citation.cited.short,
    )  # fmt: skip
    return review
