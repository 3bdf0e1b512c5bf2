"""The superior's tasks beside ours: carried out, not yet, or none of ours."""

from __future__ import annotations

from dataclasses import dataclass, field

from danvan.programmes import shapes
from danvan.programmes.models import Carriage, Draft, Finding, Programme, Task


def asked_of(superior: Draft | None) -> list[Finding]:
    """The tasks of a superior's plan that were not struck, in the order of the text."""
    if superior is None:
        return []
    tasks = superior.findings.filter(kind=Finding.Kind.TASK).exclude(state=Finding.State.STRUCK)
    return sorted(tasks, key=lambda finding: (finding.start, finding.order))


@dataclass(slots=True)
class Asked:
    """One task of the level above, and what of ours carries it out."""

    finding: Finding
    shape: shapes.Task
    path: str
    ours: list[Task] = field(default_factory=list)
    declined: Carriage | None = None

    @property
    def covered(self) -> bool:
        return bool(self.ours)

    @property
    def open(self) -> bool:
        """Neither carried out nor said to be none of ours."""
        return not self.ours and self.declined is None


def coverage(programme: Programme) -> list[Asked]:
    """All the superior asks, each with ours: three queries."""
    superior = programme.superior
    findings = asked_of(superior)
    rows = Carriage.objects.filter(programme=programme).select_related("task__provision")
    made = {}
    for finding in findings:
        shape = shapes.of(finding)
        assert isinstance(shape, shapes.Task) and superior is not None
        at = finding.provision
        path = "" if at is None else superior.provisions[at]["path"]
        made[finding.pk] = Asked(finding, shape, path)
    for row in rows:
        if row.asked_id not in made:
            continue
        if row.task is None:
            made[row.asked_id].declined = row
        elif row.task.removed_from is None:
            made[row.asked_id].ours.append(row.task)
    return list(made.values())
