"""Sending a stored file back, so that a browser saves it and never runs it."""

from __future__ import annotations

from pathlib import PurePath

from django.http import FileResponse, Http404

from danvan.kernel.models import StoredFile

# What may be named to the browser; anything else goes out as bytes.
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "txt": "text/plain; charset=utf-8",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}


def send(file: StoredFile, name: str) -> FileResponse:
    """The bytes as an attachment under ``name``. 404 if the disk lost them."""
    kind = TYPES.get(PurePath(name).suffix.lower().lstrip("."), "application/octet-stream")
    try:
        content = file.path.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    answer["ETag"] = f'"{file.sha256}"'
    return answer
