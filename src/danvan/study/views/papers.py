"""Lists signed on paper: writing one down, opening its scan."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from danvan.documents import downloads
from danvan.kernel import clock
from danvan.kernel.access import Refused, actor_of, demand
from danvan.organisations.models import Unit
from danvan.study import pages, queries, roster, rules
from danvan.study.actions import papers
from danvan.study.forms.papers import PaperForm
from danvan.study.models import PaperList, StudyText


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has read a text, as a signed list says: one unit at a time, the scan with it."""
    actor = actor_of(request)
    visible = StudyText.objects.filter(campaign__in=queries.visible_to(actor).values("pk"))
    text = get_object_or_404(visible.select_related("document", "version", "campaign__body"), pk=pk)
    demand(rules.may_write_readers(actor, text))
    units = pages.names(text.campaign, rules.readers_written_for(actor, text))
    asked = request.GET.get("don_vi", "")
    unit = int(asked) if asked.isdecimal() and int(asked) in units else next(iter(units))
    done = set(text.acknowledgements.values_list("learner__person_id", flat=True))
    here = roster.on(clock.today(), [unit])[unit].people
    form = PaperForm(
        request.POST or None, request.FILES or None, unit=unit,
        people=[(person, name) for person, name in here.items() if person not in done],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        sent = {name: form.cleaned_data[name] for name in ("people", "signed_on", "file")}
        try:
            made = papers.acknowledge(text, unit=Unit.objects.get(pk=unit), **sent, by=actor)
        except Refused as refused:
            form.add_error(None, refused.decision.reason)
        else:
            count = made.lines.count()
            messages.success(request, _("Đã ghi %d người xác nhận theo danh sách giấy.") % count)
            return redirect("study:campaign", pk=text.campaign_id)
    context = {
        "form": form, "text": text, "campaign": text.campaign, "units": units, "unit": unit,
        "papers": text.paper_lists.filter(unit=unit).select_related("file"),
    }  # fmt: skip
    return render(request, "study/paper.html", context, status=422 if form.is_bound else 200)


@require_safe
def scan(request: HttpRequest, pk: int) -> FileResponse:
    """The scan, for those who may see the unit's names."""
    actor = actor_of(request)
    campaigns = queries.visible_to(actor).values("pk")
    held = get_object_or_404(
        PaperList.objects.filter(text__campaign__in=campaigns).select_related("file", "unit"), pk=pk
    )
    demand(rules.may_see_names(actor, held.unit))
    return downloads.send(held.file, held.name, shown=True)
