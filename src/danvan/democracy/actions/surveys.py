"""Running a survey: opening it, one-time tokens, sheets over the network and on paper."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy.actions.supervision import needed
from danvan.democracy.models import (
    PaperBatch,
    Question,
    Questionnaire,
    Survey,
    SurveyToken,
    SurveyUnit,
    Tally,
)
from danvan.democracy.rules import surveys as rules
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.organisations.queries import person_of

# No 0/O, 1/I/L: what is read off paper and typed on a phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
MOST_TOKENS = 2000
Sheet = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit asked about: people it served (if known), and whether tokens are needed."""

    unit: int
    population: int | None
    by_token: bool


@action("democracy.survey.open", may=rules.may_make, says=gettext_lazy("mở đợt khảo sát hài lòng"))
def open_survey(
    body: Unit,
    *,
    questionnaire: Questionnaire,
    title: str,
    surveyor: str,
    sampling: str,
    opens_on: dt.date,
    closes_on: dt.date,
    minimum: int,
    units: Sequence[Asked],
    by: Actor,
) -> Survey:
    """A survey of some units. Each gets its public code at once; the QR may be printed."""
    if closes_on < opens_on or closes_on < clock.today():
        raise Refused(refuse(_("Ngày kết thúc không trước ngày bắt đầu và không trước hôm nay.")))
    if not units:
        raise Refused(refuse(_("Chọn ít nhất một đơn vị được khảo sát.")))
    if Survey.objects.filter(body=body, title=title.strip(), opens_on=opens_on).exists():
        raise Refused(already(_("Đợt khảo sát này đã được mở.")))
    made = Survey.objects.create(
        body=body, questionnaire=questionnaire, title=needed(title, _("tên đợt khảo sát")),
        surveyor=needed(surveyor, _("đơn vị khảo sát")), opens_on=opens_on, closes_on=closes_on,
        sampling=needed(sampling, _("cách chọn mẫu")), minimum=minimum, made_by=person_of(by),
    )  # fmt: skip
    SurveyUnit.objects.bulk_create(
        SurveyUnit(
            survey=made, unit_id=asked.unit, population=asked.population,
            by_token=asked.by_token, code=_random(10),
        )
        for asked in units
    )  # fmt: skip
    record(made, concerns=body.pk, title=made.title, units=len(units), until=closes_on)
    return made


@action("democracy.survey.settle", may=rules.may_settle, says=gettext_lazy("chốt kết quả khảo sát"))
def settle(survey: Survey, *, by: Actor) -> Survey:
    """Nothing is added any more; unused tokens are forgotten; the results are shown."""
    SurveyToken.objects.filter(surveyed__survey=survey).delete()
    survey.settled_on = clock.today()
    survey.save()
    record(survey, concerns=survey.body_id, day=survey.settled_on)
    return survey


@action("democracy.survey_token.issue", may=rules.may_issue, says=gettext_lazy("cấp mã phiếu"))
def issue_tokens(surveyed: SurveyUnit, *, count: int, by: Actor) -> list[str]:
    """New tokens, told this one time: only digests are kept, and nothing of who gets which."""
    if not 1 <= count <= MOST_TOKENS:
        raise Refused(refuse(_("Mỗi lần cấp từ 1 đến %d mã.") % MOST_TOKENS))
    tokens = [_random(10) for _n in range(count)]
    SurveyToken.objects.bulk_create(
        SurveyToken(surveyed=surveyed, digest=_digest(token))
        for token in sorted(tokens, key=_digest)
    )
    surveyed.issued += count
    surveyed.save(update_fields=["issued"])
    record(surveyed, concerns=surveyed.unit_id, rows=count)
    return tokens


