"""The heat map of a round: units × criteria, every cell a number on a colour, leading to its score.

Thousands of cells stand on one page. The template's loop takes thirty times as long as joining
the strings, so the cells of a row are joined here; a text is escaped once for all cells that show
it, and everything else in a cell is a number of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from danvan.scoring import hundredths
from danvan.scoring.models import Criterion
from danvan.scoring.queries.heat import Point
from danvan.ui import states, written

UNITS = 100  # rows of one page


def rows(
    units: Iterable[tuple[int, str]],
    criteria: Sequence[Criterion],
    points: Mapping[int, Mapping[int, Point]],
    veiled: Iterable[int] = (),
) -> SafeString:
    """A <tr> for each of ``units`` (sheet, name); those of ``veiled`` sheets without points."""
    hidden, drawn = set(veiled), cells_of(criteria)
    before, after = reverse("scoring:result", args=[0]).split("0")
    said = escape(_("Ẩn đến khi thẩm định xong: điểm của các cơ quan thẩm định độc lập với nhau."))
    veil = f'<td colspan="{len(criteria)}" class="muted">{said}</td>'
    parts = (
        f'<tr><th scope="row"><a href="{before}{sheet}{after}">{escape(name)}</a></th>'
        f"{veil if sheet in hidden else drawn(points.get(sheet, {}))}</tr>"
        for sheet, name in units
    )
    # Addresses of ours, cells whose texts are escaped, and names that are escaped here.
    return SafeString("".join(parts))


def cells_of(criteria: Sequence[Criterion]) -> Callable[[Mapping[int, Point]], str]:
    """A function that writes the cells of a sheet in the order of ``criteria``.

    A cell is the address of its score and, behind it, what all cells of that value share.
    """
    before, after = reverse("scoring:thread", args=[0]).split("0")
    head, columns = f'<td class="cell"><a href="{before}', [(c.pk, _looks_of(c)) for c in criteria]
    not_arising, nobody = _end("na", _("không phát sinh")), _end("na", _("chưa chấm"))

    def drawn(held: Mapping[int, Point]) -> str:
        cells = []
        for key, looks in columns:
            if key not in held:
                cells.append('<td class="cell"></td>')
                continue
            score, found, arises = held[key]
            if not arises:
                end = not_arising
            elif found is None:
                end = nobody
            else:
                end = looks[found]
            cells.append(f"{head}{score}{after}{end}")
        return "".join(cells)

    return drawn


def _end(level: str, text: str) -> str:
    """What follows the address in a cell; the text is escaped here."""
    return f'" class="heat heat-{level}">{escape(text)}</a></td>'


class _Looks(dict[int, str]):
    """Hundredths → the end of their cell: worked out once for each value that occurs."""

    def __init__(self, maximum: Decimal, taken_off: bool) -> None:
        self.maximum, self.taken_off = maximum, taken_off

    def __missing__(self, found: int) -> str:
        points = hundredths.points(found)
        # Of what is taken off, the less the better.
        good = self.maximum - points if self.taken_off else points
        end = _end(states.heat_level(good, self.maximum), written.number(points))
        self[found] = end
        return end


@lru_cache(maxsize=200)
def _looks(maximum: Decimal, taken_off: bool) -> _Looks:
    """Kept from page to page: points have two decimals, so no criterion has many values."""
    return _Looks(maximum, taken_off)


def _looks_of(criterion: Criterion) -> _Looks:
    return _looks(criterion.max_points, criterion.kind == Criterion.Kind.DEDUCTION)
