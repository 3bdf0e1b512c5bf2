"""Sending a stored file back, so that a browser saves it and never runs it."""

from __future__ import annotations

from pathlib import PurePath

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from danvan.kernel.models import StoredFile
from danvan.ui.downloads import DOCX, XLSX

# What may be named to the browser; anything else goes out as bytes.
TYPES = {
    "pdf": "application/pdf",
    "docx": DOCX,
    "doc": "application/msword",
    "xlsx": XLSX,
    "xls": "application/vnd.ms-excel",
    "txt": "text/plain; charset=utf-8",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}


# What a browser shows by itself without running anything of the sender's.
SHOWN = frozenset({"pdf", "jpg", "jpeg", "png"})


class Lost(Http404):
    """The disk lost the bytes. Its words are for the person who asked."""


def send(file: StoredFile, name: str, *, shown: bool = False) -> FileResponse:
    """The bytes under ``name``: as an attachment, or in the browser if ``shown`` and safe.

    The type comes from our own table, never from what the sender claimed. Raises Lost.
    """
    ending = PurePath(name).suffix.lower().lstrip(".")
    inline = shown and ending in SHOWN
    try:
        content = file.path.open("rb")
    except FileNotFoundError:
        told = _("Tệp “%(name)s” không còn trên máy chủ. Hãy báo người quản trị hệ thống.")
        raise Lost(told % {"name": name}) from None
    kind = TYPES.get(ending, "application/octet-stream")
    answer = FileResponse(content, as_attachment=not inline, filename=name, content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    if not inline:
        # A sandbox would also keep the browser's own PDF viewer from opening.
        answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    answer["ETag"] = f'"{file.sha256}"'
    return answer
