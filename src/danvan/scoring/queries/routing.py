"""Who verifies what in a round, told before it opens and while it runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from danvan.organisations import roles
from danvan.organisations.models import Block
from danvan.organisations.queries import names_on
from danvan.scoring.models import CriteriaSet, Criterion, Rerouting, Round


@dataclass(frozen=True, slots=True)
class Share:
    """What one role's office gets: criteria and points, block by block."""

    role: str
    office: str
    blocks: tuple[tuple[str, int, Decimal], ...]

    @property
    def label(self) -> str:
        return str(roles.ROLES[self.role].label)


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion of one block: its role's office, and the hand's exceptions."""

    criterion: Criterion
    block: str
    role: str
    office: str
    exceptions: tuple[tuple[Rerouting, str, str], ...]


def shares(sets: Iterable[CriteriaSet], offices: Mapping[str, str]) -> list[Share]:
    """Before a round opens: role → office name, over the score sheets it would use. One query."""
    held = list(sets)
    counted: dict[str, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    found = Criterion.objects.filter(criteria_set__in=held).select_related("criteria_set")
    for one in found:
        counted[one.owner_role][one.criteria_set.block].append(one.max_points)
    return [
        Share(
            role, office,
            tuple(
                (str(Block(block).label), len(points), sum(points, Decimal(0)))
                for block, points in sorted(counted[role].items())
            ),
        )
        for role, office in offices.items()
    ]  # fmt: skip


def lines(round: Round) -> list[Line]:
    """Every criterion of the round's score sheets with who verifies it; four queries."""
    offices = {o.role: o.office_id for o in round.offices.all()}
    by_hand: dict[int, list[Rerouting]] = defaultdict(list)
    for one in round.reroutings.select_related("made_by"):
        by_hand[one.criterion_id].append(one)
    units = {u for held in by_hand.values() for r in held for u in (r.unit_id, r.office_id) if u}
    names = names_on(round.dossier_due, {*offices.values(), *units})
    criteria = Criterion.objects.filter(
        criteria_set__in=round.blocks.values("criteria_set")
    ).select_related("criteria_set")
    order = {block: place for place, block in enumerate(Block.values)}
    return [
        Line(
            c, str(c.criteria_set.get_block_display()), str(roles.ROLES[c.owner_role].label),
            names.get(offices.get(c.owner_role, 0), "–"),
            tuple((r, names.get(r.unit_id or 0, ""), names.get(r.office_id, ""))
                  for r in by_hand[c.pk]),
        )
        for c in sorted(criteria, key=lambda c: (order[c.criteria_set.block], c.order))
    ]  # fmt: skip
