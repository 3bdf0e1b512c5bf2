"""The amendment's document: its draft, the signature, or the entry of one signed on paper."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.kernel.access import demand
from danvan.programmes import amending_paper, rules
from danvan.programmes.actions import amendments
from danvan.programmes.forms import AmendmentForm, PaperForm
from danvan.programmes.models import Amendment
from danvan.programmes.views.amendments import amendment_or_404, compared
from danvan.ui.downloads import DOCX, attachment


@require_GET
def draft_file(request: HttpRequest, amendment: int) -> HttpResponse:
    """The document as it would be signed by the reader, without number and date."""
    subject = amendment_or_404(request, amendment)
    if subject.state != Amendment.State.DRAFT:
        raise Http404
    paper = amending_paper.compose(subject, request.actor)  # type: ignore[attr-defined]
    data = amending_paper.file_of(paper, None, paper.symbol, None)
    return attachment(data, "du-thao-ke-hoach-sua-doi.docx", DOCX)


@require_POST
def sign(request: HttpRequest, amendment: int) -> HttpResponse:
    """The head signs: number, date, file, register, and the plan changes."""
    subject = amendment_or_404(request, amendment)
    made = amendments.sign(subject, by=request.actor)  # type: ignore[attr-defined]
    messages.success(
        request, _("Đã ban hành %(document)s và báo cho các đơn vị.") % {"document": made.document}
    )
    return redirect("programmes:amendment", subject.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, amendment: int) -> HttpResponse:
    """The amending document's number, date and signer; one act makes it count."""
    actor = request.actor  # type: ignore[attr-defined]
    subject = amendment_or_404(request, amendment)
    demand(rules.may_publish_amendment(actor, subject))
    form = PaperForm(
        request.POST or None,
        request.FILES or None,
        initial=PaperForm.begins_with(subject),
    )
    if form.is_valid():
        try:
            amendments.publish(subject, paper=form.paper, by=actor)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã ban hành sửa đổi, bổ sung và báo cho các đơn vị."))
            return redirect("programmes:amendment", subject.pk)
    context = compared(request, subject, AmendmentForm.of(subject)) | {"form": form}
    return render(request, "programmes/publish_amendment.html", context)
