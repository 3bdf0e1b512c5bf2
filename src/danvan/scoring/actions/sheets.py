"""A unit fills in its sheet, proves it, submits it; the programme office may send it back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.actions.dossiers import file_dossier
from danvan.assignments.queries import dossier_of
from danvan.assignments.status import days_late_on
from danvan.assignments.workflow import OWED
from danvan.kernel import clock, statements
from danvan.kernel.access import Actor, Refused, Stale, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.queries import latest_name, person_of
from danvan.scoring import computing, gate, routing
from danvan.scoring.actions.proofs import NewProofs, attach, told
from danvan.scoring.models import Criterion, FrozenReading, Score, Sheet
from danvan.scoring.queries.sheets import Claimable, last_saving, to_claim
from danvan.scoring.rules import sheets as rules
from danvan.scoring.workflow import SHEET
from danvan.ui import written

NOTHING = Decimal(0)


class Claim(NamedTuple):
    """What a unit says of one criterion. ``points`` None: not scored yet."""

    points: Decimal | None = None
    reason: str = ""
    arises: bool = True


def save(
    sheet: Sheet,
    *,
    revision: int,
    claims: Mapping[int, Claim],
    proofs: Sequence[NewProofs] = (),
    by: Actor,
) -> Sheet:
    """Saves the claims given (criterion id → claim) and new proofs; others stay untouched.

    ``revision`` is the one the person saw: Stale if a colleague saved since, and nothing is
    written. A claim outside the criterion's bounds refuses the whole saving.

    Everything is worked out before the verb begins: on SQLite it then holds the one lock of
    all writers only as long as it writes.
    """
    return _save(  # type: ignore[no-any-return]
        sheet, revision=revision, claims=claims, plan=_plan(sheet, claims), proofs=proofs, by=by
    )


@action("scoring.sheet.save", may=rules.may_fill, says=gettext_lazy("lưu phiếu tự chấm"))
def _save(
    sheet: Sheet,
    *,
    revision: int,
    claims: Mapping[int, Claim],
    plan: _Plan,
    proofs: Sequence[NewProofs],
    by: Actor,
) -> Sheet:
    """Writes ``plan``, worked out anew if the sheet is not any more what it was made from."""
    _fresh(sheet, revision)
    if plan.revision != sheet.revision:
        plan = _plan(sheet, claims)
    if plan.wrong:
        raise Refused(refuse(plan.wrong))
    _write_claims(plan.rows)
    made = attach(sheet, proofs, by)
    sheet.revision += 1
    statements.change(sheet, "revision")
    history: dict[str, Any] = {"changed": plan.told} if plan.told else {}
    if made:
        history["proofs"] = told(made)
    record(sheet, concerns=sheet.unit_id, named=plan.named, revision=sheet.revision, **history)
    return sheet


@action("scoring.sheet.submit", may=rules.may_submit, says=gettext_lazy("nộp phiếu tự chấm"))
def submit(sheet: Sheet, *, revision: int | None = None, by: Actor) -> Sheet:
    """Hands the sheet in: lateness, the dossier's duty, final computed values, frozen readings.

    Bonus and deduction left empty become 0; what the system proves itself takes the computed
    value where nothing was claimed. Handing in is itself a duty done, so it may move computed
    values: a claim that agreed with the system's value before agrees with it afterwards.
    """
    if revision is not None:
        _fresh(sheet, revision)
    now = clock.now()
    if sheet.days_late is None:
        sheet.days_late = days_late_on(sheet.round.dossier_due, clock.local_day(now))
    scores = computing.scores_of([sheet])
    agreed = _agreed(sheet, scores)
    _file_dossier(sheet, by)
    _freeze(sheet, _settle_values(sheet, scores, agreed), now)
    sheet.state = SHEET.target("submit")
    sheet.submitted_at, sheet.submitted_by = now, person_of(by)
    sheet.revision += 1
    sheet.save()
    routing.route(sheet)
    record(sheet, concerns=sheet.unit_id, days_late=sheet.days_late)
    return sheet


@action("scoring.sheet.return", may=rules.may_return, says=gettext_lazy("trả lại phiếu tự chấm"))
def return_to_unit(sheet: Sheet, *, reason: str, by: Actor) -> Sheet:
    """Opens the sheet again. The first submission's lateness stays, better or worse."""
    if not reason.strip():
        raise Refused(refuse(_("Phải ghi lý do trả lại.")))
    sheet.state = SHEET.target("return")
    sheet.revision += 1
    sheet.save(update_fields=["state", "revision"])
    sheet.scores.update(verifier=None)
    record(sheet, concerns=sheet.unit_id, reason=reason.strip())
    return sheet


