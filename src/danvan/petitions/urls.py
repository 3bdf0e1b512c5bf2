from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from danvan.petitions.views import acts, cases, intake, limits, lists

app_name = "petitions"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", lists.board, name="board"),
    path("danh-sach/", lists.index, name="list"),
    path("danh-sach.xlsx", lists.workbook, name="workbook"),
    path("tiep-nhan/", intake.receive, name="receive"),
    path("chuyen-den/", cases.arriving, name="arriving"),
    path("chuyen-den/<int:pk>/", cases.take_over, name="take_over"),
    path("thoi-han/", limits.limits, name="limits"),
    path("so-lieu-ngoai/", limits.outside, name="outside"),
    path("giay-to/<int:pk>/", cases.paper, name="paper"),
    path("phieu-chuyen/<int:pk>.docx", cases.slip, name="slip"),
    path("<int:pk>/", cases.petition, name="petition"),
    path("<int:pk>/diem-nong/", acts.watch, name="watch"),
    path("<int:pk>/da-lam/<slug:step>/", acts.mark, name="mark"),
    path("<int:pk>/<slug:slug>/", acts.act, name="act"),
]
