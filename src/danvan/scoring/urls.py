from __future__ import annotations

from django.urls import path

from danvan.scoring.urls_results import urlpatterns as verification_urls
from danvan.scoring.views import criteria, criteria_drafts, proofs, rounds, sheets

app_name = "scoring"
urlpatterns = [
    path("", rounds.index, name="rounds"),
    path("mo-dot/<int:pk>/", rounds.open_round, name="open_round"),
    path("<int:pk>/", rounds.overview, name="round"),
    path("<int:pk>/cap-nhat/", rounds.recompute, name="recompute"),
    path("bang-diem/", criteria.index, name="criteria"),
    path("bang-diem/nhap/", criteria.bring_in, name="import_criteria"),
    path("bang-diem/mau.xlsx", criteria.template, name="criteria_template"),
    path("bang-diem/<int:pk>/van-ban/", criteria.regulation, name="regulation"),
    path("bang-diem/<int:pk>/bang.xlsx", criteria.workbook, name="criteria_workbook"),
    path("bang-diem/du-thao/", criteria_drafts.begin, name="begin_draft"),
    path("bang-diem/du-thao/<int:pk>/", criteria_drafts.draft, name="criteria_draft"),
    path("bang-diem/du-thao/<int:pk>/bang.xlsx", criteria_drafts.workbook, name="draft_workbook"),
    path("bang-diem/du-thao/<int:pk>/ban-hanh/", criteria_drafts.enact, name="enact_draft"),
    path("bang-diem/du-thao/<int:pk>/dong/<int:at>/", criteria_drafts.row, name="draft_row"),
    path(
        "bang-diem/du-thao/<int:pk>/dong/<int:at>/<slug:what>/",
        criteria_drafts.change,
        name="change_row",
    ),
    path("bang-diem/<int:pk>/", criteria.printed, name="criteria_set"),
    path("phieu/<int:pk>/", sheets.sheet, name="sheet"),
    path("phieu/<int:pk>/nop/", sheets.submission, name="gate"),
    path("phieu/<int:pk>/tra-lai/", sheets.send_back, name="return_sheet"),
    path("minh-chung/<int:pk>/", proofs.file, name="proof"),
    path("minh-chung/<int:pk>/bo/", proofs.remove, name="remove_proof"),
    path("minh-chung/<int:pk>/xem/", proofs.proof, name="proof_page"),
    path("minh-chung/<int:pk>/thay/", proofs.replace, name="replace_proof"),
    path("minh-chung/<int:pk>/ngay/", proofs.date, name="date_proof"),
    path("minh-chung/ban-truoc/<int:pk>/", proofs.version, name="proof_version"),
    path("<int:pk>/thieu-minh-chung/", proofs.gaps, name="proof_gaps"),
    path("<int:pk>/thieu-minh-chung/quet/", proofs.scan, name="scan_proofs"),
    *verification_urls,
]
