"""Where every page of a report starts."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from danvan.kernel.access import actor_of
from danvan.reports.models import Report
from danvan.reports.queries import visible_to


def report_or_404(request: HttpRequest, pk: int) -> Report:
    return get_object_or_404(visible_to(actor_of(request)), pk=pk)
