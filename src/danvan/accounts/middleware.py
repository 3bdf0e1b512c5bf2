"""Every page asks for sign-in unless its view says it is public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect


class SignInRequired(LoginRequiredMiddleware):
    """Django's rule under our name; public views carry ``@login_not_required``.

    A session that ends in the middle of a form: the person is told, and comes back to the
    page of the form (not to the address it was sent to), where the browser kept the draft.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        if request.method in ("GET", "HEAD") and not request.headers.get("HX-Request"):
            return super().handle_no_permission(request, view_func)
        messages.warning(
            request,
            _("Phiên làm việc đã hết nên nội dung vừa gửi chưa được lưu. Hãy đăng nhập lại."),
        )
        answer = redirect_to_login(page_of(request), resolve_url(self.get_login_url(view_func)))
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(answer["Location"])
        return answer


def page_of(request: HttpRequest) -> str:
    """The path of the page a form was sent from, if it is ours; else the first page."""
    sent_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        sent_from, {request.get_host()}, require_https=request.is_secure()
    ):
        return "/"
    parts = urlsplit(sent_from)
    return parts.path + (f"?{parts.query}" if parts.query else "")
