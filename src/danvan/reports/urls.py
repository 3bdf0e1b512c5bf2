from __future__ import annotations

from django.urls import URLPattern, path

from danvan.reports.views import files, lists, paper

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("", lists.index, name="list"),
    path("de-cuong/<int:pk>/", lists.outline, name="outline"),
    path("de-cuong/", lists.enact, name="enact"),
    path("soan/<int:assignment>/", lists.begin, name="begin"),
    path("tong-hop/<int:programme>/", lists.consolidate, name="consolidate"),
    path("<int:pk>/", paper.report, name="report"),
    path("<int:pk>/doc-lai/", paper.refresh, name="refresh"),
    path("<int:pk>/trinh/", paper.put_forward, name="put_forward"),
    path("<int:pk>/chuyen-lai/", paper.hand_back, name="hand_back"),
    path("<int:pk>/duyet/", paper.approve, name="approve"),
    path("<int:pk>/lan-moi/", paper.revise, name="revise"),
    path("<int:pk>/tra-loi/", paper.answer, name="answer"),
    path("<int:pk>/thay-doi/", paper.changed, name="changes"),
    path("<int:pk>/nguon/<int:figure>/", paper.sources, name="sources"),
    path("<int:pk>/bao-cao.docx", files.document, name="document"),
    path("<int:pk>/so-lieu.xlsx", files.workbook, name="workbook"),
]
