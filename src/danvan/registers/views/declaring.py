"""Declaring registers: those the product comes with, new ones, and new versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, actor_of, demand, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.registers import queries, rules, shipped
from danvan.registers.actions import registers
from danvan.registers.declaring import Declaration
from danvan.registers.forms.declaring import Editor


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """The registers the product comes with, and which of them are in use."""
    body = _body(actor_of(request))
    taken = queries.taken_codes(body)
    rows = [
        (t, taken.get(t.code), [why for _part, why in t.declaration.wrong(body)])
        for t in shipped.templates()
    ]
    return render(request, "registers/templates.html", {"rows": rows})


@require_POST
def enact(request: HttpRequest, code: str) -> HttpResponse:
    """One click; where its words do not fit this body, the form opens with them."""
    actor = actor_of(request)
    body, found = _body(actor), shipped.template(code)
    if found is not None and found.declaration.wrong(body):
        return redirect(f"{reverse('registers:declare')}?mau={code}")
    made = registers.enact(body, template=code, by=actor)
    messages.success(request, _("Đã đưa sổ vào dùng."))
    return redirect("registers:register", pk=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """A new register; ``?mau=`` begins it with a shipped one."""
    actor = actor_of(request)
    body = _body(actor)
    found = shipped.template(request.GET.get("mau", ""))
    before = found.declaration if found else None
    editor = _editor(request, body, before)
    if request.method == "POST" and "more" not in request.POST and editor.is_valid():
        free = found is not None and found.code not in queries.taken_codes(body)
        code = found.code if found and free else ""
        made = registers.declare(
            body, declaration=editor.declaration(), code=code, template=code, by=actor
        )
        messages.success(request, _("Đã khai báo sổ; ghi được từ ngày bắt đầu dùng."))
        return redirect("registers:declaration", pk=made.pk)
    return _shown(request, editor, {"register": None})


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version; records keep the fields they were written under."""
    actor = actor_of(request)
    register = get_object_or_404(queries.visible_to(actor), pk=pk)
    demand(rules.may_revise(actor, register))
    newest = register.versions.all()[0]
    editor = _editor(request, register.body, Declaration.of(newest), newest.number)
    if request.method == "POST" and "more" not in request.POST and editor.is_valid():
        seen = editor.form.cleaned_data["newest"] or 0
        registers.revise(register, declaration=editor.declaration(), newest=seen, by=actor)
        messages.success(request, _("Đã ghi bản mới của khai báo; bản ghi cũ giữ trường cũ."))
        return redirect("registers:declaration", pk=pk)
    return _shown(request, editor, {"register": register, "version": newest})


def _editor(
    request: HttpRequest, body: Unit, before: Declaration | None, newest: int | None = None
) -> Editor:
    initial: dict[str, Any] = {"valid_from": clock.today(), "newest": newest}
    if before is not None:
        said = before.as_version()
        kept = ("valid_from", "fields", "facts", "document", "basis")
        initial = {**{k: v for k, v in said.items() if k not in kept}, **initial}
        initial["basis"] = before.basis if newest is None else ""
    data = request.POST if request.method == "POST" else None
    return Editor(data, body=body, before=before, initial=initial)


def _shown(request: HttpRequest, editor: Editor, more: dict[str, Any]) -> HttpResponse:
    status = 422 if request.method == "POST" and "more" not in request.POST else 200
    return render(request, "registers/declare.html", {"editor": editor, **more}, status=status)


def _body(actor: Actor) -> Unit:
    """The committee whose programme office the actor is; Refused if there is none."""
    body = Unit.objects.filter(pk__in=actor.scopes(roles.PROGRAMME_OFFICE)).order_by("pk").first()
    if body is None:
        raise Refused(refuse(_("Chỉ cơ quan thường trực chương trình khai báo, sửa sổ theo dõi.")))
    return body
