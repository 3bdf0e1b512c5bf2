from __future__ import annotations

from django.urls import URLPattern, path

from danvan.democracy import urls_asking, urls_telling
from danvan.democracy.views.home import home

app_name = "democracy"
urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    *urls_telling.urlpatterns,
    *urls_asking.urlpatterns,
]
