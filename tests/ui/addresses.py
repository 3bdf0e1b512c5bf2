"""The addresses the tests of this folder run with."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


desk = ([path("ban/", nothing, name="home"), path("ban/khac/", nothing, name="other")], "desk")
accounts = (
    [path("ra/", nothing, name="sign_out"), path("vao/", nothing, name="sign_in")],
    "accounts",
)
urlpatterns = [
    path("thanh-phan/", include("danvan.ui.urls")),
    path("", include(desk)),
    path("", include(accounts)),
]
