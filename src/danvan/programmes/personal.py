"""What programmes keep of a person: the plans he wrote, read in and amended."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.personal import Kept, Source, Subject, doings, work
from danvan.programmes.models import Amendment, Draft, Manuscript, ManuscriptVersion


def kept(of: Subject) -> Iterator[Kept]:
    """Five queries."""
    yield work(
        gettext_lazy("Việc đã làm trong soạn, rà soát, sửa đổi kế hoạch"),
        gettext_lazy("Biết ai soạn, ai rà soát, ai sửa đổi kế hoạch."),
        gettext_lazy("Hồ sơ soạn thảo, ban hành văn bản (Nghị định 30/2020/NĐ-CP)."),
        doings(
            of.person or 0,
            (_("bắt đầu soạn kế hoạch năm"), Manuscript, "begun_by", "saved_at", "year"),
            (_("lưu bản soạn kế hoạch năm"), Manuscript, "saved_by", "saved_at", "year"),
            (_("lưu một lần sửa của bản soạn kế hoạch năm"), ManuscriptVersion, "saved_by",
             "saved_at", "manuscript__year"),
            (_("đưa kế hoạch vào rà soát"), Draft, "read_by", "read_at", "file_name"),
            (_("soạn sửa đổi kế hoạch"), Amendment, "made_by", "made_at", "subject"),
        ),
        erasure=gettext_lazy("Giữ lại: là phần của hồ sơ ban hành kế hoạch."),
    )  # fmt: skip


SOURCE = Source(kept)
