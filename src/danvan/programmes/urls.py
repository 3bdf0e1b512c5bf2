from __future__ import annotations

from django.urls import path

from danvan.programmes.views import intake, plans, review

app_name = "programmes"
urlpatterns = [
    path("", plans.index, name="index"),
    path("doc/", intake.read_in, name="read_in"),
    path("doc/<int:draft>/", review.draft, name="review"),
    path("doc/<int:draft>/tep/", intake.file, name="draft_file"),
    path("doc/<int:draft>/bo/", intake.discard, name="discard"),
    path("doc/<int:draft>/them/", review.add_task, name="add_task"),
    path("doc/<int:draft>/ban-hanh/", review.publish, name="publish"),
    path("doc/<int:draft>/nhom/<slug:kind>/", review.accept_group, name="accept_group"),
    path("doc/<int:draft>/muc/<int:finding>/sua/", review.correct, name="correct"),
    path("doc/<int:draft>/muc/<int:finding>/dung/", review.accept, name="accept"),
    path("doc/<int:draft>/muc/<int:finding>/bo/", review.strike, name="strike"),
    path("<int:programme>/", plans.plan, name="plan"),
    path("<int:programme>/nhiem-vu/", plans.tasks, name="tasks"),
    path("<int:programme>/nhiem-vu.xlsx", plans.tasks_workbook, name="tasks_workbook"),
    path("<int:programme>/chi-tieu/", plans.targets, name="targets"),
    path("<int:programme>/vien-dan/", plans.citations, name="citations"),
    path("nhiem-vu/<int:task>/", plans.task, name="task"),
]
