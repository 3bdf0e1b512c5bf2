"""What programmes keep of a person: the plans he wrote, read in and amended."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.personal import RETENTION, Kept, Source, Subject, done
from danvan.programmes.models import Amendment, Draft, Manuscript, ManuscriptVersion


def kept(of: Subject) -> Iterator[Kept]:
    """Five queries."""
    who, year = of.person or 0, "manuscript__year"
    begun, saved = Manuscript.objects.filter(begun_by=who), Manuscript.objects.filter(saved_by=who)
    versions = ManuscriptVersion.objects.filter(saved_by=who)
    rows = [
        *done(_("bắt đầu soạn kế hoạch năm"), begun, "saved_at", "year"),
        *done(_("lưu bản soạn kế hoạch năm"), saved, "saved_at", "year"),
        *done(_("lưu một lần sửa của bản soạn kế hoạch năm"), versions, "saved_at", year),
        *done(_("đưa kế hoạch vào rà soát"), Draft.objects.filter(read_by=who), "read_at",
              "file_name"),
        *done(_("soạn sửa đổi kế hoạch"), Amendment.objects.filter(made_by=who), "made_at",
              "subject"),
    ]  # fmt: skip
    yield Kept(
        what=gettext_lazy("Việc đã làm trong soạn, rà soát, sửa đổi kế hoạch"),
        purpose=gettext_lazy("Biết ai soạn, ai rà soát, ai sửa đổi kế hoạch."),
        basis=gettext_lazy("Hồ sơ soạn thảo, ban hành văn bản (Nghị định 30/2020/NĐ-CP)."),
        until=RETENTION,
        erasure=gettext_lazy("Giữ lại: là phần của hồ sơ ban hành kế hoạch."),
        rows=tuple(rows),
        stays=True,
        confidence="C",
    )


SOURCE = Source(kept)
