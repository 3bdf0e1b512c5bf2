"""Preparing a vote of households, counting it, correcting the count, the answer to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy import voting
from danvan.democracy.models import (
    Ballot,
    BallotOption,
    BallotQuestion,
    Matter,
    MatterGroup,
    Recount,
)
from danvan.democracy.queries.disclosure import body_of
from danvan.democracy.rules import ballots as rules
from danvan.kernel import clock, files
from danvan.kernel.access import Actor, Refused, Stale, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit

USUAL = ("Đồng ý", "Không đồng ý", "Ý kiến khác")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its options; without candidates it is agreed to or not."""

    text: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted; ``votes`` by option id."""

    issued: int
    returned: int
    valid: int
    votes: Mapping[int, int]


@action("democracy.ballot.prepare", may=rules.may_prepare, says=gettext_lazy("lập cuộc biểu quyết"))
def prepare(
    unit: Unit,
    *,
    matter: Matter,
    title: str,
    area: str,
    form: str,
    held_on: dt.date,
    base_count: int,
    base_source: str,
    questions: Sequence[Asked] = (),
    announced_on: dt.date | None = None,
    place: str = "",
    team_size: int | None = None,
    roll: UploadedFile | None = None,
    whole: Ballot | None = None,
    by: Actor,
) -> Ballot:
    """A vote of an area's households; of the whole commune (``matter.base`` villages) without
    questions, then each village's as a part (``whole``)."""
    if matter.group != MatterGroup.COMMUNE_DECIDE:
        raise Refused(refuse(_("Nội dung này không thuộc việc Nhân dân bàn, quyết định.")))
    if matter.base == "households" and not questions:
        raise Refused(refuse(_("Ghi ít nhất một câu hỏi.")))
    if whole is not None and (whole.unit_id != unit.pk or whole.matter.base != "villages"):
        raise Refused(refuse(_("Chỉ gắn với cuộc biểu quyết toàn xã, phường của đơn vị mình.")))
    made = Ballot.objects.create(
        unit=unit, body=body_of(unit, clock.today()), matter=matter, whole=whole, title=title,
        area=area, form=form, held_on=held_on, announced_on=announced_on, place=place,
        team_size=team_size, base_count=base_count, base_source=base_source,
        roll=files.store(roll) if roll else None,
        roll_name=(roll.name or "")[:200] if roll else "",
    )  # fmt: skip
    for order, asked in enumerate(questions, start=1):
        _question(made, order, asked)
    record(made, concerns=unit.pk, title=title, place=area, day=held_on, base=base_count,
           basis=base_source)  # fmt: skip
    return made


def _question(ballot: Ballot, order: int, asked: Asked) -> None:
    question = BallotQuestion.objects.create(
        ballot=ballot, order=order, text=asked.text, several=len(asked.candidates) > 1
    )
    labels = asked.candidates or USUAL
    BallotOption.objects.bulk_create(
        BallotOption(question=question, order=n, label=label,
                     adopts=bool(asked.candidates) or n == 1)
        for n, label in enumerate(labels, start=1)
    )  # fmt: skip


@action("democracy.ballot.count", may=rules.may_count, says=gettext_lazy("ghi kết quả kiểm phiếu"))
def count(ballot: Ballot, *, counted: Count, by: Actor) -> Ballot:
    """What was issued, came back, was valid, and fell to each option."""
    ballot.counted_at = clock.now()
    _counted(ballot, counted)
    record(ballot, concerns=ballot.unit_id, **_told(_fresh(ballot)))
    return ballot


@action(
    "democracy.ballot.recount", may=rules.may_recount, says=gettext_lazy("đính chính kiểm phiếu")
)
def recount(
    ballot: Ballot, *, counted: Count, reason: str, seen: int | None = None, by: Actor
) -> Recount:
    """The figures as they should be; what was counted before stays readable with the reason.

    ``seen``: how many corrections the page showed; Stale if a colleague made another since.
    """
    if seen is not None and seen != ballot.recounts.count():
        raise Stale(_("Đồng nghiệp vừa đính chính kết quả này; hãy đọc lại."))
    if not reason.strip():
        raise Refused(refuse(_("Ghi lý do đính chính.")))
    before = _fresh(ballot).figures()
    _counted(ballot, counted)
    after = _fresh(ballot).figures()
    if before == after:
        raise Refused(refuse(_("Không có gì khác với kết quả đang ghi.")))
    kept = Recount.objects.create(
        ballot=ballot, before=before, after=after, reason=reason.strip(),
        counted_at=clock.now(), counted_by_id=by.id,
    )  # fmt: skip
    record(ballot, concerns=ballot.unit_id, reason=reason.strip(), **_told(_fresh(ballot)))
    return kept


@action(
    "democracy.ballot.send",
    may=rules.may_send,
    says=gettext_lazy("ghi việc gửi kết quả biểu quyết"),
)
def send(ballot: Ballot, *, sent_on: dt.date, by: Actor) -> Ballot:
    """That the result went to the committee and the Front (Luật 10/2022/QH15, Điều 20 khoản 3)."""
    if not ballot.held_on <= sent_on <= clock.today():
        raise Refused(refuse(_("Ngày gửi phải từ ngày biểu quyết đến hôm nay.")))
    ballot.sent_on = sent_on
    ballot.save(update_fields=["sent_on"])
    record(ballot, concerns=ballot.unit_id, day=sent_on)
    return ballot


@action(
    "democracy.ballot.recognise",
    may=rules.may_recognise,
    says=gettext_lazy("ghi trả lời về công nhận"),
)
def recognise(
    ballot: Ballot, *, recognised: bool, recognised_on: dt.date, words: str, by: Actor
) -> Ballot:
    """The decision that recognises it, or why it is not (Điều 21 khoản 2)."""
    if not words.strip():
        raise Refused(refuse(_("Ghi số, ký hiệu văn bản công nhận hoặc lý do không công nhận.")))
    if ballot.sent_on and not ballot.sent_on <= recognised_on <= clock.today():
        raise Refused(refuse(_("Ngày trả lời phải từ ngày gửi kết quả đến hôm nay.")))
    ballot.recognised, ballot.recognised_on = recognised, recognised_on
    ballot.recognition = words.strip()
    ballot.save(update_fields=["recognised", "recognised_on", "recognition"])
    record(ballot, concerns=ballot.unit_id, reason=ballot.recognition, day=recognised_on)
    return ballot


def _counted(ballot: Ballot, counted: Count) -> None:
    fresh = _fresh(ballot)
    wrong = voting.wrong(fresh, counted.issued, counted.returned, counted.valid, counted.votes)
    if wrong:
        raise Refused(refuse(" ".join(wrong.values())))
    ballot.issued, ballot.returned = counted.issued, counted.returned
    ballot.valid = counted.valid
    ballot.save(update_fields=["issued", "returned", "valid", "counted_at"])
    for question in fresh.questions.all():
        for option in question.options.all():
            option.votes = counted.votes.get(option.pk, 0)
            option.save(update_fields=["votes"])


def _fresh(ballot: Ballot) -> Ballot:
    held: Ballot = (
        Ballot.objects.select_related("matter")
        .prefetch_related("questions__options")
        .get(pk=ballot.pk)
    )
    return held


def _told(ballot: Ballot) -> dict[str, Any]:
    """For the history: the counts, and whether it carries."""
    carries = voting.carries(ballot)
    return {
        "issued": ballot.issued, "returned": ballot.returned, "valid": ballot.valid,
        "outcome": _("đạt tỷ lệ") if carries else _("không đạt tỷ lệ"),
    }  # fmt: skip
