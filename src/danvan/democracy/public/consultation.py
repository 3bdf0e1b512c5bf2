"""Drafts put to the people: read them, speak, and read one's answer with the receipt."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from danvan.democracy.actions import draft_opinions
from danvan.democracy.models import Consultation, DraftOpinion, Paragraph
from danvan.kernel import clock, throttling
from danvan.kernel.access import Refused
from danvan.organisations.queries import name_on
from danvan.ui import uploads

LONGEST, MOST_FILES = 5000, 3
KINDS = ("pdf", "docx", "jpg", "jpeg", "png")
HOUR = dt.timedelta(hours=1)
SPEAKS, GUESSES = 10, 20  # an hour: opinions from one place, tries at one receipt


class TooOften(Exception):
    """Too many from one place; ``seconds`` still to wait."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(_("Gửi quá nhiều lần. Hãy thử lại sau %d phút.") % -(-seconds // 60))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a citizen keeps: the number, and the secret that is told only now."""

    number: str
    secret: str


@dataclass(frozen=True, slots=True)
class PublicParagraph:
    """A piece of the draft as the page shows it."""

    pk: int
    place: str
    marker: str
    heading: bool
    text: str


@dataclass(frozen=True, slots=True)
class PublicResult:
    """One line of the table "tiếp thu, giải trình": a citizen without name."""

    number: str
    place: str
    who: str
    text: str
    outcome: str
    answer: str


