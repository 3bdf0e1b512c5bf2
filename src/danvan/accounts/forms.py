"""Signing in and changing the password, in Vietnamese."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from danvan.accounts import throttling
from danvan.kernel.throttling import place_of


class SignInForm(AuthenticationForm):
    """Name and password, with the brake on wrong ones."""

    error_messages = {
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu không đúng."),
        "inactive": _("Tài khoản này đã bị khóa. Hãy liên hệ quản trị hệ thống."),
        "throttled": _(
            "Đã sai mật khẩu quá %(limit)d lần. Hãy thử lại sau %(minutes)d phút, "
            "hoặc nhờ quản trị hệ thống đặt lại mật khẩu."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")
        self.fields["username"].error_messages["required"] = _("Chưa ghi tên đăng nhập.")
        self.fields["password"].error_messages["required"] = _("Chưa ghi mật khẩu.")

    def clean(self) -> dict[str, Any]:
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not username or not password:
            return self.cleaned_data
        address = place_of(self.request) if self.request else ""
        if minutes := throttling.begin(username, address):
            params = {"limit": throttling.ATTEMPTS, "minutes": minutes}
            raise ValidationError(self.error_messages["throttled"], "throttled", params)
        cleaned: dict[str, Any] = super().clean()
        throttling.forget(username, address)
        return cleaned


class PasswordForm(PasswordChangeForm):
    """The old password once, the new one twice."""

    error_messages = {
        "password_mismatch": _("Hai lần ghi mật khẩu mới không giống nhau."),
        "password_incorrect": _("Mật khẩu hiện tại không đúng."),
    }
    old_password = forms.CharField(
        label=_("Mật khẩu hiện tại"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("Mật khẩu mới")
        self.fields["new_password1"].help_text = _("Ít nhất 10 ký tự, không phải từ quá phổ biến.")
        self.fields["new_password2"].label = _("Ghi lại mật khẩu mới")
        self.fields["new_password2"].help_text = ""
