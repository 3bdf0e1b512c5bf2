"""(d) Reading a .docx of about 30 pages beside bare zip + lxml, and beside LibreOffice.

Three things are timed in turn on the same bytes: the text with its lines (``extract``), the
whole compile (``read``), and the floor, ``zipfile`` and lxml going over every ``w:t``. A
headless LibreOffice converts the same file to text once, where it is installed.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path

from lxml import etree

from bench.timing import median_seconds

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAGES = 30
# A page of 13 pt text with the decree's margins takes about this many characters.
PAGE = 2_600


def thirty_pages() -> bytes:
    """A plan written by ``vanban.writing`` whose text fills about 30 pages."""
    from vanban import writing

    sentence = (
        "Giao Phòng Nội vụ chủ trì, phối hợp với các cơ quan, đơn vị và UBND các phường, xã "
        "triển khai thực hiện Quyết định số {n}/QĐ-UBND ngày 19/8/2022; báo cáo kết quả trước "
        "ngày {day:02d}/10/2023. Phấn đấu 100% cán bộ, công chức được quán triệt. "
    )
    body: list[writing.Block] = []
    size = n = 0
    while size < PAGES * PAGE:
        n += 1
        text = sentence.format(n=n, day=n % 28 + 1) * 2
        if n % 10 == 1:
            body.append(writing.Heading(f"{n // 10 + 1}. Nhóm nhiệm vụ {n // 10 + 1}", 2))
        body.append(writing.Paragraph(text))
        size += len(text)
    return writing.plan(
        letterhead=writing.Letterhead(None, "Ủy ban nhân dân thành phố Tây Ninh", "TP. Tây Ninh"),
        number="49", symbol="KH-UBND", date=None, subject="Thực hiện công tác dân vận",
        body=body, signature=writing.Signature(("CHỦ TỊCH",), "Nguyễn Văn A"),
        recipients=("Như trên", "Lưu: VT"),
    )  # fmt: skip


def bare(data: bytes) -> int:
    """The floor: unzip, parse, go over the text nodes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return sum(len(node.text or "") for node in root.iter(f"{W}t"))


def run() -> list[str]:
    from vanban.reading import extract, read

    data = thirty_pages()
    floor = median_seconds(lambda: bare(data))
    text = median_seconds(lambda: extract(data, "a.docx"))
    whole = median_seconds(lambda: read(data, "a.docx"), runs=3)
    lines = [
        f"(d) .docx of about {PAGES} pages ({bare(data)} characters): bare zip + lxml "
        f"{floor * 1000:.1f} ms; text with its lines {text * 1000:.1f} ms ({text / floor:.1f} ×); "
        f"compiled to tasks, targets, citations {whole * 1000:.0f} ms ({whole / floor:.0f} ×)"
    ]
    if office := shutil.which("soffice"):
        took = by_office(office, data)
        lines.append(
            f"(d) LibreOffice, headless, the same file to text: {took:.2f} s; our text takes "
            f"1/{took / text:.0f} of it, the whole compile 1/{took / whole:.0f}"
        )
    else:
        lines.append("(d) LibreOffice is not installed here: not compared")
    return lines


def by_office(office: str, data: bytes) -> float:
    """Seconds of one conversion, after one that warms its profile up."""
    took = 0.0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.docx"
        file.write_bytes(data)
        command = [
            office, "--headless", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", "txt:Text", "--outdir", folder, str(file),
        ]  # fmt: skip
        for _ in range(2):
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, timeout=240)
            took = time.perf_counter() - started
    return took