@action("democracy.paper_batch.enter", may=rules.may_enter, says=gettext_lazy("nhập lô phiếu giấy"))
def enter_paper(
    surveyed: SurveyUnit, *, sheets: Sequence[Sheet], kept_where: str, by: Actor
) -> PaperBatch:
    """Paper sheets, all or none: question code → option value. Only their counts are kept."""
    if not sheets:
        raise Refused(refuse(_("Chưa có phiếu nào.")))
    questions = _questions(surveyed.survey)
    for number, sheet in enumerate(sheets, start=1):
        if wrong := faults(questions, sheet):
            first = next(iter(wrong.values()))
            raise Refused(refuse(_("Phiếu %(n)d: %(why)s") % {"n": number, "why": first}))
    batch = PaperBatch.objects.create(
        surveyed=surveyed, sheets=len(sheets), entered_at=clock.now(), entered_by=person_of(by),
        kept_where=needed(kept_where, _("phiếu giấy lưu ở đâu")),
    )  # fmt: skip
    _count(surveyed, questions, sheets, batch)
    record(surveyed, concerns=surveyed.unit_id, rows=len(sheets), reason=batch.kept_where)
    return batch


@action("democracy.paper_batch.withdraw", may=rules.may_withdraw, says=gettext_lazy("rút lô phiếu"))
def withdraw_paper(batch: PaperBatch, *, reason: str, by: Actor) -> PaperBatch:
    """Typed wrongly: out of the counts, with the reason; the batch stays to be read."""
    batch.withdrawn_why = needed(reason, _("lý do rút"))[:300]
    batch.save(update_fields=["withdrawn_why"])
    record(batch.surveyed, concerns=batch.surveyed.unit_id, rows=batch.sheets, reason=reason)
    return batch


def answer(code: str, sheet: Sheet, token: str = "") -> dict[str, str]:
    """Takes one sheet over the network; {} if it was counted, else what is wrong, by question.

    No verb with a history line on purpose: a line would tell when somebody answered. Nothing
    of the person, the moment or the order is kept. "" is the key of what concerns no question.
    """
    with transaction.atomic():
        rows = SurveyUnit.objects.select_for_update(of=("self",)).select_related("survey")
        surveyed = rows.filter(code=code.strip().upper()).first()
        if surveyed is None:
            return {"": _("Không có phiếu hỏi mang mã này.")}
        if not surveyed.survey.is_open(clock.today()):
            return {"": _("Đợt khảo sát không nhận phiếu vào ngày này.")}
        questions = _questions(surveyed.survey)
        if wrong := faults(questions, sheet):
            return wrong
        if surveyed.by_token and not _spend(surveyed, token):
            return {"token": _("Mã phiếu không đúng hoặc đã dùng. Xem lại mã in trên phiếu.")}
        _count(surveyed, questions, [sheet], None)
        SurveyUnit.objects.filter(pk=surveyed.pk).update(sheets=F("sheets") + 1)
    return {}


def faults(questions: Sequence[Question], sheet: Sheet) -> dict[str, str]:
    """What a sheet cannot say: an option that is not offered; nothing on the overall question."""
    wrong = {}
    for question in questions:
        said = sheet.get(question.code, "")
        if said and said not in {value for value, _words in question.options}:
            wrong[question.code] = _("Chọn một trong các câu trả lời đã cho.")
        elif not said and question.overall:
            wrong[question.code] = _("Câu này cần được trả lời.")
    return wrong


def _questions(survey: Survey) -> list[Question]:
    return list(Question.objects.filter(questionnaire=survey.questionnaire_id))


def _count(
    surveyed: SurveyUnit,
    questions: Sequence[Question],
    sheets: Sequence[Sheet],
    batch: PaperBatch | None,
) -> None:
    """Raises the counts of what the sheets say: one row per option, never one per sheet."""
    times = Counter(
        (question, option)
        for sheet in sheets
        for question in questions
        if (option := sheet.get(question.code, ""))
    )
    for (question, option), number in times.items():
        tally, _new = Tally.objects.get_or_create(
            surveyed=surveyed, batch=batch, question=question, option=option
        )
        Tally.objects.filter(pk=tally.pk).update(count=F("count") + number)


def _spend(surveyed: SurveyUnit, token: str) -> bool:
    """Deletes the token; whether there was one. What is gone can be joined with nothing."""
    plain = "".join(token.upper().split()).replace("-", "")
    return bool(SurveyToken.objects.filter(surveyed=surveyed, digest=_digest(plain)).delete()[0])


def _digest(token: str) -> str:
    key = salted_hmac("danvan.democracy.surveys", token, algorithm="sha256")
    return str(key.hexdigest())


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _n in range(length))
