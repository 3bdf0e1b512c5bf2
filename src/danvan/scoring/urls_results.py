"""Addresses of verification, explanation, settling, ranking, decision and the thread."""

from __future__ import annotations

from django.urls import URLPattern, path

from danvan.scoring.views import (
    chairman,
    corrections,
    heat,
    rankings,
    routing,
    settling,
    thread,
    verification,
)

urlpatterns: list[URLPattern] = [
    path("<int:pk>/tham-dinh/", verification.queue, name="queue"),
    path("<int:pk>/tham-dinh.xlsx", verification.queue_workbook, name="queue_workbook"),
    path("<int:pk>/phan-cong/", routing.page, name="routing"),
    path("<int:pk>/phan-cong/giao-lai/", routing.reroute, name="reroute"),
    path("<int:pk>/phan-cong/<int:rerouting>/bo/", routing.route_back, name="route_back"),
    path("<int:pk>/phan-cong/co-quan-thay/", routing.substitute, name="name_substitute"),
    path("diem/<int:pk>/tu-choi/", routing.abstain, name="abstain"),
    path("diem/<int:pk>/", thread.thread, name="thread"),
    path("diem/<int:pk>/tham-dinh/", verification.item, name="verify"),
    path("diem/<int:pk>/dong-y/", verification.agreed, name="agree"),
    path("diem/<int:pk>/giai-trinh/", settling.explain, name="explain"),
    path("giai-trinh/<int:pk>/tra-loi/", settling.answer, name="answer"),
    path("giai-trinh/<int:pk>/co-quan-xem-lai/", settling.second, name="name_second"),
    path("<int:pk>/chot-diem/", settling.settling, name="settling"),
    path("<int:pk>/chot-diem/thoi-gian/", settling.window, name="window"),
    path("<int:pk>/chot-diem/tat-ca/", settling.settle_all, name="settle_all"),
    path("<int:pk>/chot-diem/buoc/<slug:name>/", settling.step, name="step"),
    path("don-vi/<int:pk>/", thread.result, name="result"),
    path("don-vi/<int:pk>/chot/", settling.settle, name="settle"),
    path("don-vi/<int:pk>/gioi-han/", rankings.raised, name="raise_cap"),
    path("don-vi/<int:pk>/gioi-han/<int:cap>/go/", rankings.lifted, name="lift_cap"),
    path("<int:pk>/ban-do-nhiet/", heat.page, name="heat"),
    path("<int:pk>/xep-hang/", rankings.ranking, name="ranking"),
    path("<int:pk>/xep-hang/thay-doi/", chairman.changes, name="changes"),
    path("<int:pk>/xep-hang/luu-du-thao/", chairman.keep, name="keep_draft"),
    path("<int:pk>/xep-hang/thu/", chairman.what_if, name="what_if"),
    path("<int:pk>/xep-hang/to-trinh.docx", chairman.proposal_draft, name="proposal_draft"),
    path("<int:pk>/xep-hang/to-trinh/", chairman.issue_proposal, name="issue_proposal"),
    path("don-vi/<int:pk>/y-kien-khac/", chairman.note, name="note"),
    path("<int:pk>/xep-hang.xlsx", rankings.ranking_workbook, name="ranking_workbook"),
    path("<int:pk>/xep-hang/in/<str:block>/", rankings.ranking_print, name="ranking_print"),
    path("<int:pk>/xep-hang/quyet-dinh/", rankings.decide, name="decide"),
    path("<int:pk>/xep-hang/du-thao.docx", rankings.decision_draft, name="decision_draft"),
    path("<int:pk>/xep-hang/tra-lai/", rankings.send_back, name="send_back"),
    path(
        "<int:pk>/xep-hang/ket-qua.json", rankings.snapshot_file, {"kind": "json"}, name="snapshot"
    ),
    path("<int:pk>/xep-hang/ket-qua.csv", rankings.snapshot_file, {"kind": "csv"}, name="rows"),
    path("<int:pk>/xep-hang/ket-qua.txt", rankings.snapshot_file, {"kind": "txt"}, name="listing"),
    path("ket-qua/<int:pk>/", corrections.published, name="published"),
    path("ket-qua/<int:pk>/thu-hoi/", corrections.withdraw, name="withdraw"),
    path("ket-qua/<int:pk>/so-lieu.<str:kind>", corrections.published_file, name="published_file"),
    path("diem/<int:pk>/dieu-chinh/", corrections.correct, name="correct"),
    path("xep-hang/recompute.py", rankings.recompute_script, name="recompute_script"),
]
