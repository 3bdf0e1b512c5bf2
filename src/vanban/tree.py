"""The tree of provisions of a text.

Levels are not fixed by law: a plan may run I. → 1. → a) → "-", a directive 1. → a). A marker
therefore belongs to a *kind*, and its depth is its place in the chain of kinds that are open
where it stands. Wrong numbering is kept as written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from vanban.casing import is_capitals
from vanban.layout import Block, Cell, Paragraph, Piece, Table, join
from vanban.model import Provision
from vanban.signature import Tail
from vanban.text import squeeze, vi_regex

#: Kind of marker → (pattern, rank). A lower rank never stands below a higher one.
_PART = re.compile(
    r"(?P<mark>PHẦN\s+(?:THỨ\s+\w+|[IVX]+|\d+)|Phần\s+(?:thứ\s+\w+|[IVX]+"
    r"|\d+))\s*[.:]?\s*"
)
_CHAPTER = re.compile(r"(?P<mark>(?:CHƯƠNG|Chương)\s+(?:[IVXL]+|\d+))\s*[.:]?\s*")
_SECTION = re.compile(r"(?P<mark>(?:MỤC|Mục)\s+(?:[IVXL]+|\d+))\s*[.:]\s*")
_ANNEX = re.compile(
    r"(?P<mark>PHỤ\s+LỤC(?:\s+(?:SỐ\s+)?(?:\d{1,2}|[IVX]{1,5}"
    r"|[A-Z]))?)\s*[.:]?(?:\s+|$)"
)
_ANNEX_MIXED = re.compile(
    r"(?P<mark>Phụ\s+lục(?:\s+(?:số\s+)?(?:\d{1,2}"
    r"|[IVX]{1,5}))?)\s*[.:]?\s*$"
)
_ARTICLE = re.compile(r"(?P<mark>Điều\s+\d{1,3}[a-z]?\s?[.:]?)\s*")
# I. MỤC ĐÍCH · II- NỘI DUNG · III/ …
_ROMAN = vi_regex(r"(?P<mark>[IVXL]{1,6}\s?[.)/\-–]|[IVX]{1,5}\s?(?=\s[A-ZĐÀ-Ỹ]{2}))\s*(?=\S|$)")
# A. PHẦN CHUNG
_CAPITAL = re.compile(r"(?P<mark>[A-ZĐ]\s?[.)/])\s+(?=\S)")
# 1. · 1) · 1/ · 1- · 1.1. · 1.1
_ARABIC = vi_regex(
    r"(?P<mark>\d{1,2}\s?[.)/](?=\s+\d+\s?%|\s+\d+\s+[a-zà-ỹđ])|\d{1,2}\s?[.)](?!\s?\d)"
    r"|\d{1,2}/(?=\s+\D)|\d{1,2}\s?[-–](?=\s+[A-ZĐÀ-Ỹ“])"
    r"|\d{1,2}(?:\.\s?\d{1,2}){1,4}\s?[.)]?(?!\s?\d))\s*(?=[^\s%,.;/\-]|$)"
)
# (1) · (a)
_BRACKET = re.compile(r"(?P<mark>\(\d{1,2}\)|\([a-zđ]\)|\([ivx]{1,4}\))\s*(?=\S)")
# a) · đ) · a. · a1)
_LETTER = re.compile(r"(?P<mark>[a-zđ]\d?\s?\)|[a-zđ]\s?\.(?=\s))\s*(?=\S|$)")
_BULLET = re.compile(r"(?P<mark>[-–—+•*▪●○·])\s*(?=\S)")

_RANKS = {
    "annex": 0, "part": 1, "chapter": 2, "capital": 2, "section": 3, "roman": 3, "article": 4,
    "arabic": 5, "arabic2": 6, "arabic3": 7, "arabic4": 8, "bracket": 9, "letter": 9,
    "dash": 20, "plus": 21, "star": 20, "text": 30, "row": 30,
}  # fmt: skip
_HEADINGS = frozenset(kind for kind, rank in _RANKS.items() if rank < 20)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_QUOTE_OPEN = re.compile(r"[“\"]\s*(?:…\s*)?(?:Điều|Khoản|Chương|\d{1,2}\.|[a-zđ]\))")


@dataclass(slots=True)
class Node:
    """A provision while it is being read: its words, kind of marker and place in the tree."""

    index: int
    parent: int | None
    kind: str
    marker: str
    depth: int
    piece: Piece
    whole: Piece
    cells: list[Cell] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    in_annex: bool = False
    #: One of the paragraphs after the last item that close the text.
    closing: bool = False

    @property
    def text(self) -> str:
        return self.piece.text

    @property
    def heading(self) -> bool:
        return self.kind in _HEADINGS


def roman_value(text: str) -> int | None:
    """The value of a roman numeral up to 89, or ``None``: "IV" → 4, "VX" → ``None``."""
    total = 0
    values = [_ROMAN_VALUES.get(c, 0) for c in text]
    if not values or 0 in values:
        return None
    for here, following in zip(values, [*values[1:], 0], strict=True):
        total += -here if here < following else here
    tens, ones = divmod(total, 10)
    right = "X" * tens if tens < 4 else "XL" if tens == 4 else "L" + "X" * (tens - 5)
    right += ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]
    return total if right == text else None


def marker_of(text: str, letters_open: bool = False) -> tuple[str, str, int] | None:
    """Kind, marker as written and the offset of the words behind it; ``None`` without marker.

    >>> marker_of("3.1. Tham gia góp ý")
    ('arabic2', '3.1.', 5)
    """
    for kind, regex in (
        ("annex", _ANNEX), ("annex", _ANNEX_MIXED), ("part", _PART), ("chapter", _CHAPTER),
        ("section", _SECTION), ("article", _ARTICLE),
    ):  # fmt: skip
        match = regex.match(text)
        if match:
            rest = text[match.end() :]
            if kind in ("annex", "part") and rest and not is_capitals(rest[:30]):
                continue
            if kind == "article" and match["mark"][-1] not in ".:" and not rest[:1].isupper():
                continue
            return kind, squeeze(match["mark"]), match.end()
    if match := _ROMAN.match(text):
        letters = re.sub(r"[^IVXL]", "", match["mark"])
        if roman_value(letters) and not (letters_open and letters in ("C", "D")):
            return "roman", squeeze(match["mark"]).replace(" ", ""), match.end()
    if match := _CAPITAL.match(text):
        rest = text[match.end() :]
        if rest[:1].isupper() and len(rest.split()) > 1:
            return "capital", squeeze(match["mark"]).replace(" ", ""), match.end()
    if match := _ARABIC.match(text):
        mark = squeeze(match["mark"]).replace(" ", "")
        level = mark.rstrip(".)/-–").count(".") + 1
        rest = text[match.end() :]
        if level == 1 or (rest[:1].isupper() or rest[:1] in '“"(' or mark[-1] in ".)" or not rest):
            return ("arabic" if level == 1 else f"arabic{min(level, 4)}"), mark, match.end()
    if match := _BRACKET.match(text):
        return "bracket", match["mark"], match.end()
    if match := _LETTER.match(text):
        return "letter", squeeze(match["mark"]).replace(" ", ""), match.end()
    if match := _BULLET.match(text):
        kind = {"+": "plus", "*": "star"}.get(match["mark"], "dash")
        return kind, match["mark"], match.end()
    return None


class _Tree:
    """Nodes in order, with the chain of kinds open at the end."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.open: list[int] = []  # indexes of the open chain
        self.in_annex = False

    def add(self, kind: str, marker: str, piece: Piece, whole: Piece) -> Node:
        if kind == "annex":
            self.open.clear()
            self.in_annex = True
        self._close_for(kind)
        parent = self.nodes[self.open[-1]] if self.open else None
        depth = 1 + sum(self.nodes[i].kind in _HEADINGS for i in self.open)
        node = Node(
            len(self.nodes),
            parent.index if parent else None,
            kind,
            marker,
            depth,
            piece,
            whole,
            in_annex=self.in_annex,
        )
        self.nodes.append(node)
        if parent:
            parent.children.append(node.index)
        if kind not in ("text", "row"):
            self.open.append(node.index)
        return node

    def _close_for(self, kind: str) -> None:
        """Close what a new node of this kind cannot stand under."""
        kinds = [self.nodes[i].kind for i in self.open]
        if kind in ("text", "row"):
            while self.open and self.nodes[self.open[-1]].kind in ("dash", "plus", "star"):
                self.open.pop()
            return
        if kind in kinds:
            del self.open[len(kinds) - 1 - kinds[::-1].index(kind) :]
            return
        rank = _RANKS[kind]
        # letters and brackets may stand in either order; whoever came first stays above
        while self.open and _RANKS[self.nodes[self.open[-1]].kind] > rank:
            self.open.pop()

    def awaits_words(self) -> bool:
        """Is the last node a heading ("8. Ban công tác Mặt trận các thôn") with nothing below?"""
        last = self.nodes[-1] if self.nodes else None
        return (
            last is not None
            and last.heading
            and len(last.text) < 150
            and not last.text.rstrip().endswith((".", ";", "/"))
        )

    def restart(self) -> None:
        """A new text begins (an attached plan): nothing stays open."""
        self.open.clear()


