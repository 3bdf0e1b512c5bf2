from __future__ import annotations

from django.urls import URLPattern, path

from danvan.emulation.views import bringing, commending, movements, reading, spreading

app_name = "emulation"
urlpatterns: list[URLPattern] = [
    path("", reading.index, name="list"),
    path("tong-hop/", reading.overview, name="funnel"),
    path("tong-hop/bang.xlsx", reading.workbook, name="workbook"),
    path("dang-ky/", bringing.register, name="register"),
    path("mo-hinh/<int:pk>/", reading.exemplar, name="exemplar"),
    path("mo-hinh/<int:pk>/sua/", bringing.amend, name="amend"),
    path("mo-hinh/<int:pk>/kiem-tra/", bringing.visit, name="visit"),
    path("mo-hinh/<int:pk>/danh-gia/", bringing.assess, name="assess"),
    path("mo-hinh/<int:pk>/quyet-dinh/", bringing.honour, name="honour"),
    path("mo-hinh/<int:pk>/khong-dat/", bringing.reject, name="reject"),
    path("mo-hinh/<int:pk>/rut/", bringing.withdraw, name="withdraw"),
    path("mo-hinh/<int:pk>/nhan-rong/", spreading.spread, name="spread"),
    path("tep/<int:pk>/", reading.visit_file, name="visit_file"),
    path("ap-dung/<int:pk>/", spreading.adoption, name="adoption"),
    path("ap-dung/<int:pk>/xac-nhan/", spreading.confirm, name="confirm"),
    path("ap-dung/<int:pk>/khong-xac-nhan/", spreading.decline, name="decline"),
    path("ap-dung/<int:pk>/thoi/", spreading.end, name="end"),
    path("ap-dung/<int:pk>/ket-qua/", spreading.tell_result, name="tell_result"),
    path("phong-trao/", movements.index, name="movements"),
    path("phong-trao/bao-cao/", movements.report, name="report"),
    path("phong-trao/<int:pk>/", movements.movement, name="movement"),
    path("phong-trao/<int:pk>/tep/", movements.file, name="movement_file"),
    path("khen-thuong/", commending.index, name="commendations"),
    path("khen-thuong/lap/", commending.begin, name="begin"),
    path("khen-thuong/<int:pk>/", commending.commendation, name="commendation"),
    path("khen-thuong/<int:pk>/cap-nhat/", commending.gather, name="gather"),
    path("khen-thuong/<int:pk>/bo/<int:candidate>/", commending.exclude, name="exclude"),
    path("khen-thuong/<int:pk>/dua-lai/<int:candidate>/", commending.include, name="include"),
    path("khen-thuong/<int:pk>/to-trinh.docx", commending.letter_draft, name="letter_draft"),
    path("khen-thuong/<int:pk>/trinh/", commending.propose, name="propose"),
    path("khen-thuong/<int:pk>/tra-lai/", commending.send_back, name="send_back"),
    path("khen-thuong/<int:pk>/quyet-dinh.docx", commending.decision_draft, name="decision_draft"),
    path("khen-thuong/<int:pk>/quyet-dinh/", commending.decide, name="decide"),
]
