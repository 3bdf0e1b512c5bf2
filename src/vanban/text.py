"""Vietnamese text: normal form, search key, tone placement, collation and slugs.

Official text is stored in NFC and never rewritten; the keys made here are for finding and
sorting only. ``str`` has no knowledge of Vietnamese: NFD leaves đ whole, sorting by code
point puts "Ă" after "Z", and "hoà" and "hòa" are two spellings of one word.
"""

from __future__ import annotations

import re
import unicodedata
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
    return _SPACES.sub(" ", text).strip()


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
