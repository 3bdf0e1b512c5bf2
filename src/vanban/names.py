"""Names of bodies that read like sentences: with a comma, or with a verb of duty inside.

"Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở tuần tra ban đêm": grammar alone takes
"tham gia" for the predicate. A name the table knows is one word, wherever it stands. Names as
laws and the decisions that set up steering committees write them; spelling is compared without
case and tone placement. To add one, write it in small letters, with an example in
``tests/vanban/test_duties.py``.
"""

from __future__ import annotations

import re

from vanban.text import Anycase, fold_tone_placement, grouped

#: Bodies of the State, the Front and the wards.
NAMES = (
    # Luật Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở
    "lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở",
    "lực lượng bảo vệ an ninh, trật tự ở cơ sở",
    "tổ bảo vệ an ninh, trật tự",
    # steering committees and councils of provinces and communes
    "ban chỉ đạo phòng, chống tội phạm, tệ nạn xã hội và xây dựng phong trào toàn dân bảo vệ an "
    "ninh tổ quốc",
    "ban chỉ đạo phòng, chống tham nhũng, lãng phí, tiêu cực",
    "ban chỉ đạo phong trào toàn dân đoàn kết xây dựng đời sống văn hóa",
    "ban chỉ đạo xây dựng và thực hiện quy chế dân chủ ở cơ sở",
    "ban chỉ huy phòng, chống thiên tai và tìm kiếm cứu nạn",
    "hội đồng phối hợp phổ biến, giáo dục pháp luật",
    "ban bảo vệ, chăm sóc sức khỏe cán bộ",
    # Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ
    "đội phòng cháy, chữa cháy và cứu nạn, cứu hộ",
    "cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ",
    "quỹ bảo vệ và phát triển rừng",
    "ban giám sát đầu tư của cộng đồng",
)


def _pattern(name: str) -> str:
    """The name with any blanks, and both ways to write the tone of "hóa" and "khỏe"."""
    words = re.escape(fold_tone_placement(name)).replace(r"\ ", r"\s+")
    return words.replace("óa", "(?:óa|oá)").replace("ỏe", "(?:ỏe|oẻ)")


_OPENING = ("lực lượng", "tổ bảo", "ban ", "hội đồng phối", "đội phòng", "cảnh sát phòng", "quỹ")
_KNOWN = Anycase(
    rf"(?:{grouped('|'.join(map(_pattern, sorted(NAMES, key=len, reverse=True))))})\b",
    opens=_OPENING,
    needs=("bảo vệ", "phòng", "phổ biến", "giám sát", "xây dựng"),
)


def known_names(text: str) -> list[tuple[int, int]]:
    """Where names of the table stand in a text, in order.

    >>> known_names("Giao Tổ bảo vệ an ninh, trật tự tuần tra")
    [(5, 31)]
    """
    return [match.span() for match in _KNOWN.finditer(text)]
