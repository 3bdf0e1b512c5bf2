"""Whether a sent file can be taken, and in words why not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from danvan.ui import written

# What offices send as proof. Programs and web pages are not among it.
KINDS = ("pdf", "docx", "doc", "xlsx", "xls", "pptx", "odt", "ods", "txt", "jpg", "jpeg", "png")

_ZIP, _OLE, _JPEG = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xd8\xff"
# How files of a kind begin: a renamed file is refused before somebody tries to open it.
BEGINNINGS = {
    "pdf": b"%PDF",
    "docx": _ZIP,
    "xlsx": _ZIP,
    "pptx": _ZIP,
    "odt": _ZIP,
    "ods": _ZIP,
    "doc": _OLE,
    "xls": _OLE,
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": b"\x89PNG",
}
# Some programs write a mark or blank lines before "%PDF"; readers look this far for it.
PDF_WITHIN = 1024


def accept(extensions: Sequence[str]) -> str:
    """For the ``accept`` attribute: the file window shows only these."""
    return ",".join(f".{e}" for e in extensions)


def rule(extensions: Sequence[str], max_bytes: int | None) -> str:
    """What is taken, as a sentence."""
    size = written.file_size(max_bytes or settings.MAX_FILE_BYTES)
    kinds = ", ".join(extensions)
    return _("Loại tệp: %(kinds)s; mỗi tệp tối đa %(size)s.") % {"kinds": kinds, "size": size}


lazy_rule = lazy(rule, str)


def inspect(file: UploadedFile, extensions: Sequence[str], max_bytes: int | None = None) -> None:
    """Raises ValidationError, naming the file, if it cannot be taken."""
    limit = max_bytes or settings.MAX_FILE_BYTES
    name = file.name or ""
    kind = PurePath(name).suffix.lower().lstrip(".")
    if not name or len(name) > 200:
        raise _wrong("name", _("Tên tệp “%(name)s” trống hoặc dài quá 200 ký tự."), name)
    # Only the upload handler knows that a file was cut: what arrived fits the limit.
    if getattr(file, "too_large", False) or (file.size or 0) > limit:
        text = _("Tệp “%(name)s” lớn quá %(size)s nên không được nhận.")
        raise _wrong("too_large", text, name, size=written.file_size(limit))
    if not file.size:
        raise _wrong("empty", _("Tệp “%(name)s” rỗng, không có nội dung."), name)
    if kind not in extensions:
        text = _("Tệp “%(name)s” không thuộc loại được nhận (%(kinds)s).")
        raise _wrong("kind", text, name, kinds=", ".join(extensions))
    if not _begins_as(file, kind):
        text = _("Tệp “%(name)s” không phải là tệp .%(kind)s thật hoặc đã hỏng.")
        raise _wrong("content", text, name, kind=kind)


def _begins_as(file: UploadedFile, kind: str) -> bool:
    if kind not in BEGINNINGS:
        return True
    file.seek(0)
    start = file.read(PDF_WITHIN)
    file.seek(0)
    return BEGINNINGS[kind] in start if kind == "pdf" else start.startswith(BEGINNINGS[kind])


def _wrong(code: str, text: str, name: str, **params: Any) -> ValidationError:
    shown = name if len(name) <= 80 else name[:77] + "…"
    return ValidationError(text, code=code, params={"name": shown, **params})
