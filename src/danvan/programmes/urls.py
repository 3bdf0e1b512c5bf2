from __future__ import annotations

from django.urls import path

from danvan.programmes.views import (
    amendment_changes,
    amendment_papers,
    amendment_reading,
    amendments,
    intake,
    plans,
    review,
    writing,
)

app_name = "programmes"
urlpatterns = [
    path("", plans.index, name="index"),
    path("doc/", intake.read_in, name="read_in"),
    path("doc/<int:draft>/", review.draft, name="review"),
    path("doc/<int:draft>/tep/", intake.file, name="draft_file"),
    path("doc/<int:draft>/bo/", intake.discard, name="discard"),
    path("doc/<int:draft>/them/", review.add_task, name="add_task"),
    path("doc/<int:draft>/ban-hanh/", review.publish, name="publish"),
    path("doc/<int:draft>/ghi-nhan/", review.keep, name="keep"),
    path("doc/<int:draft>/nhom/<slug:kind>/", review.accept_group, name="accept_group"),
    path("doc/<int:draft>/muc/<int:finding>/sua/", review.correct, name="correct"),
    path("doc/<int:draft>/muc/<int:finding>/dung/", review.accept, name="accept"),
    path("doc/<int:draft>/muc/<int:finding>/bo/", review.strike, name="strike"),
    path("<int:programme>/", plans.plan, name="plan"),
    path("<int:programme>/nhiem-vu/", plans.tasks, name="tasks"),
    path("<int:programme>/nhiem-vu.xlsx", plans.tasks_workbook, name="tasks_workbook"),
    path("<int:programme>/chi-tieu/", plans.targets, name="targets"),
    path("<int:programme>/vien-dan/", plans.citations, name="citations"),
    path("<int:programme>/cap-tren/", plans.coverage, name="coverage"),
    path("<int:programme>/sua-doi/", amendments.index, name="amendments"),
    path("<int:programme>/don-vi/<int:unit>/", writing.for_unit, name="for_unit"),
    path("nhiem-vu/<int:task>/", plans.task, name="task"),
    path("chi-tieu/<int:target>/", plans.target, name="target"),
    path("chi-tieu/<int:target>/vi-sao/", plans.target_why, name="target_why"),
    path("soan/", writing.begin, name="begin"),
    path("soan/<int:manuscript>/", writing.manuscript, name="manuscript"),
    path("soan/<int:manuscript>/tu-luu/", writing.autosave, name="autosave"),
    path("soan/<int:manuscript>/cac-ban/", writing.versions, name="versions"),
    path("soan/<int:manuscript>/bo/", writing.discard, name="discard_manuscript"),
    path("soan/<int:manuscript>.docx", writing.file, name="manuscript_file"),
    path("sua-doi/<int:amendment>/", amendments.amendment, name="amendment"),
    path("sua-doi/<int:amendment>/them/", amendment_changes.change_task, name="amend_add"),
    path("sua-doi/<int:amendment>/<int:task>/", amendment_changes.change_task, name="amend_task"),
    path(
        "sua-doi/<int:amendment>/<int:task>/bo/", amendment_changes.remove_task, name="amend_remove"
    ),
    path(
        "sua-doi/<int:amendment>/chi-tieu/<int:target>/",
        amendment_changes.change_target,
        name="amend_target",
    ),
    path(
        "sua-doi/<int:amendment>/chi-tieu/them/",
        amendment_changes.change_target,
        name="amend_add_target",
    ),
    path(
        "sua-doi/<int:amendment>/chi-tieu/<int:target>/bo/",
        amendment_changes.remove_target,
        name="amend_remove_target",
    ),
    path("sua-doi/<int:amendment>/thoi/<int:change>/", amendment_changes.undo, name="amend_undo"),
    path("sua-doi/<int:amendment>/huy/", amendments.discard, name="amend_discard"),
    path("sua-doi/<int:amendment>/doc-tep/", amendment_reading.read_in, name="amend_read_in"),
    path(
        "sua-doi/<int:amendment>/de-xuat/<int:proposal>/dung/",
        amendment_reading.confirm,
        name="amend_confirm",
    ),
    path(
        "sua-doi/<int:amendment>/de-xuat/<int:proposal>/khong-ghi/",
        amendment_reading.set_aside,
        name="amend_set_aside",
    ),
    path("sua-doi/<int:amendment>/ky/", amendment_papers.sign, name="amend_sign"),
    path("sua-doi/<int:amendment>/du-thao.docx", amendment_papers.draft_file, name="amend_draft"),
    path("sua-doi/<int:amendment>/ban-hanh/", amendment_papers.publish, name="amend_publish"),
]
