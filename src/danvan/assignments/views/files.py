"""A file that was handed in, to those who may see the assignment."""

from __future__ import annotations

from pathlib import PurePath

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from danvan.assignments import queries

# By our own table, never by what the sender claimed; all else is only ever downloaded.
CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}


@require_safe
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes as sent, under the name they were sent with; ``?xem=1`` shows PDF and images."""
    found = get_object_or_404(
        queries.attachments_visible_to(request.actor),  # type: ignore[attr-defined]
        pk=pk,
    )
    kind = CONTENT_TYPES.get(PurePath(found.name).suffix.lower())
    try:
        content = found.file.path.open("rb")
    except FileNotFoundError:
        return _lost(request, found.submission.assignment_id, found.name)
    response = FileResponse(
        content,
        as_attachment=not (kind and request.GET.get("xem") == "1"),
        filename=found.name,
        content_type=kind or "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _lost(request: HttpRequest, assignment: int, name: str) -> HttpResponse:
    """The disk lost the bytes: say so on the page that shows the file."""
    text = _("Tệp “%(name)s” không còn trên máy chủ. Hãy báo người quản trị hệ thống.")
    messages.error(request, text % {"name": name})
    return redirect("assignments:detail", pk=assignment)
