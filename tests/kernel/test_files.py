"""Bytes are kept once, as sent; leftovers of a crash are swept; uploads are bounded."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from danvan.kernel import files
from danvan.kernel.models import StoredFile

pytestmark = pytest.mark.django_db


def test_the_same_bytes_are_kept_once(settings) -> None:
    first = files.store("Kế hoạch".encode())
    again = files.store(SimpleUploadedFile("khac-ten.txt", "Kế hoạch".encode()))
    assert first == again
    assert first.size == len("Kế hoạch".encode())
    assert first.sha256 == hashlib.sha256("Kế hoạch".encode()).hexdigest()
    kept = [p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()]
    assert kept == [first.path]
    assert files.read(first) == "Kế hoạch".encode()


def test_other_bytes_are_another_file() -> None:
    assert files.store(b"a") != files.store(b"b")
    assert StoredFile.objects.count() == 2


def test_lost_bytes_are_an_error_not_an_empty_file() -> None:
    file = files.store(b"x")
    file.path.unlink()
    with pytest.raises(FileNotFoundError):
        files.read(file)
    assert files.read(files.store(b"x")) == b"x", "storing again heals it"


def test_sweep_removes_only_old_bytes_no_row_knows(settings) -> None:
    kept = files.store("giữ".encode())
    root = Path(settings.MEDIA_ROOT)
    old, young = root / "incoming-cu", root / "incoming-moi"
    old.write_bytes(b"x")
    young.write_bytes(b"y")
    hours_ago = time.time() - 7200
    os.utime(old, (hours_ago, hours_ago))
    os.utime(kept.path, (hours_ago, hours_ago))
    assert files.sweep() == 1
    assert not old.exists()
    assert young.exists()
    assert kept.path.exists()


def test_an_upload_is_cut_at_the_bound_and_marked(settings) -> None:
    settings.MAX_FILE_BYTES = 1000
    sent = SimpleUploadedFile("lon.txt", b"x" * 300_000)
    request = RequestFactory().post("/", {"file": sent})
    got = request.FILES["file"]
    assert got.too_large
    assert len(got.read()) <= 1000, "what is over the bound was read and dropped"


def test_an_upload_within_the_bound_is_whole(settings) -> None:
    settings.MAX_FILE_BYTES = 1000
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("nho.txt", b"x" * 1000)})
    got = request.FILES["file"]
    assert not got.too_large
    assert got.read() == b"x" * 1000


def test_the_nightly_run_says_what_it_swept(settings) -> None:
    import datetime as dt
    import io

    from django.core.management import call_command

    from danvan.kernel import clock, throttling

    old = Path(settings.MEDIA_ROOT) / "incoming-cu"
    old.write_bytes(b"x")
    os.utime(old, (0, 0))
    with clock.set_to(dt.date(2023, 4, 3)):
        throttling.count("thử", "a", times=1, within=dt.timedelta(minutes=1))
    out = io.StringIO()
    call_command("sweep_files", stdout=out)
    assert out.getvalue() == "Đã dọn 1 tệp, 1 lượt đếm.\n"


def test_a_file_is_told_by_the_beginning_of_its_digest() -> None:
    assert str(files.store(b"x")) == hashlib.sha256(b"x").hexdigest()[:12]
