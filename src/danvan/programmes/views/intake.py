"""Sending a plan in; giving a draft up; its file."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.documents import downloads
from danvan.kernel.access import demand, refuse
from danvan.programmes import queries
from danvan.programmes.actions import drafts, reading
from danvan.programmes.forms import ReadInForm
from danvan.programmes.models import Draft
from vanban.errors import ReadingError


@require_http_methods(["GET", "HEAD", "POST"])
def read_in(request: HttpRequest) -> HttpResponse:
    """The programme office sends a plan; what cannot be read is said at the field."""
    actor = request.actor  # type: ignore[attr-defined]
    if not queries.bodies_served_by(actor).exists():
        demand(refuse(_("Chỉ cơ quan thường trực chương trình mới được nhập kế hoạch.")))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReadInForm(*sent, actor=actor)
    if form.is_valid():
        try:
            draft = reading.read_in(
                form.chosen,
                file=form.cleaned_data["file"],
                of_superior=bool(form.cleaned_data["of_superior"]),
                by=actor,
            )
        except ReadingError as error:
            form.add_error("file", error.message)
        else:
            return _opened(request, draft)
    context = {"form": form, "drafts": queries.drafts_under_review(actor)}
    return render(request, "programmes/read_in.html", context)


def _opened(request: HttpRequest, draft: Draft) -> HttpResponse:
    if draft.state == Draft.State.PUBLISHED:
        messages.success(request, _("Tệp này đã được ban hành thành chương trình."))
        return redirect("programmes:plan", draft.programme.pk)
    if draft.state == Draft.State.KEPT:
        messages.success(request, _("Kế hoạch cấp trên này đã được ghi nhận làm căn cứ."))
        return redirect("programmes:review", draft.pk)
    messages.success(request, _("Đã đọc xong. Hãy xem từng mục trước khi ban hành."))
    return redirect("programmes:review", draft.pk)


@require_POST
def discard(request: HttpRequest, draft: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    subject = get_object_or_404(queries.drafts_visible_to(actor), pk=draft)
    try:
        drafts.discard(subject, reason=request.POST.get("reason", ""), by=actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("programmes:review", subject.pk)
    messages.success(request, _("Đã bỏ bản đọc. Tệp vẫn được lưu cùng lý do."))
    return redirect("programmes:index")


@require_GET
def file(request: HttpRequest, draft: int) -> FileResponse:
    """The file as it was sent."""
    actor = request.actor  # type: ignore[attr-defined]
    subject = get_object_or_404(queries.drafts_visible_to(actor), pk=draft)
    return downloads.send(subject.file, subject.file_name)
