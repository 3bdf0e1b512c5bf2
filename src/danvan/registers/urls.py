from __future__ import annotations

from django.urls import URLPattern, path

from danvan.registers.views import declaring, keeping, reading

app_name = "registers"
urlpatterns: list[URLPattern] = [
    path("", reading.index, name="list"),
    path("mau/", declaring.templates, name="templates"),
    path("mau/<slug:code>/", declaring.enact, name="enact"),
    path("khai-bao/", declaring.declare, name="declare"),
    path("so/<int:pk>/", reading.register, name="register"),
    path("so/<int:pk>/bang.xlsx", reading.workbook, name="workbook"),
    path("so/<int:pk>/khai-bao/", reading.declaration, name="declaration"),
    path("so/<int:pk>/sua/", declaring.revise, name="revise"),
    path("so/<int:pk>/ghi/", keeping.enter, name="enter"),
    path("ban-ghi/<int:pk>/", reading.record, name="record"),
    path("ban-ghi/<int:pk>/dinh-chinh/", keeping.correct, name="correct"),
    path("ban-ghi/<int:pk>/rut/", keeping.withdraw, name="withdraw"),
    path("ban-ghi/<int:pk>/giao-viec/", keeping.give, name="give"),
    path("tep/<int:pk>/", reading.file, name="file"),
]
