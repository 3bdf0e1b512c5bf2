"""The words of a clause, read alone: the same compiler, told what the clause stands under."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from vanban import compile_text
from vanban.errors import ReadingError
from vanban.model import Document

# What a clause stands under when it is read alone, so that the reader sees a document.
_HEAD = "UBND\nSố: 1/KH-UBND\nKẾ HOẠCH\nSửa đổi\n"


class NotTold(ValueError):
    """The change cannot be told; the message says why, in words for a person."""


def compiled(quote: str, above: Sequence[str]) -> tuple[Document, int]:
    """The clause under the clauses it stands under, and where its own words begin."""
    marked = re.match(r"\s*(?:\d+[.)]|[a-zđ]\)|[-+*]\s|[IVX]+\.)", quote)
    opening = _HEAD + "\n".join([*(above or ["I. NỘI DUNG"]), ""])
    try:
        return compile_text(opening + ("" if marked else "- ") + quote), len(opening)
    except ReadingError as error:
        raise NotTold(_("không đọc được lời văn mới")) from error
