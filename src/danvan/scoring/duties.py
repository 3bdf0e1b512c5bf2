"""What a person owes or waits for here, for the desk: a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.organisations.queries import names_on
from danvan.scoring.models import Sheet
from danvan.scoring.queries import sheets as queries
from danvan.scoring.workflow import TAKING_SHEETS
from danvan.ui import written


def duties_of(actor: Actor, today: dt.date) -> Iterable[Duty]:
    """A unit's sheet to fill in; a round to open for the programme office."""
    yield from _sheets(actor, today)
    yield from _rounds(actor)


def _sheets(actor: Actor, today: dt.date) -> Iterator[Duty]:
    owed = list(queries.to_fill(actor).filter(round__state__in=TAKING_SHEETS))
    if not owed:
        return
    names = names_on(today, {s.unit_id for s in owed}) if len(owed) > 1 else {}
    tasks = queries.dossier_tasks(owed)
    for sheet in owed:
        task = tasks.get((sheet.round.programme_id, sheet.unit_id))
        due = sheet.round.dossier_due
        title = _("Tự chấm điểm và nộp hồ sơ – hạn %s") % written.day(due)
        if name := names.get(sheet.unit_id):
            title = f"{name} – {title}"
        yield Duty(
            title=title,
            url=reverse("scoring:sheet", args=[sheet.pk]),
            kind="returned" if sheet.submitted_at else "owed",
            due=due,
            why=why_due(sheet, task.task.due_text if task and task.task else ""),
            whose=_("đơn vị"),
            group=_("Chấm điểm"),
        )


def _rounds(actor: Actor) -> Iterator[Duty]:
    """Plans that ask for a scoring dossier wait for their round."""
    waiting = queries.programmes_without_round(actor).filter(
        tasks__deliverable=queries.Deliverable.DOSSIER
    )
    for programme in waiting.distinct():
        yield Duty(
            title=_("Mở đợt chấm điểm năm %d") % programme.year,
            url=reverse("scoring:open_round", args=[programme.pk]),
            kind="waiting",
            why=_("%s giao các đơn vị tự chấm điểm.") % programme.plan.short,
            whose=_("cơ quan thường trực"),
            group=_("Chấm điểm"),
        )


def why_due(sheet: Sheet, as_written: str) -> str:
    """Where the date comes from."""
    plan = sheet.round.programme.plan.short
    if as_written:
        told = _("%(plan)s ghi “%(words)s”; hạn của đợt chấm điểm là hết ngày %(due)s.")
        due = written.day(sheet.round.dossier_due)
        return told % {"plan": plan, "words": as_written, "due": due}
    told = _("Hạn nộp hồ sơ của đợt chấm điểm theo %(plan)s.")
    return told % {"plan": plan}
