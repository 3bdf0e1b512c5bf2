"""Opinions on a draft: given, typed, grouped, answered, told."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy.models import Consultation, DraftOpinion, DraftOpinionFile, Paragraph
from danvan.democracy.rules import consultation as rules
from danvan.kernel import clock, files
from danvan.kernel.access import Actor, Refused, Stale, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit, UnitKind, UnitVersion
from danvan.organisations.models.units import in_force

# What a person reads off a paper and types: no 0/O, 1/I/L.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CITIZEN = Actor(None, "Công dân")
ON_RECEIPT = "đã đọc bằng phiếu biên nhận"


def digest(number: str, secret: str) -> str:
    """What is kept of a receipt's secret: a keyed digest."""
    told = f"{number}\n{secret.strip().upper().replace('-', '')}"
    return salted_hmac("danvan.democracy.opinion", told, algorithm="sha256").hexdigest()


@action(
    "democracy.draft_opinion.speak",
    may=rules.may_speak,
    says=gettext_lazy("góp ý dự thảo thay mặt đơn vị"),
)
def speak(
    consultation: Consultation,
    *,
    unit: Unit,
    text: str,
    paragraph: Paragraph | None = None,
    sent: Sequence[UploadedFile] = (),
    by: Actor,
) -> DraftOpinion:
    """In the system, for one of the actor's units that was asked (or where all are asked)."""
    if unit.pk not in by.scopes(*rules.SPEAKS_FOR):
        raise Refused(refuse(_("Bạn không góp ý thay mặt đơn vị này được.")))
    if not consultation.public and not consultation.asked.filter(pk=unit.pk).exists():
        raise Refused(refuse(_("Dự thảo này không gửi hỏi đơn vị của bạn.")))
    made = _kept(
        consultation, paragraph, text, sent, source=_source(unit), unit=unit,
        channel=DraftOpinion.Channel.SYSTEM, given_on=clock.today(), entered_by_id=by.id,
    )  # fmt: skip
    record(made, concerns=unit.pk, title=consultation.title)
    return made


@action(
    "democracy.draft_opinion.enter",
    may=rules.may_enter,
    says=gettext_lazy("nhập ý kiến nhận tại cuộc họp, bằng giấy"),
)
def enter(
    consultation: Consultation,
    *,
    source: str,
    channel: str,
    text: str,
    given_on: dt.date,
    paragraph: Paragraph | None = None,
    unit: Unit | None = None,
    name: str = "",
    contact: str = "",
    sent: Sequence[UploadedFile] = (),
    by: Actor,
) -> DraftOpinion:
    """What came otherwise, with its scan. History tells the number, never the name."""
    if not consultation.opens_on <= given_on <= clock.today():
        raise Refused(refuse(_("Ngày góp ý phải từ ngày mở đến hôm nay.")))
    if channel not in (DraftOpinion.Channel.MEETING, DraftOpinion.Channel.PAPER):
        raise Refused(refuse(_("Chỉ nhập ý kiến tại cuộc họp hoặc bằng giấy.")))
    made = _kept(
        consultation, paragraph, text, sent, source=source, channel=channel, unit=unit,
        name=name.strip(), contact=contact.strip(), given_on=given_on, entered_by_id=by.id,
    )  # fmt: skip
    record(made, concerns=consultation.unit_id, title=consultation.title, day=given_on)
    return made


@action(
    "democracy.draft_opinion.speak_publicly",
    may=rules.may_speak_publicly,
    says=gettext_lazy("góp ý dự thảo trên trang công khai"),
)
def speak_publicly(
    consultation: Consultation,
    *,
    text: str,
    paragraph: Paragraph | None = None,
    name: str = "",
    contact: str = "",
    sent: Sequence[UploadedFile] = (),
    by: Actor,
) -> tuple[DraftOpinion, str]:
    """A citizen's opinion and the secret of its receipt (ten letters, told once, never kept)."""
    secret = "".join(secrets.choice(LETTERS) for _n in range(10))
    made = _kept(
        consultation, paragraph, text, sent, source=DraftOpinion.Source.CITIZEN,
        channel=DraftOpinion.Channel.WEB, name=name.strip(), contact=contact.strip(),
        given_on=clock.today(),
    )  # fmt: skip
    made.secret = digest(made.number, secret)
    made.save(update_fields=["secret"])
    record(made, concerns=consultation.unit_id, title=consultation.title)
    return made, secret


