"""What a plan is linked to: last year's tasks with what came of them, and the superior's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from danvan.kernel.calendar import Calendar
from danvan.programmes import carrying, recurring
from danvan.programmes.figures import Figure, figures_about
from danvan.programmes.models import Draft, Task


@dataclass(frozen=True, slots=True)
class Before:
    """A task of last year's programme and every figure known about it."""

    task: Task
    figures: list[Figure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Above:
    """A task of the superior's plan: its words and its clause."""

    text: str
    path: str
    document: int | None


class Links:
    """Looked up once for a whole draft: one query for each side, whatever the number of rows."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar()

    def days(self, rule: recurring.Json | None) -> list[recurring.Occurrence]:
        return recurring.days(rule, self.draft.year, self.calendar) if rule else []

    @cached_property
    def _before(self) -> dict[int, Before]:
        previous = self.draft.previous
        if previous is None:
            return {}
        return befores(previous.tasks.select_related("provision", "programme__plan"))

    def before(self, task: int | None) -> Before | None:
        return self._before.get(task) if task else None

    @cached_property
    def _above(self) -> dict[int, Above]:
        superior = self.draft.superior
        if superior is None:
            return {}
        return {
            finding.pk: Above(
                finding.value["text"],
                "" if finding.provision is None else superior.provisions[finding.provision]["path"],
                superior.document_id,
            )
            for finding in carrying.asked_of(superior)
        }

    def above(self, asked: Iterable[int]) -> list[Above]:
        return [self._above[pk] for pk in asked if pk in self._above] if asked else []


def befores(tasks: Iterable[Task]) -> dict[int, Before]:
    """Last year's tasks (all of one programme) with what the contexts above know of them."""
    found = list(tasks)
    if not found:
        return {}
    figures = figures_about("task", [t.pk for t in found], found[0].programme.year)
    return {task.pk: Before(task, figures[task.pk]) for task in found}
