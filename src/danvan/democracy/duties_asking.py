"""What units and the Front owe each other here, for the desk: a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.democracy.committees import ACTING
from danvan.democracy.models import BuildingOpinion, Dialogue, DialogueRule, Recommendation
from danvan.democracy.queries import dialogue as dialogues
from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.organisations import roles
from danvan.ui import written

# A dialogue planned within so many days and not told to anybody stands on the desk.
HORIZON = dt.timedelta(days=14)
State = Dialogue.State


def asking_duties(actor: Actor, today: dt.date) -> Iterable[Duty]:
    """Dialogues to announce, to write down, to publish; replies owed; replies to look at."""
    units = actor.scopes(*ACTING)
    if units:
        yield from _dialogues(units, today)
        yield from _replies(units)
        yield from _opinions(units)
    if watched := actor.scopes(roles.OBSERVER):
        yield from _to_remark(watched)


def _dialogues(units: Iterable[int], today: dt.date) -> Iterator[Duty]:
    rows = Dialogue.objects.filter(
        host__in=units, state__in=[State.PLANNED, State.ANNOUNCED, State.HELD],
        held_on__lte=today + HORIZON,
    )  # fmt: skip
    known = dialogues.every_rule()
    for row in rows:
        url = reverse("democracy:dialogue", args=[row.pk])
        if row.state == State.PLANNED:
            yield Duty(
                _("Thông báo cuộc đối thoại: %s") % row.title, url, "owed", *_notice(row, known)
            )
        elif row.state == State.ANNOUNCED and row.held_on <= today:
            yield Duty(
                _("Ghi biên bản đối thoại: %s") % row.title, url, "owed", None,
                _("Cuộc đối thoại ngày %s.") % written.day(row.held_on),
            )  # fmt: skip
        elif row.state == State.HELD:
            day, why = dialogues.publish_before(row, known)
            yield Duty(
                _("Công khai kết quả đối thoại: %s") % row.title, url, "owed", day,
                why or _("Chưa có quy định về số ngày."),
            )  # fmt: skip


def _notice(row: Dialogue, known: list[DialogueRule]) -> tuple[dt.date | None, str]:
    """The last day to tell the people, and why."""
    rule = dialogues.rules_on(row.held_on, row.body_id, known).get(DialogueRule.Kind.NOTICE)
    if rule is None:
        return None, _("Chưa có quy định về số ngày thông báo trước.")
    days = dt.timedelta(days=rule.number)
    said = _("Ít nhất %(n)d ngày trước ngày %(held)s. %(source)s.") % {
        "n": rule.number, "held": written.day(row.held_on), "source": rule.source,
    }  # fmt: skip
    return row.held_on - days, said


def _replies(units: Iterable[int]) -> Iterator[Duty]:
    rows = Recommendation.objects.filter(
        supervision__unit__in=units, state=Recommendation.State.SENT
    ).annotate(before=Count("replies"))
    for row in rows:
        yield Duty(
            _("Trả lời kiến nghị giám sát: %s") % row,
            reverse("democracy:recommendation", args=[row.pk]),
            "returned" if row.before else "owed",
            row.reply_due_on,
            _("%(code)s, gửi ngày %(day)s.")
            % {"code": row.document_code, "day": written.day(row.sent_on)},
        )


def _opinions(units: Iterable[int]) -> Iterator[Duty]:
    rows = BuildingOpinion.objects.filter(
        to_unit__in=units, state=BuildingOpinion.State.RECEIVED
    )  # fmt: skip
    for row in rows:
        yield Duty(
            _("Trả lời góp ý: %s") % row, reverse("democracy:opinion", args=[row.pk]), "owed",
            row.due_on, _("%(kind)s của %(source)s, nhận ngày %(day)s.") % {
                "kind": row.get_kind_display().capitalize(), "source": row.source,
                "day": written.day(row.received_on),
            },
        )  # fmt: skip


def _to_remark(bodies: Iterable[int]) -> Iterator[Duty]:
    rows = Recommendation.objects.filter(
        supervision__programme__body__in=bodies, state=Recommendation.State.REPLIED
    )
    for row in rows:
        yield Duty(
            _("Nhận xét kết quả thực hiện kiến nghị: %s") % row,
            reverse("democracy:recommendation", args=[row.pk]), "waiting",
        )  # fmt: skip
