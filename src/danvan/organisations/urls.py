from __future__ import annotations

from django.urls import path

from danvan.organisations.views import delegations, reorganisations, units

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
    path("uy-quyen/<int:pk>/thu-hoi/", delegations.revoke, name="revoke"),
    path("<slug:key>/", units.unit, name="unit"),
    path("<slug:key>/uy-quyen/", delegations.give, name="give"),
    path("<slug:key>/phan-cong/<str:duty>/", units.name, name="name"),
]
