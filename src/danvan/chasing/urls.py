from __future__ import annotations

from django.urls import URLPattern

app_name = "chasing"
urlpatterns: list[URLPattern] = []
