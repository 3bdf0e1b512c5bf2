"""Bytes are stored once, by SHA-256, exactly as sent; many things may point at one file."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from danvan.kernel import clock
from danvan.kernel.models import StoredFile


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps at most MAX_FILE_BYTES of a sent file and marks one that was longer.

    The rest is read and dropped, so that the person gets a sentence instead of a cut line.
    """

    too_large = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.too_large = False
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > settings.MAX_FILE_BYTES:
            self.too_large = True
            return
        super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        self.file.too_large = self.too_large  # type: ignore[attr-defined]
        return super().file_complete(file_size)


def store(content: UploadedFile | bytes) -> StoredFile:
    """Keeps the bytes and returns their record; the same bytes give the same record.

    The bytes are on disk before the row is written: a row never points at nothing. A crash
    in between leaves bytes no row knows, which ``sweep`` removes.
    """
    chunks: Iterable[bytes] = [content] if isinstance(content, bytes) else content.chunks()
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=root, prefix="incoming-", delete=False) as incoming:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            incoming.write(chunk)
        incoming.flush()
        os.fsync(incoming.fileno())
    file, _ = StoredFile.objects.get_or_create(
        sha256=digest.hexdigest(), defaults={"size": size, "first_stored_at": clock.now()}
    )
    file.path.parent.mkdir(parents=True, exist_ok=True)
    os.replace(incoming.name, file.path)
    return file


def read(file: StoredFile) -> bytes:
    """The bytes as sent. Raises FileNotFoundError if the disk lost them."""
    data: bytes = file.path.read_bytes()
    return data


def sweep(older_than: float = 3600) -> int:
    """Removes bytes that no row knows (left by a crash); returns how many files went.

    Only files older than ``older_than`` seconds: a younger one may be about to get its row.
    """
    root, gone = Path(settings.MEDIA_ROOT), 0
    known = set(StoredFile.objects.values_list("sha256", flat=True))
    for path in root.rglob("*"):
        if not path.is_file() or path.name in known:
            continue
        if time.time() - path.stat().st_mtime > older_than:
            path.unlink()
            gone += 1
    return gone
