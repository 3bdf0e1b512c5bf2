"""What the vault says of a person: the same sentence to everybody, and nothing else.

No row is read here, whoever asks: an answer that differed, or took longer, would tell that
somebody is in the vault. Who holds it and who opened what is kept in its own log, for those
who audit it.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from danvan.kernel.personal import Kept, Source, Subject

OUTSIDE = Kept(
    what=gettext_lazy("Hồ sơ mật về người tố cáo: nằm ngoài bản kê này"),
    purpose=gettext_lazy(
        "Danh tính người tố cáo được niêm bằng khóa riêng để bảo vệ họ. Bản kê của mọi người đều "
        "ghi câu này, dù có hay không có hồ sơ mật; không ai biết được từ bản kê. Việc được giao "
        "giữ hồ sơ mật và nhật ký mở hồ sơ mật cũng ở ngoài bản kê."
    ),
    basis=gettext_lazy("Luật Tố cáo 25/2018/QH14, Điều 8, 47, 56; Luật Tiếp công dân, Điều 3.2."),
    until=gettext_lazy(
        "Cùng hồ sơ giải quyết tố cáo; thời hạn giữ nhật ký mở hồ sơ mật chưa xác nhận được trong "
        "luật nên không có gì tự xóa."
    ),
    erasure=gettext_lazy(
        "Không xóa theo yêu cầu ở trang này. Người tố cáo làm việc với người tiếp nhận tố cáo "
        "được phân công đích danh."
    ),
    rows=(),
    stays=True,
    confidence="B",
    stated=True,
)


def kept(_of: Subject) -> Iterator[Kept]:
    """Reads nothing."""
    yield OUTSIDE


SOURCE = Source(kept)
