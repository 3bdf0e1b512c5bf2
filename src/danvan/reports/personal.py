"""What reports keep of a person: those he approved. Who wrote which text is in the history."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.personal import RETENTION, Kept, Source, Subject, done
from danvan.reports.models import Report


def kept(of: Subject) -> Iterator[Kept]:
    """One query."""
    approved = Report.objects.filter(approved_by=of.person or 0)
    yield Kept(
        what=gettext_lazy("Báo cáo đã duyệt"),
        purpose=gettext_lazy("Biết ai duyệt, khóa số liệu của báo cáo."),
        basis=gettext_lazy("Chế độ báo cáo của cơ quan hành chính (Nghị định 09/2019/NĐ-CP)."),
        until=RETENTION,
        erasure=gettext_lazy("Giữ lại: là phần của báo cáo đã ban hành."),
        rows=tuple(done(_("duyệt báo cáo"), approved, "approved_at", "outline__title")),
        stays=True,
        confidence="C",
    )


SOURCE = Source(kept)
