"""Telling people: by the ladder, once a rung; by hand, once a day. Never what is done."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.models import Assignment
from danvan.chasing import queries, rules
from danvan.chasing.actions.telling import Told, tell
from danvan.chasing.ladder import Step, standing
from danvan.chasing.models import Audience, Digest, Reminder, Run
from danvan.chasing.recipients import People, people_of
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already
from danvan.kernel.actions import action, record
from danvan.kernel.calendar import Calendar
from danvan.organisations.models import Person, Unit
from danvan.programmes.models import Programme

OPENS, CLOSES = dt.time(7, 30), dt.time(17, 0)
# A longer silence than this is a wrong clock or a machine that stood still: people are not
# told of a whole season at once without somebody having looked.
LONGEST_SILENCE = dt.timedelta(days=31)


def open_now() -> bool:
    """Whether people may be told now: a worked day, within office hours."""
    local = timezone.localtime(clock.now())
    return OPENS <= local.time() < CLOSES and Calendar().is_working_day(local.date())


def has_work(body: Unit, *, after_silence: bool = False) -> bool:
    """Whether ``run`` would tell anybody, or is the first of the day (by it the clock is judged).

    So that a worker that comes every five minutes does not fill the history with nothing.
    """
    today, refused = clock.today(), _why_not(body, after_silence)
    since = timezone.make_aware(dt.datetime.combine(today, dt.time()))
    of_today = Run.objects.filter(body=body, at__gte=since, at__lt=since + dt.timedelta(days=1))
    if not of_today.filter(refused=refused).exists():
        return True
    return not refused and bool(_by_the_ladder(body, today))


@action("chasing.body.run", may=rules.may_run, says=gettext_lazy("nhắc việc theo lịch"))
def run(body: Unit, *, after_silence: bool = False, by: Actor) -> Run:
    """Tells everybody whose rung has come, one digest each. The body's row is the mutex.

    Outside office hours nothing is told. A clock that ran backwards or leapt over more than
    LONGEST_SILENCE tells nobody and says so in the run, unless somebody has looked at it
    (``after_silence``); then too nothing is told twice.
    """
    made = Run(body=body, at=clock.now(), refused=_why_not(body, after_silence))
    if not made.refused:
        told = _by_the_ladder(body, clock.today())
        digests = tell(told, Reminder.Kind.LADDER, clock.today())
        made.reminders, made.digests = sum(map(len, told.values())), len(digests)
    made.save()
    record(made, reason=made.refused, assignments=made.reminders, people=made.digests)
    return made


@action("chasing.programme.remind", may=rules.may_chase, says=gettext_lazy("nhắc đơn vị"))
def remind(
    programme: Programme, *, assignments: Iterable[int], audience: str, by: Actor
) -> list[Digest]:
    """Reminds by hand of some assignments of the programme; a second time that day: nothing.

    What was filed, exempted or extended past today since the page was opened is left out.
    """
    day = clock.today()
    chosen = list(queries.chased().filter(programme=programme, pk__in=list(assignments)))
    people = people_of((a.unit_id for a in chosen), day)
    told = _fresh_by_hand(chosen, people, audience, day)
    if not told:
        raise Refused(already(_("Không còn ai phải nhắc: đã nhắc trong ngày hoặc đã nộp.")))
    digests = tell(told, Reminder.Kind.HAND, day)
    record(programme, people=len(digests))
    return digests


@action("chasing.notice.read", may=rules.may_read_notice, says=gettext_lazy("đã xem thông báo"))
def read(digest: Digest, *, by: Actor) -> Digest:
    """The person has seen it; a second time changes nothing."""
    if digest.read_at is not None:
        raise Refused(already(_("Thông báo này đã được xem.")))
    digest.read_at = clock.now()
    digest.save(update_fields=["read_at"])
    record(digest)
    return digest


@action("chasing.notices.read", may=rules.may_read_own, says=gettext_lazy("đã xem mọi thông báo"))
def read_all(person: Person, *, by: Actor) -> int:
    """Everything told to the person so far counts as seen; returns how many were not."""
    count = Digest.objects.filter(person=person, read_at=None).update(read_at=clock.now())
    if not count:
        raise Refused(already(_("Không còn thông báo nào chưa xem.")))
    record(person, rows=count)
    return count


def _why_not(body: Unit, looked_at: bool) -> str:
    if not open_now():
        return _("Ngoài giờ làm việc.")
    # The last by order of writing: after a wrong clock was put right it is not the latest.
    last = Run.objects.filter(body=body, refused="").order_by("-pk").first()
    if last is None or looked_at:
        return ""
    if clock.now() < last.at:
        return _("Đồng hồ chạy lùi so với lần nhắc trước: không nhắc.")
    if clock.now() - last.at > LONGEST_SILENCE:
        return _("Đã hơn 31 ngày không nhắc: quản trị kiểm tra đồng hồ rồi chạy lại.")
    return ""


def _by_the_ladder(body: Unit, today: dt.date) -> Told:
    """Person → what the current rung tells: a fixed number of queries per rung."""
    due = _due(body, today)
    people = people_of({body.pk, *(a.unit_id for a, _step in due)}, today)
    told: Told = defaultdict(dict)
    for assignment, step in due:
        for audience in step.audiences:
            asked = body.pk if audience == Audience.CHAIRMAN else assignment.unit_id
            for person in people.get(asked, People()).of(audience):
                told[person][assignment.pk] = (assignment, step.offset)
    return told


def _due(body: Unit, today: dt.date) -> list[tuple[Assignment, Step]]:
    """What stands on a rung today that nobody was told of, ladder by ladder."""
    calendar, ladders = Calendar(), queries.ladders_for(body.pk, today)
    found: list[tuple[Assignment, Step]] = []
    for kind, steps in ladders.items():
        owed = queries.of_kind(queries.chased(body.pk), kind, ladders)
        by_offset = {step.offset: step for step in steps}
        written = owed.order_by().values_list("due_on", flat=True).distinct()
        dues = [day for day in written if day is not None]
        for offset, days in standing(dues, today, steps, calendar).items():
            new = queries.not_yet_told(owed, offset, days)
            found += [(a, by_offset[offset]) for a in new]
    return found


def _fresh_by_hand(
    chosen: Sequence[Assignment], people: Mapping[int, People], audience: str, day: dt.date
) -> Told:
    already_told = set(
        Reminder.objects.filter(
            assignment__in=chosen, kind=Reminder.Kind.HAND, day=day
        ).values_list("assignment", "person")
    )
    told: Told = defaultdict(dict)
    for assignment in chosen:
        for person in people.get(assignment.unit_id, People()).of(audience):
            if (assignment.pk, person.pk) not in already_told:
                told[person][assignment.pk] = (assignment, None)
    return told
