from __future__ import annotations

from django.urls import path

from danvan.organisations.views import delegations, personal, reorganisations, units

app_name = "organisations"
urlpatterns = [
    path("", units.index, name="index"),
    path("phan-cong/<int:appointment>/uy-quyen/", units.delegate, name="delegate"),
    path("sap-xep/", reorganisations.listing, name="reorganisations"),
    path("sap-xep/moi/", reorganisations.new, name="reorganise"),
    path("sap-xep/<int:pk>/", reorganisations.detail, name="reorganisation"),
    path("sap-xep/<int:pk>/ghi/", reorganisations.enact, name="enact"),
    path("sap-xep/<int:pk>/rut/", reorganisations.withdraw, name="withdraw"),
    path("sap-xep/<int:pk>/van-ban/", reorganisations.resolution, name="resolution"),
    path("du-lieu-ca-nhan/", personal.own, name="personal"),
    path("du-lieu-ca-nhan/tai-ve.json", personal.own_file, name="personal_file"),
    path("du-lieu-ca-nhan/yeu-cau/", personal.requests, name="erasures"),
    path("du-lieu-ca-nhan/yeu-cau/<int:pk>/", personal.erasure, name="erasure"),
    path("du-lieu-ca-nhan/yeu-cau/<int:pk>/tai-ve.json", personal.person_file, name="person_file"),
    path("du-lieu-ca-nhan/yeu-cau/<int:pk>/xoa/", personal.carry_out, name="carry_out_erasure"),
    path("du-lieu-ca-nhan/yeu-cau/<int:pk>/khong-xoa/", personal.turn_down, name="refuse_erasure"),
    path("uy-quyen/<int:pk>/thu-hoi/", delegations.revoke, name="revoke"),
    path("<slug:key>/", units.unit, name="unit"),
    path("<slug:key>/uy-quyen/", delegations.give, name="give"),
    path("<slug:key>/phan-cong/<str:duty>/", units.name, name="name"),
]
