"""Names and subjects set in capitals, in the case in which people write them.

Page 1 shouts ("KẾ HOẠCH THỰC HIỆN CHỈ THỊ SỐ 32/CT-TTG … TỈNH ĐẮK LẮK"); the body below it
writes the same words. The body is therefore asked first; only what it does not say is guessed.
"""

from __future__ import annotations

import re

from vanban.text import fold_marks, fold_tone_placement, sentence_case, small, vi_regex

_PLACE_NOUNS = re.compile(
    r"\b(Tỉnh|Thành Phố|Thị Xã|Huyện|Quận|Xã|Phường|Đặc Khu|Thị Trấn|Thôn|Khu Vực)\b"
)
_WRITTEN = (
    "Ủy ban nhân dân", "Hội đồng nhân dân", "Mặt trận Tổ quốc", "Ủy ban MTTQ Việt Nam",
    "Ban Thường trực", "Ban Thường vụ", "Ban Chấp hành Trung ương", "Ban Chỉ đạo",
    "Ban Tuyên giáo và Dân vận", "Ban Dân vận", "Ban Tổ chức", "Văn phòng Chính phủ",
    "Thủ tướng Chính phủ", "Văn phòng", "Tỉnh ủy", "Thành ủy", "Đảng ủy", "Đảng bộ", "UBND",
    "HĐND", "MTTQ", "Ủy ban", "Trung ương", "Việt Nam", "Khoa học và Công nghệ",
    "Nông nghiệp và Môi trường", "Giáo dục và Đào tạo", "Văn hóa, Thể thao và Du lịch",
    "Nội vụ", "Tài chính", "Tư pháp", "Xây dựng", "Công Thương", "Y tế", "Công an",
    "Quốc phòng", "Ngoại giao", "Kế hoạch và Đầu tư", "Thanh tra", "Lao động", "Tỉnh đoàn",
    "Thành đoàn", "Hội Nông dân", "Hội Liên hiệp Phụ nữ", "Hội Cựu chiến binh",
    "Liên đoàn Lao động", "Trung tâm",
)  # fmt: skip
#: Characters of the body that are asked; names stand early and often.
_ASKED = 60_000
_WORD = re.compile(r"[^\s“”\"()\[\],;:.…]+(?:[.](?=\d)[^\s“”\"()\[\],;:]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.:;!?\n]|^\s*[-+*•])\s*[“\"(]?\s*$")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_ROMAN = re.compile(r"[IVXL]+")
# a word set in capitals for show; "UBND" and "CCHC" are written so
_SHOUTED = vi_regex(r"(?=[A-Z]*[À-Ỹ])(?![A-ZĐ]+$)[A-ZÀ-Ỹ]{2,}")
_LONGEST = 12


def is_capitals(text: str) -> bool:
    """Are nearly all letters capitals (a lone "Về" in a capital title is forgiven)?"""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


_ONE_VOWEL = vi_regex(r"\b[^\W\d_aeiouyà-ỹ]*[aeiouà-ỹ][^\W\d_aeiouyà-ỹ]*\b")


def as_written(capitals: str, body: str) -> str | None:
    """The words as the body writes them in running text, if it does."""
    body = body[:_ASKED]
    # words of one vowel are spelt in one way only: where one is missing, so is the whole
    low = small(body)
    if any(word not in low for word in _ONE_VOWEL.findall(small(capitals))):
        return None
    folded, wanted = fold_tone_placement(body).lower(), fold_tone_placement(capitals).lower()
    place = folded.find(wanted)
    while place >= 0:
        written = body[place : place + len(capitals)]
        if not is_capitals(written):
            return written[:1].upper() + written[1:]
        place = folded.find(wanted, place + len(wanted))
    return None


