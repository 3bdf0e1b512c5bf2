"""Files made on the spot for tests: a .docx by python-docx, a .pdf written by hand.

The PDF has one Type 0 font whose character codes are the code points themselves and a
ToUnicode CMap that says so: enough for a reader, no font file needed.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence

from docx import Document

CMAP = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapName /Own-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
100 beginbfrange
%s
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def cmap() -> bytes:
    ranges = b"\n".join(b"<%02X00> <%02XFF> <%02X00>" % (high, high, high) for high in range(100))
    return CMAP % ranges


Line = tuple[float, float, str]
Rule = tuple[float, float, float, float]


def pdf(
    pages: Sequence[Sequence[Line]],
    size: float = 13,
    encrypt: str | None = None,
    rules: Sequence[Sequence[Rule]] = (),
) -> bytes:
    """A PDF with lines at given places (points from the left and the bottom).

    ``rules`` are straight strokes of each page, from one point to another.
    """
    objects: list[bytes] = [b""] * 6
    kids = []
    for at, page in enumerate(pages):
        strokes = rules[at] if at < len(rules) else ()
        content = b"".join(b"%g %g m %g %g l S\n" % stroke for stroke in strokes)
        content += b"BT /F1 %g Tf\n" % size
        for x, y, text in page:
            if strokes:  # as word processors do: each piece a text object of its own
                content += b"ET\nBT /F1 %g Tf\n" % size
            content += b"1 0 0 1 %g %g Tm <%s> Tj\n" % (
                x,
                y,
                text.encode("utf-16-be").hex().encode(),
            )
        content += b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects[2] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
    )
    objects[3] = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /DW 500"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        b"/FontDescriptor 6 0 R >>"
    )
    table = cmap()
    objects[4] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(table), table)
    objects[5] = b"<< /Type /FontDescriptor /FontName /Own /Flags 4 /FontBBox [0 0 1000 1000] >>"
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(
        b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    )
    if encrypt is None:
        return out.getvalue()
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(out.getvalue()))
    writer.encrypt(encrypt, algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


def flow(
    left: Sequence[str],
    right: Sequence[str],
    body: Sequence[str],
    end_left: Sequence[str],
    end_right: Sequence[str],
    width: int = 88,
) -> list[list[Line]]:
    """Pages of an official document: two-column header, wrapped body, two-column signature."""
    pages: list[list[Line]] = [[]]
    y = 780.0

    def row(cells: Sequence[tuple[float, str]], step: float = 17) -> None:
        nonlocal y
        if y < 60:
            pages.append([(290, 810, str(len(pages) + 1))])
            y = 780.0
        pages[-1].extend((x, y, text) for x, text in cells if text)
        y -= step

    for i in range(max(len(left), len(right))):
        row([(60, left[i] if i < len(left) else ""), (320, right[i] if i < len(right) else "")])
    y -= 14
    for paragraph in body:
        for piece in paragraph.split("\n"):
            for line in textwrap.wrap(piece, width) or [""]:
                row([(70, line)])
        y -= 8
    y -= 14
    for i in range(max(len(end_left), len(end_right))):
        row(
            [
                (60, end_left[i] if i < len(end_left) else ""),
                (360, end_right[i] if i < len(end_right) else ""),
            ]
        )
    return pages


def docx(
    left: Sequence[str],
    right: Sequence[str],
    body: Sequence[str],
    end_left: Sequence[str],
    end_right: Sequence[str],
) -> bytes:
    """The same document as a .docx with header and signature in two-column tables."""
    document = Document()
    head = document.add_table(2, 2)
    head.cell(0, 0).text, head.cell(0, 1).text = "\n".join(left[:-1]), "\n".join(right[:-1])
    head.cell(1, 0).text, head.cell(1, 1).text = left[-1], right[-1]
    for paragraph in body:
        document.add_paragraph(paragraph)
    end = document.add_table(1, 2)
    end.cell(0, 0).text, end.cell(0, 1).text = "\n".join(end_left), "\n".join(end_right)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
