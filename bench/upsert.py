"""The bare upsert of a sheet's rows: what saving is measured against, alone and as a view."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt


@cache
def statement(vendor: str, rows: int) -> str:
    """One INSERT … ON CONFLICT of ``rows`` rows: id, sheet, criterion, claimed, reason."""
    mark = "?" if vendor == "sqlite" else "%s"
    row = f"({', '.join([mark] * 5)}, true, '', '')"
    return (
        "INSERT INTO scoring_score (id, sheet_id, criterion_id, claimed, claim_reason, arises, "
        f"computed_said, verify_reason) VALUES {', '.join([row] * rows)} "
        "ON CONFLICT (id) DO UPDATE SET claimed = excluded.claimed, "
        "claim_reason = excluded.claim_reason, arises = excluded.arises"
    )


@login_not_required
@csrf_exempt
def upsert(request: HttpRequest, sheet: int) -> HttpResponse:
    """Reads the boxes of the sheet's form and upserts the scores; asks and records nothing."""
    from django.db import connection

    from danvan.scoring.models import Score

    held = dict(Score.objects.filter(sheet=sheet).values_list("criterion", "pk"))
    rows: list[object] = []
    for name, value in request.POST.items():
        if name.startswith("claimed_"):
            criterion = int(name.removeprefix("claimed_"))
            reason = request.POST.get(f"reason_{criterion}", "")
            rows += [held[criterion], sheet, criterion, str(value).replace(",", "."), reason]
    with connection.cursor() as cursor:
        cursor.execute(statement("django", len(rows) // 5), rows)
    return HttpResponse(status=302, headers={"Location": "/"})
