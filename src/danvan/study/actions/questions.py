"""The bank of questions: a question with its ground, withdrawn but never changed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.models import Document
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.study import rules
from danvan.study.models import Question


@action("study.question.add", may=rules.may_keep, says=gettext_lazy("thêm câu hỏi"))
def add(
    body: Unit,
    *,
    words: str,
    choices: Sequence[str],
    right: int,
    ground: str,
    document: Document | None = None,
    by: Actor,
) -> Question:
    """A question with at least two choices, one of them right."""
    told = [choice.strip() for choice in choices if choice.strip()]
    if len(told) < 2 or not 0 <= right < len(told):
        raise Refused(refuse(_("Cần ít nhất hai phương án và một phương án đúng.")))
    if body.study_questions.filter(words=words.strip(), withdrawn_at=None).exists():
        raise Refused(already(_("Câu hỏi này đã có trong ngân hàng.")))
    question = Question.objects.create(
        body=body, document=document, words=words.strip(), choices=told, right=right,
        ground=ground.strip(),
    )  # fmt: skip
    record(question, concerns=body.pk, ground=question.ground)
    return question


@action("study.question.withdraw", may=rules.may_keep_question, says=gettext_lazy("rút câu hỏi"))
def withdraw(question: Question, *, by: Actor) -> Question:
    question.withdrawn_at = clock.now()
    question.save(update_fields=["withdrawn_at"])
    record(question, concerns=question.body_id)
    return question
