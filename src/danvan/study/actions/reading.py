"""Reading without an account: pages seen, the acknowledgement, the questions."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.study import ledger, quiz, roster, rules
from danvan.study.models import (
    Acknowledgement,
    Campaign,
    Learner,
    PageSeen,
    QuizTry,
    StudyText,
)
from danvan.ui import written


def see(text: StudyText, learner: Learner, page: int) -> None:
    """Keeps that a page was read; again is no error. A trace, not an act: no history."""
    PageSeen.objects.bulk_create(
        [PageSeen(text=text, learner=learner, page=page, at=clock.now())], ignore_conflicts=True
    )


@action("study.text.acknowledge", may=rules.may_read, says=gettext_lazy("xác nhận đã đọc"))
def acknowledge(text: StudyText, *, learner: Learner, way: str, by: Actor) -> Acknowledgement:
    """The learner has seen every page and says so: a line at the end of the chain."""
    before = text.acknowledgements.filter(learner=learner).first()
    if before:
        when = written.moment(before.at)
        raise Refused(already(_("Bạn đã xác nhận lời văn này lúc %s.") % when))
    seen = list(text.seen.filter(learner=learner).order_by("at"))
    if missing := sorted(set(range(1, text.pages + 1)) - {row.page for row in seen}):
        raise Refused(
            refuse(_("Bạn chưa xem các trang: %s.") % ", ".join(str(page) for page in missing))
        )
    now = clock.now()
    unit = roster.unit_of(learner.person_id or 0, clock.local_day(now))
    if unit is None:
        raise Refused(refuse(_("Mã này của người không giữ chức vụ nào hôm nay.")))
    line = ledger.add(
        Acknowledgement(
            campaign_id=text.campaign_id, learner=learner, text=text, unit_id=unit, at=now,
            pages=len(seen), seconds=max(0, int((now - seen[0].at).total_seconds())), way=way,
            text_sha256=text.sha256,
        )
    )  # fmt: skip
    record(line, concerns=unit, document=str(text))
    return line


@action("study.quiz.answer", may=rules.may_answer, says=gettext_lazy("trả lời câu hỏi"))
def answer(
    campaign: Campaign, *, learner: Learner, answers: Mapping[int, int], by: Actor
) -> QuizTry:
    """One try at the questions drawn for this learner (``quiz.drawn``): question → choice."""
    if campaign.tries.filter(learner=learner, passed=True).exists():
        raise Refused(already(_("Bạn đã trả lời đạt rồi.")))
    asked = quiz.drawn(campaign, learner)
    if len(asked) < campaign.quiz_size:
        raise Refused(refuse(_("Ngân hàng câu hỏi chưa đủ câu cho đợt học này.")))
    right = sum(answers.get(question.pk) == question.right for question in asked)
    row = QuizTry.objects.create(
        campaign=campaign, learner=learner, at=clock.now(), right=right, of=len(asked),
        answers={str(q.pk): answers.get(q.pk) for q in asked}, passed=right >= campaign.quiz_pass,
    )  # fmt: skip
    record(learner, concerns=roster.unit_of(learner.person_id or 0, clock.today()))
    return row
