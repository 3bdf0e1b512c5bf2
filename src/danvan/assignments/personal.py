"""What assignments keep of who did the work: files of work, which stay."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.models import (
    Confirmation,
    Directive,
    DueChange,
    ExemptionRequest,
    ExtensionRequest,
    ProgressNote,
    Submission,
)
from danvan.kernel.personal import Kept, Source, Subject, acts, work


def kept(of: Subject) -> Iterator[Kept]:
    """What the person filed, decided, asked for or wrote: one query per kind of act."""
    if of.person is None:
        return
    rows = [
        *acts(_("nộp"), Submission.objects.filter(filed_by=of.person), "filed_at"),
        *acts(_("duyệt bản nộp"), Submission.objects.filter(decided_by=of.person), "decided_at"),
        *acts(_("đổi hạn"), DueChange.objects.filter(changed_by=of.person), "changed_at"),
        *acts(_("ghi tiến độ"), ProgressNote.objects.filter(written_by=of.person), "written_at"),
        *acts(_("giao việc"), Directive.objects.filter(given_by=of.person), "given_at"),
        *acts(_("xác nhận"), Confirmation.objects.filter(recorded_by=of.person), "recorded_at"),
    ]
    for model in (ExtensionRequest, ExemptionRequest):
        asked, decided = {"asked_by": of.person}, {"decided_by": of.person}
        rows += acts(_("đề nghị"), model.objects.filter(**asked), "asked_at")
        rows += acts(_("duyệt đề nghị"), model.objects.filter(**decided), "decided_at")
    yield work(
        gettext_lazy("Việc đã làm trong theo dõi nhiệm vụ"),
        gettext_lazy("Biết ai nộp, ai duyệt, ai đổi hạn; chứng minh kết quả của đơn vị."),
        gettext_lazy("Hồ sơ công việc của cơ quan nhà nước."),
        rows,
    )


SOURCE = Source(kept)
