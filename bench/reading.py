"""(a) Reading the seed: from bytes to findings, as .txt and as .docx; 1 MB against half of it."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path

from bench.timing import median_seconds

SEED = Path(__file__).parent.parent / "src" / "danvan" / "demo" / "data" / "ke-hoach-49.txt"


def as_docx(text: str) -> bytes:
    import docx

    document, out = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def long_plan(size: int) -> str:
    """The seed's sections again and again, ``size`` bytes of UTF-8, under the seed's header."""
    text = SEED.read_text()
    at = re.search(r"\n\W*I\. ", text)
    assert at, "the seed has a section I"
    head, body = text[: at.start()], text[at.start() :]
    return (head + body * (size // len(body.encode()) + 1)).encode()[:size].decode(errors="ignore")


def doubled() -> str:
    """Processor time of 1 MB and of half of it, the least of two runs each."""
    import vanban

    took = {}
    for size in (500_000, 1_000_000):
        data = long_plan(size).encode()
        runs = []
        for _ in range(2):
            started = time.process_time()
            vanban.read(data, "a.txt")
            runs.append(time.process_time() - started)
        took[size] = min(runs)
    half, whole = took.values()
    return (
        f"(a) plain text of 1 MB: {whole:.1f} s, of half: {half:.1f} s "
        f"({whole / half:.2f} × for double the text; at most 2.2)"
    )


def run() -> list[str]:
    import vanban

    data = SEED.read_bytes()
    lines = []
    for name, content in (("seed.txt", data), ("seed.docx", as_docx(data.decode()))):
        found = vanban.read(content, name)
        took = median_seconds(lambda c=content, n=name: vanban.read(c, n))
        lines.append(
            f"(a) reading {name}: {took:.3f} s, {1 / took:.1f} documents/s, "
            f"{len(found.provisions)} provisions, {len(found.citations)} citations, "
            f"{len(found.duties)} duties, {len(found.targets)} targets"
        )
    return [*lines, doubled()]
