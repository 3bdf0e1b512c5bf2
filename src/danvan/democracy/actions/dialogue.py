"""Planning a dialogue, telling the people, holding it, publishing what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.models import Assignment
from danvan.democracy.committees import committee_of, take_on
from danvan.democracy.dialogue_workflow import WORKFLOW
from danvan.democracy.models import Dialogue, DialogueRule, Promise
from danvan.democracy.rules import dialogue as rules
from danvan.kernel import clock, files
from danvan.kernel.access import Actor, Refused, already, demand, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.organisations.queries import person_of


@dataclass(frozen=True, slots=True)
class Meeting:
    """What is planned: with whom, about what (an item a line), when, where, who presides."""

    title: str
    audience: str
    agenda: str
    held_on: dt.date
    time: str
    place: str
    chair: str
    chair_title: str


@dataclass(frozen=True, slots=True)
class Held:
    """What the minutes say."""

    people: int
    opinions: int
    answered: int
    secretary: str
    minutes: str


@action("democracy.dialogue.plan", may=rules.may_plan, says=gettext_lazy("dự kiến đối thoại"))
def plan(host: Unit, *, meeting: Meeting, by: Actor) -> Dialogue:
    """A dialogue of the unit, not yet told to anybody. The same day and title once only."""
    _complete(meeting)
    same = Dialogue.objects.filter(host=host, held_on=meeting.held_on, title=meeting.title)
    if same.exclude(state=Dialogue.State.CANCELLED).exists():
        raise Refused(already(_("Cuộc đối thoại này đã được ghi.")))
    made = Dialogue.objects.create(
        host=host, body=committee_of(host, clock.today()), entered_by=person_of(by),
        **asdict(meeting),
    )  # fmt: skip
    record(made, concerns=host.pk, title=made.title, day=made.held_on)
    return made


@action("democracy.dialogue.change", may=rules.may_change, says=gettext_lazy("sửa dự kiến"))
def change(dialogue: Dialogue, *, meeting: Meeting, by: Actor) -> Dialogue:
    """While nobody was told: any part of the plan."""
    _complete(meeting)
    before = dialogue.held_on
    for name, value in asdict(meeting).items():
        setattr(dialogue, name, value)
    dialogue.save()
    record(dialogue, concerns=dialogue.host_id, title=dialogue.title,
           day=[before, dialogue.held_on])  # fmt: skip
    return dialogue


@action(
    "democracy.dialogue.announce",
    may=rules.may_announce,
    says=gettext_lazy("thông báo cuộc đối thoại"),
)
def announce(dialogue: Dialogue, *, on: dt.date, how: str, by: Actor) -> Dialogue:
    """The day on which the people were told, and how. A notice too short is kept as it is."""
    if on > clock.today() or on > dialogue.held_on:
        raise Refused(refuse(_("Ngày thông báo không sau hôm nay và không sau ngày đối thoại.")))
    if not how.strip():
        raise Refused(refuse(_("Phải ghi đã thông báo bằng hình thức nào.")))
    dialogue.announced_on, dialogue.announced_how = on, how.strip()
    dialogue.state = WORKFLOW.target("announce")
    dialogue.save()
    record(dialogue, concerns=dialogue.host_id, day=on, reason=dialogue.announced_how)
    return dialogue


@action(
    "democracy.dialogue.hold", may=rules.may_hold, says=gettext_lazy("ghi biên bản đối thoại")
)  # fmt: skip
def hold(
    dialogue: Dialogue, *, held: Held, file: UploadedFile | None = None, by: Actor
) -> Dialogue:
    """The minutes with their counts; the signed paper may be kept beside them."""
    if held.answered > held.opinions:
        raise Refused(refuse(_("Số trả lời tại chỗ không vượt số ý kiến.")))
    if not held.minutes.strip():
        raise Refused(refuse(_("Phải ghi nội dung biên bản.")))
    for name, value in asdict(held).items():
        setattr(dialogue, name, value)
    if file is not None:
        dialogue.file, dialogue.file_name = files.store(file), file.name or "bien-ban"
    dialogue.state = WORKFLOW.target("hold")
    dialogue.save()
    record(dialogue, concerns=dialogue.host_id, people=held.people, opinions=held.opinions,
           answered=held.answered, file=dialogue.file_name)  # fmt: skip
    return dialogue


@action(
    "democracy.dialogue.publish",
    may=rules.may_publish,
    says=gettext_lazy("công khai kết quả đối thoại"),
)
def publish(
    dialogue: Dialogue, *, record_text: str, where: str, on: dt.date, by: Actor
) -> Dialogue:
    """The public record, since when and where. It is the people's from that moment."""
    if not dialogue.held_on <= on <= clock.today():
        raise Refused(refuse(_("Ngày công khai từ ngày đối thoại đến hôm nay.")))
    if not record_text.strip() or not where.strip():
        raise Refused(refuse(_("Phải ghi nội dung công khai và nơi công khai.")))
    dialogue.record, dialogue.published_where = record_text.strip(), where.strip()
    dialogue.published_on, dialogue.state = on, WORKFLOW.target("publish")
    dialogue.save()
    record(dialogue, concerns=dialogue.host_id, day=on, reason=dialogue.published_where)
    return dialogue


