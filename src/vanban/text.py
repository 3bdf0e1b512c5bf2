"""Vietnamese text: normal form, search key, tone placement, collation and slugs.

Official text is stored in NFC and never rewritten; the keys made here are for finding and
sorting only. ``str`` has no knowledge of Vietnamese: NFD leaves đ whole, sorting by code
point puts "Ă" after "Z", and "hoà" and "hòa" are two spellings of one word.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

TONES = "\u0300\u0301\u0303\u0309\u0323"
#: Order of tones in Vietnamese dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng.
TONE_ORDER = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
LETTER_ORDER = {letter: index for index, letter in enumerate(ALPHABET, start=1)}

_SPACES = re.compile(r"\s+")
_TONED_SYLLABLE = re.compile(r"\w+")
_CHUNKS = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")


def nfc(text: str) -> str:
    """The text in Unicode NFC, the only form in which this package keeps text."""
    return unicodedata.normalize("NFC", text)


_MARKED = "".join(nfc(vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ("", *TONES))
#: All Vietnamese letters beyond ASCII, for character classes of regular expressions.
LOWER_MARKED = "đ" + "".join(c for c in _MARKED if not c.isascii())
UPPER_MARKED = LOWER_MARKED.upper()


@lru_cache(maxsize=256)
def vi_regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A compiled pattern in which ``à-ỹ`` and ``À-Ỹ`` mean the small and the capital letters.

    As a range of code points "à-ỹ" holds "Đ" and "Ạ" too: capitals and small letters of
    Vietnamese lie mixed in Unicode.
    """
    return re.compile(pattern.replace("à-ỹ", LOWER_MARKED).replace("À-Ỹ", UPPER_MARKED), flags)


@lru_cache(maxsize=512)
def small(text: str) -> str:
    """The text in small letters, character for character: an offset into one holds in the other."""
    low = text.lower()
    if len(low) != len(text):  # a foreign capital such as "İ" becomes two characters
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low


_PATTERN_WORDS = re.compile(r"\\.|\(\?P|[^\W\d_]")


