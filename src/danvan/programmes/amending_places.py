"""Where a change points: the tasks and targets of the plan at a clause, or with certain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from danvan.documents.models import Provision
from danvan.organisations.audience import Audience
from danvan.programmes import amending, queries
from danvan.programmes import amending_words as words
from danvan.programmes.amending_clauses import NotTold
from danvan.programmes.amending_passages import Passage, named
from danvan.programmes.models import Programme, Target, Task
from vanban.text import search_key

Json = dict[str, Any]
Found = tuple[list[Task], list[Target], float]


class Places:
    """The plan's clauses, tasks and targets to look in, and what has been read of them so far."""

    def __init__(self, programme: Programme, audience: Audience) -> None:
        self.audience = audience
        self.places = list(programme.plan.provisions.order_by("order"))
        self.by_path = {place.path: place for place in self.places}
        self.by_id = {place.pk: place for place in self.places}
        self.tasks = [t for t in queries.tasks_of(programme) if t.removed_from is None]
        targets = programme.targets.filter(removed_from=None)
        self.targets = list(targets.select_related("provision"))
        self.now: dict[Any, Json] = {}

    def about(self, passage: Passage) -> Found:
        """The tasks or targets meant, and how sure that is. Raises NotTold."""
        tasks, targets, sure = self._meant(passage)
        bare = words.QUOTE.sub("", passage.text)
        if targets and words.ABOUT_TARGET.search(bare):
            return [], targets, sure
        return tasks, ([] if tasks else targets), sure

    def dropped(self, passage: Passage) -> Found:
        """As ``about``; a clause that is dropped as a whole takes its tasks and targets along."""
        tasks, targets, sure = self._meant(passage)
        bare = words.QUOTE.sub("", passage.text)
        if words.ABOUT_TARGET.search(bare):
            return [], targets, sure
        return tasks, ([] if words.ABOUT_TASK.search(bare) else targets), sure

    def _meant(self, passage: Passage) -> Found:
        paths = words.paths(passage.text)
        inherited = words.paths(passage.context)
        if paths and inherited and paths[0] not in self.by_path:
            paths = [f"{inherited[0]}.{paths[0]}", *paths[1:]]
        paths = paths or inherited
        task, target = (named(what, passage.text) for what in ("nhiệm vụ", "chỉ tiêu"))
        if paths:
            tasks, targets, sure = self.at(paths[0])
            return narrowed(tasks, task), narrowed(targets, target), sure
        return self.saying(task, target)

    def saying(self, task: str = "", target: str = "") -> Found:
        """The one task or target with these words, wherever it stands."""
        if not task and not target:
            raise NotTold(_("không nêu mục nào của kế hoạch"))
        if task:
            tasks = [t for t in self.tasks if says(t.text, task)]
            if len(tasks) != 1:
                raise NotTold(_("%d nhiệm vụ có lời văn này") % len(tasks))
            return tasks, [], 0.6
        targets = [t for t in self.targets if says(t.subject, target)]
        if len(targets) != 1:
            raise NotTold(_("%d chỉ tiêu có lời văn này") % len(targets))
        return [], targets, 0.6

    def at(self, path: str) -> Found:
        """Everything at a clause or under it. Raises NotTold where the plan has none such."""
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

    def into(self, paths: Sequence[str]) -> Provision:
        """The clause something is added to: the last one there is, else the one it stands under.

        Raises NotTold.
        """
        above = (path.rpartition(".")[0] for path in paths)
        for path in (*reversed(paths), *above):
            if path in self.by_path:
                return self.by_path[path]
        raise NotTold(_("chưa rõ bổ sung vào mục nào của kế hoạch"))

    def holds_targets(self, place: Provision) -> bool:
        """Whether the plan's targets stand beside or under this clause."""
        top = place.path.partition(".")[0] if place.parent_id else place.path
        beside = (top, f"{top}.")
        return any(_in(target.provision.path, beside) for target in self.targets)

    def of(self, about: Task | Target) -> Json:
        """The snapshot with everything read of it so far."""
        known = self.now.get(about)
        if known is not None:
            return known
        return amending.of_task(about) if isinstance(about, Task) else amending.of_target(about)

    def lines(self, place: Provision) -> list[str]:
        """The clauses above a place, as the plan has them: they may say who owes what is below."""
        found: list[str] = []
        parent = place.parent_id
        while parent is not None:
            above = self.by_id[parent]
            found.insert(0, f"{above.marker} {above.text}".strip())
            parent = above.parent_id
        return found


def narrowed[T: (Task, Target)](rows: list[T], quote: str) -> list[T]:
    """The one with these words, if there is just one; else all."""
    if not quote:
        return rows
    found = [row for row in rows if says(row.text if isinstance(row, Task) else row.subject, quote)]
    return found if len(found) == 1 else rows


def says(text: str, quote: str) -> bool:
    """Whether one wording holds the other, without regard to diacritics."""
    one, other = search_key(text).strip(" ."), search_key(quote).strip(" .")
    return bool(other) and (other in one or one in other)


def _in(path: str, inside: tuple[str, str]) -> bool:
    return path == inside[0] or path.startswith(inside[1])
