"""Writing a score sheet in the browser: rows of the table, judged as they stand, then enacted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.models import Document
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, Stale, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.organisations.queries import person_of
from danvan.scoring import importing
from danvan.scoring.actions import criteria
from danvan.scoring.actions.criteria import Enacting
from danvan.scoring.importing.columns import COLUMNS, said
from danvan.scoring.importing.reading import MOST_ROWS
from danvan.scoring.models import CriteriaDraft, CriteriaSet
from danvan.scoring.rules import rounds as rules

FIRST_ROW = 2  # in the workbook a heading stands above


@action(
    "scoring.criteria_draft.begin",
    may=rules.may_import_criteria,
    says=gettext_lazy("soạn dự thảo bảng điểm"),
)
def begin(
    body: Unit,
    *,
    title: str,
    rows: Sequence[Mapping[str, str]] = (),
    based_on: CriteriaSet | None = None,
    by: Actor,
) -> CriteriaDraft:
    """A draft of its own: what it began from does not change."""
    if not title.strip():
        raise Refused(refuse(_("Phải ghi tên bảng điểm.")))
    made = CriteriaDraft.objects.create(
        body=body, title=title.strip()[:200], rows=[_row(r) for r in rows], based_on=based_on,
        made_at=clock.now(), made_by=person_of(by),
    )  # fmt: skip
    record(made, concerns=body.pk, rows=len(made.rows), based_on=str(based_on or ""))
    return made


@action(
    "scoring.criteria_draft.write",
    may=rules.may_edit_draft,
    says=gettext_lazy("sửa dự thảo bảng điểm"),
)
def write(
    draft: CriteriaDraft, *, revision: int, cells: Mapping[str, str], at: int | None = None,
    by: Actor,
) -> CriteriaDraft:  # fmt: skip
    """Writes a row: the one at ``at`` (counted from 0), or a new one at the end.

    Stale if a colleague saved since ``revision``. A row that is wrong may stand in a draft;
    only enacting asks that nothing is.
    """
    _fresh(draft, revision)
    row, rows = _row(cells), list(draft.rows)
    before = rows[at] if at is not None and at < len(rows) else {}
    if not before:
        if len(rows) >= MOST_ROWS:
            raise Refused(refuse(_("Bảng điểm có quá %d dòng.") % MOST_ROWS))
        rows.append(row)
    else:
        rows[at or 0] = row
    changed = {
        heading: [said(c, before.get(c, "")), said(c, row[c])]
        for c, heading in COLUMNS.items()
        if before.get(c, "") != row[c]
    }
    _keep(draft, rows)
    record(draft, concerns=draft.body_id, row=at, changed=changed)
    return draft


@action(
    "scoring.criteria_draft.remove",
    may=rules.may_edit_draft,
    says=gettext_lazy("bỏ dòng của dự thảo bảng điểm"),
)
def remove(draft: CriteriaDraft, *, revision: int, at: int, by: Actor) -> CriteriaDraft:
    """Takes a row out; the history keeps it."""
    _fresh(draft, revision)
    rows = list(draft.rows)
    gone = rows.pop(_existing(rows, at))
    _keep(draft, rows)
    removed = {COLUMNS[column]: said(column, text) for column, text in gone.items() if text}
    record(draft, concerns=draft.body_id, removed=removed)
    return draft


@action(
    "scoring.criteria_draft.move",
    may=rules.may_edit_draft,
    says=gettext_lazy("đổi thứ tự dòng của dự thảo bảng điểm"),
)
def move(draft: CriteriaDraft, *, revision: int, at: int, up: bool, by: Actor) -> CriteriaDraft:
    """Changes places with the neighbour above or below."""
    _fresh(draft, revision)
    rows = list(draft.rows)
    other = _existing(rows, _existing(rows, at) + (-1 if up else 1))
    rows[at], rows[other] = rows[other], rows[at]
    _keep(draft, rows)
    record(draft, concerns=draft.body_id, moved=[at, other])
    return draft


@action(
    "scoring.criteria_draft.enact",
    may=rules.may_edit_draft,
    says=gettext_lazy("ban hành bảng điểm từ dự thảo"),
)
def enact(
    draft: CriteriaDraft,
    *,
    enacted_by: Document | Enacting,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    note: str = "",
    ends_previous: bool = False,
    by: Actor,
) -> list[CriteriaSet]:
    """Makes score sheets of the rows, under a document, from a day on; all blocks or none.

    ``ends_previous``: sheets without a last day end the day before. Refused with the first
    row that is wrong.
    """
    plan = judged(draft)
    if not plan.sound:
        raise Refused(refuse(first_problem(plan)))
    if ends_previous:
        blocks = [planned.block for planned in plan.sets]
        for held in criteria.overlapping(blocks, valid_from, valid_to):
            if held.valid_to is None and held.valid_from < valid_from:
                criteria.end(held, last_day=valid_from - dt.timedelta(days=1), by=by)
    made: list[CriteriaSet] = criteria.import_sets(
        draft.body, plan=plan, title=draft.title, enacted_by=enacted_by, valid_from=valid_from,
        valid_to=valid_to, note=note, by=by,
    )  # fmt: skip
    draft.enacted_at = clock.now()
    draft.save(update_fields=["enacted_at"])
    record(draft, concerns=draft.body_id, blocks=[held.block for held in made],
           document=str(made[0].enacted_by))  # fmt: skip
    return made


def judged(draft: CriteriaDraft) -> importing.Plan:
    """What the rows say, and everything wrong with them, by the same judge as an import."""
    rows = [importing.Row(n, row) for n, row in enumerate(draft.rows, FIRST_ROW)]
    return importing.check(importing.Table(rows))


def first_problem(plan: importing.Plan) -> str:
    """The first thing to mend, with its row; a plan that is not sound has one."""
    first = plan.problems[0]
    where = _("Dòng %d, ") % first.row if first.row else ""
    told = _("Còn %(n)d điều phải sửa. %(where)s%(column)s: %(text)s")
    numbers = {"n": len(plan.problems), "where": where, "column": first.column, "text": first.text}
    return told % numbers


def _row(cells: Mapping[str, str]) -> dict[str, str]:
    return {code: str(cells.get(code) or "").strip() for code in COLUMNS}


def _existing(rows: Sequence[object], at: int) -> int:
    if not 0 <= at < len(rows):
        raise Refused(refuse(_("Dự thảo không có dòng này.")))
    return at


def _fresh(draft: CriteriaDraft, revision: int) -> None:
    if revision != draft.revision:
        raise Stale(_("Đồng nghiệp vừa sửa dự thảo này. Xem lại trước khi sửa tiếp."))


def _keep(draft: CriteriaDraft, rows: list[dict[str, str]]) -> None:
    draft.rows = rows
    draft.revision += 1
    draft.save(update_fields=["rows", "revision"])
