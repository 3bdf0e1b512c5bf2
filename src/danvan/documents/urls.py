from __future__ import annotations

from django.urls import path

from danvan.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.index, name="index"),
    path("xuat.xlsx", views.export, name="export"),
    path("<int:pk>/", views.document, name="document"),
    path("<int:pk>/tep/", views.file, name="file"),
]
