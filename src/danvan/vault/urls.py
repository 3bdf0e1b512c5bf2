from __future__ import annotations

from django.urls import URLPattern, path

from danvan.vault.views import holding, records

app_name = "vault"
urlpatterns: list[URLPattern] = [
    path("", records.index, name="list"),
    path("niem/", records.seal, name="seal"),
    path("<int:pk>/", records.sealed, name="sealed"),
    path("<int:pk>/mo/", records.open_, name="open"),
    path("<int:pk>/tep/<int:place>/", records.file, name="file"),
    path("<int:pk>/che/", records.redact, name="redact"),
    path("nguoi-giu/", holding.holders, name="holders"),
    path("nguoi-giu/<int:pk>/thoi/", holding.end, name="end"),
    path("nhat-ky/", holding.log, name="log"),
    path("nhat-ky/<int:pk>/xem-xet/", holding.see, name="see"),
]
