"""An import from the file to what it wrote: preview, apply, undo."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock, files
from danvan.kernel.access import ALLOWED, Actor, Decision, Refused, Stale, already, refuse
from danvan.kernel.actions import action, record
from danvan.kernel.imports import reading
from danvan.kernel.imports.tables import REGISTRY, Row, Table, Verdict
from danvan.kernel.imports.touches import Changed, Touches, put_back
from danvan.kernel.models import Import


def preview(code: str, name: str, content: bytes, *, by: Actor) -> Import:
    """Reads and judges a file; writes nothing but the Import itself. Raises Unreadable, Refused."""
    table = REGISTRY[code]
    if not (decision := table.may(by)):
        raise Refused(decision)
    sheet = reading.read(table, name, content)
    told = _judged(table, sheet.rows, by)
    return Import.objects.create(
        table=code,
        file=files.store(content),
        name=name[:200],
        rows=[[number, _plain(cells)] for number, cells in sheet.rows],
        strangers=list(sheet.strangers),
        by_id=by.id,
        by_name=by.name,
        at=clock.now(),
        **told,
    )


def judge_again(it: Import, *, by: Actor) -> None:
    """The dry run anew, since the data it was judged against has changed."""
    told = _judged(REGISTRY[it.table], cells_of(it), by)
    Import.objects.filter(pk=it.pk, state=Import.State.PREVIEWED).update(**told)


def may_apply(actor: Actor, it: Import) -> Decision:
    """Who may take in the table, once, when no row is wrong (or wrong rows may stay out)."""
    if not (decision := _may(actor, it)):
        return decision
    if it.state == Import.State.APPLIED:
        return already(_("Bảng này đã được ghi rồi."))
    if it.state == Import.State.UNDONE:
        return refuse(_("Lần nhập này đã được hoàn tác. Gửi lại tệp để nhập lần nữa."))
    if it.counts.get("error") and not REGISTRY[it.table].parts:
        return refuse(
            _("Còn %(n)d dòng lỗi. Sửa trong tệp rồi gửi lại; chưa có gì được ghi.")
            % {"n": it.counts["error"]}
        )
    if not it.counts.get("new") and not it.counts.get("changed"):
        if it.counts.get("error"):
            return refuse(_("Không có dòng đúng nào để ghi; sửa các dòng lỗi rồi gửi lại."))
        return refuse(_("Mọi dòng đã có sẵn như vậy: không có gì để ghi."))
    return ALLOWED


def may_undo(actor: Actor, it: Import) -> Decision:
    """Who may take in the table; whether what it wrote still stands is seen when undoing."""
    if not (decision := _may(actor, it)):
        return decision
    if it.state == Import.State.UNDONE:
        return already(_("Lần nhập này đã được hoàn tác rồi."))
    if it.state == Import.State.PREVIEWED:
        return refuse(_("Bảng này chưa được ghi nên không có gì để hoàn tác."))
    return ALLOWED


@action("kernel.import.apply", may=may_apply, says=gettext_lazy("nhập bảng"))
def apply(it: Import, *, by: Actor) -> Import:
    """Writes every row that is new or changed, all or nothing. Faulty rows (``Table.parts``
    alone lets it come to that) are left out.

    Judged once more under lock: raises Stale if the verdicts are no longer those that were shown.
    """
    table = REGISTRY[it.table]
    _one_at_a_time(it.table)
    rows, verdicts = _verdicts(table, cells_of(it), by)
    if [_told(v) for v in verdicts] != it.verdicts:
        raise Stale(_("Dữ liệu đã thay đổi từ lúc kiểm tra bảng. Chưa ghi gì; hãy xem lại."))
    good = zip(it.rows, verdicts, strict=True)
    wanted = {n for (n, _c), v in good if v.state in ("new", "changed")}
    touches = Touches()
    table.write([row for row in rows if row.number in wanted], touches, by)
    it.touched, it.state, it.applied_at = touches.told(), Import.State.APPLIED, clock.now()
    it.save(update_fields=["touched", "state", "applied_at"])
    told = {k: it.counts.get(k, 0) for k in _COUNTED}
    if left_out := it.counts.get("error"):
        told["errors"] = left_out
    record(it, table=str(table.label), file=it.name, **told)
    return it


@action("kernel.import.undo", may=may_undo, says=gettext_lazy("hoàn tác lần nhập bảng"))
def undo(it: Import, *, by: Actor) -> Import:
    """Puts back what was written. Refused, with the reason, if it changed or is used since."""
    _one_at_a_time(it.table)
    try:
        put_back(it.touched)
    except Changed as changed:
        raise Refused(refuse(_("Không hoàn tác được: %(why)s") % {"why": changed})) from None
    it.state, it.undone_at = Import.State.UNDONE, clock.now()
    it.save(update_fields=["state", "undone_at"])
    record(it, table=str(REGISTRY[it.table].label), file=it.name, records=len(it.touched))
    return it


_COUNTED = ("new", "changed", "same")


def _may(actor: Actor, it: Import) -> Decision:
    table = REGISTRY.get(it.table)
    if table is None:
        return refuse(_("Loại bảng này không còn được dùng."))
    if table.own_only and it.by_id != actor.id:
        return refuse(_("Chỉ người đã gửi bảng này ghi hoặc hoàn tác nó."))
    return table.may(actor)


def _judged(table: Table, read: Sequence[tuple[int, dict[str, Any]]], by: Actor) -> dict[str, Any]:
    _rows, verdicts = _verdicts(table, read, by)
    counts = Counter(v.state for v in verdicts) + Counter(
        {"warned": sum(bool(v.warnings) for v in verdicts)}
    )
    return {"verdicts": [_told(v) for v in verdicts], "counts": dict(counts)}


def _verdicts(
    table: Table, read: Sequence[tuple[int, dict[str, Any]]], by: Actor
) -> tuple[list[Row], list[Verdict]]:
    """The rows typed well, and one verdict per row read, in the file's order."""
    rows: list[Row] = []
    told: dict[int, Verdict] = {}
    for number, cells in read:
        values, wrong = _typed(table, cells)
        if wrong:
            told[number] = Verdict.wrong(wrong)
        else:
            rows.append(Row(number, values, cells))
    judged = table.judge(rows, by)
    told |= {row.number: verdict for row, verdict in zip(rows, judged, strict=True)}
    return rows, [told[number] for number, _cells in read]


