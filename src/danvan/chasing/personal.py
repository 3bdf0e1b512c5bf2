"""What chasing keeps of a person: what he was told, to which address, his calendar address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.chasing.models import Digest, Feed
from danvan.kernel.models import Mail
from danvan.kernel.personal import Kept, Source, Subject, plain


def kept(of: Subject) -> Iterator[Kept]:
    """Three queries."""
    told = Digest.objects.filter(person=of.person or 0)
    rows: list[dict[str, Any]] = [
        {"thông báo": d.subject, "lúc": plain(d.made_at), "đã xem": plain(d.read_at)} for d in told
    ]
    mails = _mails(told).exclude(to="")
    rows += [{"thư": m.subject, "gửi đến": m.to, "lúc": plain(m.sent_at)} for m in mails]
    feeds = Feed.objects.filter(person=of.person or 0)
    rows += [{"địa chỉ lịch, lập": plain(f.made_at), "thu hồi": plain(f.revoked_at)} for f in feeds]
    yield Kept(
        what=gettext_lazy("Thông báo, thư nhắc việc và địa chỉ lịch"),
        purpose=gettext_lazy("Nhắc việc đến hạn; biết ai đã được nhắc, lúc nào."),
        basis=gettext_lazy("Đôn đốc thực hiện kế hoạch của cơ quan nhà nước."),
        until=gettext_lazy("Cùng hồ sơ của kế hoạch năm; địa chỉ lịch đến khi thu hồi."),
        erasure=gettext_lazy("Bỏ địa chỉ thư và địa chỉ lịch; giữ việc đã nhắc, lúc nào."),
        rows=tuple(rows),
    )


def erase(of: Subject) -> Iterator[str]:
    """A letter still waiting is not sent any more; what was told when stays."""
    mails = _mails(Digest.objects.filter(person=of.person or 0))
    mails.filter(state=Mail.State.WAITING).update(state=Mail.State.DROPPED)
    feeds, _kinds = Feed.objects.filter(person=of.person or 0).delete()
    if mails.exclude(to="").update(to="") or feeds:
        yield _("Đã bỏ địa chỉ thư nhắc việc và địa chỉ lịch.")


def _mails(told: Any) -> Any:
    return Mail.objects.filter(key__in=[f"digest-{pk}" for pk in told.values_list("pk", flat=True)])


SOURCE = Source(kept, erase)
