"""Who may be commended for a year, and why: the decided ranking and the recognised models.

Only facts speak: the class and rank of the unit, the decisions about its models. Who was
not eligible to be ranked is listed, and barred with that reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.emulation.models import Exemplar
from danvan.organisations.models import Block, Unit
from danvan.scoring.models import Ranking, Standing
from danvan.ui import written


@dataclass
class Found:
    """A collective (no ``person_name``) or an individual, with the grounds found."""

    unit: int
    person_name: str
    grounds: list[dict[str, str]] = field(default_factory=list)
    exemplars: list[Exemplar] = field(default_factory=list)
    barred: str = ""


def found(body: Unit, year: int) -> list[Found]:
    """Units of the top class by rank, then owners of recognised models: four queries."""
    held: dict[tuple[int, str], Found] = {}
    barred: dict[int, str] = {}
    ranking = ranking_of(body, year)
    for standing, best in _standings(ranking):
        if standing.ineligible_reason:
            barred[standing.unit_id] = _("Không đủ điều kiện xếp loại: %s") % (
                standing.ineligible_reason
            )
        elif standing.band == best:
            held[standing.unit_id, ""] = Found(standing.unit_id, "", [_class(standing)])
    for exemplar in recognised(body, year):
        key = (exemplar.unit_id, exemplar.person_name)
        one = held.setdefault(key, Found(*key))
        one.grounds.append(_model(exemplar))
        one.exemplars.append(exemplar)
        # An individual is not answerable for the unit's not being eligible.
        one.barred = "" if exemplar.person_name else barred.get(exemplar.unit_id, "")
    return list(held.values())


def ranking_of(body: Unit, year: int) -> Ranking | None:
    """The decided ranking of that year, if there is one."""
    decided = Ranking.objects.filter(round__programme__body=body, round__programme__year=year)
    return decided.select_related("round", "decision").order_by("-decided_at").first()


def recognised(body: Unit, year: int) -> list[Exemplar]:
    states = [Exemplar.State.RECOGNISED, Exemplar.State.AWARDED]
    models = Exemplar.objects.filter(body=body, year=year, state__in=states)
    return list(models.order_by("unit", "pk").prefetch_related("honours"))


def _standings(ranking: Ranking | None) -> Iterator[tuple[Standing, str]]:
    """Every line of the ranking with the name of its block's best class."""
    if ranking is None:
        return
    blocks = ranking.round.blocks.prefetch_related("criteria_set__bands")
    best = {b.block: b.criteria_set.bands.all()[0].name for b in blocks}
    for standing in ranking.standings.all():
        yield standing, best.get(standing.block, "")


def _class(standing: Standing) -> dict[str, str]:
    said = _("Xếp loại %(band)s, hạng %(rank)s %(block)s (%(rate)s)") % {
        "band": standing.band, "rank": standing.rank, "block": Block(standing.block).label,
        "rate": written.percent(standing.rate),
    }  # fmt: skip
    return {"said": said, "url": reverse("scoring:ranking", args=[standing.ranking.round_id])}


def _model(exemplar: Exemplar) -> dict[str, str]:
    levels = ", ".join(
        f"{h.get_kind_display()} {h.get_level_display()} ({h.cited})"
        for h in exemplar.honours.all()
    )
    said = _("Mô hình “%(name)s”: %(levels)s") % {"name": exemplar.name, "levels": levels}
    return {"said": said, "url": reverse("emulation:exemplar", args=[exemplar.pk])}
