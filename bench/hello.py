"""The same server with two pages more: one does nothing, one only writes a sheet's rows."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from bench.upsert import upsert


@login_not_required
def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello, world")


urlpatterns = [
    path("bench-hello/", hello),
    path("bench-upsert/<int:sheet>/", upsert),
    path("", include("config.urls")),
]
