"""The components of page 1 and of the signature block (Nghị định 30/2020, Phụ lục I).

The two-column header reaches us as a table, as lines in reading order or with both columns on
one line, so components are cut out of the text by their own form and not by their place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vanban import symbols
from vanban.casing import is_capitals, name_case, subject_case
from vanban.dates import day
from vanban.doctypes import HEADINGS
from vanban.layout import Block, Paragraph, Piece
from vanban.model import Header, Span
from vanban.text import sentence_case, squeeze, vi_regex

# longer names first: "THÔNG BÁO KẾT LUẬN" before "THÔNG BÁO"
_TYPES = "|".join(
    re.escape(name.upper()).replace(r"\ ", r"\s+")
    for name in sorted(HEADINGS, key=len, reverse=True)
)
# KẾ HOẠCH · QUYẾT ĐỊNH: · KẾ HOẠCH Thực hiện công tác …
_TYPE_LINE = re.compile(rf"(?P<type>{_TYPES})\s*:?(?:\s+(?P<title>\S.*))?$")
_NATION = re.compile(
    r"C[ỘÔ]NG\s+H[ÒO][AÀ]\s+X[ÃÂ]\s+H[ỘÔ]I\s+CH[ỦU]\s+NGH[ĨI]A\s+VI[ỆÊ]T\s+NAM"
    r"|[ĐD]ẢNG\s+C[ỘÔ]NG\s+SẢN\s+VIỆT\s+NAM",
    re.IGNORECASE,
)
_MOTTO = re.compile(r"[ĐD][ộô]c\s+lập\s*[-–—]?\s*Tự\s+do\s*[-–—]?\s*Hạnh\s+phúc", re.IGNORECASE)
# Số: 49 /KH-UBND · Số 37-HD/BTGDVTW · Số:      /KH-MTTQ-BTT
_NUMBER = re.compile(
    r"(?:^|(?<=\s))S[ốỐ]\s*[:.]?\s*(?P<no>\d{1,5}[a-z]?(?:\s?/\s?(?:19|20)\d{2}(?=\s?/))?)?[\s.…_]*"
    r"(?P<tail>[/\-]\s?[A-ZĐ][A-Za-zĐđ0-9&]*(?:\s?[-/.]\s?[A-ZĐ][A-Za-zĐđ0-9&]*)*)"
)
_PLACE_DATE = re.compile(
    r"(?P<place>[^,;:|]{2,45}?)\s*,\s*ngày\s*(?P<d>\d{0,2}|[.…_\s]{1,12})\s*tháng\s*"
    r"(?P<m>\d\s?\d?|[.…_\s]{0,12})\s*năm\s*(?P<y>(?:19|20)\d\s?\d)?"
)
_ABOUT = re.compile(r"(?:V/v|Về\s+việc)\s*:?\s*(?P<about>\S.*)", re.IGNORECASE | re.DOTALL)
_URGENCY = re.compile(r"\s+(?:KHẨN|THƯỢNG KHẨN|HỎA TỐC|HOẢ TỐC)\b.*$", re.DOTALL)
_ADDRESSEES = re.compile(r"\s*Kính\s+gửi\s*:?", re.IGNORECASE)
_BODY_START = re.compile(
    r"(?:Căn cứ|Thực hiện|Xét |Theo |Để |Trên cơ sở|Triển khai (?:thực hiện )?(?:Quyết|Kế|Chỉ|Nghị"
    r"|Công)|Nhằm |"
    r"Ngày \d|Trong (?:thời gian|những)|Thời gian qua|Kính gửi|Do |Sau khi|Từ ngày|Thi hành"
    r"|Tiếp tục)"
)
_ATTACHED = re.compile(r"\(?\s*(?:Ban hành\s+)?kèm\s+theo\b", re.IGNORECASE)
#: The first words of bodies, as page 1 shouts them.
BODY_HEAD = re.compile(
    r"(?:ỦY BAN|UỶ BAN|UBND|BCH|BTV|BCĐ"
    r"|UBMTTQ|HỘI ĐỒNG|HĐND|SỞ|PHÒNG|BAN|BỘ|TỔNG CỤC|CỤC|CHI CỤC|VĂN PHÒNG"
    r"|THANH TRA|TRUNG TÂM"
    r"|CÔNG AN|THUẾ|KHO BẠC|ĐẢNG BỘ|ĐẢNG ỦY|ĐẢNG UỶ|TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|THÀNH UỶ|HUYỆN ỦY"
    r"|THỊ ỦY|HỘI|ĐOÀN|TỈNH ĐOÀN"
    r"|THÀNH ĐOÀN|LIÊN ĐOÀN|LIÊN MINH|TRƯỜNG|VIỆN|THỦ TƯỚNG|CHÍNH PHỦ|QUỐC HỘI|TÒA ÁN|TOÀ ÁN"
    r"|BẢO HIỂM|NGÂN HÀNG"
    r"|CHI NHÁNH|ĐÀI|BÁO|HIỆP HỘI|MẶT TRẬN|TỔ|CHỦ TỊCH|ĐOÀN ĐẠI BIỂU|TẬP ĐOÀN|CÔNG TY|BỆNH VIỆN"
    r"|ỦY BAN KIỂM TRA)\b"
)
# marks in the margin of page 1 that are no body
_MARGINAL = re.compile(
    r"DỰ THẢO.*|KHẨN|THƯỢNG KHẨN|HỎA TỐC|HOẢ TỐC|MẬT|TỐI MẬT|TUYỆT MẬT|BẢN SAO|SAO Y.*|CÔNG BÁO.*"
)
_DASH_AT_END = re.compile(r"\s*[-–]$")
# "ỦY" alone on its line goes on in "BAN NHÂN DÂN"; "TỈNH ỦY" does not
_CONTINUES_NAME = re.compile(r"(?:BAN|ỦY BAN|UỶ BAN|HỘI ĐỒNG)\s*$|^(?:ỦY|UỶ|HỘI|MẶT|VĂN)$")
_STANDING = re.compile(r"BAN\s+THƯỜNG\s+(?:TRỰC|VỤ)\b")


@dataclass(slots=True)
class Unit:
    """A paragraph or a cell of the first page: its words and the block it stands in."""

    piece: Piece
    block: int
    lines: list[Piece]

    @property
    def text(self) -> str:
        return self.piece.text


def units(blocks: Sequence[Block], start: int, stop: int) -> list[Unit]:
    """Paragraphs and non-empty cells of some blocks, in reading order."""
    found: list[Unit] = []
    for index in range(start, min(stop, len(blocks))):
        block = blocks[index]
        if isinstance(block, Paragraph):
            found.append(Unit(block.piece, index, block.lines))
        else:
            found += [
                Unit(cell.piece, index, cell.lines)
                for row in block.rows
                for cell in row
                if cell.text
            ]
    return found


def _issuer_lines(head: Sequence[Unit], stop: int) -> list[str]:
    """The lines above "Số:" that are neither national title nor motto."""
    lines: list[str] = []
    for unit in head[:stop]:
        text = unit.text
        if _NUMBER.search(text) or _PLACE_DATE.search(text):
            text = _PLACE_DATE.sub(" ", _NUMBER.split(text)[0])
        text = _bare(text)
        if text and is_capitals(text) and not _MARGINAL.fullmatch(text):
            # inside a cell each body begins on its own line
            own = [_bare(line.text) for line in unit.lines]
            own = [line for line in own if is_capitals(line)]
            lines += own if len(own) > 1 and squeeze(" ".join(own)) == text else [text]
    return lines


def _bare(text: str) -> str:
    """A line of the head without national title, motto and rules.

    One dash at its end stays: it joins two bodies ("BỘ NỘI VỤ -" / "BỘ TÀI CHÍNH").
    """
    words = squeeze(_MOTTO.sub(" ", _NATION.sub(" ", text)))
    bare = words.strip(" -–—_*.|")
    return f"{bare} -" if _ONE_DASH.fullmatch(words, words.find(bare) + len(bare)) else bare


_ONE_DASH = re.compile(r"\s?[-–]")


def bodies(lines: Sequence[str]) -> list[str]:
    """Lines of a header joined into bodies: each body begins with a word such as SỞ or ỦY BAN.

    >>> bodies(["ỦY BAN NHÂN", "DÂN", "TỈNH LAI CHÂU"])
    ['ỦY BAN NHÂN DÂN TỈNH LAI CHÂU']
    """
    found: list[str] = []
    for line in lines:
        begins = BODY_HEAD.match(line)
        if found and (not begins or _CONTINUES_NAME.search(found[-1])):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return found


# "UBND thành phố Tây Ninh xây dựng Kế hoạch …": the body that speaks
_SPEAKER = re.compile(
    r"(?:^|[,;:.”]\s+)(?P<body>(?:Ban Thường (?:trực|vụ) )?(?:Ủy ban|Uỷ ban|UBND|UBMTTQ|Hội đồng"
    r"|HĐND|Sở|Phòng|Ban|Bộ|Đảng ủy|"
    r"Tỉnh ủy|Thành ủy|Văn phòng|Công an|Hội|Đoàn|Liên đoàn|Trung tâm|Cục|Chi cục|Thuế"
    r"|Trường)\s[^,;:.()“”]{2,90}?)\s+"
    r"(?:xây dựng|ban hành|triển khai|yêu cầu|hướng dẫn|thông báo|báo cáo|đề nghị|có ý kiến)\b",
    re.MULTILINE,
)


_NAMELESS = re.compile(r"\b(?:tỉnh|thành phố|xã|phường|huyện|quận|đặc khu|thị xã)$", re.IGNORECASE)
_PLACE_PREFIX = re.compile(r"^(?:TP\.?|Thành phố|Tỉnh|Xã|Phường)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """What page 1 says before the body: its components, the index of the first block of the
    body, and the bodies of the left column in capitals, the superior first."""

    header: Header
    start: int
    names: tuple[str, ...]


def read_head(blocks: Sequence[Block], body_text: str, source: str) -> Head:
    """The head of a document; spans point into ``source``."""
    head = units(blocks, 0, 45)
    header = Header()
    spans: dict[str, Span] = {}
    type_at, title_from, same_line = _find_type(head)
    number_at = next((i for i, unit in enumerate(head[:30]) if _NUMBER.search(unit.text)), None)
    if number_at is not None and type_at is not None and number_at > type_at + 3:
        number_at = None
    about = None
    if number_at is not None:
        unit = head[number_at]
        match = _NUMBER.search(unit.text)
        assert match is not None
        number, symbol = _number(match)
        header = replace(header, number=number, symbol=symbol)
        spans["number"] = unit.piece.span(match.start(), match.end())
        about = _ABOUT.search(unit.text, match.end())
    date_at = None
    for i, unit in enumerate(head[: (type_at if type_at is not None else 20) + 1]):
        # both columns on one line: "Số: 12/KH-SNV Hà Nội, ngày 04 tháng 4 năm 2023"
        offset = 0
        if found := _NUMBER.search(unit.text):
            offset = found.end()
        if motto := _MOTTO.search(unit.text, offset):
            offset = motto.end()
        if match := _PLACE_DATE.search(unit.text, offset):
            place = squeeze(match["place"].strip(" -–*"))
            date = None
            d, m = match["d"].strip(), match["m"].replace(" ", "")
            if d.isdigit() and m.isdigit() and match["y"]:
                date = day(int(match["y"].replace(" ", "")), int(m), int(d))
            header = replace(header, place=place or None, date=date)
            spans["date"] = unit.piece.slice(match.start(), match.end()).span()
            date_at = i
            break
    limit = min(i for i in (number_at, date_at, type_at, 12) if i is not None)
    if number_at is not None:
        limit = max(limit, number_at + 1)
    names = bodies(_issuer_lines(head, min(limit, type_at if type_at is not None else limit)))
    issuer, superior = _issuer([_DASH_AT_END.sub("", name) for name in names], body_text)
    if issuer is None and (match := _SPEAKER.search(body_text[:6000])):
        issuer = squeeze(match["body"])
        if _NAMELESS.search(issuer) and header.place:
            # "UBND tỉnh ban hành …", signed at Lai Châu: the place names the province
            issuer = f"{issuer} {_PLACE_PREFIX.sub('', header.place)}"
    if issuer in ("Ủy ban nhân dân", "Hội đồng nhân dân"):
        issuer = _in_full(issuer, head, body_text)
    header = replace(header, issuer=issuer, superior=superior)
    body_from = _after(head, [number_at, date_at])
    if type_at is not None:
        kind = sentence_case(
            squeeze(head[type_at].text if not same_line else same_line[0]).strip(": ")
        )
        title, body_from = _title(head, type_at, title_from, same_line, source)
        header = replace(header, type=kind)
        spans["type"] = head[type_at].piece.span()
    else:
        title = None
        addressed = next((i for i, u in enumerate(head) if _ADDRESSEES.match(u.text)), None)
        about = about or next(
            (
                m
                for u in head[:12]
                if (m := re.match(r"\s*(?:V/v|Về\s+việc)\s+(?P<about>.+)", u.text, re.I | re.S))
            ),
            None,
        )
        if about:
            title = squeeze(_URGENCY.sub("", about["about"]))
            at = next(i for i, u in enumerate(head) if about.string == u.text)
            body_from = max(body_from, head[at].block + 1)
        if about or addressed is not None:
            header = replace(header, type="Công văn")
        elif header.symbol:
            header = replace(
                header, type=symbols.type_of(f"{header.number or 1}{_sep(header)}{header.symbol}")
            )
    if title:
        title = _OF_WHOM.sub("", title, count=1) if title.startswith("CỦA") else title
        title = re.sub(r"^V/v\s*:?\s*", "", title, flags=re.IGNORECASE).rstrip(" .;")
        header = replace(header, subject=subject_case(title, f"{body_text}\n{header.place or ''}"))
    return Head(replace(header, spans=spans), body_from, tuple(names))


def _sep(header: Header) -> str:
    return "-" if header.symbol and "/" in header.symbol else "/"


def _number(match: re.Match[str]) -> tuple[str | None, str]:
    parsed = symbols.parse(f"{match['no'] or '1'}{match['tail']}")
    number = squeeze(match["no"]).replace(" ", "") if match["no"] else None
    if parsed:
        return number, parsed.tail
    return number, symbols.tidy(match["tail"]).lstrip("/-")


def issuer_signing(position: Sequence[str], place: str | None) -> str | None:
    """The body in whose name a document without a header is signed: "TM. ỦY BAN NHÂN DÂN TỈNH"."""
    for line in position:
        if signing := _IN_THE_NAME.match(line):
            body = name_case(line[signing.end() :], "")
            if _NAMELESS.search(body) and place:
                return f"{body} {_PLACE_PREFIX.sub('', place)}"
            return body
    return None


_IN_THE_NAME = re.compile(r"T/?M\s?\.?\s+")


def _in_full(issuer: str, head: Sequence[Unit], body_text: str) -> str:
    """ "Ủy ban nhân dân" alone: the line above the căn cứ of a decision names whose."""
    begins = issuer.upper() + " "
    for unit in head:
        whole = unit.text.startswith(begins) and is_capitals(unit.text) and "|" not in unit.text
        if whole and len(unit.text) < 90:
            return name_case(unit.text, body_text)
    return issuer


def _after(head: Sequence[Unit], places: Sequence[int | None]) -> int:
    known = [head[place].block for place in places if place is not None]
    return max(known) + 1 if known else 0


def _find_type(head: Sequence[Unit]) -> tuple[int | None, int, tuple[str, str] | None]:
    for i, unit in enumerate(head[:30]):
        match = _TYPE_LINE.match(unit.text)
        if not match:
            continue
        title = match["title"]
        if title is None:
            return i, i + 1, None
        first = unit.lines[0].text if unit.lines else ""
        if (
            _TYPE_LINE.fullmatch(first.strip())
            or not is_capitals(title[:12])
            or len(unit.lines) > 1
        ):
            return i, i + 1, (match["type"], title)
    return None, 0, None


def _title(
    head: Sequence[Unit],
    type_at: int,
    start: int,
    same_line: tuple[str, str] | None,
    source: str,
) -> tuple[str | None, int]:
    """The subject under the type and the first block after it."""
    parts = [same_line[1]] if same_line else []
    at = start
    last = head[type_at]
    while at < len(head) and len(parts) < 8:
        unit = head[at]
        text = unit.text
        if _ATTACHED.match(text):
            at += 1
            break
        if parts:
            between = source[last.piece.at[-1] + 1 : unit.piece.at[0]]
            adjacent = unit.block == last.block + 1 and between.count("\n") <= 1
            capitals = is_capitals(parts[-1]) and is_capitals(text)
            short = len(text) < 110 and not text.endswith((":", ";"))
            if (
                _BODY_START.match(text)
                or _ADDRESSEES.match(text)
                or not (capitals or (adjacent and short))
                or _NUMBERED.match(text)
            ):
                break
            if is_capitals(text) and BODY_HEAD.match(text) and len(text.split()) <= 12:
                break  # "THỦ TƯỚNG CHÍNH PHỦ" above the căn cứ of a decision
        elif _NUMBERED.match(text) or _ADDRESSEES.match(text):
            break
        parts.append(text)
        last = unit
        at += 1
    body_from = head[at].block if at < len(head) else head[-1].block + 1
    return (squeeze(" ".join(parts)) or None), body_from


# "CHỈ THỊ" / "CỦA BAN THƯỜNG VỤ TỈNH ỦY" / "về việc …": whose it is, not what about
_OF_WHOM = vi_regex(r"CỦA\s+[^a-zà-ỹ]{4,60}?\s+(?=(?:VỀ|[Vv]ề)\s)")
_NUMBERED = re.compile(r"(?:[IVX]+|\d+|[A-Z])[.)]\s|Điều\s+\d|Chương\s+[IVX]|Kính gửi|-\s")


def _issuer(names: Sequence[str], body: str) -> tuple[str | None, str | None]:
    if not names:
        return None, None
    if len(names) == 1:
        return name_case(names[0], body), None
    if _STANDING.match(names[-1]):
        whole = f"{names[-1]} {names[-2]}"
        superior = names[-3] if len(names) > 2 else None
        return name_case(whole, body), superior and name_case(superior, body)
    issuer, superior = names[-1], names[-2]
    if superior.endswith("TRUNG ƯƠNG") and issuer.startswith("BAN "):
        issuer = f"{issuer} TRUNG ƯƠNG"
    return name_case(issuer, body), name_case(superior, body)
