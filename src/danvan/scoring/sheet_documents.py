"""A unit's score sheet as a document to print, sign and file: every criterion with its points.

It is the unit's report of its own scoring, in the layout of Nghị định 30/2020; number, date and
signature are left for the clerk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from danvan.documents.letterheads import full_name, letterhead, signature_left_open
from danvan.organisations import naming
from danvan.organisations.models import UnitVersion
from danvan.organisations.queries import versions_on
from danvan.scoring.models import Criterion, Round, Score, Sheet
from danvan.scoring.sheet_pages import total_of
from danvan.ui import written
from vanban import writing

COLUMNS = (
    writing.Column("Mã", 13, "center"),
    writing.Column("Tiêu chí", 62),
    writing.Column("Điểm tối đa", 16, "center"),
    writing.Column("Hệ thống tính", 18, "center"),
    writing.Column("Tự chấm", 17, "center"),
    writing.Column("Lý do", 39),
)
BLANK = "……………………"  # whoever signs writes the name


@dataclass(frozen=True, slots=True)
class Common:
    """What is the same on every sheet of a round: names of that day, criteria by score sheet."""

    round: Round
    versions: Mapping[int, UnitVersion]
    criteria: Mapping[int, Sequence[Criterion]]


def common(round: Round) -> Common:
    """Read once for all sheets of the round: two queries."""
    criteria: dict[int, list[Criterion]] = defaultdict(list)
    held = Criterion.objects.filter(criteria_set__in=round.blocks.values("criteria_set"))
    for one in held.select_related("group"):
        criteria[one.criteria_set_id].append(one)
    return Common(round, {v.unit_id: v for v in versions_on(round.dossier_due)}, criteria)


def scores_of(sheets: Iterable[int]) -> Mapping[int, Mapping[int, Score]]:
    """Sheet → criterion → score; one query."""
    found: dict[int, dict[int, Score]] = defaultdict(dict)
    for score in Score.objects.filter(sheet__in=list(sheets)).order_by():
        found[score.sheet_id][score.criterion_id] = score
    return found


def file_of(sheet: Sheet, held: Mapping[int, Score], same: Common) -> bytes:
    """The .docx. No query."""
    version = same.versions.get(sheet.unit_id)
    above = same.versions.get(version.parent_id) if version and version.parent_id else None
    name = version.name if version else f"Đơn vị {sheet.unit_id}"
    year = same.round.programme.year
    criteria = same.criteria.get(sheet.criteria_set_id, ())
    return writing.report(
        letterhead=letterhead(version, above, name), number=None,
        symbol=_symbol(version, name), date=None,
        subject=f"Kết quả tự chấm điểm công tác dân vận chính quyền năm {year}",
        body=(
            writing.Paragraph(f"{full_name(name)} báo cáo kết quả tự chấm điểm như sau:"),
            writing.Table(COLUMNS, tuple(_rows(criteria, held)), 12),
            writing.Paragraph(_total(criteria, held)),
        ),
        signature=signature_left_open(version, BLANK),
        recipients=_recipients(name, same),
    )  # fmt: skip


def _symbol(version: UnitVersion | None, name: str) -> str:
    return f"BC-{naming.abbreviation(name, version.kind if version else '')}"


def _recipients(name: str, same: Common) -> tuple[str, ...]:
    body = same.versions.get(same.round.programme.body_id)
    to = (full_name(body.name),) if body else ()
    return (*to, f"Lưu: VT, {naming.abbreviation(name, '')}")


def _rows(criteria: Sequence[Criterion], held: Mapping[int, Score]) -> Iterator[writing.Row]:
    """In the order of the sheet; a group's name stands above its criteria."""
    group = None
    for criterion in criteria:
        if criterion.group is not None and criterion.group != group:
            group = criterion.group
            yield writing.Group(group.title)
        yield _row(criterion, held.get(criterion.pk))


def _row(criterion: Criterion, score: Score | None) -> tuple[str, ...]:
    given = _("không phát sinh")
    if score is None or score.arises:
        given = written.number(score.claimed if score else None)
    return (
        criterion.code, criterion.title, written.number(criterion.max_points),
        written.number(score.computed if score else None), given,
        " ".join(score.claim_reason.split()) if score else "",
    )  # fmt: skip


def _total(criteria: Sequence[Criterion], held: Mapping[int, Score]) -> str:
    """The same sum, in the same words, as the sheet's page shows."""
    scores = []
    for criterion in criteria:
        if score := held.get(criterion.pk):
            score.criterion = criterion
            scores.append(score)
    return f"Tổng điểm tự chấm: {total_of(scores).said}."