def _typed(table: Table, cells: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    values, wrong = {}, []
    for column in table.columns:
        cell = cells.get(column.name)
        if cell is None:
            if column.required:
                wrong.append((column.name, _("chưa ghi")))
            continue
        try:
            values[column.name] = column.parse(cell)
        except ValueError as error:
            wrong.append((column.name, str(error)))
    return values, wrong


def _told(verdict: Verdict) -> dict[str, Any]:
    told = dataclasses.asdict(verdict)
    return told | {
        "errors": [list(error) for error in verdict.errors], "warnings": list(verdict.warnings)
    }  # fmt: skip


def _plain(cells: dict[str, Any]) -> dict[str, Any]:
    """Cells as JSON keeps them: a day becomes {"day": …}."""
    return {n: {"day": c.isoformat()} if isinstance(c, dt.date) else c for n, c in cells.items()}


def cells_of(it: Import) -> list[tuple[int, dict[str, Any]]]:
    """The rows of an import as they were read."""
    return [
        (
            number,
            {
                n: dt.date.fromisoformat(c["day"]) if isinstance(c, dict) else c
                for n, c in cells.items()
            },
        )
        for number, cells in it.rows
    ]


def _one_at_a_time(code: str) -> None:
    """Two imports of one table run one after the other (SQLite: the write lock is held)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"import {code}"])
