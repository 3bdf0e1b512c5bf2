from __future__ import annotations

from django.urls import URLPattern, path

from danvan.portal.views import feeds, home, petitions, results, surveys, tables, telling

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("tra-cuu/", petitions.status, name="status"),
    path("gui-don/", petitions.send, name="send"),
    path("lich-tiep-cong-dan/", home.reception, name="reception"),
    path("niem-yet/", telling.disclosures, name="disclosures"),
    path("niem-yet/<int:pk>/", telling.disclosure, name="disclosure"),
    path("niem-yet/<int:pk>/tep/", telling.disclosure_file, name="disclosure_file"),
    path("lay-y-kien/", telling.consultations, name="consultations"),
    path("lay-y-kien/tra-loi/", telling.answer, name="opinion_answer"),
    path("lay-y-kien/<int:pk>/", telling.consultation, name="consultation"),
    path("doi-thoai/", telling.dialogues, name="dialogues"),
    path("doi-thoai/<int:pk>/", telling.dialogue, name="dialogue"),
    path("xep-loai/", results.rankings, name="rankings"),
    path("xep-loai/<int:pk>/", results.ranking, name="ranking"),
    path("khao-sat/", surveys.code, name="surveys"),
    path("khao-sat/<slug:code>/", surveys.survey, name="survey"),
    path("tin-moi.atom", feeds.news, name="news"),
    path("lich.ics", feeds.calendar, name="calendar"),
    path("du-lieu-mo/", tables.index, name="data"),
    path("du-lieu-mo/<slug:name>.csv", tables.table, name="table"),
]
