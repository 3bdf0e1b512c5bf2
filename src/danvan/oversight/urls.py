from __future__ import annotations

from django.urls import URLPattern, path

from danvan.oversight import views

app_name = "oversight"
urlpatterns: list[URLPattern] = [
    path("", views.newest, name="newest"),
    path("<int:programme>/", views.programme, name="programme"),
]