def name_case(name: str, body: str) -> str:
    """A body's name set in capitals, written as the text itself writes it where it does."""
    if not is_capitals(name):
        return name
    written = as_written(name, body)
    if written:
        return written
    low = fold_tone_placement(name).lower().title()
    low = _PLACE_NOUNS.sub(lambda m: m.group().lower(), low)
    for phrase in _WRITTEN:
        low = re.sub(rf"\b{re.escape(phrase)}\b", phrase, low, flags=re.IGNORECASE)
    return re.sub(r"\b(Và|Của|Các)\b", lambda m: m.group().lower(), low)


def subject_case(title: str, body: str) -> str:
    """A subject set in capitals as a sentence; names and symbols as the body writes them.

    >>> subject_case("THỰC HIỆN CHỈ THỊ SỐ 32/CT-TTG TẠI TỈNH ĐẮK LẮK",
    ...              "Theo Chỉ thị số 32/CT-TTg, UBND tỉnh Đắk Lắk xây dựng")
    'Thực hiện Chỉ thị số 32/CT-TTg tại tỉnh Đắk Lắk'
    """
    if not is_capitals(title):
        return title
    written = as_written(title, body)
    if written:
        return written
    heard = _Heard(body)
    places = [(m.start(), m.end()) for m in _WORD.finditer(title)]
    words = [title[a:b] for a, b in places]
    cased: list[str] = []
    while len(cased) < len(words):
        at = len(cased)
        found = heard.longest(words[at : at + _LONGEST])
        cased += found or [_alone(words[at], heard)]
    out, here = [], 0
    for (a, b), word in zip(places, cased, strict=True):
        out += [title[here:a], word]
        here = b
    text = "".join([*out, title[here:]])
    return text[:1].upper() + text[1:]


def _alone(word: str, heard: _Heard) -> str:
    """A word the body does not say beside its neighbours."""
    said = heard.word(word)
    if said:
        return said
    abbreviated = not _VOWEL.search(fold_marks(word)) and not word.isdigit()
    if "/" in word or abbreviated or _ROMAN.fullmatch(word):
        return word
    return sentence_case(word).lower()


class _Heard:
    """The words of a body in order, found by two neighbours or alone."""

    def __init__(self, body: str) -> None:
        self.words: list[str] = []
        self.opens: list[bool] = []
        for line in body[:_ASKED].split("\n"):
            if is_capitals(line):
                continue
            for match in _WORD.finditer(line):
                if _SHOUTED.fullmatch(match.group()):
                    continue
                self.words.append(match.group())
                self.opens.append(bool(_SENTENCE_START.search(line[: match.start()][-8:])))
        self.low = [fold_tone_placement(word).lower() for word in self.words]
        self.pairs: dict[tuple[str, str], list[int]] = {}
        for i in range(len(self.low) - 1):
            self.pairs.setdefault((self.low[i], self.low[i + 1]), []).append(i)
        self.single: dict[str, str] = {}
        for low, word in zip(self.low, self.words, strict=True):
            self.single.setdefault(low, word)

    def longest(self, capitals: list[str]) -> list[str]:
        """The longest beginning (two words at least) that the body says, as it says it."""
        wanted = [fold_tone_placement(word).lower() for word in capitals]
        best: list[str] = []
        best_opens = True
        if len(wanted) < 2:
            return best
        for i in self.pairs.get((wanted[0], wanted[1]), ())[:200]:
            length = 2
            while length < len(wanted) and self.low[i + length : i + length + 1] == [
                wanted[length]
            ]:
                length += 1
            if length > len(best) or (length == len(best) and best_opens and not self.opens[i]):
                best, best_opens = self.words[i : i + length], self.opens[i]
        if best and best_opens:
            # the capital belongs to the sentence unless the next word is a name too
            best = [best[0] if best[1][:1].isupper() else best[0].lower(), *best[1:]]
        return best

    def word(self, capitals: str) -> str | None:
        """A symbol or an abbreviation the body writes, in its case."""
        if not re.search(r"[/\d]", capitals):
            return None
        return self.single.get(fold_tone_placement(capitals).lower())
