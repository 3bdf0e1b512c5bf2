from __future__ import annotations

from django.urls import path

from danvan.documents.views import changes, dispatch, entering, register

app_name = "documents"
urlpatterns = [
    path("", register.index, name="index"),
    path("xuat.xlsx", register.export, name="export"),
    path("them/", entering.add, name="add"),
    path("them/doc-tep/", entering.read_file, name="read_file"),
    path("ra-soat/", changes.review_list, name="reviews"),
    path("ra-soat/<int:pk>/", changes.review, name="review"),
    path("quan-he/<int:pk>/rut/", changes.withdraw, name="withdraw"),
    path("nhan/<int:pk>/", dispatch.receipt, name="receipt"),
    path("nhan/<int:pk>/xac-nhan/", dispatch.acknowledge, name="acknowledge"),
    path("nhan/<int:pk>/minh-chung/", dispatch.proof, name="proof"),
    path("minh-chung/<int:pk>/", dispatch.proof_file, name="proof_file"),
    path("<int:pk>/", register.document, name="document"),
    path("<int:pk>/tep/", register.file, name="file"),
    path("<int:pk>/sua/", entering.edit, name="edit"),
    path("<int:pk>/quan-he/", changes.relate, name="relate"),
    path("<int:pk>/loi-van/", entering.texts, name="texts"),
    path("<int:pk>/noi-nhan/", dispatch.addressees, name="addressees"),
    path("<int:pk>/noi-nhan/lap/", dispatch.address, name="address"),
]
