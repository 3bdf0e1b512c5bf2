from __future__ import annotations

from django.urls import path

from danvan.desk.views import calendar, history, home

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("nhat-ky/", history.history, name="history"),
    path("nhat-ky/kiem-tra/", history.verify, name="verify"),
    path("nhat-ky/tu-choi/", history.refusals, name="refusals"),
    path("lich/", calendar.calendar, name="calendar"),
    path("lich/<int:pk>/bo/", calendar.remove, name="calendar_remove"),
    path("song/", home.health, name="health"),
]
