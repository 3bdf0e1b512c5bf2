"""What registers keep of a person: what he wrote and corrected, which limited records he read.

Never what a record says: names stand in free text, most of all in the register of violations,
whose readers are few. Nobody is looked up in them by name; the page says so to everybody.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.models import Viewing
from danvan.kernel.personal import Kept, Source, Subject, doings, done, said, work
from danvan.registers.models import Correction, Record, RegisterVersion

BASIS = gettext_lazy("Kế hoạch năm và văn bản ghi ở từng sổ làm căn cứ mở sổ.")


def kept(of: Subject) -> Iterator[Kept]:
    yield _written(of.person or 0)
    yield _read(of.person or 0)
    yield _named()


def _written(who: int) -> Kept:
    """Three queries."""
    return work(
        gettext_lazy("Việc đã làm với sổ theo dõi"),
        gettext_lazy("Biết ai ghi, ai đính chính; số liệu của sổ truy được nguồn."),
        BASIS,
        doings(
            who,
            (_("ghi sổ"), Record, "entered_by", "entered_at", "version__name"),
            (_("đính chính sổ"), Correction, "corrected_by", "corrected_at",
             "record__version__name"),
            (_("khai báo sổ"), RegisterVersion, "enacted_by", "enacted_at", "name"),
        ),
        erasure=gettext_lazy("Giữ lại: là phần của sổ."),
    )  # fmt: skip


def _read(who: int) -> Kept:
    """One query: how often, not which."""
    viewed = Viewing.objects.filter(actor_id=who, subject_type=Record._meta.label_lower)
    return work(
        gettext_lazy("Lần đọc sổ hạn chế người đọc"),
        gettext_lazy("Biết ai đã đọc nội dung hạn chế, khi nào."),
        BASIS,
        done(_("đọc bản ghi hạn chế"), viewed, "at", "how"),
        erasure=gettext_lazy("Giữ lại: nhật ký đọc bảo vệ người được ghi trong sổ."),
    )


def _named() -> Kept:
    """Said to everybody alike."""
    return said(
        gettext_lazy("Họ tên trong lời văn của sổ: không liệt kê ở đây"),
        gettext_lazy(
            "Sổ theo dõi, kể cả sổ vi phạm, có thể nhắc họ tên khi thật cần cho việc theo dõi. "
            "Không tra theo họ tên: người trùng tên sẽ đọc được, và sổ hạn chế chỉ ít người đọc. "
            "Muốn biết sổ có nhắc tới mình, hỏi cơ quan ghi sổ."
        ),
        BASIS,
        erasure=gettext_lazy("Đính chính tại sổ, có lý do; nội dung cũ vẫn được giữ."),
    )


SOURCE = Source(kept)
