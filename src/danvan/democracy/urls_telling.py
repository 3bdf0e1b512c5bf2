"""Disclosure, consultation, ballots."""

from __future__ import annotations

from django.urls import URLPattern, path

from danvan.democracy.views import ballots, consultation, disclosure, telling

PLAN = "cong-khai/ke-hoach/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("danh-muc/", telling.catalogue, name="matters"),
    path("danh-muc/dua-vao-dung/", telling.enact, name="enact_matters"),
    path("cong-khai/", disclosure.index, name="disclosures"),
    path("cong-khai/lap/", disclosure.make_plan, name="make_disclosure_plan"),
    path(PLAN, disclosure.plan, name="disclosure_plan"),
    path(f"{PLAN}quy-<int:quarter>/", disclosure.quarter, name="disclosure_quarter"),
    path(
        f"{PLAN}quy-<int:quarter>/bang.xlsx",
        disclosure.quarter_workbook,
        name="disclosure_quarter_workbook",
    ),
    path("cong-khai/noi-dung/<int:pk>/", disclosure.item, name="disclosure_item"),
    path("cong-khai/<int:pk>/", disclosure.disclosure, name="disclosure"),
    path("cong-khai/<int:pk>/tep/", disclosure.file, name="disclosure_file"),
    path("cong-khai/lan/<int:pk>/", disclosure.posting, name="posting"),
    path("cong-khai/lan/<int:pk>/anh/", disclosure.proof, name="posting_proof"),
    path("lay-y-kien/", consultation.index, name="consultations"),
    path("lay-y-kien/them/", consultation.prepare, name="prepare_consultation"),
    path("lay-y-kien/<int:pk>/", consultation.detail, name="consultation"),
    path("lay-y-kien/<int:pk>/du-thao/", consultation.draft_file, name="draft_file"),
    path("lay-y-kien/<int:pk>/bang.xlsx", consultation.workbook, name="opinions_workbook"),
    path("lay-y-kien/<int:pk>/bang.docx", consultation.paper, name="opinions_paper"),
    path("lay-y-kien/y-kien/<int:pk>/", consultation.opinion, name="draft_opinion"),
    path("lay-y-kien/tep/<int:pk>/", consultation.opinion_file, name="draft_opinion_file"),
    path("bieu-quyet/", ballots.index, name="ballots"),
    path("bieu-quyet/them/", ballots.prepare, name="prepare_ballot"),
    path("bieu-quyet/<int:pk>/", ballots.detail, name="ballot"),
    path("bieu-quyet/<int:pk>/bien-ban.docx", ballots.minutes, name="ballot_minutes"),
]
