"""What an account keeps of its person, and what becomes of it when that is erased."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.accounts.models import User
from danvan.kernel.personal import Kept, Source, Subject, plain


def kept(of: Subject) -> Iterator[Kept]:
    """Never the password: only a digest of it exists, and nobody reads that."""
    for user in User.objects.filter(pk=of.account or 0):
        row = {
            "tên đăng nhập": user.username, "họ và tên": user.get_full_name(),
            "thư điện tử": user.email, "lập ngày": plain(user.date_joined),
            "đăng nhập lần cuối": plain(user.last_login), "đang dùng": user.is_active,
        }  # fmt: skip
        yield Kept(
            what=gettext_lazy("Tài khoản đăng nhập"),
            purpose=gettext_lazy("Biết ai đăng nhập và cho làm đúng việc được giao."),
            basis=gettext_lazy("Kiểm soát truy cập hệ thống thông tin của cơ quan nhà nước."),
            until=gettext_lazy("Đến khi thôi dùng hệ thống."),
            erasure=gettext_lazy("Khóa tài khoản; bỏ tên đăng nhập, thư điện tử, mật khẩu."),
            rows=(row,),
        )


def erase(of: Subject) -> Iterator[str]:
    """The row stays without a trace of whose it was: others may point at it."""
    for user in User.objects.filter(pk=of.account or 0):
        user.username, user.email = f"da-xoa-{user.pk}", ""
        user.first_name = user.last_name = ""
        user.is_active = user.is_staff = user.is_superuser = False
        user.last_login = None
        user.set_unusable_password()
        user.save()
        yield _("Đã khóa tài khoản và bỏ tên đăng nhập, thư điện tử, mật khẩu.")


SOURCE = Source(kept, erase)
