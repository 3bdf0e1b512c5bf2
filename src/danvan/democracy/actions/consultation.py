"""Putting a draft to the people, and ending with an answer to everybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy.drafts import Piece
from danvan.democracy.models import Consultation, DraftOpinion, Matter, Paragraph
from danvan.democracy.queries.disclosure import body_of
from danvan.democracy.rules import consultation as rules
from danvan.documents.models import Document
from danvan.documents.queries import known
from danvan.kernel import clock, files
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.audience import resolve
from danvan.organisations.models import Unit

ON_SYSTEM = "trên hệ thống"


@action(
    "democracy.consultation.prepare",
    may=rules.may_prepare,
    says=gettext_lazy("chuẩn bị lấy ý kiến"),
)
def prepare(
    unit: Unit,
    *,
    title: str,
    purpose: str,
    pieces: Sequence[Piece],
    opens_on: dt.date,
    closes_on: dt.date,
    matter: Matter | None = None,
    short_reason: str = "",
    public: bool = True,
    asked_words: str = "",
    document: Document | None = None,
    file: UploadedFile | None = None,
    by: Actor,
) -> Consultation:
    """The draft as paragraphs, still unseen. ``asked_words`` names whom it goes to; what names
    no unit of ours stays in words. Refused if the days are too few and no reason is given."""
    _demand_days(matter, opens_on, closes_on, short_reason)
    body = body_of(unit, clock.today())
    made = Consultation.objects.create(
        unit=unit, body=body, matter=matter, title=title, purpose=purpose, opens_on=opens_on,
        closes_on=closes_on, min_days=matter.limit_value if matter else None,
        short_reason=short_reason.strip(), public=public, asked_words=asked_words,
        document=document, file=files.store(file) if file else None,
        file_name=(file.name or "")[:200] if file else "",
    )  # fmt: skip
    made.asked.set(resolve(asked_words, body, clock.today()) - {unit.pk} if asked_words else ())
    Paragraph.objects.bulk_create(
        Paragraph(consultation=made, order=order, marker=p.marker[:40], path=p.path[:120],
                  heading=p.heading, text=p.text)
        for order, p in enumerate(pieces, start=1)
    )  # fmt: skip
    record(made, concerns=unit.pk, title=title, since=opens_on, until=closes_on, rows=len(pieces))
    return made


@action("democracy.consultation.open", may=rules.may_open, says=gettext_lazy("mở lấy ý kiến"))
def open_(consultation: Consultation, *, by: Actor) -> Consultation:
    """Lets people read and speak. A first day that has gone by becomes today: the law counts
    from the day the draft was made public."""
    before = consultation.opens_on
    consultation.opens_on = max(before, clock.today())
    _demand_days(
        consultation.matter, consultation.opens_on, consultation.closes_on,
        consultation.short_reason,
    )  # fmt: skip
    consultation.state = Consultation.State.OPEN
    consultation.save(update_fields=["opens_on", "state"])
    record(consultation, concerns=consultation.unit_id, since=consultation.opens_on,
           until=consultation.closes_on)  # fmt: skip
    return consultation


@action(
    "democracy.consultation.reschedule",
    may=rules.may_change,
    says=gettext_lazy("đổi thời hạn lấy ý kiến"),
)
def reschedule(
    consultation: Consultation, *, closes_on: dt.date, reason: str, short: bool = False, by: Actor
) -> Consultation:
    """Another last day, with the reason; one that leaves too few days is a reason to be given
    as ``short``."""
    if closes_on < consultation.opens_on or closes_on < clock.today():
        raise Refused(refuse(_("Ngày cuối phải từ hôm nay và không trước ngày mở.")))
    given = reason.strip() if short else consultation.short_reason
    _demand_days(consultation.matter, consultation.opens_on, closes_on, given)
    before, consultation.closes_on = consultation.closes_on, closes_on
    consultation.short_reason = given
    consultation.save(update_fields=["closes_on", "short_reason"])
    record(consultation, concerns=consultation.unit_id, reason=reason.strip(),
           until=[before, closes_on])  # fmt: skip
    return consultation


@action(
    "democracy.consultation.conclude",
    may=rules.may_conclude,
    says=gettext_lazy("kết thúc lấy ý kiến, công bố tiếp thu, giải trình"),
)
def conclude(
    consultation: Consultation, *, final_code: str = "", final_note: str = "", by: Actor
) -> Consultation:
    """Every answer becomes readable; units that spoke are told by that. The final text is found
    in the register by its symbol, if it is there."""
    today = clock.today()
    consultation.state, consultation.concluded_on = Consultation.State.CONCLUDED, today
    consultation.final_document = known(final_code, None) if final_code else None
    words = [final_code if not consultation.final_document else "", final_note.strip()]
    consultation.final_note = ". ".join(w for w in words if w)
    consultation.save(update_fields=["state", "concluded_on", "final_document", "final_note"])
    told = consultation.opinions.filter(
        channel=DraftOpinion.Channel.SYSTEM, told_on__isnull=True
    ).update(told_on=today, told_how=ON_SYSTEM)
    record(consultation, concerns=consultation.unit_id, code=final_code, rows=told)
    return consultation


@action("democracy.consultation.withdraw", may=rules.may_withdraw, says=gettext_lazy("rút dự thảo"))
def withdraw(consultation: Consultation, *, reason: str, by: Actor) -> Consultation:
    """Ends it without a result; what was said stays readable to the asking unit."""
    if not reason.strip():
        raise Refused(refuse(_("Ghi lý do rút dự thảo.")))
    consultation.state = Consultation.State.WITHDRAWN
    consultation.final_note = reason.strip()
    consultation.save(update_fields=["state", "final_note"])
    record(consultation, concerns=consultation.unit_id, reason=reason.strip())
    return consultation


def days_open(opens_on: dt.date, closes_on: dt.date) -> int:
    """Days from the first, which is not counted, to the last (Bộ luật Dân sự 2015, Điều 147)."""
    return (closes_on - opens_on).days


def _demand_days(matter: Matter | None, opens_on: dt.date, closes_on: dt.date, reason: str) -> None:
    """A period shorter than the law's is let through, but never without its reason."""
    least = matter.limit_value if matter else None
    if least and days_open(opens_on, closes_on) < least and not reason.strip():
        told = {"n": least, "where": matter.where if matter else ""}
        raise Refused(refuse(_("Ít hơn %(n)d ngày (%(where)s): phải ghi lý do rút ngắn.") % told))
