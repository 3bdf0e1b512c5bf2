"""What verifying offices, units, the programme office and the chairman owe in a round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.organisations import roles
from danvan.organisations.queries import names_on
from danvan.scoring.models import Explanation, Round, Score, Sheet
from danvan.scoring.queries import progress, verification
from danvan.scoring.queries.progress import CHANGED
from danvan.scoring.rules.verification import ACTING
from danvan.scoring.workflow import TAKING_SHEETS
from danvan.ui import written


def duties_of(actor: Actor, today: dt.date) -> Iterable[Duty]:
    """A fixed number of queries per round that is under way (one, as a rule)."""
    yield from _verifying(actor)
    yield from _explaining(actor, today)
    yield from _answering(actor)
    yield from _leading(actor, today)
    yield from _deciding(actor)


def _verifying(actor: Actor) -> Iterator[Duty]:
    for round, scores, sheets in verification.waiting(actor):
        yield _duty(
            _("%(scores)d tiêu chí chờ thẩm định (%(sheets)d phiếu)")
            % {"scores": scores, "sheets": sheets},
            reverse("scoring:queue", args=[round.pk]), "owed", round.verify_due,
            _("Hạn thẩm định của đợt chấm, để kịp quyết định ngày %s.")
            % written.day(round.decide_due),
            _("cơ quan thẩm định"),
        )  # fmt: skip


def _explaining(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """The unit's window is open and the office changed points."""
    rows = (
        Score.objects.filter(
            CHANGED, sheet__unit__in=actor.scopes(*ACTING), sheet__state=Sheet.State.VERIFIED,
            sheet__round__state__in=TAKING_SHEETS, sheet__round__explain_from__lte=today,
            sheet__round__explain_to__gte=today, explanation__isnull=True,
        )
        .order_by()
        .values_list("sheet", "sheet__round__explain_from", "sheet__round__explain_to")
        .annotate(n=Count("pk"))
    )  # fmt: skip
    for sheet, first, last, count in rows:
        yield _duty(
            _("%d điểm bị thay đổi khi thẩm định: còn quyền giải trình") % count,
            reverse("scoring:result", args=[sheet]), "owed", last,
            _("Thời gian giải trình từ %(first)s đến hết %(last)s.")
            % {"first": written.day(first), "last": written.day(last)},
            _("đơn vị"),
        )  # fmt: skip


def _answering(actor: Actor) -> Iterator[Duty]:
    """Explanations wait for the programme office, its own for its substitute."""
    mine = actor.scopes(roles.MEMBER)
    office = Q(
        score__sheet__round__offices__role=roles.PROGRAMME_OFFICE,
        score__sheet__round__offices__office__in=mine,
    )
    standing_in = Q(
        score__sheet__round__offices__role=roles.PROGRAMME_OFFICE,
        score__sheet__round__offices__substitute__in=mine,
        score__sheet__unit__in=Round.objects.filter(offices__role=roles.PROGRAMME_OFFICE).values(
            "offices__office"
        ),
    )
    usual = Q(answering__isnull=True) & (office | standing_in)
    waiting = (
        Explanation.objects.filter(
            usual | Q(answering__in=mine), answered_at__isnull=True,
            score__sheet__round__state__in=TAKING_SHEETS,
        )
        .exclude(score__sheet__unit__in=actor.scopes(roles.MEMBER, *ACTING))
        .select_related("score__criterion", "score__sheet__round")
        .distinct()
    )  # fmt: skip
    held = list(waiting)
    names = {}
    if held:
        names = names_on(
            held[0].score.sheet.round.dossier_due, {e.score.sheet.unit_id for e in held}
        )
    for one in held:
        sheet = one.score.sheet
        told = {"code": one.score.criterion.code, "unit": names.get(sheet.unit_id, "")}
        yield _duty(
            _("Trả lời giải trình %(code)s – %(unit)s") % told,
            reverse("scoring:answer", args=[one.pk]), "waiting", sheet.round.decide_due,
            _("Phải trả lời trước khi chốt điểm, để kịp quyết định."),
            _("cơ quan thường trực"),
        )  # fmt: skip


def _leading(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """The next step of the round, for the programme office."""
    rounds = Round.objects.filter(
        programme__body__in=actor.scopes(roles.PROGRAMME_OFFICE), dossier_due__lt=today
    ).exclude(state__in=[Round.State.PROPOSED, Round.State.DECIDED])
    labels = {
        Round.State.OPEN: (_("Chuyển đợt chấm sang thẩm định"), progress.lacking_for_verification),
        Round.State.VERIFYING: (_("Chuyển sang giải trình"), progress.lacking_for_explanation),
        Round.State.EXPLAINING: (_("Chốt điểm đợt chấm"), progress.lacking_for_settling),
        Round.State.SETTLED: (_("Trình kết quả xếp loại"), lambda round: ""),
    }
    for round in rounds:
        title, lacking = labels[Round.State(round.state)]
        page = "scoring:ranking" if round.state == Round.State.SETTLED else "scoring:settling"
        missing = lacking(round)
        yield _duty(
            title, reverse(page, args=[round.pk]), "watch" if missing else "owed",
            round.decide_due, missing or _("Để kịp quyết định đúng hạn."), _("cơ quan thường trực"),
        )  # fmt: skip


def _deciding(actor: Actor) -> Iterator[Duty]:
    bodies = actor.scopes(roles.HEAD, roles.DEPUTY)
    rounds = Round.objects.filter(programme__body__in=bodies, state=Round.State.PROPOSED)
    for round in rounds.select_related("programme__plan"):
        yield _duty(
            _("Quyết định xếp loại năm %d") % round.programme.year,
            reverse("scoring:ranking", args=[round.pk]), "owed", round.decide_due,
            _("Hạn quyết định của đợt chấm điểm theo %s.") % round.programme.plan.short,
            _("Chủ tịch"),
        )  # fmt: skip


def _duty(title: str, url: str, kind: str, due: dt.date, why: str, whose: str) -> Duty:
    return Duty(title, url, kind, due, why, whose, _("Chấm điểm"))  # type: ignore[arg-type]
