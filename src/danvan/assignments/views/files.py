"""A file that was handed in, to those who may see the assignment."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from danvan.assignments import queries
from danvan.documents import downloads


@require_safe
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes as sent, under the name they were sent with; ``?xem=1`` shows PDF and images."""
    found = get_object_or_404(
        queries.attachments_visible_to(request.actor),  # type: ignore[attr-defined]
        pk=pk,
    )
    try:
        return downloads.send(found.file, found.name, shown=request.GET.get("xem") == "1")
    except downloads.Lost as lost:
        messages.error(request, str(lost))
        return redirect("assignments:detail", pk=found.submission.assignment_id)


@require_safe
def request_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper a unit sent with its request for more time."""
    found = get_object_or_404(
        queries.extensions_visible_to(request.actor).filter(file__isnull=False).distinct(),  # type: ignore[attr-defined]
        pk=pk,
    )
    try:
        return downloads.send(found.file, found.file_name, shown=request.GET.get("xem") == "1")  # type: ignore[arg-type]
    except downloads.Lost as lost:
        messages.error(request, str(lost))
        return redirect("assignments:detail", pk=found.assignment_id)