def build(parts: Sequence[Block], start: int, tail: Tail) -> tuple[list[Node], list[str]]:
    """The provisions of the blocks from ``start``, the signature block left out."""
    tree = _Tree()
    warnings: list[str] = []
    quoted_until = _quotations(parts, start)
    last_marks: dict[tuple[int | None, str], str] = {}
    index = start
    letters_open = False
    columns: list[str] = []
    while index < len(parts):
        if tail.found and tail.start <= index < tail.stop:
            index = tail.stop
            tree.restart()
            continue
        block = parts[index]
        if isinstance(block, Table):
            # a table that goes on over a page keeps the columns of its beginning
            went_on = index > start and isinstance(parts[index - 1], Table)
            columns = _add_table(tree, block, columns if went_on else [])
            index += 1
            continue
        text = block.text
        if _BARE_NUMBER.fullmatch(text):
            index += 1
            continue  # a page number
        mark = None if index in quoted_until else marker_of(text, letters_open)
        if tail.found and index + 1 == tail.start and len(text.split()) < 2 and not mark:
            warnings.append(f"Bỏ qua chữ lạc trước phần ký: “{text}”.")
            index += 1
            continue
        if mark is None:
            closing = (
                bool(_CLOSING.match(text))
                and _near_end(parts, index, tail)
                and not tree.awaits_words()
            )
            if closing or _is_new_text(parts, index):
                tree.restart()
            tree.add("text", "", block.piece, block.piece).closing = closing
            index += 1
            continue
        kind, marker, end = mark
        letters_open = letters_open or (kind == "capital" and marker[0] in "AB")
        piece = block.piece.slice(end)
        if kind in ("annex", "part", "chapter") and not piece.text:
            title, index = _title_below(parts, index + 1)
            piece = title or piece
        else:
            index += 1
        node = tree.add(kind, marker, piece, block.piece)
        if node.heading:
            key = (node.parent, node.kind)
            if last_marks.get(key) == marker:
                warnings.append(
                    f"Ký hiệu “{marker}” lặp lại hai lần liền nhau: “{squeeze(text)[:60]}”."
                )
            last_marks[key] = marker
    return tree.nodes, warnings


