"""(a) Reading the seed: from bytes to findings, as .txt and as .docx."""

from __future__ import annotations

import io
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
    return lines