@action(
    "democracy.draft_opinion.answer",
    may=rules.may_answer,
    says=gettext_lazy("tiếp thu, giải trình ý kiến"),
)
def answer(
    opinion: DraftOpinion, *, outcome: str, text: str, seen: str | None = None, by: Actor
) -> DraftOpinion:
    """What becomes of it, and why. Until the end it may be changed; history keeps each.

    ``seen``: the answer that was on the page (``mark_of``); Stale if a colleague's came since.
    """
    if seen is not None and seen != mark_of(opinion):
        raise Stale(_("Đồng nghiệp vừa ghi trả lời khác cho ý kiến này; hãy đọc lại."))
    if not text.strip():
        raise Refused(refuse(_("Ghi nội dung tiếp thu hoặc lý do không tiếp thu.")))
    before = opinion.get_outcome_display() if opinion.outcome else ""
    opinion.outcome, opinion.answer = outcome, text.strip()
    opinion.answered_at, opinion.answered_by_id = clock.now(), by.id
    opinion.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
    after = str(opinion.get_outcome_display())
    record(opinion, concerns=opinion.consultation.unit_id, reason=opinion.answer,
           outcome=[before, after] if before else after)  # fmt: skip
    return opinion


@action(
    "democracy.draft_opinion.group",
    may=rules.may_group,
    says=gettext_lazy("ghi ý kiến trùng"),
)
def group(opinion: DraftOpinion, *, same_as: DraftOpinion | None, by: Actor) -> DraftOpinion:
    """It says the same as another, whose answer it has from now on; None takes that back."""
    if same_as is not None:
        if same_as.consultation_id != opinion.consultation_id or same_as.pk == opinion.pk:
            raise Refused(refuse(_("Chỉ gộp với ý kiến khác của cùng đợt lấy ý kiến.")))
        if same_as.same_as_id:
            raise Refused(refuse(_("%s cũng là ý kiến trùng; hãy chọn ý kiến gốc.") % same_as))
        if opinion.duplicates.exists():
            raise Refused(refuse(_("Ý kiến này đang là gốc của ý kiến khác.")))
    elif opinion.same_as_id is None:
        raise Refused(already(_("Ý kiến này không gộp với ý kiến nào.")))
    before, opinion.same_as = str(opinion.same_as or ""), same_as
    if same_as is not None:
        opinion.outcome, opinion.answer, opinion.answered_at = "", "", None
        opinion.answered_by = None
    opinion.save()
    record(opinion, concerns=opinion.consultation.unit_id, same_as=[before, str(same_as or "")])
    return opinion


@action(
    "democracy.draft_opinion.tell",
    may=rules.may_tell,
    says=gettext_lazy("ghi việc báo kết quả cho người góp ý"),
)
def tell(opinion: DraftOpinion, *, how: str, by: Actor) -> DraftOpinion:
    """How the author of a paper or a word at a meeting was told."""
    if not how.strip():
        raise Refused(refuse(_("Ghi cách đã báo cho người góp ý.")))
    return _told(opinion, how.strip())


@action(
    "democracy.draft_opinion.read_answer",
    may=rules.may_read_answer,
    says=gettext_lazy("đọc trả lời bằng phiếu biên nhận"),
)
def read_answer(opinion: DraftOpinion, *, by: Actor) -> DraftOpinion:
    """The author opened the answer with the receipt: the first time is kept."""
    return _told(opinion, ON_RECEIPT)


def mark_of(opinion: DraftOpinion) -> str:
    """Which answer it has now, as a form carries it."""
    return opinion.answered_at.isoformat() if opinion.answered_at else "-"


def _told(opinion: DraftOpinion, how: str) -> DraftOpinion:
    opinion.told_on, opinion.told_how = clock.today(), how[:200]
    opinion.save(update_fields=["told_on", "told_how"])
    record(opinion, concerns=opinion.consultation.unit_id, day=opinion.told_on, ground=how)
    return opinion


def _kept(
    consultation: Consultation,
    paragraph: Paragraph | None,
    text: str,
    sent: Sequence[UploadedFile],
    **words: Any,
) -> DraftOpinion:
    """The row with the next number; the consultation is locked, so numbers never collide."""
    if not text.strip():
        raise Refused(refuse(_("Ghi nội dung ý kiến.")))
    if paragraph is not None and paragraph.consultation_id != consultation.pk:
        raise Refused(refuse(_("Đoạn này không thuộc dự thảo.")))
    consultation.opinions_count += 1
    consultation.save(update_fields=["opinions_count"])
    made = DraftOpinion.objects.create(
        consultation=consultation, paragraph=paragraph, text=text.strip(),
        number=f"YK{consultation.pk}-{consultation.opinions_count:04d}",
        entered_at=clock.now(), **words,
    )  # fmt: skip
    for file in sent:
        DraftOpinionFile.objects.create(
            opinion=made, file=files.store(file), name=(file.name or "")[:200]
        )
    return made


def _source(unit: Unit) -> str:
    """The Front, an organisation, or another unit, by the unit's kind today."""
    version = UnitVersion.objects.filter(in_force(clock.today()), unit=unit).first()
    kinds = {
        UnitKind.FRONT: DraftOpinion.Source.FRONT,
        UnitKind.ORGANISATIONS: DraftOpinion.Source.ORGANISATION,
    }
    return kinds.get(version.kind if version else "", DraftOpinion.Source.UNIT)  # type: ignore[call-overload, no-any-return]