_BARE_NUMBER = re.compile(r"\d{1,4}")
# the words that close a document stand outside its last item
_CLOSING = vi_regex(
    r"Trên đây là|Trong quá trình (?:tổ chức |triển khai |thực hiện)|Quá trình (?:triển khai"
    r"|thực hiện)|Yêu cầu |Đề nghị |Giao |Nhận được "
    r"|(?:Chủ tịch |Thủ tướng |Ban Thường [a-zà-ỹ]+ )?(?:Ủy ban|Uỷ ban|UBND|Chính phủ|Sở|Bộ"
    r"|Tỉnh ủy|Đảng ủy)[^.;:]{0,60}\b(?:yêu cầu|giao|đề nghị)\b|Căn cứ Kế hoạch này"
    r"|H[àằ]ng năm, các|Văn phòng [^.;:]{0,60}thông báo"
    r"|[A-ZĐÀ-Ỹ][^.;:]{3,80} thông báo (?:để|đến|tới)\b"
    r"|Kế hoạch này |Chỉ thị này |Công điện này |Thủ trưởng (?:các|cơ)"
)


def _near_end(parts: Sequence[Block], index: int, tail: Tail) -> bool:
    """Do only bare paragraphs stand between here and the signature (or the end)?"""
    stop = tail.start if tail.found and tail.start > index else len(parts)
    return stop - index <= 4 and all(
        isinstance(b, Paragraph) and not marker_of(b.text) for b in parts[index:stop]
    )


_TEXT_TITLE = re.compile(
    r"(?:KẾ HOẠCH|CHƯƠNG TRÌNH|QUY CHẾ|QUY ĐỊNH|ĐỀ ÁN|HƯỚNG DẪN|PHƯƠNG ÁN"
    r"|ĐỀ CƯƠNG)\b"
)


def _is_new_text(parts: Sequence[Block], index: int) -> bool:
    block = parts[index]
    return (
        isinstance(block, Paragraph)
        and bool(_TEXT_TITLE.match(block.text))
        and is_capitals(block.text)
    )


def _title_below(parts: Sequence[Block], index: int) -> tuple[Piece | None, int]:
    """The title under a lone "PHỤ LỤC" or "Chương I"."""
    titles: list[Piece] = []
    while index < len(parts) and len(titles) < 3:
        block = parts[index]
        if not isinstance(block, Paragraph) or marker_of(block.text):
            break
        if titles and not is_capitals(block.text):
            break
        if block.text.startswith("("):
            break
        titles.append(block.piece)
        index += 1
        if not is_capitals(titles[-1].text):
            break
    return (join(titles) if titles else None), index


