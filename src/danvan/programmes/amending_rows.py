"""From one row of an annex to proposals of changes, as ``amending_proposing`` does of a passage."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.programmes import amending_goals
from danvan.programmes import amending_words as words
from danvan.programmes.amending_applying import deliverable, due, moved, party_of, rewritten
from danvan.programmes.amending_clauses import NotTold
from danvan.programmes.amending_places import Places, narrowed
from danvan.programmes.amending_proposing import Proposal, adding, changing, dropping, unread
from danvan.programmes.amending_tables import Row
from danvan.programmes.amending_words import Move
from danvan.programmes.models import Target, Task
from vanban.text import search_key

Json = dict[str, Any]
# A row is told by its columns, not by a sentence: surer than words, never unseen.
SURE = 0.85
REASON = gettext_lazy("đọc từ một dòng của bảng")
_BARE = re.compile(r"(?:[IVXLC]+|\d+|[a-zđ])(?:\.(?:\w+|-))*")
_ROLES = {"lead": "lead", "coordinate": "coordinate", "parties": "all"}


def proposals(plan: Places, row: Row) -> list[Proposal]:
    """What the row changes; "unread" with the reason where that cannot be told."""
    try:
        if row.act == "add":
            return [_added(plan, row)]
        about, sure = _about(plan, row)
        if row.act == "drop":
            return [dropping(about, row.words, sure, str(REASON))]
        return [changing(plan, about, row.words, _after(plan, row, about), sure, str(REASON))]
    except NotTold as reason:
        return [unread(row.words, reason)]


def _paths(row: Row) -> list[str]:
    said = row.get("place").strip(" .;")
    found = words.paths(said)
    return found or ([said] if _BARE.fullmatch(said) else [])


def _about(plan: Places, row: Row) -> tuple[Task | Target, float]:
    """The one task or target the row is about. Raises NotTold."""
    paths, target = _paths(row), row.get("target") or row.old.get("target", "")
    text = row.get("text") or row.old.get("text", "")
    if not paths:
        tasks, targets, sure = plan.saying(text if not target else "", target)
        return (tasks or targets)[0], sure
    tasks, targets, sure = plan.at(paths[0])
    about_goal = bool(target or row.get("goal"))
    found: list[Any] = (
        list(narrowed(targets, target or text)) if about_goal else list(narrowed(tasks, text))
    ) or list(targets)
    if len(found) != 1:
        told = _("mục này có %d nhiệm vụ, chỉ tiêu: chưa rõ dòng này nói về cái nào")
        raise NotTold(told % len(found))
    return found[0], min(sure, SURE)


def _after(plan: Places, row: Row, about: Task | Target) -> Json:
    """The snapshot with every column that says something new. Raises NotTold."""
    after = plan.of(about)
    if wording := row.get("clause"):
        above = plan.lines(plan.by_id[about.provision_id])
        try:
            (after,) = rewritten(wording, above, [after], plan.audience)
        except NotTold:
            after = moved(after, [Move("text", "", wording)], plan.audience)
    for move in _moves(row, after):
        after = moved(after, [move], plan.audience)
    return after


def _moves(row: Row, now: Json) -> list[Move]:
    """The columns as changes; one that says what stands already is none."""
    if "subject" in now:
        said = _goal(row)
        return [Move("goal", "", said)] if said else []
    made = []
    for what in ("due", *_ROLES, "deliverable"):
        said = row.get(what)
        if not said or said in ("-", "–"):
            continue
        standing = [p["written"] for p in now["parties"] if p["role"] == _ROLES.get(what)]
        if search_key(said) not in [search_key(each) for each in standing]:
            made.append(Move(what, "", said))
    return made


def _goal(row: Row) -> str:
    said, unit = row.get("goal"), row.get("unit")
    return f"{said} {unit}" if said and unit and unit not in said else said


def _added(plan: Places, row: Row) -> Proposal:
    """A new target where the row names one, else a new task. Raises NotTold."""
    place = plan.into(_paths(row))
    subject = row.get("target")
    text = row.get("text") or row.get("clause")
    if not subject and row.get("goal"):
        subject = text
    if subject:
        made = _target(plan, row, subject, place)
    elif text:
        made = _task(plan, row, text)
    else:
        raise NotTold(_("dòng này không nêu nội dung bổ sung"))
    return adding(place, made, row.words, SURE, str(REASON))


def _target(plan: Places, row: Row, subject: str, place: Any) -> Json:
    if said := _goal(row):
        return amending_goals.of_cells(subject, said)
    made = list(amending_goals.added(subject, subject, plan.lines(place)))
    if len(made) != 1:
        raise NotTold(_("không đọc được mức mới của chỉ tiêu"))
    return made[0][0]


def _task(plan: Places, row: Row, text: str) -> Json:
    parties = [
        party_of(role, row.get(what)[:300], plan.audience)
        for what, role in _ROLES.items()
        if row.get(what)
    ]
    made: Json = {
        "text": text, "due_on": None, "due_text": "", "due_wording": "", "due_rule": None,
        "deliverable": deliverable(row.get("deliverable")), "parties": parties,
    }  # fmt: skip
    return due(made, row.get("due")) if row.get("due") else made