@action(
    "democracy.dialogue.cancel", may=rules.may_cancel, says=gettext_lazy("không tổ chức đối thoại")
)
def cancel(dialogue: Dialogue, *, reason: str, by: Actor) -> Dialogue:
    """Not held; the people who were told can read why."""
    if not reason.strip():
        raise Refused(refuse(_("Phải ghi lý do không tổ chức.")))
    dialogue.cancelled_reason, dialogue.state = reason.strip(), WORKFLOW.target("cancel")
    dialogue.save()
    record(dialogue, concerns=dialogue.host_id, reason=dialogue.cancelled_reason)
    return dialogue


@action(
    "democracy.promise.make",
    may=rules.may_promise,
    says=gettext_lazy("giao việc theo kết luận đối thoại"),
)
def promise(
    dialogue: Dialogue,
    *,
    title: str,
    asked_by: str,
    unit: Unit,
    due_on: dt.date | None,
    text: str = "",
    by: Actor,
) -> Promise:
    """A conclusion becomes an assignment of ``unit``, followed until who asked confirms.

    The unit that held the dialogue binds itself; others are bound by who gives out the
    committee's work.
    """
    said: dict[str, Any] = {
        "origin": Assignment.Origin.DIALOGUE, "title": title, "text": text, "due_on": due_on,
        "asked_by": asked_by,
        "source_note": f"{dialogue.title}, {dialogue.held_on:%d/%m/%Y}"[-300:],
    }  # fmt: skip
    own = unit.pk == dialogue.host_id
    if not own:
        demand(rules.assignments.may_assign(by, dialogue.body))
    if Promise.objects.filter(dialogue=dialogue, assignment__title=title.strip(),
                              assignment__unit=unit).exists():  # fmt: skip
        raise Refused(already(_("Kết luận này đã được giao cho đơn vị.")))
    made = Promise.objects.create(
        dialogue=dialogue, assignment=take_on(dialogue.body, unit, by=by, **said)
    )
    record(dialogue, concerns=unit.pk, title=title.strip(), due=due_on)
    return made


@action(
    "democracy.dialogue_rule.set",
    may=rules.may_set_rule,
    says=gettext_lazy("đặt quy định của địa phương về đối thoại"),
)
def set_rule(
    body: Unit, *, kind: str, number: int, valid_from: dt.date, source: str, by: Actor
) -> DialogueRule:
    """A figure of the locality from a day on; the one before it ends the day before."""
    if not source.strip():
        raise Refused(refuse(_("Phải ghi văn bản của địa phương.")))
    before = DialogueRule.objects.filter(body=body, kind=kind, valid_to__isnull=True).first()
    if before and before.valid_from >= valid_from:
        raise Refused(refuse(_("Ngày bắt đầu phải sau ngày của quy định trước.")))
    if before:
        before.valid_to = valid_from - dt.timedelta(days=1)
        before.save()
    made = DialogueRule.objects.create(
        body=body, kind=kind, number=number, valid_from=valid_from, source=source.strip(),
        confidence=_("Do địa phương nhập"),
    )  # fmt: skip
    record(made, concerns=body.pk, since=valid_from, basis=made.source)
    return made


def _complete(meeting: Meeting) -> None:
    if any(not str(value).strip() for value in asdict(meeting).values()):
        raise Refused(refuse(_("Ghi đủ tên, đối tượng, nội dung, ngày, giờ, nơi và chủ trì.")))
