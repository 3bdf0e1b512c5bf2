"""From an amending document to proposals of changes; writes nothing.

``vanban`` reads the file; this finds the passages that change something, the task or target
each is about, and what becomes of it. A passage that cannot be told is kept as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from danvan.organisations.audience import Audience
from danvan.programmes import amending, queries
from danvan.programmes import amending_words as words
from danvan.programmes.amending_applying import NotTold, added, moved, rewritten
from danvan.programmes.models import AmendmentProposal, Programme, Target, Task
from vanban import symbols
from vanban.errors import ReadingError
from vanban.model import Document, Provision
from vanban.text import search_key

Json = dict[str, Any]
Kind = AmendmentProposal.Kind


class NotAmending(ReadingError):
    """The document was read, but says nothing of this plan."""

    message = "Văn bản này không sửa đổi kế hoạch đang mở."


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change as read: of a task, of a target, or (neither) a new task; or words not told."""

    kind: str
    words: str
    confidence: float = 0.0
    reason: str = ""
    task: Task | None = None
    target: Target | None = None
    after: Json | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document would change, in its order, and its own header."""

    header: Json
    proposals: list[Proposal]


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of one change: its clause with everything under it."""

    text: str
    context: str = ""


def read(document: Document, programme: Programme, audience: Audience) -> Reading:
    """Raises NotAmending where the document does not name the plan."""
    code = symbols.key(programme.plan.code)
    if not any(c.number and symbols.key(c.number) == code for c in document.citations):
        told = _("Văn bản này không nhắc đến %(plan)s nên không đọc được thành sửa đổi của nó.")
        raise NotAmending(told % {"plan": programme.plan.short})
    plan = Plan(programme, audience)
    made: list[Proposal] = []
    for passage in passages(document):
        if isinstance(passage, Passage):
            made += plan.proposals(passage)
        else:
            kind = Kind.ASIDE if aside(passage) else Kind.UNREAD
            reason = "" if kind == Kind.ASIDE else _("không nhận ra câu này sửa đổi điều gì")
            made.append(Proposal(kind, f"{passage.marker} {passage.text}".strip(), 0.0, reason))
    return Reading(_header(document), _merged(made))


def _header(document: Document) -> Json:
    head = document.header
    day = words.effect_day(document.text, head.date)
    return {
        "type": head.type or "",
        "code": f"{head.number}/{head.symbol}" if head.number and head.symbol else "",
        "date": head.date.isoformat() if head.date else None,
        "issuer": head.issuer or "",
        "signer": head.signer or "",
        "signer_position": (head.signer_position or "")[:120],
        "in_force_from": day.isoformat() if day else None,
    }


def passages(document: Document) -> Iterator[Passage | Provision]:
    """Passages that change something, and every other provision as it stands: nothing is lost."""
    held = document.provisions
    changes = {p.index for p in held if words.CHANGES.match(p.text) and not _title(p)}
    index = 0
    while index < len(held):
        first = held[index]
        if first.index not in changes:
            yield first
            index += 1
            continue
        end = index + 1
        text = words.quoted(first.text)
        while end < len(held) and held[end].index not in changes:
            if not (_under(held, end, index) or text.count("“") > text.count("”")):
                break
            text = words.quoted(f"{text}\n{held[end].marker} {held[end].text}".replace("\n ", "\n"))
            end += 1
        nested = end < len(held) and held[end].index in changes and _under(held, end, index)
        if nested and not words.QUOTE.search(text):
            yield first  # "Sửa đổi Mục IV như sau:" with the changes under it
            index += 1
            continue
        yield Passage(text, _context(held, index))
        index = end


def _under(held: Sequence[Provision], index: int, above: int) -> bool:
    parent = held[index].parent
    while parent is not None:
        if parent == above:
            return True
        parent = held[parent].parent
    return False


def _context(held: Sequence[Provision], index: int) -> str:
    """The changing clause it stands under, which may name the place ("Sửa đổi Mục IV như sau")."""
    parent = held[index].parent
    while parent is not None:
        if words.CHANGES.match(held[parent].text):
            return held[parent].text
        parent = held[parent].parent
    return ""


def _title(provision: Provision) -> bool:
    return provision.heading and provision.text == provision.text.upper()


def aside(provision: Provision) -> bool:
    """Titles and the words around the changes; a closing clause, the day of effect."""
    return _title(provision) or bool(words.ASIDE.search(provision.text)) or not provision.text


