"""The Front's programme, findings and recommendations; the unit's reply; the Front's last word."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.models import Assignment
from danvan.democracy.committees import take_on
from danvan.democracy.models import (
    FrontRemark,
    Outcome,
    Recommendation,
    Reply,
    Supervision,
    SupervisionProgramme,
)
from danvan.democracy.rules import supervision as rules
from danvan.documents.models import Document
from danvan.kernel import clock, files
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.organisations.queries import person_of

State = Recommendation.State


@action(
    "democracy.supervision_programme.add",
    may=rules.may_keep,
    says=gettext_lazy("ghi chương trình giám sát"),
)
def add_programme(
    body: Unit, *, year: int, title: str, source: str, document: Document | None = None, by: Actor
) -> SupervisionProgramme:
    """What the Front supervises in a year. The same title in a year once only."""
    title, source = needed(title, _("tên chương trình")), needed(source, _("văn bản ban hành"))
    if SupervisionProgramme.objects.filter(body=body, year=year, title=title).exists():
        raise Refused(already(_("Chương trình này đã được ghi.")))
    made = SupervisionProgramme.objects.create(
        body=body, year=year, title=title, source=source, document=document
    )
    record(made, concerns=body.pk, title=title, year=year, basis=source)
    return made


@action("democracy.supervision.add", may=rules.may_add, says=gettext_lazy("thêm nội dung giám sát"))
def add(
    programme: SupervisionProgramme,
    *,
    about: str,
    unit: Unit,
    led_by: str,
    form: str,
    planned: str,
    by: Actor,
) -> Supervision:
    """One subject at one unit; the unit reads it from now on."""
    about = needed(about, _("nội dung giám sát"))
    if programme.subjects.filter(subject=about, unit=unit).exists():
        raise Refused(already(_("Nội dung này đã có trong chương trình.")))
    made = Supervision.objects.create(
        programme=programme, subject=about, unit=unit, form=needed(form, _("hình thức")),
        led_by=needed(led_by, _("tổ chức chủ trì")), planned=needed(planned, _("thời gian")),
    )  # fmt: skip
    record(made, concerns=unit.pk, title=about)
    return made


@action(
    "democracy.supervision.conclude",
    may=rules.may_conclude,
    says=gettext_lazy("ghi kết quả giám sát"),
)
def conclude(
    supervision: Supervision, *, finding: str, document: str, on: dt.date, by: Actor
) -> Supervision:
    """What was found, by which paper of the Front, when."""
    not_future(on)
    supervision.finding = needed(finding, _("kết quả giám sát"))
    supervision.finding_document, supervision.concluded_on = document.strip(), on
    supervision.state = Supervision.State.CONCLUDED
    supervision.save()
    record(supervision, concerns=supervision.unit_id, day=on, code=supervision.finding_document)
    return supervision


@action(
    "democracy.supervision.drop",
    may=rules.may_conclude,
    says=gettext_lazy("không thực hiện nội dung giám sát"),
)
def drop(supervision: Supervision, *, reason: str, by: Actor) -> Supervision:
    """Given up, with the reason."""
    supervision.dropped_reason = needed(reason, _("lý do không thực hiện"))
    supervision.state = Supervision.State.DROPPED
    supervision.save()
    record(supervision, concerns=supervision.unit_id, reason=supervision.dropped_reason)
    return supervision


@action(
    "democracy.recommendation.send",
    may=rules.may_recommend,
    says=gettext_lazy("gửi kiến nghị sau giám sát"),
)
def recommend(
    supervision: Supervision,
    *,
    content: str,
    document_code: str,
    sent_on: dt.date,
    reply_due_on: dt.date | None = None,
    by: Actor,
) -> Recommendation:
    """What the Front asks. ``reply_due_on`` is the day its paper asks for; the law sets none
    that we know (217-QĐ/TW, confidence C), so without one nothing is late."""
    not_future(sent_on)
    if reply_due_on and reply_due_on < sent_on:
        raise Refused(refuse(_("Ngày đề nghị trả lời không trước ngày gửi.")))
    content = needed(content, _("kiến nghị"))
    if supervision.recommendations.filter(content=content).exists():
        raise Refused(already(_("Kiến nghị này đã được ghi.")))
    made = Recommendation.objects.create(
        supervision=supervision, content=content, sent_on=sent_on, reply_due_on=reply_due_on,
        document_code=needed(document_code, _("văn bản kiến nghị")),
    )  # fmt: skip
    record(made, concerns=supervision.unit_id, code=made.document_code, day=sent_on,
           due=reply_due_on)  # fmt: skip
    return made


@action(
    "democracy.recommendation.reply",
    may=rules.may_reply,
    says=gettext_lazy("trả lời kiến nghị giám sát"),
)
def reply(
    recommendation: Recommendation,
    *,
    outcome: str,
    text: str,
    document_code: str = "",
    remedy: str = "",
    remedy_due_on: dt.date | None = None,
    file: UploadedFile | None = None,
    by: Actor,
) -> Reply:
    """The unit's answer. What it accepts needs a remedy: the assignment it takes on."""
    accepted = outcome in (Outcome.ACCEPTED, Outcome.PARTLY)
    if outcome not in Outcome.values:
        raise Refused(refuse(_("Chọn tiếp thu, tiếp thu một phần hoặc không tiếp thu.")))
    if accepted and not remedy.strip():
        raise Refused(refuse(_("Tiếp thu thì phải ghi việc khắc phục và hạn.")))
    supervision = recommendation.supervision
    taken = None
    if accepted:
        taken = take_on(
            supervision.programme.body, supervision.unit, by=by, title=remedy.strip(),
            origin=Assignment.Origin.SUPERVISION, due_on=remedy_due_on,
            text=recommendation.content,
            source_note=f"{recommendation.document_code}, {recommendation.sent_on:%d/%m/%Y}",
        )  # fmt: skip
    made = Reply.objects.create(
        recommendation=recommendation, outcome=outcome, text=needed(text, _("nội dung trả lời")),
        document_code=document_code.strip(), replied_on=clock.today(), replied_by=person_of(by),
        assignment=taken, file=files.store(file) if file else None,
        file_name=(file.name or "tra-loi") if file else "",
    )  # fmt: skip
    recommendation.state = State.REPLIED
    recommendation.save()
    record(recommendation, concerns=supervision.unit_id, result=made.get_outcome_display(),
           code=made.document_code, due=remedy_due_on)  # fmt: skip
    return made


@action(
    "democracy.recommendation.remark",
    may=rules.may_remark,
    says=gettext_lazy("nhận xét kết quả thực hiện kiến nghị"),
)
def remark(recommendation: Recommendation, *, enough: bool, text: str, by: Actor) -> FrontRemark:
    """Enough: the Front closes it. Not yet: it waits for another reply of the unit."""
    made = FrontRemark.objects.create(
        recommendation=recommendation, enough=enough, text=needed(text, _("nhận xét")),
        said_on=clock.today(), said_by=person_of(by),
    )  # fmt: skip
    recommendation.state = State.CLOSED if enough else State.SENT
    recommendation.closed_on = clock.today() if enough else None
    recommendation.save()
    result = recommendation.get_state_display()
    record(recommendation, concerns=recommendation.supervision.unit_id, reason=made.text,
           result=result)  # fmt: skip
    return made


def needed(text: str, what: str) -> str:
    """The words without spaces around them; Refused, naming what is missing, if none."""
    if not text.strip():
        raise Refused(refuse(_("Phải ghi %s.") % what))
    return text.strip()


def not_future(day: dt.date) -> None:
    if day > clock.today():
        raise Refused(refuse(_("Ngày không được sau hôm nay.")))
