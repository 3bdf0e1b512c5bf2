"""From one passage to proposals of changes; a passage that cannot be told is kept as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from danvan.documents.models import Provision
from danvan.programmes import amending_goals
from danvan.programmes import amending_words as words
from danvan.programmes.amending_applying import added, moved, rewritten
from danvan.programmes.amending_clauses import NotTold
from danvan.programmes.amending_passages import Passage, block, clause
from danvan.programmes.amending_places import Places
from danvan.programmes.models import AmendmentProposal, Target, Task
from vanban.text import search_key

Json = dict[str, Any]
Kind = AmendmentProposal.Kind


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change as read: of a task, of a target, or (neither) a new one; or words not told."""

    kind: str
    words: str
    confidence: float = 0.0
    reason: str = ""
    task: Task | None = None
    target: Target | None = None
    after: Json | None = None


def unread(text: str, reason: object) -> Proposal:
    return Proposal(Kind.UNREAD, text, 0.0, str(reason)[:300])


def dropping(about: Task | Target, text: str, sure: float, reason: str = "") -> Proposal:
    task, target = (about, None) if isinstance(about, Task) else (None, about)
    return Proposal(Kind.REMOVED, text, sure, reason, task, target)


def adding(place: Provision, after: Json, text: str, sure: float, reason: str = "") -> Proposal:
    return Proposal(Kind.ADDED, text, sure, reason, after={**after, "provision": place.pk})


def changing(
    plan: Places, about: Task | Target, text: str, after: Json, sure: float, reason: str = ""
) -> Proposal:
    """Raises NotTold where nothing would change; what is read next begins with this."""
    if after == plan.of(about):
        raise NotTold(_("lời văn mới không khác kế hoạch hiện hành"))
    plan.now[about] = after
    task, target = (about, None) if isinstance(about, Task) else (None, about)
    return Proposal(Kind.CHANGED, text, sure, reason, task, target, after)


def proposals(plan: Places, passage: Passage) -> list[Proposal]:
    """What the passage changes; "unread" with the reason where that cannot be told."""
    text = passage.text
    try:
        if words.ADDS.match(text) and not list(words.moves(text)):
            return _additions(plan, text)
        if words.DROPS.match(text) and not list(words.moves(text)):
            return _drops(plan, passage)
        return _changes(plan, passage)
    except NotTold as reason:
        return [unread(text, reason)]


def _drops(plan: Places, passage: Passage) -> list[Proposal]:
    tasks, targets, sure = plan.dropped(passage)
    abouts: list[Any] = [*tasks, *targets]
    if not abouts:
        raise NotTold(_("mục này không có nhiệm vụ hay chỉ tiêu nào để bãi bỏ"))
    one = len(abouts) == 1
    reason = "" if one else _("mục này có %d nhiệm vụ, chỉ tiêu") % len(abouts)
    return [dropping(a, passage.text, sure if one else min(sure, 0.6), reason) for a in abouts]


def _changes(plan: Places, passage: Passage) -> list[Proposal]:
    text, found = passage.text, list(words.moves(passage.text))
    tasks, targets, sure = plan.about(passage)
    if not found:
        return _rewritten(plan, text, tasks or targets, sure)
    if len(tasks) > 1:
        tasks = [t for t in tasks if any(m.old and _holds(plan.of(t), m.old) for m in found)]
    abouts: list[Any] = tasks or targets
    if len(abouts) != 1:
        told = _("mục này có %d nhiệm vụ, chỉ tiêu: chưa rõ sửa đổi cái nào")
        raise NotTold(told % len(abouts))
    after = moved(plan.of(abouts[0]), found, plan.audience)
    told = "" if all(m.plain for m in found) else _("đọc từ câu không có ngoặc kép")
    return [changing(plan, abouts[0], text, after, min(sure, 0.8) if told else sure, told)]


def _rewritten(plan: Places, text: str, abouts: Any, sure: float) -> list[Proposal]:
    quote = clause(text)
    if not quote or not abouts:
        raise NotTold(_("không thấy lời văn mới"))
    place = plan.by_id[abouts[0].provision_id]
    befores = [plan.of(about) for about in abouts]
    afters = rewritten(quote, plan.lines(place), befores, plan.audience)
    reason = _("đọc lại cả mục; xem kỹ từng ô")
    return [
        changing(plan, about, text, after, min(sure, 0.75), reason)
        for about, after in zip(abouts, afters, strict=True)
    ]


def _additions(plan: Places, text: str) -> list[Proposal]:
    """A new target where the passage says so, or stands where the plan has its targets."""
    place, quote = plan.into(words.paths(text)), block(text)
    above = plan.lines(place)
    bare = words.QUOTE.sub("", text)
    goals = bool(words.ABOUT_TARGET.search(bare))
    if goals or (plan.holds_targets(place) and not words.ABOUT_TASK.search(bare)):
        made = list(amending_goals.added(text, quote, above))
        if made or goals:
            if not made:
                raise NotTold(_("lời văn bổ sung không nêu mức phải đạt"))
            return [adding(place, after, text, sure, why) for after, sure, why in made]
    return [
        adding(place, after, text, sure, why)
        for after, sure, why in added(text, quote, above, plan.audience)
    ]


def _holds(snapshot: Json, old: str) -> bool:
    """Whether the words to be replaced stand in this task."""
    said = [snapshot["text"], snapshot["due_text"], *(p["written"] for p in snapshot["parties"])]
    day = words.limit(old)
    if day is not None and snapshot["due_on"] == day[0].isoformat():
        return True
    return any(search_key(old) in search_key(each) for each in said if each)
