"""What reports keep of a person: those he approved. Who wrote which text is in the history."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.personal import Kept, Source, Subject, doings, work
from danvan.reports.models import Report


def kept(of: Subject) -> Iterator[Kept]:
    """One query."""
    approved = (_("duyệt báo cáo"), Report, "approved_by", "approved_at", "outline__title")
    yield work(
        gettext_lazy("Báo cáo đã duyệt"),
        gettext_lazy("Biết ai duyệt, khóa số liệu của báo cáo."),
        gettext_lazy("Chế độ báo cáo của cơ quan hành chính (Nghị định 09/2019/NĐ-CP)."),
        doings(of.person or 0, approved),
        erasure=gettext_lazy("Giữ lại: là phần của báo cáo đã ban hành."),
    )


SOURCE = Source(kept)
