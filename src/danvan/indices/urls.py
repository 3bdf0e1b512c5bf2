from __future__ import annotations

from django.urls import URLPattern, path

from danvan.indices.views import keeping, reading

app_name = "indices"
urlpatterns: list[URLPattern] = [
    path("", reading.index, name="list"),
    path("dua-vao-dung/", keeping.enact, name="enact"),
    path("them/", keeping.open_edition, name="open"),
    path("ky/<int:pk>/", keeping.edition, name="edition"),
    path("ket-qua/<int:pk>/", keeping.result, name="result"),
    path("don-vi/<slug:key>/", reading.unit, name="unit"),
    path("chuoi/<slug:code>/", reading.series, name="series"),
    path("chuoi/<slug:code>/bang.xlsx", reading.workbook, name="workbook"),
]
