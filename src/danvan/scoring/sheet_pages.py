"""What a sheet's page shows: groups of criteria, each line with its values, and the total."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.forms import BoundField
from django.utils.translation import gettext as _

from danvan.assignments.status import days_late_on
from danvan.organisations import roles
from danvan.scoring import formulas, gate
from danvan.scoring.computing import Computed
from danvan.scoring.forms.sheets import SheetForm
from danvan.scoring.models import Cap, CriteriaGroup, Criterion, Proof, Score, Sheet
from danvan.scoring.queries.sheets import Claimable
from danvan.scoring.standings import rate_of
from danvan.ui import written

NOTHING = Decimal(0)


@dataclass(slots=True)
class Line:
    """One criterion on the page. ``fields`` is empty where nothing can be typed."""

    score: Score
    computed: Computed
    proofs: list[Proof]
    fields: dict[str, BoundField] = field(default_factory=dict)
    other: str = ""

    @property
    def criterion(self) -> Criterion:
        return self.score.criterion

    @property
    def shown(self) -> dict[str, str]:
        """Hidden boxes that remember with which value each field was shown."""
        kept = (n for n, f in self.fields.items() if f.field.show_hidden_initial)
        return {name: self.fields[name].as_hidden(only_initial=True) for name in kept}

    @property
    def owner(self) -> str:
        return str(roles.ROLES[self.criterion.owner_role].label)

    @property
    def rule(self) -> str:
        return worded(self.criterion)

    @property
    def differs(self) -> bool:
        return gate.needs_reason(self.score, self.computed) and (
            self.score.claimed is not None or not self.score.arises
        )

    @property
    def by_system(self) -> bool:
        """Whether the box may stay empty: the system counts and proves it itself."""
        return self.criterion.evidence_by_system and self.computed.by_fact

    @property
    def done(self) -> bool:
        given = self.score.claimed is not None or not self.score.arises
        return given or self.by_system or self.by_superior

    @property
    def by_superior(self) -> bool:
        """Whether the unit claims nothing here: only the verifying office gives points."""
        return self.criterion.method == Criterion.Method.SUPERIOR

    @property
    def attention(self) -> bool:
        """Whether the reason's box should be open."""
        return self.differs or bool(self.score.claim_reason or self.other)


@dataclass(slots=True)
class Section:
    """A group of criteria, or all bonuses and deductions (``group`` None)."""

    group: CriteriaGroup | None
    lines: list[Line]

    @property
    def total(self) -> Total:
        return total_of([line.score for line in self.lines])

    @property
    def done(self) -> int:
        return sum(line.done for line in self.lines)


@dataclass(frozen=True, slots=True)
class Total:
    """Claimed points against the applicable maximum; ``rate`` in percent."""

    points: Decimal
    bonus: Decimal
    deduction: Decimal
    maximum: Decimal

    @property
    def sum(self) -> Decimal:
        return max(NOTHING, self.points + self.bonus - self.deduction)

    @property
    def rate(self) -> Decimal | None:
        return rate_of(self.sum, self.maximum)

    @property
    def said(self) -> str:
        """The formula with its numbers."""
        return _("100 × (%(points)s + %(bonus)s − %(minus)s) ÷ %(max)s = %(rate)s") % {
            "points": written.number(self.points),
            "bonus": written.number(self.bonus),
            "minus": written.number(self.deduction),
            "max": written.number(self.maximum),
            "rate": written.percent(self.rate),
        }


def total_of(scores: Iterable[Score]) -> Total:
    """Sums what is claimed. What did not arise leaves the maximum where the policy says so."""
    points = bonus = deduction = maximum = NOTHING
    for score in scores:
        claimed = score.claimed or NOTHING
        match score.criterion.kind:
            case Criterion.Kind.BONUS:
                bonus += claimed
            case Criterion.Kind.DEDUCTION:
                deduction += claimed
            case _:
                points += claimed
                if score.arises or score.criterion.when_not_arising != "exclude":
                    maximum += score.criterion.max_points
    return Total(points, bonus, deduction, maximum)


def worded(criterion: Criterion) -> str:
    """The criterion's formula in words; "" where it has none or none that can be read."""
    try:
        params = {name: Decimal(number) for name, number in criterion.params.items()}
        return formulas.worded(formulas.parse(criterion.formula), criterion.words, params)
    except formulas.FormulaError:
        return ""


def lines_of(
    scores: Sequence[Score],
    computed: Mapping[int, Computed],
    proofs: Mapping[int, list[Proof]],
    form: SheetForm | None = None,
    others: Mapping[int, str] | None = None,
) -> list[Line]:
    return [
        Line(
            score, computed[score.pk], proofs.get(score.pk, []), _fields(form, score),
            (others or {}).get(score.pk, ""),
        )
        for score in scores
    ]  # fmt: skip


def sections_of(lines: Sequence[Line]) -> list[Section]:
    """In the order of the sheet; bonus and deduction last, under their own heading."""
    found: dict[int | None, Section] = {}
    for line in lines:
        group = line.criterion.group
        section = found.setdefault(group.pk if group else None, Section(group, []))
        section.lines.append(line)
    return sorted(found.values(), key=lambda s: (s.group is None, s.group.order if s.group else 0))


def others_values(
    before: Mapping[int, str], after: Sequence[Score], form: SheetForm
) -> dict[int, str]:
    """Score id → what the colleague saved, where the person had typed something else."""
    return {
        score.pk: claim_said(score)
        for score in after
        if form.touched(score) and before.get(score.pk) != claim_said(score)
    }


def claim_said(score: Score | Claimable) -> str:
    """A claim in words, for a colleague's eyes."""
    if not score.arises:
        said = _("không phát sinh")
    else:
        said = _("chưa chấm") if score.claimed is None else written.number(score.claimed)
    return f"{said} ({score.claim_reason})" if score.claim_reason else said


@dataclass(frozen=True, slots=True)
class Lateness:
    """What handing in today means. ``caps`` are the limits that would then hold."""

    days: int
    caps: tuple[Cap, ...]


def lateness_of(sheet: Sheet, today: dt.date) -> Lateness:
    """Against the round's date; a sheet handed in before keeps its first lateness."""
    days = sheet.days_late
    if days is None:
        days = days_late_on(sheet.round.dossier_due, today) or 0
    late = sheet.criteria_set.caps.filter(rule=Cap.Rule.DOSSIER_LATE).select_related("ceiling")
    caps = tuple(c for c in late if days >= (c.threshold or 1)) if days else ()
    return Lateness(days, caps)


def _fields(form: SheetForm | None, score: Score) -> dict[str, BoundField]:
    if form is None:
        return {}
    ending = f"_{score.criterion_id}"
    return {name.removesuffix(ending): form[name] for name in form.fields if name.endswith(ending)}
