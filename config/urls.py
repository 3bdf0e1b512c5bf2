"""Every address of the product."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("danvan.desk.urls")),
    path("tai-khoan/", include("danvan.accounts.urls")),
    path("to-chuc/", include("danvan.organisations.urls")),
    path("nhap-bang/", include("danvan.organisations.urls_imports")),
    path("van-ban/", include("danvan.documents.urls")),
    path("ke-hoach/", include("danvan.programmes.urls")),
    path("nhiem-vu/", include("danvan.assignments.urls")),
    path("don-doc/", include("danvan.chasing.urls")),
    path("chi-so/", include("danvan.indices.urls")),
    path("bao-cao/", include("danvan.reports.urls")),
    path("tong-quan/", include("danvan.oversight.urls")),
    path("cham-diem/", include("danvan.scoring.urls")),
    path("hoc-tap/", include("danvan.study.urls")),
    path("so-theo-doi/", include("danvan.registers.urls")),
    path("dan-chu/", include("danvan.democracy.urls")),
    path("don-thu/", include("danvan.petitions.urls")),
    path("tiep-dan/", include("danvan.petitions.urls_reception")),
    path("ho-so-mat/", include("danvan.vault.urls")),
    path("dan-van-kheo/", include("danvan.emulation.urls")),
    path("cong-khai/", include("danvan.portal.urls")),
    path("thanh-phan/", include("danvan.ui.urls")),
]