class Anycase:
    """A pattern that matches whatever the case of the text, several times as fast as IGNORECASE.

    It is matched against the text in small letters, so that groups come out in small letters;
    their places hold in the text as written. Two hints save most of the work, both in small
    letters: every match begins with one of the words ``opens``, and contains one of ``needs``.
    """

    __slots__ = ("needs", "opening", "regex")

    def __init__(
        self, pattern: str, *, opens: tuple[str, ...] = (), needs: tuple[str, ...] = ()
    ) -> None:
        self.regex = vi_regex(
            _PATTERN_WORDS.sub(lambda m: m[0] if len(m[0]) > 1 else m[0].lower(), pattern)
        )
        self.opening = re.compile(grouped("|".join(opens))) if opens else None
        self.needs = needs

    def _may(self, low: str) -> bool:
        for word in self.needs:  # a loop: this is asked a hundred thousand times a document
            if word in low:
                return True
        return not self.needs

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match between two offsets."""
        if self.opening:
            return next(self.finditer(text, start, end), None)
        low = small(text)
        return self.regex.search(low, start, end) if self._may(low) else None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that begins at ``start``."""
        return self.regex.match(small(text), start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match of the whole stretch between two offsets."""
        return self.regex.fullmatch(small(text), start, end)

    def finditer(
        self, text: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        """All matches between two offsets, none overlapping."""
        low = small(text)
        if not self._may(low):
            return
        if self.opening is None:
            yield from self.regex.finditer(low, start, end)
            return
        while opened := self.opening.search(low, start, end):
            if found := self.regex.match(low, opened.start(), end):
                yield found
                start = found.end()
            else:
                start = opened.start() + 1

    def sub(self, by: str, text: str) -> str:
        """The text with every match replaced by ``by`` (no group references)."""
        parts, here = [], 0
        for found in self.finditer(text):
            parts += [text[here : found.start()], by]
            here = found.end()
        return "".join([*parts, text[here:]])


def written(text: str, found: re.Match[str], group: int | str = 0) -> str:
    """A group of an ``Anycase`` match as the text writes it, capitals and all."""
    return text[found.start(group) : found.end(group)]


def _alternatives(pattern: str) -> list[str]:
    """The branches of a pattern that "|" parts outside brackets and classes."""
    found, depth, start, at = [], 0, 0, 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            at = pattern.index("]", at)
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and not depth:
            found.append(pattern[start:at])
            start = at + 1
        at += 1
    return [*found, pattern[start:]]


def grouped(pattern: str, *, opening: bool = False) -> str:
    """The alternatives of a pattern as a tree by letters, so that few are tried at each place.

    Where all begin with a letter, "ban hành|bảo đảm|báo cáo" matches what it matched before, in
    the same order of preference. ``opening`` asks for the beginning of a word as well.

    >>> grouped("sở|sau|bộ")
    's(?:ở|au)|bộ'
    """
    tails: dict[str, list[str]] = {}
    for branch in _alternatives(pattern):
        if not branch[:1].isalpha() or branch[1:2] in ("?", "*", "+", "{"):
            return rf"(?<!\w)(?:{pattern})" if opening else pattern
        tails.setdefault(branch[0], []).append(branch[1:])
    return "|".join(
        letter
        + (rf"(?<!\w{letter})" if opening else "")
        + (rest[0] if len(rest) == 1 else f"(?:{grouped('|'.join(rest))})")
        for letter, rest in tails.items()
    )


def split_tone(letter: str) -> tuple[str, str]:
    """One letter as (letter without tone, tone mark): ``"ệ"`` → ``("ê", "\\u0323")``."""
    marks = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in marks if mark in TONES)
    return nfc("".join(mark for mark in marks if mark not in TONES)), tone[:1]


@lru_cache(maxsize=8192)
def _syllable_tone_folded(syllable: str) -> str:
    """The syllable with its tone mark where the common style puts it ("hoà" → "hòa")."""
    if syllable.isascii():
        return syllable
    pairs = [split_tone(letter) for letter in syllable]
    if sum(1 for _, tone in pairs if tone) != 1:
        return syllable
    tone = next(tone for _, tone in pairs if tone)
    bare = [letter for letter, _ in pairs]
    vowels = [i for i, letter in enumerate(bare) if letter.lower() in "aăâeêioôơuưy"]
    low = "".join(bare).lower()
    if len(vowels) > 1 and (low.startswith(("qu", "gi"))):
        vowels = [i for i in vowels if i != 1]
    if not vowels or vowels != list(range(vowels[0], vowels[-1] + 1)):
        return syllable
    hatted = [i for i in vowels if bare[i].lower() in "ăâêôơư"]
    if hatted:
        place = hatted[-1]
    elif len(vowels) == 1:
        place = vowels[0]
    elif len(vowels) == 2:
        place = vowels[1] if vowels[1] < len(bare) - 1 else vowels[0]
    else:
        place = vowels[1]
    return nfc("".join(c + tone if i == place else c for i, c in enumerate(bare)))


def fold_tone_placement(text: str) -> str:
    """The text in the common tone placement: "Uỷ ban, hoà giải" → "Ủy ban, hòa giải"."""
    return _TONED_SYLLABLE.sub(lambda m: _syllable_tone_folded(m.group()), nfc(text))


def fold_marks(text: str) -> str:
    """The text without any mark, đ included: "Đảng ủy" → "Dang uy"."""
    plain = text.replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def search_key(text: str) -> str:
    """What text is found by, however spelt: "Phường  Hoà Bình" → "phuong hoa binh"."""
    return _SPACES.sub(" ", fold_marks(nfc(text).lower())).strip()


def slug(text: str) -> str:
    """ASCII words joined by hyphens: "Đảng ủy xã" → "dang-uy-xa"."""
    return re.sub(r"[^a-z0-9]+", "-", search_key(text)).strip("-")


def sort_key(text: str) -> bytes:
    """A collation key: letters as in the Vietnamese alphabet, tones second, numbers by value.

    Bytes, so that a database can keep and compare it as it is. Every unit of the key ends with
    a byte below whatever may follow, so that a shorter word comes before its longer kin.

    >>> sorted(["Phường 10", "Phường 2", "ấm", "an", "ăn", "đa", "da"], key=sort_key)
    ['an', 'ăn', 'ấm', 'da', 'đa', 'Phường 2', 'Phường 10']
    """
    primary, secondary = bytearray(), bytearray()
    for chunk in _CHUNKS.findall(nfc(text).lower()):
        if chunk.isascii() and chunk.isdigit():
            digits = chunk.lstrip("0").encode()[:250]
            primary += b"\x02" + bytes([len(digits)]) + digits
        elif chunk.isalpha():
            primary += b"\x03"
            for letter in chunk:
                base, tone = split_tone(letter)
                order = LETTER_ORDER.get(base)
                foreign = b"\xfe" + ord(base[0]).to_bytes(3, "big")
                primary += foreign if order is None else bytes([order + 1])
                secondary.append(TONE_ORDER.get(tone, 0) + 1)
            primary += b"\x00"
        else:
            primary += b"\x01" + ord(chunk[0]).to_bytes(3, "big")
    return bytes(primary) + b"\x00" + bytes(secondary) + b"\x00" + text.encode()


def squeeze(text: str) -> str:
    """White space of every kind as single blanks, none at the ends."""
    return " ".join(text.split())


def sentence_case(text: str) -> str:
    """A line set in capitals as a sentence; a line that is not all capitals is left alone."""
    letters = [c for c in text if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) < 0.8 * len(letters):
        return text
    low = text.lower()
    for index, c in enumerate(low):
        if c.isalpha():
            return low[:index] + c.upper() + low[index + 1 :]
    return low
