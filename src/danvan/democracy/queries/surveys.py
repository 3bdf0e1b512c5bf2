"""Surveys and their results: counts, the rate with its margin, and what is held back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy.committees import called
from danvan.democracy.models import PaperBatch, Question, Survey, SurveyUnit, Tally
from danvan.kernel.access import Actor
from danvan.organisations.queries import names_on
from danvan.ui import written

# 95 %: the usual confidence of published surveys.
Z = Decimal("1.96")
FORMULA = gettext_lazy(
    "Sai số (độ tin cậy 95 %) = 1,96 × √(0,5 × 0,5 ÷ n) × √((N − n) ÷ (N − 1)), với n là số phiếu "
    "trả lời câu chung, N là số người được phục vụ; không biết N thì bỏ thừa số sau. Lấy 0,5 là "
    "trường hợp bất lợi nhất. Công thức đúng khi người trả lời được chọn ngẫu nhiên; phiếu tự "
    "nguyện qua mã QR thì sai số thực có thể lớn hơn."
)


def visible_to(actor: Actor) -> QuerySet[Survey]:
    """Everybody who holds a place here: who was asked about, how, what came of it."""
    held = Survey.objects.all() if actor.holds else Survey.objects.none()
    return held.select_related("questionnaire", "body")


def surveyed_visible_to(actor: Actor) -> QuerySet[SurveyUnit]:
    seen = SurveyUnit.objects.filter(survey__in=visible_to(actor).values("pk"))
    return seen.select_related("survey__body", "survey__questionnaire", "unit")


def margin(n: int, population: int | None) -> Decimal | None:
    """Half the width of the interval, as a ratio; None of nothing. See FORMULA."""
    if n < 1:
        return None
    half = Z * (Decimal("0.25") / n).sqrt()
    if population is None or population <= 1:
        return half
    left = max(0, population - n)
    return half * (Decimal(left) / Decimal(population - 1)).sqrt()


@dataclass(frozen=True, slots=True)
class Answers:
    """One question of one unit: (words, times, share) per option, and how many answered."""

    question: Question
    options: list[tuple[str, int, Decimal]]
    answered: int

    @property
    def satisfied(self) -> int:
        good = set(self.question.satisfied)
        chosen = zip(self.question.options, self.options, strict=True)
        return sum(count for (value, _said), (_words, count, _share) in chosen if value in good)


@dataclass(frozen=True, slots=True)
class Result:
    """What one unit got. ``why_hidden`` is set where nothing may be told; then no figure is."""

    surveyed: SurveyUnit
    name: str
    online: int
    paper: int
    why_hidden: str
    questions: list[Answers]

    @property
    def sheets(self) -> int:
        return self.online + self.paper

    @property
    def overall(self) -> Answers | None:
        return next((q for q in self.questions if q.question.overall), None)

    @property
    def rate(self) -> Decimal | None:
        """Share of those who answered the overall question that are satisfied."""
        found = self.overall
        if found is None or not found.answered:
            return None
        return Decimal(found.satisfied) / Decimal(found.answered)

    @property
    def margin(self) -> Decimal | None:
        found = self.overall
        return margin(found.answered, self.surveyed.population) if found else None


def results(surveyed: Collection[SurveyUnit]) -> list[Result]:
    """Of units of one or several surveys, by name: five queries, whatever their number."""
    rows = list(surveyed)
    paper = _paper(rows)
    counts = _counts(rows)
    questions: dict[int, list[Question]] = defaultdict(list)
    asked = {row.survey.questionnaire_id for row in rows}
    for question in Question.objects.filter(questionnaire__in=asked):
        questions[question.questionnaire_id].append(question)
    days = {row.survey.closes_on for row in rows}
    names = {day: names_on(day, {r.unit_id for r in rows}) for day in days}
    found = []
    for row in rows:
        said = [_answers(q, counts[row.pk]) for q in questions[row.survey.questionnaire_id]]
        overall = next((one.answered for one in said if one.question.overall), 0)
        why = _why_hidden(row, overall)
        name = called(names[row.survey.closes_on], row.unit)
        found.append(Result(row, name, row.sheets, paper[row.pk], why, [] if why else said))
    return found


def _why_hidden(row: SurveyUnit, answered: int) -> str:
    """Why no figure of the unit is told; empty if it is."""
    if row.survey.settled_on is None:
        return _("Kết quả chưa chốt: chỉ biết số phiếu đã nhận.")
    if answered < row.survey.minimum:
        return _("Chỉ có %(n)d phiếu, dưới cỡ mẫu tối thiểu %(least)d nên không công bố.") % {
            "n": answered, "least": row.survey.minimum,
        }  # fmt: skip
    return ""


def _paper(rows: list[SurveyUnit]) -> dict[int, int]:
    kept = PaperBatch.objects.filter(surveyed__in=rows, withdrawn_why="")
    summed = kept.order_by().values_list("surveyed").annotate(n=Sum("sheets"))
    return defaultdict(int, dict(summed))


def _counts(rows: list[SurveyUnit]) -> dict[int, dict[tuple[int, str], int]]:
    """SurveyUnit → (question, option) → times, over the network and on paper together."""
    kept = Tally.objects.filter(surveyed__in=rows).filter(
        Q(batch__isnull=True) | Q(batch__withdrawn_why="")
    )
    summed = kept.order_by().values_list("surveyed", "question", "option").annotate(n=Sum("count"))
    found: dict[int, dict[tuple[int, str], int]] = defaultdict(dict)
    for row, question, option, times in summed:
        found[row][question, option] = times
    return found


def _answers(question: Question, counts: dict[tuple[int, str], int]) -> Answers:
    times = [counts.get((question.pk, value), 0) for value, _words in question.options]
    answered = sum(times)
    shares = [Decimal(n) / answered if answered else Decimal(0) for n in times]
    words = [words for _value, words in question.options]
    return Answers(question, list(zip(words, times, shares, strict=True)), answered)


def settled_in(units: Collection[int], start: dt.date, end: dt.date) -> list[SurveyUnit]:
    """For each unit its last settled survey that closed in these days; one query."""
    found = SurveyUnit.objects.filter(
        unit__in=units, survey__settled_on__isnull=False,
        survey__closes_on__gte=start, survey__closes_on__lte=end,
    ).select_related("survey", "unit")  # fmt: skip
    last = {row.unit_id: row for row in found.order_by("survey__closes_on", "pk")}
    return list(last.values())


def said(result: Result) -> str:
    """The rate in words: "92,5 % hài lòng (37/40), sai số ±15,5 điểm %"; or why not."""
    found, off = result.overall, result.margin
    if result.why_hidden or found is None or result.rate is None or off is None:
        return result.why_hidden or _("Không có câu hỏi chung nên không tính được.")
    return _("%(rate)s hài lòng (%(good)d/%(n)d phiếu), sai số ±%(off)s điểm phần trăm") % {
        "rate": written.share(result.rate), "good": found.satisfied, "n": found.answered,
        "off": written.number(off * 100, 1),
    }  # fmt: skip
