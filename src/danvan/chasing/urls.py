from __future__ import annotations

from django.urls import URLPattern, path

from danvan.chasing.views import feeds, ladders, mails, notices, programmes

app_name = "chasing"
urlpatterns: list[URLPattern] = [
    path("", notices.notices, name="notices"),
    path("thong-bao/<int:pk>/da-xem/", notices.read, name="read"),
    path("thong-bao/da-xem/", notices.read_all, name="read_all"),
    path("thu-di/", mails.outbox, name="outbox"),
    path("thu-di/<int:pk>/", mails.settle, name="settle_mail"),
    path("lich/", feeds.own, name="feed"),
    path("lich/tao/", feeds.make, name="make_feed"),
    path("lich/<int:pk>/thu-hoi/", feeds.revoke, name="revoke_feed"),
    path("lich/<str:token>.ics", feeds.calendar, name="calendar"),
    path("ke-hoach/<int:programme>/", programmes.overview, name="programme"),
    path("ke-hoach/<int:programme>/nhac/", programmes.remind, name="remind"),
    path("ke-hoach/<int:programme>/cong-van/", programmes.urge, name="urge"),
    path("ke-hoach/<int:programme>/cong-van.docx", programmes.letter_draft, name="letter_draft"),
    path("lich-nhac/<int:body>/", ladders.ladder, name="ladder"),
    path("lich-nhac/<int:body>/bo/", ladders.end, name="end_rung"),
]