@dataclass(frozen=True, slots=True)
class PublicConsultation:
    """A draft put to the people; ``results`` once it is concluded."""

    pk: int
    unit_name: str
    title: str
    purpose: str
    opens_on: dt.date
    closes_on: dt.date
    open: bool
    why_days: str
    opinions: int
    concluded_on: dt.date | None
    final: str
    paragraphs: tuple[PublicParagraph, ...] = ()
    results: tuple[PublicResult, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """What became of one's opinion; ``outcome`` is empty while it is being looked at."""

    number: str
    title: str
    place: str
    text: str
    given_on: dt.date
    outcome: str
    answer: str
    said: str
    final: str


def open_consultations(day: dt.date | None = None) -> list[PublicConsultation]:
    """Those that take opinions that day, the one that ends first in front."""
    day = day or clock.today()
    held = _public().filter(state=Consultation.State.OPEN, opens_on__lte=day, closes_on__gte=day)
    return [_shown(c, day) for c in held.order_by("closes_on", "pk")]


def concluded_consultations(day: dt.date | None = None) -> list[PublicConsultation]:
    """Those with their table, the newest first."""
    held = _public().filter(state=Consultation.State.CONCLUDED).order_by("-concluded_on", "-pk")
    return [_shown(c, day or clock.today()) for c in held]


def consultation(pk: int, day: dt.date | None = None) -> PublicConsultation | None:
    """One with its paragraphs, and every answer once it is concluded; None if not public."""
    states = (Consultation.State.OPEN, Consultation.State.CONCLUDED)
    held = _public().filter(pk=pk, state__in=states).first()
    if held is None or held.opens_on > (day or clock.today()):
        return None
    paragraphs = tuple(
        PublicParagraph(p.pk, p.place, p.marker, p.heading, p.text) for p in held.paragraphs.all()
    )
    return _shown(held, day or clock.today(), paragraphs, _results(held))


def give_opinion(
    consultation: int,
    paragraph: int | None = None,
    *,
    name: str = "",
    contact: str = "",
    text: str,
    files: Sequence[UploadedFile] = (),
    who: str = "",
) -> Receipt:
    """Takes a citizen's opinion. ``who``: the place it came from (an address), counted and not
    kept. Raises TooOften, ValidationError (what is wrong, in Vietnamese) or Refused (why not)."""
    if who and (wait := throttling.count("democracy.opinion", who, times=SPEAKS, within=HOUR)):
        raise TooOften(wait)
    _judge(text, files)
    held = _public().filter(pk=consultation).first()
    piece = Paragraph.objects.filter(pk=paragraph).first() if paragraph else None
    if held is None or (paragraph and (piece is None or piece.consultation_id != held.pk)):
        raise ValidationError(_("Không có dự thảo này."))
    made, secret = draft_opinions.speak_publicly(
        held, paragraph=piece, name=name[:200], contact=contact[:200], text=text, sent=files,
        by=draft_opinions.CITIZEN,
    )  # fmt: skip
    return Receipt(made.number, f"{secret[:5]}-{secret[5:]}")


def opinion_answer(number: str, secret: str) -> PublicAnswer | None:
    """What became of it, by the receipt; None if number and secret do not belong together.

    Side effect: the first reading of the answer is kept. Raises TooOften at guesses.
    """
    number = number.strip().upper()
    wait = throttling.count("democracy.opinion_answer", number, times=GUESSES, within=HOUR)
    if wait:
        raise TooOften(wait)
    held = (
        DraftOpinion.objects.select_related("consultation__final_document", "paragraph", "same_as")
        .filter(number=number)
        .exclude(secret="")
        .first()
    )
    given = draft_opinions.digest(number, secret)
    if held is None or not constant_time_compare(held.secret, given):
        return None
    if held.consultation.state == Consultation.State.CONCLUDED and not held.told_on:
        # Another window of the same person may be faster: then it is noted already.
        with contextlib.suppress(Refused):
            draft_opinions.read_answer(held, by=draft_opinions.CITIZEN)
    return _answered(held)


def _answered(held: DraftOpinion) -> PublicAnswer:
    asked, standing = held.consultation, held.standing
    done = asked.state == Consultation.State.CONCLUDED
    if done:
        said = _("Đã có trả lời.")
    elif asked.state == Consultation.State.WITHDRAWN:
        said = _("Dự thảo đã được rút: %s") % asked.final_note
    else:
        said = _("Đang nhận và tổng hợp ý kiến; trả lời được công bố khi kết thúc.")
    return PublicAnswer(
        number=held.number, title=asked.title,
        place=held.paragraph.place if held.paragraph else _("toàn bộ dự thảo"),
        text=held.text, given_on=held.given_on,
        outcome=str(standing.get_outcome_display()) if done else "",
        answer=standing.answer if done else "", said=said, final=_final(asked),
    )  # fmt: skip


def _public() -> Any:
    held = Consultation.objects.filter(public=True)
    return held.select_related("unit", "matter", "final_document").prefetch_related(
        "unit__versions"
    )


def _shown(
    held: Consultation,
    day: dt.date,
    paragraphs: tuple[PublicParagraph, ...] = (),
    results: tuple[PublicResult, ...] = (),
) -> PublicConsultation:
    taking = held.state == Consultation.State.OPEN and held.opens_on <= day <= held.closes_on
    why = ""
    if held.min_days and held.matter:
        told = {"n": held.min_days, "where": held.matter.where}
        why = _("Ít nhất %(n)d ngày kể từ ngày công khai (%(where)s; Điều 28 khoản 2).") % told
    return PublicConsultation(
        pk=held.pk, unit_name=name_on(held.unit, day), title=held.title, purpose=held.purpose,
        opens_on=held.opens_on, closes_on=held.closes_on, open=taking, why_days=why,
        opinions=held.opinions_count, concluded_on=held.concluded_on, final=_final(held),
        paragraphs=paragraphs, results=results,
    )  # fmt: skip


def _final(held: Consultation) -> str:
    parts = [held.final_document.short if held.final_document else "", held.final_note]
    done = held.state == Consultation.State.CONCLUDED
    return ". ".join(p for p in parts if p) if done else ""


def _results(held: Consultation) -> tuple[PublicResult, ...]:
    """Nothing before it is concluded."""
    if held.state != Consultation.State.CONCLUDED:
        return ()
    rows = held.opinions.select_related("paragraph", "unit", "same_as").prefetch_related(
        "unit__versions"
    )
    return tuple(
        PublicResult(
            o.number, o.paragraph.place if o.paragraph else _("toàn bộ dự thảo"), o.who, o.text,
            str(o.standing.get_outcome_display()), o.standing.answer,
        )
        for o in rows
    )  # fmt: skip


def _judge(text: str, sent: Sequence[UploadedFile]) -> None:
    if not text.strip():
        raise ValidationError({"text": _("Ghi nội dung ý kiến.")})
    if len(text) > LONGEST:
        raise ValidationError({"text": _("Ý kiến dài quá 5.000 ký tự; hãy gửi kèm tệp.")})
    if len(sent) > MOST_FILES:
        raise ValidationError({"files": _("Mỗi ý kiến gửi tối đa 3 tệp.")})
    for file in sent:
        try:
            uploads.inspect(file, KINDS)
        except ValidationError as error:
            raise ValidationError({"files": error.messages}) from None