def _merged(made: Sequence[Proposal]) -> list[Proposal]:
    """Several passages about one task are one proposal, whose words are all of theirs."""
    kept: list[Proposal] = []
    for one in made:
        same = next((i for i, k in enumerate(kept) if _same(k, one)), None)
        if same is None:
            kept.append(one)
            continue
        before = kept[same]
        text = before.words if one.words == before.words else f"{before.words}\n{one.words}"
        least = min(before.confidence, one.confidence)
        kept[same] = replace(one, words=text, confidence=least)
    return kept


def _same(one: Proposal, other: Proposal) -> bool:
    return (one.task is not None and one.task == other.task) or (
        one.target is not None and one.target == other.target
    )


class Plan:
    """The plan's clauses, tasks and targets to look in, and what has been read of them so far."""

    def __init__(self, programme: Programme, audience: Audience) -> None:
        self.audience = audience
        self.places = list(programme.plan.provisions.order_by("order"))
        self.by_path = {place.path: place for place in self.places}
        self.by_id = {place.pk: place for place in self.places}
        self.tasks = [t for t in queries.tasks_of(programme) if t.removed_from is None]
        self.targets = list(programme.targets.select_related("provision"))
        self.now: dict[Any, Json] = {}

    def proposals(self, passage: Passage) -> list[Proposal]:
        """What the passage changes; "unread" with the reason where that cannot be told."""
        text = passage.text
        try:
            if words.ADDS.match(text) and not _rewrites(text):
                return self._additions(text)
            tasks, targets, sure = self._about(passage)
            if words.DROPS.match(text) and not list(words.moves(text)):
                return self._dropped(text, tasks, sure)
            return self._changed(text, tasks, targets, sure)
        except NotTold as reason:
            return [Proposal(Kind.UNREAD, text, 0.0, str(reason)[:300])]

    def _about(self, passage: Passage) -> tuple[list[Task], list[Target], float]:
        """The tasks or targets meant, and how sure that is. Raises NotTold."""
        named = words.paths(passage.text)
        inherited = words.paths(passage.context)
        if named and inherited and named[0] not in self.by_path:
            named = [f"{inherited[0]}.{named[0]}", *named[1:]]
        named = named or inherited
        quote = _named_task(passage.text)
        if not named:
            if not quote:
                raise NotTold(_("không nêu mục nào của kế hoạch"))
            tasks = [t for t in self.tasks if _says(t.text, quote)]
            if len(tasks) != 1:
                raise NotTold(_("%d nhiệm vụ có lời văn này") % len(tasks))
            return tasks, [], 0.6
        tasks, targets, sure = self._at(named[0])
        if quote and len(narrowed := [t for t in tasks if _says(t.text, quote)]) == 1:
            return narrowed, [], sure
        if words.ABOUT_TARGET.search(words.QUOTE.sub("", passage.text)) and targets:
            return [], targets, sure
        return tasks, ([] if tasks else targets), sure

    def _at(self, path: str) -> tuple[list[Task], list[Target], float]:
        place, sure = self.by_path.get(path), 0.95
        if place is None:
            ends = [p for p in self.places if p.path.endswith(f".{path}")]
            if len(ends) != 1:
                raise NotTold(_("kế hoạch không có mục %s") % path)
            place, sure = ends[0], 0.7
        inside = (place.path, f"{place.path}.")
        return (
            [t for t in self.tasks if _in(t.provision.path, inside)],
            [t for t in self.targets if _in(t.provision.path, inside)],
            sure,
        )

    def _dropped(self, text: str, tasks: list[Task], sure: float) -> list[Proposal]:
        if not tasks:
            raise NotTold(_("mục này không có nhiệm vụ nào để bãi bỏ"))
        reason = "" if len(tasks) == 1 else _("mục này có %d nhiệm vụ") % len(tasks)
        sure = sure if len(tasks) == 1 else min(sure, 0.6)
        return [Proposal(Kind.REMOVED, text, sure, reason, task=task) for task in tasks]

    def _changed(
        self, text: str, tasks: list[Task], targets: list[Target], sure: float
    ) -> list[Proposal]:
        found = list(words.moves(text))
        if not found:
            return self._rewritten(text, tasks, targets, sure)
        if len(tasks) > 1:
            tasks = [t for t in tasks if any(m.old and _holds(self._of(t), m.old) for m in found)]
        abouts: list[Any] = tasks or targets
        if len(abouts) != 1:
            raise NotTold(_("mục này có %d nhiệm vụ, chỉ tiêu: chưa rõ sửa đổi cái nào")
                          % len(abouts))  # fmt: skip
        after = moved(self._of(abouts[0]), found, self.audience)
        told = "" if all(m.plain for m in found) else _("đọc từ câu không có ngoặc kép")
        sure = sure if not told else min(sure, 0.8)
        return [self._proposal(abouts[0], text, after, sure, told)]

    def _rewritten(
        self, text: str, tasks: list[Task], targets: list[Target], sure: float
    ) -> list[Proposal]:
        quote = _clause(text)
        abouts: list[Any] = tasks or targets
        if not quote or not abouts:
            raise NotTold(_("không thấy lời văn mới"))
        place = self.by_id[abouts[0].provision_id]
        afters = rewritten(quote, self._lines(place), [self._of(a) for a in abouts], self.audience)
        reason = _("đọc lại cả mục; xem kỹ từng ô")
        return [
            self._proposal(about, text, after, min(sure, 0.75), reason)
            for about, after in zip(abouts, afters, strict=True)
        ]

    def _additions(self, text: str) -> list[Proposal]:
        named = words.paths(text)
        place = next((self.by_path[p] for p in reversed(named) if p in self.by_path), None)
        if place is None:
            above = (p.rpartition(".")[0] for p in named)
            place = next((self.by_path[p] for p in above if p in self.by_path), None)
        if place is None:
            raise NotTold(_("chưa rõ bổ sung vào mục nào của kế hoạch"))
        return [
            Proposal(Kind.ADDED, text, sure, reason, after={**after, "provision": place.pk})
            for after, sure, reason in added(text, _block(text), self._lines(place), self.audience)
        ]

    def _of(self, about: Task | Target) -> Json:
        """The snapshot with everything read of it so far."""
        known = self.now.get(about)
        if known is not None:
            return known
        return amending.of_task(about) if isinstance(about, Task) else amending.of_target(about)

    def _proposal(
        self, about: Task | Target, text: str, after: Json, sure: float, reason: str
    ) -> Proposal:
        if after == self._of(about):
            raise NotTold(_("lời văn mới không khác kế hoạch hiện hành"))
        self.now[about] = after
        task, target = (about, None) if isinstance(about, Task) else (None, about)
        return Proposal(Kind.CHANGED, text, sure, reason, task, target, after)

    def _lines(self, place: Any) -> list[str]:
        """The clauses above a place, as the plan has them: they may say who owes what is below."""
        lines: list[str] = []
        parent = place.parent_id
        while parent is not None:
            above = self.by_id[parent]
            lines.insert(0, f"{above.marker} {above.text}".strip())
            parent = above.parent_id
        return lines


