"""Walking back: a unit's result, and one score with everything behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from danvan.kernel.access import actor_of
from danvan.scoring.models import Criterion, Explanation, Ranking, Round, Score, Sheet
from danvan.scoring.queries import drafts, rankings
from danvan.scoring.queries.sight import Sight, sight
from danvan.scoring.queries.thread import history_of, thread_of
from danvan.scoring.rules import rankings as ranking_rules
from danvan.scoring.rules import verification as rules
from danvan.scoring.tracing import trace_of
from danvan.scoring.views.results import score_or_404, sheet_or_404

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Given:
    """One of the five values: how much, by whom, when, why; ``note`` where there is none."""

    label: str
    points: Decimal | None
    who: Any = ""
    when: Any = None
    why: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class GroupLines:
    """A group of criteria with its subtotal and lines (score, verified value is seen)."""

    title: str
    points: Decimal | None
    maximum: Decimal | None
    lines: list[tuple[Score, bool]]


@require_GET
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """`/cham-diem/don-vi/<sheet>/`: class, caps, subtotals, every line leading on."""
    sheet, actor = sheet_or_404(request, pk), actor_of(request)
    seen, decided = sight(actor, sheet), _ranking(sheet.round)
    row = _row(request, sheet)
    history = Paginator(history_of(sheet, actor), PER_PAGE)
    context = {
        "sheet": sheet, "round": sheet.round, "row": row, "sight": seen, "ranking": decided,
        "unit_name": row.name, "groups": _groups(sheet, seen),
        "history": history.get_page(request.GET.get("trang")),
        "caps": _caps(sheet, row),
        "lifted": sheet.cap_marks.exclude(lifted_at=None).select_related("cap", "lifted_by"),
        "notes": sheet.minority_notes.select_related("office", "made_by") if seen.whole else [],
        "may_note": ranking_rules.may_note(actor, sheet),
        "may_raise_cap": ranking_rules.may_raise_cap(actor, sheet),
        "may_lift_cap": ranking_rules.may_lift_cap(actor, sheet),
        "changed": _changed(sheet, seen), "window": rules.in_window(sheet.round),
    }  # fmt: skip
    return render(request, "scoring/thread/result.html", context)


@require_GET
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """`/cham-diem/diem/<score>/`: the five values, and each step back one click away."""
    score, actor = score_or_404(request, pk), actor_of(request)
    sheet = score.sheet
    seen, decided = sight(actor, sheet), _ranking(sheet.round)
    explanation = Explanation.objects.filter(score=score).select_related(
        "filed_by", "answered_by", "answering").prefetch_related("proofs").first()  # fmt: skip
    visible, below = seen.sees(score), thread_of(score)
    context = {
        "score": score, "sheet": sheet, "round": sheet.round, "ranking": decided,
        "row": _row(request, sheet), "explanation": explanation, "thread": below,
        "trace": trace_of(score, below.readings),
        "values": _values(score, visible, seen, explanation, decided), "sight": seen,
        "visible": visible,
        "may_verify": rules.may_verify(actor, score),
        "may_explain": rules.may_explain(actor, score),
        "changed": visible and rules.is_changed(score),
        "may_answer": rules.may_answer(actor, explanation) if explanation else None,
        "may_name_second": rules.may_name_second(actor, explanation) if explanation else None,
        "corrections": score.corrections.select_related("made_by", "ranking__decision"),
        "abstentions": score.abstentions.select_related("office", "passed_to", "made_by"),
        "may_correct": ranking_rules.may_correct(actor, score),
    }  # fmt: skip
    return render(request, "scoring/thread/thread.html", context)


def _ranking(round: Round) -> Ranking | None:
    if round.state != Round.State.DECIDED:
        return None
    return Ranking.objects.select_related("decision", "signed_by").get(
        round=round, withdrawn_at=None
    )


def _row(request: HttpRequest, sheet: Sheet) -> rankings.Row:
    """The sheet's own line of the ranking (hidden while the reader may not see the sum)."""
    return rankings.row_of(sheet, actor_of(request))


