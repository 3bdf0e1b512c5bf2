from __future__ import annotations

from django.urls import path

from danvan.scoring.urls_results import urlpatterns as verification_urls
from danvan.scoring.views import criteria, proofs, rounds, sheets

app_name = "scoring"
urlpatterns = [
    path("", rounds.index, name="rounds"),
    path("mo-dot/<int:pk>/", rounds.open_round, name="open_round"),
    path("<int:pk>/", rounds.overview, name="round"),
    path("<int:pk>/cap-nhat/", rounds.recompute, name="recompute"),
    path("bang-diem/", criteria.index, name="criteria"),
    path("bang-diem/nhap/", criteria.bring_in, name="import_criteria"),
    path("bang-diem/mau.xlsx", criteria.template, name="criteria_template"),
    path("bang-diem/<int:pk>/", criteria.printed, name="criteria_set"),
    path("phieu/<int:pk>/", sheets.sheet, name="sheet"),
    path("phieu/<int:pk>/nop/", sheets.submission, name="gate"),
    path("phieu/<int:pk>/tra-lai/", sheets.send_back, name="return_sheet"),
    path("minh-chung/<int:pk>/", proofs.file, name="proof"),
    path("minh-chung/<int:pk>/bo/", proofs.remove, name="remove_proof"),
    *verification_urls,
]