def _in(path: str, inside: tuple[str, str]) -> bool:
    return path == inside[0] or path.startswith(inside[1])


def _rewrites(text: str) -> bool:
    """ "Bổ sung thời hạn “…” tại mục 2" adds to a task, it adds no task."""
    return bool(list(words.moves(text)))


def _named_task(text: str) -> str:
    found = re.search(r"nhiệm vụ\s+“([^”]+)”", text, re.IGNORECASE)
    return found[1] if found else ""


def _says(text: str, quote: str) -> bool:
    one, other = search_key(text).strip(" ."), search_key(quote).strip(" .")
    return bool(other) and (other in one or one in other)


def _holds(snapshot: Json, old: str) -> bool:
    """Whether the words to be replaced stand in this task."""
    said = [snapshot["text"], snapshot["due_text"], *(p["written"] for p in snapshot["parties"])]
    day = words.limit(old)
    if day is not None and snapshot["due_on"] == day[0].isoformat():
        return True
    return any(search_key(old) in search_key(each) for each in said if each)


def _clause(text: str) -> str:
    """The quoted clause that follows "như sau:"."""
    found = re.search(r"như sau\s*:?\s*“(.*)”", text, re.IGNORECASE | re.DOTALL)
    return found[1] if found else ""


def _block(text: str) -> str:
    """That clause; the longest quotation where the passage has none."""
    found = re.findall(r"“([^”]*)”", text, re.DOTALL)
    return _clause(text) or max(found, key=len, default="")