def _groups(sheet: Sheet, seen: Sight) -> list[GroupLines]:
    scores = sheet.scores.select_related("criterion__group").order_by("criterion__order")
    held: dict[str, list[Score]] = {}
    for score in scores:
        score.sheet = sheet
        group = score.criterion.group
        title = str(group) if group else str(score.criterion.get_kind_display()).capitalize()
        held.setdefault(title, []).append(score)
    return [_group(title, lines, seen) for title, lines in held.items()]


def _group(title: str, scores: list[Score], seen: Sight) -> GroupLines:
    lines = [(score, seen.sees(score)) for score in scores]
    if not seen.whole:
        return GroupLines(title, None, None, lines)
    points = sum((drafts.value_of(s) for s in scores), Decimal(0))
    ordinary = scores[0].criterion.kind == Criterion.Kind.CRITERION
    maximum = sum((drafts.maximum_of(s) for s in scores), Decimal(0)) if ordinary else None
    return GroupLines(title, points, maximum, lines)


def _caps(sheet: Sheet, row: rankings.Row) -> list[tuple[dict[str, str], int | None]]:
    """Caps that fired, each with its id for the act of lifting it."""
    ids = dict(sheet.criteria_set.caps.values_list("code", "pk"))
    return [(cap, ids.get(cap["code"])) for cap in row.caps]


def _changed(sheet: Sheet, seen: Sight) -> list[Score]:
    """Scores the verifiers changed, for the unit to look at first."""
    if not seen.whole or sheet.state == Sheet.State.OPEN:
        return []
    scores: Iterable[Score] = sheet.scores.select_related("criterion", "explanation")
    return [score for score in scores if rules.is_changed(score)]


def _values(
    score: Score, visible: bool, seen: Sight, told: Explanation | None, decided: Ranking | None
) -> list[Given]:
    """Computed, claimed, verified, after explanation, decided: side by side."""
    sheet = score.sheet
    handed_in = sheet.submitted_at if sheet.state != Sheet.State.OPEN else None
    found = [
        Given(_("Hệ thống tính"), score.computed, _("Hệ thống"), handed_in, score.computed_said,
              "" if score.computed is not None else _("Chưa có dữ kiện để tính.")),
        Given(_("Tự chấm"), score.claimed, sheet.submitted_by or "", handed_in,
              score.claim_reason, "" if score.arises else _("Đơn vị ghi: không phát sinh.")),
    ]  # fmt: skip
    if not visible:
        return [*found, Given(_("Thẩm định"), None, note=seen.why)]
    note = _("Chưa thẩm định.") if score.verified is None else _found(score)
    found.append(
        Given(_("Thẩm định"), score.verified, score.verified_by or score.verifier or "",
              score.verified_at, score.verify_reason, note)
    )  # fmt: skip
    answered = told if told and told.answered_at else None
    found.append(
        Given(
            _("Sau giải trình"), score.explained, answered.answered_by if answered else "",
            answered.answered_at if answered else None, answered.answer if answered else "",
            "" if answered else _("Không có giải trình.") if not told else _("Chờ trả lời."),
        )
    )  # fmt: skip
    found.append(_as_decided(score, decided))
    return found


def _found(score: Score) -> str:
    if score.arises or score.arises_verified is None:
        return ""
    if score.arises_verified:
        return _("Không chấp nhận “không phát sinh”.")
    return _("Xác nhận không phát sinh.")


def _as_decided(score: Score, decided: Ranking | None) -> Given:
    if decided is None:
        return Given(_("Quyết định"), None, note=_("Chưa quyết định."))
    return Given(
        _("Quyết định"), score.decided, decided.signed_by, decided.decided_at,
        url=str(decided.decision_id), why=decided.decision.short,
        note="" if score.decided is not None else _("Đơn vị không nộp hồ sơ."),
    )  # fmt: skip
