"""What the chairman looks at beside the ranking: changes, what decides, opinions, caps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from danvan.scoring.models import CapMark, Criterion, DraftRanking, MinorityNote, Round, Score
from danvan.scoring.queries.drafts import Draft, maximum_of, value_of
from danvan.scoring.standings import Forecast, Line, Near
from danvan.ui import written

# --- changes since a draft -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """A unit that stands elsewhere than in the draft. ``before`` None: it was not in it."""

    unit: int
    name: str
    block: str
    sheet: int
    before: dict[str, Any] | None
    after: dict[str, Any]

    @property
    def was(self) -> dict[str, Any]:
        return _shown(self.before or {})

    @property
    def now(self) -> dict[str, Any]:
        return _shown(self.after)


def _shown(line: dict[str, Any]) -> dict[str, Any]:
    """A kept line with its figures as they are read here: 86 and 94,5, never 86.00."""
    figures = {k: written.number(Decimal(line[k])) for k in ("points", "rate") if line.get(k)}
    return {**line, **figures}


def as_lines(drafted: Draft) -> dict[str, dict[str, Any]]:
    """A draft as plain values, unit id (text) → its line, for keeping."""
    return {str(line.unit): as_line(line) for lines in drafted.blocks.values() for line in lines}


def as_line(line: Line) -> dict[str, Any]:
    return {
        "points": f"{line.points:.2f}",
        "rate": None if line.rate is None else f"{line.rate:.2f}",
        "rank": line.rank,
        "band": line.band,
        "why_not": line.ineligible,
        "caps": [cap.code for cap in line.totals.caps],
    }


def changes(kept: DraftRanking, drafted: Draft, veiled: Collection[int]) -> list[Change]:
    """Who stands elsewhere now; sheets whose marks are veiled for the reader are left out."""
    found = []
    for block, lines in drafted.blocks.items():
        for line in lines:
            before, after = kept.lines.get(str(line.unit)), as_line(line)
            if before == after or line.totals.sheet in veiled:
                continue
            name = drafted.names.get(line.unit, "")
            found.append(Change(line.unit, name, block, line.totals.sheet, before, after))
    return found


# --- what decides ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Deciding:
    """A criterion: points lost in it by the nearest units, and how many it alone would lift."""

    code: str
    title: str
    units: int
    lifts: int
    lost: Decimal


def deciding(near: Iterable[Near], most: int = 5) -> list[Deciding]:
    """The criteria on which the nearest units fall short, the most telling first. One query."""
    lacks = {one.line.totals.sheet: one.lacks for one in near}
    lost: dict[str, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    titles: dict[str, str] = {}
    scores = Score.objects.filter(sheet__in=lacks, criterion__kind=Criterion.Kind.CRITERION)
    for score in scores.select_related("criterion"):
        gap = maximum_of(score) - value_of(score)
        if gap > 0:
            lost[score.criterion.code].append((gap, lacks[score.sheet_id]))
            titles.setdefault(score.criterion.code, score.criterion.title)
    found = [
        Deciding(
            code, titles[code], len(gaps), sum(gap >= lack for gap, lack in gaps),
            sum((gap for gap, _lack in gaps), Decimal(0)),
        )
        for code, gaps in lost.items()
    ]  # fmt: skip
    found.sort(key=lambda d: (-d.lifts, -d.lost, d.code))
    return found[:most]


def forecast_said(told: Forecast, best: str, decide: Sequence[Deciding]) -> str:
    """The forecast in one sentence, for the page and the proposal letter."""
    said = _("Với điểm đã thẩm định hiện nay %(top)d/%(ranked)d đơn vị đạt %(best)s") % {
        "top": told.top, "ranked": told.ranked, "best": best,
    }  # fmt: skip
    if told.target is None:
        return f"{said}."
    wanted = {"target": written.percent(told.target), "wanted": told.wanted}
    said += _(" (chỉ tiêu %(target)s = %(wanted)d đơn vị") % wanted
    if not told.lacking:
        return said + _(", đã đạt).")
    said += _(", còn thiếu %d)") % told.lacking
    if decide:
        named = ", ".join(f"{one.code} ({one.title})" for one in decide)
        said += _("; các tiêu chí sau quyết định: %s") % named
    return f"{said}."


# --- opinions and caps -------------------------------------------------------------------------


def notes(round: Round) -> list[MinorityNote]:
    """Opinions that differ from the draft, oldest first."""
    held = MinorityNote.objects.filter(sheet__round=round)
    return list(held.select_related("sheet", "office", "made_by"))


@dataclass(frozen=True, slots=True)
class CapLine:
    """A cap on a unit: by which document, raised by whom, who may lift it, lifted or not."""

    name: str
    sheet: int
    code: str
    title: str
    ceiling: str
    ground: str
    document: str
    raised_by: str
    lifter: str
    lifted: str


def caps(round: Round, drafted: Draft, veiled: Collection[int]) -> list[CapLine]:
    """Every cap that fires or was lifted, unit by unit. Three queries."""
    marks = {
        (m.sheet_id, m.cap.code): m
        for m in CapMark.objects.filter(sheet__round=round).select_related(
            "cap__ceiling", "raised_by", "lifted_by"
        )
    }
    rules = {
        (b.block, cap.code): cap
        for b in round.blocks.select_related("criteria_set").prefetch_related(
            "criteria_set__caps__ceiling"
        )
        for cap in b.criteria_set.caps.all()
    }
    lifted_on: dict[int, list[str]] = defaultdict(list)
    for (marked, code), held in marks.items():
        if held.lifted_at:
            lifted_on[marked].append(code)
    found = []
    for block, lines in drafted.blocks.items():
        for line in lines:
            sheet = line.totals.sheet
            if sheet in veiled or not (line.totals.caps or sheet in lifted_on):
                continue
            fired = {cap.code: cap.ground for cap in line.totals.caps}
            lifted = lifted_on.get(sheet, [])
            for code in [*fired, *(c for c in lifted if c not in fired)]:
                rule, mark = rules[block, code], marks.get((sheet, code))
                found.append(
                    CapLine(
                        drafted.names.get(line.unit, ""), sheet, code, rule.title,
                        rule.ceiling.name if rule.ceiling else "",
                        fired.get(code) or (mark.ground if mark else ""),
                        (mark.document if mark else "") or rule.basis,
                        str(mark.raised_by or "") if mark else _("hệ thống kiểm tra"),
                        str(rule.get_lifter_display()),
                        _("%(who)s gỡ: %(why)s") % {"who": mark.lifted_by or "",
                                                    "why": mark.lift_reason}
                        if mark and mark.lifted_at else "",
                    )
                )  # fmt: skip
    return found
