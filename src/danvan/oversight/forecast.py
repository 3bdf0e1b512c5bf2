"""Where the year is heading, said as what would happen if; never more exact than it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.oversight.progress import Progress
from danvan.oversight.targets import Standing

TOP_CLASS = "scoring.units_in_top_class"
# Below this many duties that are due there is nothing to tell a pace by.
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Forecast:
    """One forecast: its title, a sentence, how it was made, and the rows behind it."""

    title: str
    said: str
    method: str
    url: str = ""
    good: bool | None = None


def read(progress: Progress, standings: list[Standing]) -> list[Forecast]:
    """Of the target on the top class, if there is one, and of the plan's own completion."""
    top = next((s for s in standings if s.target.fact == TOP_CLASS), None)
    made = [_completion(progress)]
    return [_top_class(top), *made] if top else made


def _top_class(standing: Standing) -> Forecast:
    title, reading = _("Tỷ lệ đơn vị xếp loại cao nhất"), standing.reading
    if reading is None or reading.numerator is None or not reading.denominator:
        said = _("Chưa dự báo được: chưa mở đợt chấm điểm hoặc chưa có phiếu.")
        return Forecast(title, said, str(_TOP_METHOD), standing.url)
    top, ranked = int(reading.numerator), int(reading.denominator)
    said = _("Nếu điểm giữ như hiện nay: %(top)d/%(ranked)d đơn vị (khoảng %(share)d %%)") % {
        "top": top, "ranked": ranked, "share": _whole(reading.numerator, reading.denominator),
    }  # fmt: skip
    asked = standing.target.value
    if asked is None:
        return Forecast(title, said + ".", str(_TOP_METHOD), standing.url)
    wanted = int((asked * ranked / 100).to_integral_value(ROUND_CEILING))
    if top >= wanted:
        said += _(", đạt chỉ tiêu %s.") % standing.goal
    else:
        said += _(", còn thiếu %(n)d đơn vị so với chỉ tiêu %(goal)s.") % {
            "n": wanted - top, "goal": standing.goal,
        }  # fmt: skip
    return Forecast(title, said, str(_TOP_METHOD), standing.url, top >= wanted)


def _completion(progress: Progress) -> Forecast:
    title, whole = _("Hoàn thành đúng hạn cả năm"), progress.all
    if progress.due < ENOUGH:
        said = _("Chưa dự báo được: mới có %(n)d lượt nhiệm vụ đến hạn (cần ít nhất %(least)d).")
        told = said % {"n": progress.due, "least": ENOUGH}
        return Forecast(title, told, str(_COMPLETION_METHOD), whole.planned_url)
    most = _whole(whole.on_time + whole.awaited, whole.planned)
    least = _whole(whole.on_time, whole.planned)
    if not whole.awaited:
        said = _("Mọi việc có hạn đã đến hạn: khoảng %d %% đúng hạn.") % least
    else:
        said = _(
            "Từ %(least)d %% đến %(most)d %%; giữ nhịp như đến nay thì khoảng %(pace)d %%."
        ) % {"least": least, "most": most, "pace": _whole(whole.on_time, progress.due)}  # fmt: skip
    return Forecast(title, said, str(_COMPLETION_METHOD), whole.planned_url)


_TOP_METHOD = gettext_lazy(
    "Đếm theo điểm đang có của các phiếu (đã thẩm định thì lấy điểm thẩm định) và mức khống chế "
    "đang áp dụng; không đoán điểm sẽ thay đổi."
)
_COMPLETION_METHOD = gettext_lazy(
    "Mức thấp: mọi việc còn lại đều chậm. Mức cao: đều đúng hạn. “Giữ nhịp”: việc còn lại đúng "
    "hạn với cùng tỷ lệ như việc đã đến hạn hoặc đã nộp. Làm tròn đến đơn vị phần trăm."
)


def _whole(part: Decimal | int, whole: Decimal | int) -> int:
    """Whole percent."""
    return round(Decimal(part) * 100 / Decimal(whole)) if whole else 0
