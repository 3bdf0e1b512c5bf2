"""Relations between documents, and the clauses to look at again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.documents import queries, rules
from danvan.documents.actions import relations, reviews
from danvan.documents.forms import RelationForm, ReviewForm
from danvan.documents.models import Relation, ReviewTask
from danvan.kernel import clock
from danvan.kernel.access import demand

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def relate(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    document = get_object_or_404(queries.visible_to(actor), pk=pk)
    demand(rules.may_keep_register(actor, document))
    form = RelationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        kind, target, acting = form.sides(document)
        try:
            relation = relations.relate(target, acting=acting, kind=kind, by=actor, **form.told)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            told = _("Đã ghi quan hệ. Số chỗ viện dẫn cần rà soát: %d.")
            messages.success(request, told % relation.reviews.count())
            return redirect("documents:document", pk)
    context = {"form": form, "document": document}
    return render(request, "documents/relate.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    seen = Relation.objects.filter(target__in=queries.visible_to(actor))
    relation = get_object_or_404(seen.select_related("target", "acting"), pk=pk)
    try:
        relations.withdraw(relation, reason=request.POST.get("reason", ""), by=actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Đã rút quan hệ; dòng cũ vẫn đọc được cùng lý do."))
    return redirect("documents:document", relation.target_id)


@require_GET
def review_list(request: HttpRequest) -> HttpResponse:
    """Clauses to look at again: what is due first, settled ones at the end."""
    actor = request.actor  # type: ignore[attr-defined]
    cited = request.GET.get("van_ban", "")
    rows = queries.reviews(actor, cited=int(cited) if cited.isdecimal() else None)
    rows = rows.order_by(F("settled_at").desc(nulls_first=True), "opened_on", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "rows": [(review, rules.may_settle_review(actor, review)) for review in page],
        "today": clock.today(),
        "filtered": bool(cited),
    }
    return render(request, "documents/reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One clause: its words, what happened to what it cites, and the outcome."""
    actor = request.actor  # type: ignore[attr-defined]
    subject: ReviewTask = get_object_or_404(queries.reviews(actor), pk=pk)
    may = rules.may_settle_review(actor, subject)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        demand(may)
    if form.is_valid():
        try:
            reviews.settle(subject, by=actor, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã ghi kết quả rà soát."))
            return redirect("documents:reviews")
    context = {
        "review": subject,
        "citation": subject.citation,
        "standing": subject.citation.cited.standing_on(clock.today()),
        "form": form,
        "may": may,
    }
    return render(request, "documents/review.html", context, status=422 if form.errors else 200)
