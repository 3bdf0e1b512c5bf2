"""A survey as whoever answers sees it. Nothing here keeps who asked for or sent a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy.actions import surveys
from danvan.democracy.models import SurveyUnit
from danvan.kernel import clock
from danvan.organisations.queries import name_on

PRIVACY = gettext_lazy(
    "Phiếu không hỏi tên. Hệ thống chỉ cộng số lượt chọn, không lưu từng phiếu, không lưu thời "
    "điểm, không lưu địa chỉ máy; mã phiếu (nếu có) bị xóa khi dùng nên không nối được với câu "
    "trả lời."
)


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """``options``: (value, words). ``required``: the overall one."""

    code: str
    text: str
    options: list[tuple[str, str]]
    required: bool


@dataclass(frozen=True, slots=True)
class PublicSurvey:
    """``closed`` says why no sheet is taken; "" while they are."""

    code: str
    title: str
    unit_name: str
    surveyor: str
    questions: list[PublicQuestion]
    needs_token: bool
    closed: str
    privacy: str


def survey(code: str) -> PublicSurvey | None:
    """The questions behind a unit's code, or None if no survey has it."""
    rows = SurveyUnit.objects.select_related("survey__questionnaire", "unit")
    found = rows.filter(code=code.strip().upper()).first()
    if found is None:
        return None
    held, today = found.survey, clock.today()
    closed = "" if held.is_open(today) else _("Đợt khảo sát không nhận phiếu vào ngày này.")
    questions = [
        PublicQuestion(q.code, q.text, [(v, w) for v, w in q.options], q.overall)
        for q in held.questionnaire.questions.all()
    ]
    return PublicSurvey(
        found.code, held.title, name_on(found.unit, today), held.surveyor, questions,
        found.by_token, closed, str(PRIVACY),
    )  # fmt: skip


def answer_survey(code: str, answers: Mapping[str, str], token: str = "") -> dict[str, str]:
    """Counts one sheet: question code → option value. {} if taken, else what is wrong.

    Keys of what is wrong: a question's code, "token", or "" for the whole sheet. Whoever shows
    the form to the public slows floods down first (``kernel.throttling``).
    """
    return surveys.answer(code, answers, token)
