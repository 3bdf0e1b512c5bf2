"""The urging letter: numbered, kept with the list of who was late, and told to each unit."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.models import Assignment
from danvan.chasing import papers, queries, rules
from danvan.chasing.actions.telling import Told, tell
from danvan.chasing.models import Reminder, UrgedAssignment, UrgingLetter
from danvan.chasing.recipients import People, people_of
from danvan.chasing.wording import absolute
from danvan.documents.actions.issuing import issue
from danvan.documents.models import Document
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.programmes.models import Programme


@action(
    "chasing.programme.urge", may=rules.may_urge, says=gettext_lazy("ban hành công văn đôn đốc")
)
def urge(programme: Programme, *, task: int | None = None, by: Actor) -> UrgingLetter:
    """Issues a letter to every unit that is late today (with one task, or all).

    Everybody of a late unit who is told of its work is told of the letter, by name of the
    letter in its history. Refused when nobody is late, and (done) when the same list went out
    today already.
    """
    late = late_of(programme, task)
    if not late:
        raise Refused(refuse(_("Hôm nay không có đơn vị nào quá hạn.")))
    _not_again(programme, late)
    paper = papers.compose(programme, late, by)
    document = issue(programme.body, **papers.for_issuing(paper), by=by)
    letter = UrgingLetter.objects.create(
        document=document, body=programme.body, programme=programme, issued_at=clock.now()
    )
    UrgedAssignment.objects.bulk_create(
        UrgedAssignment(
            letter=letter,
            assignment=a,
            due_on=a.due_on or clock.today(),
            days_late=papers.days_late(a),
        )
        for a in late
    )
    record(programme, code=document.code, units=len({a.unit_id for a in late}))
    _send(document, late)
    return letter


def _send(document: Document, late: list[Assignment]) -> None:
    """To officer, leader and head of each unit; a unit without any has its line all the same."""
    day = clock.today()
    people = people_of((a.unit_id for a in late), day)
    told: Told = defaultdict(dict)
    for a in late:
        held = people.get(a.unit_id, People())
        for person in {*held.officer, *held.leader, *held.head}:
            told[person][a.pk] = (a, None)
        if not (held.officer or held.leader or held.head):
            record(a, concerns=a.unit_id, code=document.code, told=[])
    words = _("%(issuer)s đã ban hành Công văn số %(code)s (%(address)s) đôn đốc các việc sau:")
    opening = words % {
        "issuer": document.issuer_name,
        "code": document.code,
        "address": absolute("documents:document", document.pk),
    }
    tell(told, Reminder.Kind.LETTER, day, opening=opening, code=document.code)


def late_of(programme: Programme, task: int | None = None) -> list[Assignment]:
    """Late today, of one task or of all."""
    found = queries.late_in(programme, clock.today())
    return list(found.filter(task=task) if task else found)


def _not_again(programme: Programme, late: list[Assignment]) -> None:
    today = clock.today()
    for letter in programme.urging_letters.prefetch_related("lines")[:5]:
        same = {line.assignment_id for line in letter.lines.all()} == {a.pk for a in late}
        if same and clock.local_day(letter.issued_at) == today:
            told = _("Công văn %s đã ban hành hôm nay cho đúng các đơn vị này.")
            raise Refused(already(told % letter.document.code))
