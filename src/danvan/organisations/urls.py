from __future__ import annotations

from django.urls import path

from danvan.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.index, name="index"),
    path("nhap/", views.table, name="table"),
    path("nhap/<int:file>/", views.table_import, name="table_import"),
    path("phan-cong/<int:appointment>/uy-quyen/", views.delegate, name="delegate"),
    path("<slug:key>/", views.unit, name="unit"),
    path("<slug:key>/phan-cong/<str:duty>/", views.name, name="name"),
]
