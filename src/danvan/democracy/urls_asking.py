"""Dialogue, supervision, opinions, checks, surveys, boards."""

from __future__ import annotations

from django.urls import URLPattern, path

from danvan.democracy.views import checks, dialogue, opinions, supervision, surveys

urlpatterns: list[URLPattern] = [
    path("doi-thoai/", dialogue.index, name="dialogues"),
    path("doi-thoai/them/", dialogue.plan, name="dialogue_plan"),
    path("doi-thoai/viec-theo-ket-luan/", dialogue.promises, name="promises"),
    path("doi-thoai/quy-dinh/", dialogue.rules_page, name="dialogue_rules"),
    path("doi-thoai/quy-dinh/dua-vao-dung/", dialogue.enact, name="enact_asking"),
    path("doi-thoai/<int:pk>/", dialogue.dialogue, name="dialogue"),
    path("doi-thoai/<int:pk>/thong-bao.docx", dialogue.notice, name="dialogue_notice"),
    path("doi-thoai/<int:pk>/bien-ban.docx", dialogue.minutes, name="dialogue_minutes"),
    path("doi-thoai/<int:pk>/tep/", dialogue.file, name="dialogue_file"),
    path("giam-sat/", supervision.index, name="supervisions"),
    path("giam-sat/them/", supervision.add, name="supervision_add"),
    path("giam-sat/<int:pk>/", supervision.programme, name="supervision_programme"),
    path("giam-sat/noi-dung/<int:pk>/", supervision.supervision, name="supervision"),
    path("giam-sat/kien-nghi/", supervision.recommendations, name="recommendations"),
    path("giam-sat/kien-nghi/<int:pk>/", supervision.recommendation, name="recommendation"),
    path("giam-sat/tra-loi/<int:pk>/tep/", supervision.reply_file, name="reply_file"),
    path("gop-y/", opinions.index, name="opinions"),
    path("gop-y/them/", opinions.add, name="opinion_add"),
    path("gop-y/<int:pk>/", opinions.opinion, name="opinion"),
    path("co-quan/", checks.index, name="agency"),
    path("co-quan/<int:pk>/", checks.unit, name="agency_unit"),
    path("co-quan/<int:pk>/muc-kiem/", checks.checklist, name="checklist"),
    path("co-quan/<int:pk>/muc-kiem/<int:item>/<int:year>/", checks.item, name="check_item"),
    path("co-quan/tep/<int:pk>/", checks.file, name="check_file"),
    path("khao-sat/", surveys.index, name="surveys"),
    path("khao-sat/mo/", surveys.open_survey, name="survey_open"),
    path("khao-sat/<int:pk>/", surveys.survey, name="survey"),
    path("khao-sat/<int:pk>/chot/", surveys.settle, name="survey_settle"),
    path("khao-sat/<int:pk>/ket-qua.xlsx", surveys.workbook, name="survey_workbook"),
    path("khao-sat/don-vi/<int:pk>/", surveys.surveyed, name="surveyed"),
    path("khao-sat/don-vi/<int:pk>/phieu/", surveys.sheet, name="survey_sheet"),
    path("khao-sat/don-vi/<int:pk>/ma/", surveys.tokens, name="survey_tokens"),
    path("khao-sat/lo-phieu/<int:pk>/rut/", surveys.withdraw, name="survey_withdraw"),
]
