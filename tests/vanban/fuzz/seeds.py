"""What fuzzing begins with: one document in every format, made on the spot."""

from __future__ import annotations

from tests.vanban import files
from tests.vanban import official_papers as papers
from tests.vanban.texts import organised
from vanban.reading import extract

WORDS = organised(
    "1. Giao Phòng Nội vụ chủ trì, phối hợp với UBND các phường, xã triển khai Quyết định số "
    "23-QĐ/TW ngày 30/7/2021, báo cáo trước ngày 10/12/2024.",
    "2. Phấn đấu 100% cán bộ, công chức được quán triệt; ít nhất 60% đơn vị xếp loại Tốt.",
    "3. Định kỳ hằng quý (trước ngày 20 của tháng cuối quý) gửi báo cáo.",
)
LEGACY = "QuyÕt ®Þnh cña ñy ban nh©n d©n tØnh vÒ viÖc thùc hiÖn c¸c ngµy cña n¨m\n" * 3


def seeds(reader: str) -> list[bytes]:
    """At least two documents of the reader's format."""
    official = [papers.plan(), papers.report(), papers.letter()]
    if reader == "docx":
        return official
    texts = [WORDS, *(extract(data, "a.docx")[0] for data in official)]
    if reader == "pdf":
        pages = [[(60.0, 780.0 - 18 * n, line[:90]) for n, line in enumerate(t.splitlines()[:40])]
                 for t in texts]  # fmt: skip
        return [files.pdf([page]) for page in pages] + [files.pdf(pages)]
    if reader == "html":
        table = "<table><tr><td>STT</td><td>Nội dung</td></tr><tr><td>1</td><td>x</td></tr></table>"
        body = "".join(f"<p>{line}</p>" for line in WORDS.splitlines())
        return [f"<!DOCTYPE html><html><body>{body}{table}</body></html>".encode(), body.encode()]
    if reader == "legacy":
        return [LEGACY.encode("latin-1"), WORDS.encode("cp1258", "replace")]
    if reader == "md":
        table = "| STT | Nội dung | Chủ trì |\n|---|---|---|\n| 1 | Rà soát | Sở Nội vụ |\n"
        return [f"# KẾ HOẠCH\n\n**{texts[0]}**\n\n{table}".encode(), texts[1].encode()]
    return [text.encode() for text in texts] + [WORDS.encode("utf-16")]
