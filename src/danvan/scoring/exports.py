"""The ranking and the queue as workbooks: the same words as on the screen."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from danvan.scoring.models import Ranking, Round, Score
from danvan.scoring.queries.progress import Progress
from danvan.scoring.queries.rankings import BlockTable, Row
from danvan.ui import workbooks, written

NAME = 31  # characters Excel allows in the name of a sheet


def ranking_workbook(
    round: Round, tables: Sequence[BlockTable], ranking: Ranking | None, now: Progress
) -> bytes:
    """One worksheet per block, A4 landscape. A draft says so in its second line."""
    book = _Book(round.title)
    columns = [
        (_("Hạng"), 7), (_("Cơ quan, đơn vị"), 44), (_("Điểm"), 10), (_("Điểm tối đa"), 12),
        (_("Tỷ lệ (%)"), 10), (_("Xếp loại"), 16), (_("Ghi chú"), 60),
    ]  # fmt: skip
    for table in tables:
        sheet = book.sheet(table.label)
        book.write(sheet, 0, [f"{_('Kết quả đánh giá, xếp loại')} – {table.label}"], "title")
        book.write(sheet, 1, [standing_words(ranking, now)], "plain")
        book.head(sheet, 3, columns)
        for place, row in enumerate(table.rows, start=4):
            book.write(sheet, place, _cells(row), "cell")
    if not tables:
        book.write(book.sheet(_("Kết quả")), 0, [_("Chưa có kết quả.")], "plain")
    return book.bytes()


def queue_workbook(round: Round, scores: Sequence[Score], names: Mapping[int, str]) -> bytes:
    """An office's queue: only its own marks stand in it."""
    book = _Book(round.title)
    sheet = book.sheet(_("Thẩm định"))
    book.write(sheet, 0, [f"{_('Thẩm định')} – {round.title}"], "title")
    columns = [
        (_("Đơn vị"), 44), (_("Mã"), 7), (_("Tiêu chí"), 50), (_("Tối đa"), 9), (_("Tự chấm"), 9),
        (_("Hệ thống tính"), 12), (_("Số minh chứng"), 12), (_("Thẩm định"), 10),
        (_("Chênh lệch"), 11), (_("Lý do"), 50),
    ]  # fmt: skip
    book.head(sheet, 3, columns)
    for place, s in enumerate(scores, start=4):
        claimed = s.claimed if s.arises else _("không phát sinh")
        cells = [
            names.get(s.sheet.unit_id, ""), s.criterion.code, s.criterion.title,
            s.criterion.max_points, claimed, s.computed, len(s.proofs.all()), s.verified,
            difference(s), s.verify_reason,
        ]  # fmt: skip
        book.write(sheet, place, cells, "cell")
    return book.bytes()


def standing_words(ranking: Ranking | None, now: Progress) -> str:
    """Draft with the share of verified points, or by which decision."""
    if ranking is not None:
        return str(ranking.decision)
    return _("DỰ THẢO – đã thẩm định %s điểm tiêu chí") % written.rate(
        now.scores_verified, now.scores
    )


def difference(score: Score) -> Decimal | None:
    """Verified less claimed; before verification, claimed less computed."""
    if not score.arises:
        return None
    if score.verified is not None:
        return score.verified - (score.claimed or Decimal(0))
    if score.claimed is None or score.computed is None:
        return None
    return score.claimed - score.computed


def note_words(row: Row) -> str:
    """Why not eligible, else which caps fired and on what ground."""
    if row.ineligible:
        return row.ineligible
    told = [
        _("%(title)s: không quá %(ceiling)s. %(ground)s") % cap
        for cap in row.caps
        if cap["ceiling"]
    ]
    return "; ".join([row.quota, *told] if row.quota else told)


def _cells(row: Row) -> list[Any]:
    if row.hidden:
        why = _("Ẩn đến khi thẩm định xong phần mình")
        return [None, row.name, None, None, None, None, why]
    band = row.band or _("Không đủ điều kiện xếp loại")
    return [row.rank, row.name, row.points, row.maximum, row.rate, band, note_words(row)]


class _Book:
    """One workbook: text is never taken as a formula, numbers stay numbers."""

    def __init__(self, title: str) -> None:
        self.out = io.BytesIO()
        self.book = workbooks.new(self.out, title)
        frame = {"border": 1, "text_wrap": True, "valign": "vcenter"}
        self.looks = {
            "title": self.book.add_format({"bold": True, "font_size": 14}),
            "plain": self.book.add_format({"italic": True}),
            "head": self.book.add_format({**frame, "bold": True, "align": "center"}),
            "cell": self.book.add_format(frame),
            "number": self.book.add_format({**frame, "num_format": "#,##0.00"}),
        }

    def sheet(self, name: str) -> xlsxwriter.worksheet.Worksheet:
        bare = "".join(c for c in name if c not in "[]:*?/\\")[:NAME]
        sheet = self.book.add_worksheet(bare)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return sheet

    def head(self, sheet: Any, row: int, columns: Sequence[tuple[str, int]]) -> None:
        for place, (label, width) in enumerate(columns):
            sheet.write_string(row, place, label, self.looks["head"])
            sheet.set_column(place, place, width)
        sheet.freeze_panes(row + 1, 0)
        sheet.repeat_rows(row)

    def write(self, sheet: Any, row: int, cells: Sequence[Any], look: str) -> None:
        for place, cell in enumerate(cells):
            if cell is None:
                sheet.write_blank(row, place, None, self.looks[look])
            elif isinstance(cell, Decimal):
                sheet.write_number(row, place, cell, self.looks["number"])
            elif isinstance(cell, int):
                sheet.write_number(row, place, cell, self.looks[look])
            else:
                sheet.write_string(row, place, str(cell), self.looks[look])

    def bytes(self) -> bytes:
        self.book.close()
        return self.out.getvalue()
