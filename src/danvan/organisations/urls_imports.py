from __future__ import annotations

from django.urls import path

from danvan.organisations.views import imports

app_name = "imports"
urlpatterns = [
    path("", imports.index, name="index"),
    path("bang/<str:table>/", imports.send, name="send"),
    path("bang/<str:table>/mau/", imports.template, name="template"),
    path("lan/<int:pk>/", imports.report, name="report"),
    path("lan/<int:pk>/dong-loi/", imports.faults, name="faults"),
    path("lan/<int:pk>/ghi/", imports.apply, name="apply"),
    path("lan/<int:pk>/hoan-tac/", imports.undo, name="undo"),
]
