"""Files made to hurt: each a named error within 5 s and 512 MB, in a process of its own."""

from __future__ import annotations

import io
import subprocess
import sys
import textwrap
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.vanban import files
from tests.vanban import official_papers as papers
from vanban import read
from vanban.checking import check
from vanban.errors import TooLarge

CHILD = textwrap.dedent(
    """
    import pathlib, resource, sys, time
    from vanban.errors import ReadingError
    from vanban.reading import read
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    path, began = pathlib.Path(sys.argv[1]), time.monotonic()
    try:
        read(path.read_bytes(), path.name)
        told = "read"
    except ReadingError as error:
        told = type(error).__name__
    used = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(told, round(time.monotonic() - began, 2), used)
    """
)


def pages_of_pdf() -> bytes:
    return files.pdf([[(60, 780, f"Trang {n}")] for n in range(10_000)])


def pages_of_docx() -> bytes:
    """A plan whose text fills some ten thousand pages."""
    parts = papers.parts(papers.plan())
    paragraph = "<w:p><w:r><w:t>" + "Nội dung công tác dân vận. " * 90 + "</w:t></w:r></w:p>"
    main = parts["word/document.xml"]
    at = main.rindex(b"<w:sectPr")
    parts["word/document.xml"] = main[:at] + (paragraph * 10_000).encode() + main[at:]
    return papers.repacked(parts)


def flat_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\x00" * 200_000_000)
    return out.getvalue()


def many_entries() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(70_000):
            archive.writestr(f"word/{n}.xml", b"")
    return out.getvalue()


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    parts = papers.parts(papers.plan())
    parts["word/document.xml"] = (
        f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{entities}]><w>&l9;</w>'.encode()
    )
    return papers.repacked(parts)


def bomb_in_a_bomb() -> bytes:
    """A main part that is itself an archive of zeros: nothing inside an archive is unpacked."""
    parts = papers.parts(papers.plan())
    parts["word/document.xml"] = flat_bomb()
    return papers.repacked(parts)


def outside_entity() -> bytes:
    parts = papers.parts(papers.plan())
    parts["word/document.xml"] = (
        b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
    )
    return papers.repacked(parts)


def stream_bomb() -> bytes:
    """A page of a PDF whose packed content is 300 MB of blanks."""
    packed = zlib.compress(b" " * 300_000_000, 9)
    return (
        (
            b"%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj\n"
            b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(packed)
        )
        + packed
        + b"\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>\n%%EOF\n"
    )


def test_the_directory_of_an_archive_is_counted_before_it_is_read() -> None:
    """``zipfile`` makes an object of every line: five seconds of a busy machine for 70 000."""
    data = many_entries()
    began = time.process_time()
    for refused in (lambda: read(data, "tep.docx"), lambda: check(data)):
        with pytest.raises(TooLarge):
            refused()
    assert time.process_time() - began < 0.5
    fits = papers.parts(papers.plan()) | {f"word/media/{n}.png": b"" for n in range(4_000)}
    assert read(papers.repacked(fits), "ke-hoach.docx").header.number


HOSTILE = {
    "nothing.docx": (lambda: b"", "EmptyFile"),
    "nothing.pdf": (lambda: b"", "EmptyFile"),
    "zeros.txt": (lambda: b"\x00" * 1_000_000, "EmptyFile"),
    "bomb.docx": (flat_bomb, "TooLarge"),
    "entries.docx": (many_entries, "TooLarge"),
    "laughs.docx": (laughs, "Damaged"),
    "nested.docx": (bomb_in_a_bomb, "Damaged"),
    "outside.docx": (outside_entity, "Damaged"),
    "stream.pdf": (stream_bomb, "Damaged"),
    "locked.docx": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "Encrypted",
    ),
    "locked.pdf": (lambda: files.pdf([[(60, 780, "Trang")]], encrypt="bimat"), "Encrypted"),
    "cut.pdf": (lambda: files.pdf([[(60, 780, "Trang")]])[:300], "Damaged"),
    "cut.docx": (lambda: papers.plan()[:3_000], "Damaged"),
    "pages.pdf": (pages_of_pdf, "TooLarge"),
    "pages.docx": (pages_of_docx, "TooLarge"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_a_named_error_in_time_and_in_little_memory(
    name: str, tmp_path: Path
) -> None:
    make, expected = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)], capture_output=True, text=True, check=True,
        cwd=ROOT / "src", timeout=60,
    )  # fmt: skip
    told, seconds, megabytes = done.stdout.split()
    assert told == expected
    assert float(seconds) < 5
    assert int(megabytes) < 512
