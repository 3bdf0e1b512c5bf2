from __future__ import annotations

from django.urls import path

from danvan.assignments.views import detail, files, lists, matrix

app_name = "assignments"
urlpatterns = [
    path("", lists.home, name="list"),
    path("cua-don-vi/", lists.own, name="own"),
    path("cho-xem-xet/", lists.waiting, name="waiting"),
    path("tat-ca/", lists.everything, name="all"),
    path("lich-su/", lists.past, name="history"),
    path("ma-tran/", matrix.newest, name="matrices"),
    path("ma-tran/<int:pk>/", matrix.matrix, name="matrix"),
    path("tep/<int:pk>/", files.attachment, name="attachment"),
    path("<int:pk>/", detail.detail, name="detail"),
]
