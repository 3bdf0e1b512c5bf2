from __future__ import annotations

from django.urls import path

from danvan.assignments.views import detail, directives, files, groups, lists, matrix

app_name = "assignments"
urlpatterns = [
    path("", lists.home, name="list"),
    path("cua-don-vi/", lists.own, name="own"),
    path("cho-xem-xet/", lists.waiting, name="waiting"),
    path("tat-ca/", lists.everything, name="all"),
    path("lich-su/", lists.past, name="history"),
    path("ma-tran/", matrix.newest, name="matrices"),
    path("ma-tran/<int:pk>/", matrix.matrix, name="matrix"),
    path("chi-dao/", directives.listing, name="directives"),
    path("chi-dao/giao/", directives.give, name="give"),
    path("chi-dao/<int:pk>/", directives.directive, name="directive"),
    path("chi-dao/<int:pk>/gia-han/", groups.of_directive, name="extend_directive"),
    path("gia-han/<int:pk>/", groups.of_task, name="extend_task"),
    path("theo-doi/", lists.followed, name="followed"),
    path("de-nghi/", lists.requests, name="requests"),
    path("tep-de-nghi/<int:pk>/", files.request_file, name="request_file"),
    path("tep/<int:pk>/", files.attachment, name="attachment"),
    path("<int:pk>/", detail.detail, name="detail"),
]
