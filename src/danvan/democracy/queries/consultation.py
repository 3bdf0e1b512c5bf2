"""Consultations and opinions, each page a constant number of queries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q, QuerySet

from danvan.democracy.models import Consultation, DraftOpinion, Paragraph
from danvan.democracy.queries.disclosure import WITH_UNIT, seen
from danvan.kernel.access import Actor
from danvan.organisations.models import UnitVersion
from danvan.organisations.queries import oversees
from vanban.text import search_key, squeeze

Told = (Consultation.State.OPEN, Consultation.State.CONCLUDED)


def visible_to(actor: Actor) -> QuerySet[Consultation]:
    """The actor's units' own, those of bodies he oversees, and what his units are asked: from
    the day they are opened for everybody but the asking unit.

    What is put to everybody is read by everybody who holds a place here.
    """
    asked = Q(asked__in=actor.scopes(*WITH_UNIT))
    told = Q(state__in=Told) & (asked | Q(public=True)) if actor.holds else Q(pk__in=[])
    own = Q(unit__in=actor.scopes(*WITH_UNIT))
    over = Q(body__in=oversees(actor)) & ~Q(state=Consultation.State.DRAFT)
    held = Consultation.objects.filter(own | over | told).distinct()
    beside = ("unit", "body", "matter", "document", "final_document", "file")
    brief = held.select_related(*beside).defer("document__text", "final_document__text")
    return brief.prefetch_related(
        Prefetch("unit__versions", UnitVersion.objects.order_by("valid_from"))
    )


def counted(held: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """With how many opinions there are and how many still want an answer."""
    open_ = Q(opinions__same_as__isnull=True, opinions__outcome="")
    return held.annotate(
        given=Count("opinions", distinct=True),
        unanswered=Count("opinions", filter=open_, distinct=True),
    )


def runs(actor: Actor, held: Consultation) -> bool:
    """Whether the actor is of the unit that asks: he reads names and contacts."""
    return held.unit_id in actor.scopes(*WITH_UNIT)


def opinions_visible_to(actor: Actor) -> QuerySet[DraftOpinion]:
    """Of the actor's units' own consultations and of bodies he oversees all; of others those his
    units gave, and once it is concluded every one (the table is public)."""
    own = Q(unit__in=actor.scopes(*WITH_UNIT))
    held = Q(consultation__in=visible_to(actor).filter(state=Consultation.State.CONCLUDED))
    rows = DraftOpinion.objects.filter(seen(actor, "consultation__") | own | held)
    return whole(rows)


def whole(opinions: QuerySet[DraftOpinion]) -> QuerySet[DraftOpinion]:
    """With everything a line of the table says."""
    return opinions.select_related(
        "consultation__unit", "consultation__body", "paragraph", "unit", "same_as", "entered_by"
    ).prefetch_related(
        "files__file", Prefetch("unit__versions", UnitVersion.objects.order_by("valid_from"))
    )  # fmt: skip


def by_paragraph(
    paragraphs: Iterable[Paragraph], opinions: Iterable[DraftOpinion]
) -> list[tuple[Paragraph, list[DraftOpinion]]]:
    """Each paragraph with what was said of it, in the order of the draft."""
    held: dict[int | None, list[DraftOpinion]] = defaultdict(list)
    for opinion in opinions:
        held[opinion.paragraph_id].append(opinion)
    return [(paragraph, held[paragraph.pk]) for paragraph in paragraphs]


def of_whole(opinions: Iterable[DraftOpinion]) -> list[DraftOpinion]:
    """What was said of the draft as a whole."""
    return [o for o in opinions if o.paragraph_id is None]


def like(opinion: DraftOpinion) -> list[DraftOpinion]:
    """Others of the consultation this one may repeat: same words first, then same paragraph."""
    others = opinion.consultation.opinions.filter(same_as__isnull=True).exclude(pk=opinion.pk)
    words = _bare(opinion.text)
    rows = list(others.select_related("paragraph")[:500])
    return sorted(rows, key=lambda o: (
        _bare(o.text) != words, o.paragraph_id != opinion.paragraph_id, o.pk
    ))  # fmt: skip


def same_words(opinion: DraftOpinion, other: DraftOpinion) -> bool:
    """Whether both say the same, marks, case and signs apart."""
    return _bare(other.text) == _bare(opinion.text)


def _bare(text: str) -> str:
    return squeeze(re.sub(r"\W+", " ", search_key(text)))
