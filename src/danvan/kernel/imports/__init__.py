"""Tables people send (.xlsx, .csv): judged row by row, then written in one go.

A context registers its table in ``AppConfig.ready()``; the pages under /nhap-bang/
(organisations) do the rest: template, dry run with a report, confirm, undo.

    from danvan.kernel import imports
    from danvan.kernel.imports import Column, Row, Table, Touches, Verdict, cells

    imports.register(Table(
        code="indices.readings", label=_("Chỉ số theo năm"), about=_("Mỗi dòng một chỉ số …"),
        columns=(
            Column("unit", _("Đơn vị"), required=True, example="UBND Phường 1"),
            Column("year", _("Năm"), required=True, example="2023", parse=cells.whole),
            Column("value", _("Giá trị"), example="84,25", parse=cells.number),
            Column("kind", _("Loại"), parse=cells.choice({"PAR Index": "par"})),
        ),
        may=lambda actor: Decision,               # who may import this table at all
        judge=judge,                              # (rows, actor) -> one Verdict per row
        write=write,                              # (rows, touches, by) -> None
    ))

    def judge(rows: Sequence[Row], actor: Actor) -> list[Verdict]: …   # a few queries for all rows
        Verdict.new("…") | .changed("85,1 → 84,25") | .same() | .error("unit", "Không có đơn vị …")
        each takes warnings=("…",)
    def write(rows: Sequence[Row], touches: Touches, by: Actor) -> None: …
        touches.create([Reading(…), …])            # bulk; returns them with their pks
        touches.update([reading, …], ["value"])    # bulk; remembers what stood there before
        with touches.watch(Unit.objects.filter(…), UnitVersion.objects.filter(…)): …
                                                   # remembers whatever changes among these rows

``row["unit"]`` is the typed value (None where the cell is empty), ``row.number`` the line in the
file. The kernel itself refuses empty required cells and cells that do not parse, so ``judge`` sees
only rows that are typed well; rows judged ``same`` are not given to ``write``. ``write`` runs
inside the action "kernel.import.apply" (one transaction; ``actions.record`` may be called for the
units concerned). A table with faulty rows is not written at all, unless it says ``parts=True``:
then the good rows may be, and the report offers the faulty ones back. Undo is generic: what
``touches`` remembers is put back, unless it changed since or something else points at it.

Without a browser: ``imports.preview(code, name, content, by=actor)``, then
``imports.apply(it, by=…)`` and ``imports.undo(it, by=…)``.
"""

from danvan.kernel.imports import cells
from danvan.kernel.imports.acts import apply, judge_again, may_apply, may_undo, preview, undo
from danvan.kernel.imports.reading import Unreadable
from danvan.kernel.imports.tables import (
    REGISTRY,
    Column,
    Row,
    Table,
    Verdict,
    offered_to,
    register,
    source,
)
from danvan.kernel.imports.touches import Changed, Touches

__all__ = [
    "REGISTRY",
    "Changed",
    "Column",
    "Row",
    "Table",
    "Touches",
    "Unreadable",
    "Verdict",
    "apply",
    "cells",
    "judge_again",
    "may_apply",
    "may_undo",
    "offered_to",
    "preview",
    "register",
    "source",
    "undo",
]
