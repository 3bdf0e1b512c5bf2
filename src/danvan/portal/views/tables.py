"""Open data: what there is, and each table as CSV."""

from __future__ import annotations

import csv
import io

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from danvan.kernel import clock
from danvan.portal.open_data import TABLES
from danvan.ui.downloads import attachment

# A cell that begins so would be a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_safe
@login_not_required
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/data.html", {"tables": TABLES.items()})


@require_safe
@login_not_required
def table(request: HttpRequest, name: str) -> HttpResponse:
    """UTF-8 with a mark at the front, so that Excel reads the letters."""
    if (held := TABLES.get(name)) is None:
        raise Http404
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(held.columns)
    for row in held.rows(clock.today()):
        writer.writerow([_plain(cell) for cell in row])
    return attachment(b"\xef\xbb\xbf" + out.getvalue().encode(), f"{name}.csv", "text/csv")


def _plain(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
