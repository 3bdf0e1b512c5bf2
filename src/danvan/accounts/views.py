"""Signing in and out, changing the password, and the demonstration's one-click sign-in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danvan.accounts import demonstration, rules
from danvan.accounts.actions import passwords
from danvan.accounts.forms import PasswordForm, SignInForm
from danvan.accounts.models import User


@method_decorator(login_not_required, name="dispatch")
class SignIn(auth.LoginView):
    authentication_form = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(offered=demonstration.offered(), **kwargs)


class SignOut(auth.LogoutView):
    """By POST only: a link or a picture cannot sign anybody out."""


@method_decorator(login_not_required, name="dispatch")
@method_decorator([never_cache, require_POST], name="dispatch")
class Demonstration(auth.RedirectURLMixin, View):
    """Signs a visitor in as one of the offered accounts; does not exist anywhere else."""

    def post(self, request: HttpRequest) -> HttpResponse:
        username = request.POST.get("username", "")
        if not demonstration.is_offered(username):
            raise Http404
        user = get_object_or_404(User, username=username, is_active=True)
        login(request, user)
        return HttpResponseRedirect(self.get_success_url())

    def get_default_redirect_url(self) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)


class Password(auth.PasswordChangeView):
    form_class = PasswordForm
    template_name = "accounts/password.html"

    def get_success_url(self) -> str:
        return reverse("accounts:password")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = rules.may_change_password(self.request.actor, self.request.user)  # type: ignore
        return super().get_context_data(may=may, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        old, new = form.cleaned_data["old_password"], form.cleaned_data["new_password1"]
        # request.user is a lazy stand-in; a verb locks the record itself.
        user = User.objects.get(pk=form.user.pk)
        passwords.change(user, old=old, new=new, by=self.request.actor)  # type: ignore
        update_session_auth_hash(self.request, user)
        messages.success(self.request, _("Đã đổi mật khẩu."))
        return HttpResponseRedirect(self.get_success_url())
