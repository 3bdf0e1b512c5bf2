"""The cells of the matrix as HTML: six thousand of them on a page, too many for template tags."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from danvan.assignments.matrix import Cell, Matrix, Row
from danvan.ui.templatetags.ui import status


class Drawing:
    """The rows of one matrix. Addresses are made once, states drawn once for each word."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.detail = reverse("assignments:detail", args=[0]).removesuffix("0/")
        self.periods = reverse("assignments:all")
        self.state = cache(lambda look, said: status(look, label=said))
        self.waiting = format_html("<small>{}</small>", _("chờ xem xét"))

    def groups(self) -> list[tuple[str, list[tuple[str, SafeString]]]]:
        """(block, (name, cells) of each row), in the order of the matrix."""
        return [
            (label, [(row.name, self.cells(row)) for row in rows])
            for label, rows in self.matrix.groups
        ]

    def cells(self, row: Row) -> SafeString:
        """Every cell of a row: a link to what is behind it, or that nothing is asked."""
        return format_html_join("", "<td>{}</td>", ((self._cell(row, c),) for c in row.cells))

    def _cell(self, row: Row, cell: Cell) -> SafeString:
        if cell.assignment is not None:
            url = f"{self.detail}{cell.assignment.pk}/"
        elif cell.task is not None:
            year = self.matrix.programme.year
            asked = {"nam": year, "don_vi": row.unit, "nhiem_vu": cell.task}
            url = f"{self.periods}?{urlencode(asked)}"
        else:
            return format_html('<span class="muted">{}</span>', cell.status.word)
        drawn = self.state(cell.status.look, cell.status.said)
        waiting = self.waiting if cell.waiting else ""
        return format_html('<a class="standing" href="{}">{}{}</a>', url, drawn, waiting)