def _quotations(parts: Sequence[Block], start: int) -> set[int]:
    """Blocks inside a quotation of another text: their numbering is not this document's."""
    inside: set[int] = set()
    opened: int | None = None
    for index in range(start, len(parts)):
        block = parts[index]
        if not isinstance(block, Paragraph):
            opened = None
            continue
        text = block.text
        if opened is None:
            if _QUOTE_OPEN.match(text) and not re.search(r"”\s*[.;]?$", text):
                opened = index
        elif "”" in text and text.count("”") > text.count("“"):
            inside.update(range(opened, index + 1))
            opened = None
        elif index - opened > 40:
            opened = None
    return inside


def _add_table(tree: _Tree, table: Table, above: list[str]) -> list[str]:
    """Rows as provisions; the header row gives each following row its column names.

    ``above`` are the columns of the table just before, taken where this one has no header and
    as many cells. Returns the columns that ruled last.
    """
    columns: list[str] = []
    if table.rows and len(table.rows[0]) == len(above):
        columns = [] if is_column_header([cell.text for cell in table.rows[0]]) else above
    fresh = True  # only the header has been seen
    for row in table.rows:
        texts = [cell.text for cell in row]
        filled = [cell for cell in row if cell.text]
        if not filled:
            continue
        if not columns and is_column_header(texts):
            columns = texts
            continue
        if texts == columns:
            continue  # the header, printed again on the next page
        if columns and fresh and _is_second_header(texts):
            columns = _merged_header(columns, texts)
            continue
        fresh = False
        whole = join([cell.piece for cell in filled])
        marker = (
            texts[0]
            if re.fullmatch(
                r"\d{1,3}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.?|[a-zđ]\)?"
                r"|[-+]",
                texts[0],
            )
            else ""
        )
        node = tree.add("row", marker, whole, whole)
        node.cells, node.columns = list(row), columns
    return columns


_SUBCOLUMN = re.compile(
    r"(?:.{0,25}\b)?(?:chủ trì|phối hợp"
    r"|thực hiện)(?:\b.{0,15})?",
    re.IGNORECASE,
)
_SPANNING = re.compile(r"thực hiện|phân công|đơn vị|cơ quan|trách nhiệm", re.IGNORECASE)


def _is_second_header(texts: Sequence[str]) -> bool:
    """ "Chủ trì | Phối hợp" under a "Cơ quan thực hiện" that spans both."""
    named = [text for text in texts if text]
    return len(named) >= 2 and all(_SUBCOLUMN.fullmatch(text) for text in named)


def _merged_header(columns: Sequence[str], texts: Sequence[str]) -> list[str]:
    named = [text for text in texts if text]
    if len(texts) == len(columns) and len(named) < len(texts):
        return [below or above for above, below in zip(columns, texts, strict=True)]
    at = next((i for i, c in enumerate(columns) if i and _SPANNING.search(c)), None)
    if at is None:
        return list(columns)
    return [*columns[:at], *named, *columns[at + 1 :]]


_COLUMN_WORDS = re.compile(
    r"\b(?:stt|tt|số tt|nội dung|nhiệm vụ|công việc|chủ trì|phối hợp|thời gian|thời hạn|tiến độ"
    r"|sản phẩm|kết quả|ghi chú|đơn vị"
    r"|cơ quan|chỉ tiêu|hoạt động|hoàn thành|tên|thực hiện)\b",
    re.IGNORECASE,
)


def is_column_header(texts: Sequence[str]) -> bool:
    """Is this row the header of a table of tasks: several short cells with column words?"""
    named = [text for text in texts if text]
    return (
        len(named) >= 2
        and all(len(text) < 70 for text in named)
        and sum(bool(_COLUMN_WORDS.search(text)) for text in named) >= max(2, len(named) // 2)
    )


_SPOKEN = re.compile(r"(?:Điều|Chương|Mục|Phần|Phụ\s+lục)\b", re.IGNORECASE)
_SIGNS = re.compile(r"[().:/\-]+")
_MARKS = re.compile(r"[().:/ \-]+")


def provisions(nodes: Sequence[Node]) -> tuple[Provision, ...]:
    """The frozen tree; a repeated marker gets its order: "IV.2.d#2"."""
    paths: dict[int | None, str] = {None: ""}
    seen: dict[str, int] = {}
    found = []
    for node in nodes:
        # "Điều 3." → "Điều 3", "1.1." → "11", "a)" → "a"
        kept = _SIGNS if _SPOKEN.match(node.marker) else _MARKS
        label = kept.sub("", node.marker).strip() or (
            "-" if node.kind in ("dash", "plus", "star") else "¶"
        )
        base = paths[node.parent]
        path = f"{base}.{label}" if base else label
        seen[path] = seen.get(path, 0) + 1
        if seen[path] > 1:
            path = f"{path}#{seen[path]}"
        paths[node.index] = path
        found.append(
            Provision(
                node.index,
                node.parent,
                node.marker,
                path,
                node.depth,
                node.heading,
                node.text,
                node.whole.span(),
            )
        )
    return tuple(found)
