"""Reading acknowledged on paper: a signed list, its scan as proof, lines in the same chain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock, files
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.study import learners, ledger, roster, rules
from danvan.study.models import Acknowledgement, PaperList, StudyText
from danvan.ui import written


@action(
    "study.paper.acknowledge",
    may=rules.may_write_readers,
    says=gettext_lazy("ghi xác nhận đã đọc theo danh sách giấy"),
)
def acknowledge(
    text: StudyText,
    *,
    unit: Unit,
    people: Collection[int],
    signed_on: dt.date,
    file: UploadedFile,
    by: Actor,
) -> PaperList:
    """Everybody named has read the text, as the scanned list proves: a line each in the chain.

    Whoever acknowledged before stays as he is. The lines cannot be taken back: the chain is only
    added to. Pages and seconds are 0, for the system saw none.
    """
    _complete(text, unit, people, signed_on, by)
    known = learners.of(people)
    done = set(text.acknowledgements.values_list("learner_id", flat=True))
    fresh = [known[person] for person in people if known[person].pk not in done]
    if not fresh:
        raise Refused(already(_("Những người đã chọn đều đã xác nhận lời văn này.")))
    now = clock.now()
    paper = PaperList.objects.create(
        text=text, unit=unit, signed_on=signed_on, file=files.store(file),
        name=(file.name or "")[:200], added_at=now, added_by=by.name[:200],
    )  # fmt: skip
    ledger.add_all(
        [
            Acknowledgement(
                campaign_id=text.campaign_id, learner=learner, text=text, unit=unit, at=now,
                pages=0, seconds=0, way=Acknowledgement.Way.PAPER, text_sha256=text.sha256,
                paper=paper,
            )
            for learner in fresh
        ]
    )  # fmt: skip
    record(paper, concerns=unit.pk, document=str(text), people=len(fresh), day=signed_on)
    return paper


def _complete(
    text: StudyText, unit: Unit, people: Collection[int], signed_on: dt.date, by: Actor
) -> None:
    if unit.pk not in rules.readers_written_for(by, text):
        raise Refused(refuse(_("Bạn không ghi xác nhận thay người của đơn vị này.")))
    since, today = clock.local_day(text.taken_at), clock.today()
    if not since <= signed_on <= today:
        told = {"since": written.day(since), "today": written.day(today)}
        raise Refused(
            refuse(
                _("Ngày ký phải từ ngày lời văn vào đợt học (%(since)s) đến hôm nay (%(today)s).")
                % told
            )
        )
    here = roster.on(signed_on, [unit.pk])[unit.pk].people
    if strangers := set(people) - set(here):
        raise Refused(
            refuse(
                _("%(n)d người đã chọn không giữ chức vụ tại đơn vị vào ngày ký.")
                % {"n": len(strangers)}
            )
        )
