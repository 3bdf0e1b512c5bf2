"""What the pages of campaigns show, gathered with a constant number of queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.access import Actor, Decision
from danvan.organisations.models import UnitVersion
from danvan.organisations.queries import name_on, names_on, oversees, versions_on
from danvan.study import queries, reckoning, roster, rules
from danvan.study.actions.campaigns import newer_version
from danvan.study.models import Attendance, Campaign, StudyText
from danvan.study.reckoning import Tally


@dataclass(frozen=True, slots=True)
class Row:
    """A campaign in the list, with the figure this person may see."""

    campaign: Campaign
    tally: Tally | None


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in a campaign; ``open`` when its names may be seen by this person."""

    unit: int
    name: str
    tally: Tally
    open: bool


@dataclass(frozen=True, slots=True)
class TextLine:
    """A text of a campaign, what is newer, and what may be done about it."""

    text: StudyText
    acknowledged: int
    newer: Any
    may_renew: Decision
    may_write: bool


def listed(campaigns: Sequence[Campaign], actor: Actor) -> list[Row]:
    """Overseers see the whole figure, a unit its own; drafts have none."""
    counting = [c for c in campaigns if c.state in queries.COUNTING]
    by_day: dict[Any, list[Campaign]] = {}
    for campaign in counting:
        by_day.setdefault(queries.day_of(campaign), []).append(campaign)
    scopes = {hold.scope for hold in actor.holds}
    overseen = oversees(actor)
    figures: dict[int, Tally] = {}
    for day, group in by_day.items():
        found = reckoning.reckon(group, day)
        for campaign in group:
            asked = [u for u, held in found.asked.items() if campaign in held]
            units = asked if campaign.body_id in overseen else [u for u in asked if u in scopes]
            if units:
                figures[campaign.pk] = whole(found, units, campaign)
    return [Row(campaign, figures.get(campaign.pk)) for campaign in campaigns]


def whole(found: reckoning.Reckoning, units: Collection[int], campaign: Campaign) -> Tally:
    """Several units of one campaign as one: each person once."""
    told = Tally()
    for unit in units:
        tally = reckoning.reckon_one(found, unit, campaign)
        told.counted |= tally.counted
        told.done |= tally.done
        told.exempt += tally.exempt
        told.unasked |= tally.unasked
    return told


def campaign(held: Campaign, actor: Actor) -> dict[str, Any]:
    """Everything on a campaign's page."""
    day = queries.day_of(held)
    found = queries.reckoned(held)
    allowed = open_units(actor, held, found.asked)
    watching = held.body_id in oversees(actor)
    shown = names(held, found.asked if watching else allowed)
    lines = [
        UnitLine(unit, name, reckoning.reckon_one(found, unit, held), unit in allowed)
        for unit, name in shown.items()
    ]
    sessions = list(held.sessions.all())
    hosts = names_on(day, {s.organiser_id for s in sessions})
    counts = _attendances(sessions)
    total = whole(found, found.asked if watching else allowed, held) if lines else None
    mine = next((u for u in found.rosters if actor.id in found.rosters[u].counted), None)
    return {
        "campaign": held,
        "day": day,
        "body_name": name_on(held.body, day),
        "lines": lines,
        "total": total,
        "watching": watching,
        "rule": roster.RULE,
        "texts": _texts(held, actor, found.asked),
        "sessions": [(s, hosts.get(s.organiser_id, ""), counts.get(s.pk, 0)) for s in sessions],
        "mine": mine is not None and held.state == Campaign.State.OPEN,
        "done_mine": mine is not None and found.done.has(actor.id or 0, held),
        "may_edit": rules.may_edit(actor, held),
        "may_open": rules.may_open(actor, held),
        "may_close": rules.may_close(actor, held),
        "may_hold": rules.may_hold(actor, held),
        "may_keep": rules.may_keep(actor, held.body),
        "may_watch": rules.may_keep_watch(actor, held),
    }


def open_units(actor: Actor, held: Campaign, units: Collection[int]) -> set[int]:
    """Units of the campaign whose names this person may see (``rules.may_see_names``)."""
    if held.body_id in oversees(actor):
        return set(units)
    scopes = {hold.scope for hold in actor.holds}
    return {unit for unit in units if unit in scopes}


def names(held: Campaign, units: Collection[int]) -> dict[int, str]:
    """Unit → its name on the campaign's day, in Vietnamese order; units without people too."""
    rows = versions_on(queries.day_of(held)).filter(unit__in=units).order_by("sort_key")
    found = dict(rows.values_list("unit_id", "name"))
    if gone := set(units) - set(found):
        old = UnitVersion.objects.filter(unit__in=gone).order_by("sort_key", "valid_from")
        merged = roster.heirs(gone, queries.day_of(held))
        found |= {v.unit_id: v.name for v in old if merged[v.unit_id] == {v.unit_id}}
    return found


def _texts(held: Campaign, actor: Actor, asked: Collection[int]) -> list[TextLine]:
    rows = held.texts.filter(replaced_by__isnull=True).select_related("document", "version")
    rows = rows.prefetch_related("document__text_versions")
    counted: dict[int, set[int]] = {}
    for known, learner in held.acknowledgements.values_list("text_id", "learner_id"):
        counted.setdefault(known, set()).add(learner)
    accepted = reckoning.accepted(held.texts.all())
    may = rules.may_keep(actor, held.body)
    writes = held.state == Campaign.State.OPEN and bool(rules.acted_for(actor, held, asked))
    found = []
    for text in rows:
        people: set[int] = set().union(*(counted.get(t, set()) for t in accepted[text.pk]))
        newer = newer_version(text) if held.state == Campaign.State.OPEN else None
        found.append(TextLine(text, len(people), newer, may, writes))
    return found


def _attendances(sessions: Sequence[Any]) -> dict[int, int]:
    counts: dict[int, int] = {}
    rows = Attendance.objects.filter(session__in=[s.pk for s in sessions])
    for session in rows.values_list("session_id", flat=True):
        counts[session] = counts.get(session, 0) + 1
    return counts


def tabs(at: str) -> list[tuple[str, str, bool]]:
    """The four rooms of study, for the tabs on each of their lists."""
    rooms = (
        ("list", _("Đợt học")),
        ("rosters", _("Quân số phải học")),
        ("exemptions", _("Miễn học")),
        ("training", _("Tập huấn")),
    )
    return [(label, reverse(f"study:{name}"), name == at) for name, label in rooms]
