"""The words, icons and colours of states: one place, so that a colour never means two things."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy


@dataclass(frozen=True, slots=True)
class Look:
    """``tone`` is one of TONES; ``days`` is the wording when a number of days is known."""

    word: Any
    icon: str
    tone: str
    days: Any = ""

    def says(self, days: int | None) -> str:
        if days and self.days:
            return str(self.days) % {"days": days}
        return str(self.word)


TONES = ("neutral", "info", "success", "warning", "danger", "gold")

LOOKS = {
    "open": Look(gettext_lazy("chưa bắt đầu"), "minus-circle", "neutral"),
    "in_progress": Look(gettext_lazy("đang thực hiện"), "play-circle", "info"),
    "submitted": Look(gettext_lazy("đã nộp"), "paper-airplane", "info"),
    "accepted": Look(gettext_lazy("đã duyệt"), "check-badge", "success"),
    "on_time": Look(gettext_lazy("đúng hạn"), "check-circle", "success"),
    "early": Look(
        gettext_lazy("trước hạn"),
        "check-circle",
        "success",
        gettext_lazy("trước hạn %(days)d ngày"),
    ),
    "late": Look(gettext_lazy("chậm"), "clock", "warning", gettext_lazy("chậm %(days)d ngày")),
    "missing": Look(
        gettext_lazy("chưa nộp"),
        "x-circle",
        "danger",
        gettext_lazy("chưa nộp, quá %(days)d ngày"),
    ),
    "due_soon": Look(
        gettext_lazy("sắp đến hạn"),
        "bell-alert",
        "warning",
        gettext_lazy("còn %(days)d ngày"),
    ),
    "overdue": Look(
        gettext_lazy("quá hạn"),
        "exclamation-triangle",
        "danger",
        gettext_lazy("quá hạn %(days)d ngày"),
    ),
    "returned": Look(gettext_lazy("bị trả lại"), "arrow-uturn-left", "danger"),
    "exempt": Look(pgettext_lazy("không phải làm", "miễn"), "no-symbol", "neutral"),
    "not_scored": Look(gettext_lazy("chưa chấm"), "ellipsis-horizontal-circle", "neutral"),
    "locked": Look(gettext_lazy("đã khóa"), "lock-closed", "neutral"),
    "published": Look(gettext_lazy("đã công bố"), "megaphone", "gold"),
}


def look(code: str) -> Look:
    """How a state looks. An unknown code is a programming error and says so."""
    try:
        return LOOKS[str(code)]
    except KeyError:
        raise ValueError(f"No state {code!r}; known: {', '.join(LOOKS)}.") from None


# Share of the maximum from which a cell takes a colour, in percent. The steps are close
# together at the top because marks are: most units score between 70 and 100.
STEPS = ((90, "5"), (80, "4"), (70, "3"), (50, "2"), (0, "1"))


def heat_level(value: Any, maximum: Any) -> str:
    """The class suffix of a heat cell: 1 (lowest) to 5 (highest), or ``na``."""
    if value is None or not maximum:
        return "na"
    percent = Decimal(str(value)) * 100 / Decimal(str(maximum))
    return next((level for least, level in STEPS if percent >= least), "1")


def heat_legend() -> list[tuple[str, str]]:
    """Level and wording, best first, as shown under a table."""
    words = []
    for (least, level), (above, _best) in zip(STEPS, ((100, ""), *STEPS), strict=False):
        if above == 100:
            text = _("từ %(least)d %%")
        elif least:
            text = _("%(least)d – dưới %(above)d %%")
        else:
            text = _("dưới %(above)d %%")
        words.append((level, text % {"least": least, "above": above}))
    return [*words, ("na", _("chưa chấm"))]
