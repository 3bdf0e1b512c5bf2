"""What a round's page shows: units with the state of their sheets, dates, who verifies."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.models import Block
from danvan.organisations.queries import names_on
from danvan.scoring.models import Criterion, Round, Sheet
from danvan.scoring.queries.rankings import oversees
from danvan.scoring.queries.verification import verifies
from danvan.scoring.rules.sheets import BELONGING

# How a sheet's state looks: a code of ui's states.
LOOKS = {
    Sheet.State.OPEN: "in_progress",
    Sheet.State.SUBMITTED: "submitted",
    Sheet.State.VERIFIED: "accepted",
    Sheet.State.SETTLED: "locked",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One unit. ``sheet`` carries ``criteria``, ``done`` and ``claimed`` as annotations."""

    sheet: Sheet
    name: str
    look: str


@dataclass(frozen=True, slots=True)
class Office:
    role: Any
    office: str
    substitute: str


def counted(sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """With how many criteria are done and what is claimed; in the order of the blocks."""
    criterion = Q(scores__criterion__kind=Criterion.Kind.CRITERION)
    # What the system counts and proves itself waits for nobody.
    waiting = criterion & Q(scores__criterion__evidence_by_system=False)
    waiting &= ~Q(scores__criterion__method=Criterion.Method.SUPERIOR)
    done = Q(scores__claimed__isnull=False) | Q(scores__arises=False)
    return (
        sheets.annotate(
            criteria=Count("scores", filter=waiting),
            done=Count("scores", filter=waiting & done),
            claimed=Sum("scores__claimed", filter=criterion),
        )
        .prefetch_related("unit__versions")
        .order_by("block", "unit__key")
    )


def by_block(sheets: Sequence[Sheet], day: dt.date) -> list[tuple[Any, list[Row]]]:
    """Block → its units, named as on ``day``; blocks without a unit are left out."""
    names = names_on(day, [s.unit_id for s in sheets])
    rows = [
        Row(s, names.get(s.unit_id) or str(s.unit), LOOKS[Sheet.State(s.state)]) for s in sheets
    ]
    blocks = ((b.label, [r for r in rows if r.sheet.block == b]) for b in Block)
    return [(label, held) for label, held in blocks if held]


def offices_of(round: Round) -> list[Office]:
    """Who verifies for each role, and who stands in on that office's own sheet."""
    held = list(round.offices.all())
    units = [unit for o in held for unit in (o.office_id, o.substitute_id)]
    names = defaultdict(lambda: "–", names_on(round.dossier_due, units))
    return [
        Office(roles.ROLES[o.role].label, names[o.office_id], names[o.substitute_id]) for o in held
    ]


def steps_of(actor: Actor, round: Round) -> list[tuple[str, str, str]]:
    """(icon, words, address) of what follows self-scoring, for those who have a part in it."""
    watching = oversees(actor, round)
    own = actor.scopes(*BELONGING)
    found = []
    if watching or round.sheets.filter(unit__in=own).exists():
        found.append(("paper-clip", _("Thiếu minh chứng"), "scoring:proof_gaps"))
    if verifies(actor, round):
        found.append(("clipboard-document-check", _("Thẩm định"), "scoring:queue"))
    if watching:
        found.append(("lock-closed", _("Giải trình, chốt điểm"), "scoring:settling"))
        found.append(("table-cells", _("Bản đồ nhiệt"), "scoring:heat"))
    if watching or round.state == Round.State.DECIDED:
        found.append(("trophy", _("Xếp hạng, xếp loại"), "scoring:ranking"))
    return [(icon, words, reverse(name, args=[round.pk])) for icon, words, name in found]


def dates_of(round: Round) -> list[tuple[str, dt.date, str]]:
    """(what, day, why) for each date of the round."""
    plan = _("theo %s") % round.programme.plan.short
    opened = _("ấn định khi mở đợt")
    return [
        (_("Nộp hồ sơ chấm điểm"), round.dossier_due, plan),
        (_("Thẩm định xong"), round.verify_due, opened),
        (_("Giải trình từ"), round.explain_from, opened),
        (_("Giải trình đến hết"), round.explain_to, opened),
        (_("Quyết định xếp loại"), round.decide_due, plan),
    ]
