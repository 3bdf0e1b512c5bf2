"""``vanban.read``: every format, every way a file can be unfit, and that nothing else escapes."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import zipfile

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vanban import files
from tests.vanban.texts import plan
from vanban import (
    Damaged,
    EmptyFile,
    Encrypted,
    NotADocument,
    ReadingError,
    ScanWithoutText,
    TooLarge,
    UnsupportedFormat,
    read,
)
from vanban.reading import extract

LEFT = ["ỦY BAN NHÂN DÂN", "XÃ BÌNH MINH", "Số: 14/KH-UBND"]
RIGHT = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Bình Minh, ngày 12 tháng 01 năm 2024",
]
BODY = [
    "KẾ HOẠCH\nĐối thoại với người dân năm 2024",
    "Căn cứ Luật Tiếp công dân; Quyết định số 31/QĐ-UBND ngày 05/01/2024 của UBND thành phố về "
    "đối thoại;",
    "I. NỘI DUNG",
    "1. 100% khu phố tổ chức đối thoại ít nhất hai lần trong năm, bảo đảm công khai kết quả trả "
    "lời từng ý kiến.",
    "II. TỔ CHỨC THỰC HIỆN",
    "1. Công chức Văn phòng",
    "- Tham mưu UBND xã xây dựng lịch đối thoại của từng khu phố, gửi các khu phố chậm nhất ngày "
    "20/02/2024; "
    "tổng hợp ý kiến của người dân và theo dõi việc trả lời của các đơn vị có liên quan đến từng "
    "ý kiến.",
]
END_LEFT = ["Nơi nhận:", "- UBND thành phố;", "- Các khu phố;", "- Lưu: VT."]
END_RIGHT = ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Trần Văn Thí"]


def as_docx() -> bytes:
    return files.docx(LEFT, RIGHT, BODY, END_LEFT, END_RIGHT)


def as_pdf() -> bytes:
    return files.pdf(files.flow(LEFT, RIGHT, BODY, END_LEFT, END_RIGHT))


def as_html() -> bytes:
    def cell(lines: list[str]) -> str:
        return "<td>" + "".join(f"<p>{line}</p>" for line in lines) + "</td>"

    head = f"<table><tr>{cell(LEFT)}{cell(RIGHT)}</tr></table>"
    body = "".join(f"<p>{p}</p>".replace("\n", "<br>") for p in BODY)
    end = f"<table><tr>{cell(END_LEFT)}{cell(END_RIGHT)}</tr></table>"
    return f"<html><head><title>x</title></head><body>{head}{body}{end}</body></html>".encode()


def as_txt() -> bytes:
    return "\n\n".join(
        ["\n".join(LEFT), "\n".join(RIGHT), *BODY, "\n".join(END_LEFT), *END_RIGHT]
    ).encode()


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (as_docx, "a.docx"),
        (as_pdf, "a.pdf"),
        (as_html, "a.html"),
        (as_txt, "a.txt"),
        (as_txt, "a.md"),
    ],
)
def test_one_document_in_every_format(make: type, name: str) -> None:
    document = read(make(), name)
    header = document.header
    assert (header.number, header.symbol, header.type) == ("14", "KH-UBND", "Kế hoạch")
    assert (header.place, header.date) == ("Bình Minh", dt.date(2024, 1, 12))
    assert header.issuer == "Ủy ban nhân dân xã Bình Minh"
    assert header.subject == "Đối thoại với người dân năm 2024"
    assert header.recipients == ("UBND thành phố", "Các khu phố", "Lưu: VT")
    assert (header.signer, header.signer_position) == ("Trần Văn Thí", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH")
    assert [p.marker for p in document.provisions if p.heading] == ["I.", "1.", "II.", "1."]
    assert [c.text for c in document.citations] == [
        "Luật Tiếp công dân",
        "Quyết định số 31/QĐ-UBND ngày 05/01/2024",
    ]
    (due,) = [d.due for d in document.duties if d.due]
    assert due.date == dt.date(2024, 2, 20)
    assert [str(t.value) for t in document.targets] == ["100"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"]
)
def test_encodings(encoding: str) -> None:
    text = plan("1. Sở A báo cáo.")
    if encoding == "cp1258":  # this code page writes marks as characters of their own
        import unicodedata

        from vanban.text import split_tone

        text = "".join(
            c if c.isascii() or c in "đĐ" else "".join(split_tone(c))
            for c in unicodedata.normalize("NFC", text)
        )
        text = text.replace("“", '"').replace("”", '"')
    document = read(text.encode(encoding), "a.txt")
    assert document.header.issuer == "Ủy ban nhân dân phường An Bình"


def test_word_numbering_is_counted() -> None:
    document = docx.Document()
    for paragraph in (*LEFT, *RIGHT, *BODY[:2]):
        document.add_paragraph(paragraph)
    document.add_paragraph("Rà soát", style="List Number")
    document.add_paragraph("Công khai", style="List Number")
    out = io.BytesIO()
    document.save(out)
    assert [p.marker for p in read(out.getvalue(), "a.docx").provisions if p.heading] == [
        "1.",
        "2.",
    ]


def test_tracked_changes_count_as_accepted() -> None:
    source = io.BytesIO(as_docx())
    out = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            data = old.read(entry)
            if entry == "word/document.xml":
                data = data.replace(
                    "<w:t>I. NỘI DUNG</w:t></w:r>".encode(),
                    "<w:t>I. NỘI </w:t></w:r><w:del><w:r><w:delText>CŨ</w:delText></w:r></w:del>"
                    "<w:ins><w:r><w:t>DUNG MỚI</w:t></w:r></w:ins>".encode(),
                )
            new.writestr(entry, data)
    provisions = read(out.getvalue(), "a.docx").provisions
    assert "NỘI DUNG MỚI" in [p.text for p in provisions]


def test_markup_inside_html_scripts_is_left_alone() -> None:
    page = as_html().replace(b"<body>", b"<body><script>1. x</script><style>2. y</style>")
    assert read(page, "a.html").provisions == read(as_html(), "a.html").provisions


# ---- what cannot be read -----------------------------------------------------------------


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


W = (
    b"<w:document "
    b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
)
BOMB = (
    b"<!DOCTYPE b [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>"
    + W % b"<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURE = W % b"<w:p><w:r><w:drawing/></w:r></w:p>"

UNFIT: list[tuple[str, bytes, str, type[ReadingError]]] = [
    ("empty", b"", "a.txt", EmptyFile),
    ("blank", b" \n\t ", "a.docx", EmptyFile),
    (
        "recipe",
        "Phở bò\n\nNguyên liệu:\n- 1 kg xương bò\n- 2 củ hành\n\n1. Ninh xương.\n2. Nêm nước "
        "mắm.".encode(),
        "a.txt",
        NotADocument,
    ),
    ("csv", b"ten,tuoi\nAn,12\nBinh,13\n", "a.txt", NotADocument),
    ("picture", b"\x89PNG\r\n\x1a\n" + bytes(200), "a.png", UnsupportedFormat),
    ("binary text", bytes(range(256)) * 8, "a.txt", UnsupportedFormat),
    ("old word file", OLE + bytes(600), "a.doc", UnsupportedFormat),
    ("locked docx", OLE + bytes(100) + "EncryptedPackage".encode("utf-16-le"), "a.docx", Encrypted),
    ("no docx", b"hello", "a.docx", Damaged),
    ("no pdf", b"hello", "a.pdf", Damaged),
    ("cut docx", b"PK\x03\x04word/ and then nothing", "a.docx", Damaged),
    ("other zip", zipped(a_xml=b"<a/>"), "a.docx", UnsupportedFormat),
    ("xml of nothing", zipped(word__document_xml=b"<a/>"), "a.docx", Damaged),
    ("broken xml", zipped(word__document_xml=b"<a><b>"), "a.docx", Damaged),
    ("entity bomb", zipped(word__document_xml=BOMB), "a.docx", Damaged),
    ("picture docx", zipped(word__document_xml=PICTURE), "a.docx", ScanWithoutText),
    ("zip bomb", zipped(word__document_xml=W % (b" " * 30_000_000)), "a.docx", TooLarge),
    ("cut pdf", b"%PDF-1.7\n1 0 obj", "a.pdf", Damaged),
    ("html entity", b"<!DOCTYPE html [<!ENTITY a 'b'>]><p>&a;</p>", "a.html", Damaged),
    ("broken utf-16", b"\xff\xfe\x00\xd8a", "a.txt", Damaged),
]


@pytest.mark.parametrize(("case", "data", "name", "error"), UNFIT, ids=[case[0] for case in UNFIT])
def test_unfit_files(case: str, data: bytes, name: str, error: type[ReadingError]) -> None:
    with pytest.raises(ReadingError) as caught:
        read(data, name)
    assert type(caught.value) is error
    assert caught.value.message.endswith(".")


def test_locked_and_scanned_pdf() -> None:
    pages = files.flow(LEFT, RIGHT, BODY, END_LEFT, END_RIGHT)
    with pytest.raises(Encrypted):
        read(files.pdf(pages, encrypt="bimat"), "a.pdf")
    with pytest.raises(ScanWithoutText):
        read(files.pdf([[], []]), "a.pdf")


def test_the_size_is_asked_first() -> None:
    with pytest.raises(TooLarge, match="MB"):
        read(b"a" * 2000, "a.txt", max_bytes=1000)


SLOW_OK = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@SLOW_OK
@given(
    st.binary(max_size=400),
    st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.pdf", "a", "a.bin"]),
)
def test_any_bytes_give_a_document_or_a_named_error(data: bytes, name: str) -> None:
    for prefix in (b"", b"%PDF-1.7\n", b"PK\x03\x04"):
        with contextlib.suppress(ReadingError):
            read(prefix + data, name)


PARTS = st.sampled_from(
    [
        "|",
        "\n",
        "\n\n",
        "Số: 1/KH-",
        "Luật ",
        "ngày 1/1/2024 ",
        "I. ",
        "1. ",
        "a) ",
        "- ",
        "Nơi nhận:\n",
        "KT. CHỦ TỊCH\n",
        "Cơ quan chủ trì: ",
        "trước ngày ",
        "100% ",
        "Sở Nội vụ ",
        "báo cáo ",
        "“",
        "”",
        "(",
        "**",
        "PHỤ LỤC\n",
        "STT\nNội dung\nĐơn vị thực hiện\n1\n",
        "| a | b |\n",
        "giao ",
        ": ",
        "; ",
        "\u0301",
        "\x00",
        "Điều 1. ",
        "có trách nhiệm:\n",
    ]
)


@SLOW_OK
@given(st.lists(PARTS | st.text(max_size=12), max_size=60))
def test_any_text_after_a_header_compiles_and_spans_stay_inside(parts: list[str]) -> None:
    text = plan("1. Việc.", heading="I. NỘI DUNG\n\n" + "".join(parts))
    try:
        document = read(text.encode("utf-8", "ignore"), "a.txt")
    except UnsupportedFormat:
        return  # more control characters than a text has
    size = len(document.text)
    spans = [p.span for p in document.provisions] + [d.span for d in document.duties]
    spans += [s for c in document.citations for s in c.spans] + [t.span for t in document.targets]
    assert all(0 <= span.start <= span.end <= size for span in spans)


@SLOW_OK
@given(st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=12)), max_size=6))
def test_a_torn_document_part_never_breaks_out(wounds: list[tuple[int, bytes]]) -> None:
    with zipfile.ZipFile(io.BytesIO(as_docx())) as archive:
        xml = bytearray(archive.read("word/document.xml"))
    for place, wound in wounds:
        xml[place : place + len(wound) // 2] = wound
    with contextlib.suppress(ReadingError):
        read(zipped(word__document_xml=bytes(xml)), "a.docx")


def test_tables_within_tables_are_read_once() -> None:
    """Found by fuzzing: the rows of an inner table were read again for every outer one."""
    deep = 40
    page = "<table><tr><td>ngoài" * deep + "<p>trong</p>" + "</td></tr></table>" * deep
    text, _format = extract(f"<!DOCTYPE html><html><body>{page}</body></html>".encode(), "a.html")
    assert text.count("trong") == 1
    assert text.count("ngoài") == deep