def _fresh(sheet: Sheet, revision: int) -> None:
    if revision == sheet.revision:
        return
    last = last_saving(sheet)
    raise Stale(
        _("%(who)s đã lưu phiếu này lúc %(when)s, sau khi trang này được mở.")
        % {
            "who": last.actor_name if last else _("Đồng nghiệp"),
            "when": written.moment(last.at if last else clock.now()),
        }
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a saving will write, made from the sheet at ``revision``.

    ``rows``: [score, claimed, reason, arises] of each score that changes, as JSON; ``told``:
    criterion code → [before, after]; ``wrong``: why nothing of it may be saved. ``named``: the
    sheet in the history, which the locked one would have to ask for again.
    """

    revision: int
    named: str = ""
    rows: str = ""
    told: dict[str, list[str | None]] = field(default_factory=dict)
    wrong: str = ""


def _plan(sheet: Sheet, claims: Mapping[int, Claim]) -> _Plan:
    """A few queries, writes nothing. Scores and revision come from one statement: they agree."""
    held = {row.criterion_id: row for row in to_claim(sheet)}
    revision = next((row.revision for row in held.values()), sheet.revision)
    rows, told = [], {}
    for criterion, claim in claims.items():
        row = held.get(criterion)
        if row is None:
            return _Plan(revision, wrong=_("Phiếu không có tiêu chí này."))
        if wrong := _wrong(row, claim):
            return _Plan(revision, wrong=wrong)
        points, reason, arises = _points(row, claim), claim.reason.strip(), claim.arises
        before, after = _seen(row.arises, row.claimed), _seen(arises, points)
        if (before, row.claim_reason) != (after, reason):
            rows.append([row.pk, None if points is None else str(points), reason, arises])
            told[row.code] = [before, after]
    written_rows = json.dumps(rows, ensure_ascii=False) if rows else ""
    return _Plan(revision, Sheet.called(latest_name(sheet.unit_id)), written_rows, told)


def _write_claims(rows: str) -> None:
    """One statement for the whole sheet: the ORM's CASE for each column, and its upsert of every
    column, take ten times as long to word. The rows go as one text; value by value, PostgreSQL's
    driver would write them out for longer."""
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_CLAIMS[connection.vendor], [rows])


_CLAIMS = {
    vendor: (
        f"UPDATE {Score._meta.db_table} SET claimed = CAST(given.value->>1 AS numeric), "
        f"claim_reason = given.value->>2, arises = CAST(given.value->>3 AS boolean) "
        f"FROM {rows} WHERE {Score._meta.db_table}.id = CAST(given.value->>0 AS bigint)"
    )
    for vendor, rows in (
        ("sqlite", "json_each(%s) AS given"),
        ("postgresql", "jsonb_array_elements(CAST(%s AS jsonb)) AS given(value)"),
    )
}


def _write(changed: Collection[Score], *columns: str) -> None:
    """One statement. An upsert on rows that exist: the CASE of ``bulk_update`` costs six times
    as much to build for a whole sheet."""
    if changed:
        Score.objects.bulk_create(
            changed, update_conflicts=True, update_fields=columns, unique_fields=["pk"]
        )


def _wrong(row: Claimable, claim: Claim) -> str:
    """Why the claim cannot stand, as a sentence; "" if it can."""
    points, limit = claim.points, row.max_points
    if row.method == Criterion.Method.SUPERIOR:
        return _("%(code)s: tiêu chí này chỉ cấp trên chấm.") % {"code": row.code}
    if not claim.arises and row.when_not_arising == Criterion.WhenNotArising.ZERO:
        told_why = _("%(code)s: tiêu chí này không được ghi “không phát sinh”.")
        return told_why % {"code": row.code}
    if points is not None and not (points.is_finite() and NOTHING <= points <= limit):
        bounds = {"code": row.code, "max": written.number(limit)}
        return _("%(code)s: điểm phải từ 0 đến %(max)s.") % bounds
    return ""


def _points(row: Claimable, claim: Claim) -> Decimal | None:
    """What did not arise is given in full, or leaves the maximum, by the criterion's policy."""
    if claim.arises:
        return None if claim.points is None else claim.points.quantize(Decimal("0.01"))
    full = row.when_not_arising == Criterion.WhenNotArising.FULL
    return row.max_points if full else None


def _seen(arises: bool, points: Decimal | None) -> str | None:
    """A claim as the history tells it."""
    if not arises:
        return _("không phát sinh")
    return None if points is None else written.number(points)


# --- submission ------------------------------------------------------------------------------


def _file_dossier(sheet: Sheet, by: Actor) -> None:
    """The unit's duty to send the scoring dossier is done by this, if it still owes it."""
    owed = dossier_of(sheet.round.programme_id, sheet.unit_id)
    if owed is not None and owed.state in OWED:
        file_dossier(owed, by=by)


def _agreed(sheet: Sheet, scores: Sequence[Score]) -> set[int]:
    """Scores whose claim is the system's own value, proven if they need a proof."""
    computed, proofs = computing.compute(scores, sheet.round), gate.proof_counts(sheet)
    return {
        score.pk
        for score in scores
        if score.arises
        and score.claimed is not None
        and score.claimed == computed[score.pk].value
        and (score.criterion.evidence_by_system or proofs[score.pk])
    }


def _settle_values(
    sheet: Sheet, scores: Sequence[Score], agreed: Collection[int]
) -> computing.Readings:
    """Fills what may be left empty and computes a last time, now that the dossier is in.

    Returns the readings it was done with.
    """
    read = computing.read_for(scores, sheet.round)
    computed = computing.compute(scores, sheet.round, read)
    changed = {s.pk: s for s in computing.store(scores, computed)}
    for score in scores:
        if score.pk in agreed and computed[score.pk].value is not None:
            score.claimed = computed[score.pk].value
        elif score.criterion.method == Criterion.Method.SUPERIOR:
            continue
        elif score.claimed is None and score.arises:
            score.claimed = _when_left_empty(score, computed[score.pk])
            changed[score.pk] = score
    _write(changed.values(), "claimed", "computed", "computed_said")
    return read


def _when_left_empty(score: Score, computed: computing.Computed) -> Decimal:
    """No bonus, no deduction; what the system proves takes the system's value."""
    if score.criterion.kind != Criterion.Kind.CRITERION:
        return NOTHING
    if computed.value is not None:
        return computed.value
    told_why = _("%(code)s: hệ thống chưa tính được (%(why)s) Hãy tự chấm tiêu chí này.")
    raise Refused(refuse(told_why % {"code": score.criterion.code, "why": computed.said}))


def _freeze(sheet: Sheet, read: computing.Readings, now: dt.datetime) -> None:
    """Keeps the readings as they are: a correction is a later reading, never a changed one."""
    while sheet.readings.filter(as_of=now).exists():
        now += dt.timedelta(microseconds=1)
    FrozenReading.objects.bulk_create(_frozen(sheet, read, now))


def _frozen(sheet: Sheet, read: computing.Readings, now: dt.datetime) -> Iterable[FrozenReading]:
    for code, by_unit in read.items():
        reading = by_unit.get(sheet.unit_id)
        yield FrozenReading(
            sheet=sheet,
            fact=code,
            value=reading.value if reading else None,
            numerator=reading.numerator if reading else None,
            denominator=reading.denominator if reading else None,
            said=(reading.said if reading else "")[:300],
            basis=(reading.basis if reading else "")[:300],
            as_of=now,
        )
