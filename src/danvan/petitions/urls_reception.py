from __future__ import annotations

from django.urls import URLPattern, path

from danvan.petitions.views import reception, reception_book, reception_online

app_name = "reception"
urlpatterns: list[URLPattern] = [
    path("", reception.home, name="home"),
    path("so-hieu/<int:unit>/", reception.by_number, name="by_number"),
    path("don-vi/<slug:key>/", reception.calendar, name="calendar"),
    path("don-vi/<slug:key>/len-lich/", reception.plan, name="plan"),
    path("don-vi/<slug:key>/niem-yet/", reception.post, name="post"),
    path("don-vi/<slug:key>/dot-xuat/", reception.unscheduled, name="unscheduled"),
    path("buoi/<int:pk>/", reception.day, name="day"),
    path("buoi/<int:pk>/da-tiep/", reception.hold, name="hold"),
    path("buoi/<int:pk>/huy/", reception.cancel, name="cancel"),
    path("buoi/<int:pk>/ket-luan/", reception.conclude, name="conclude"),
    path("buoi/<int:pk>/ket-luan.docx", reception.draft, name="draft"),
    path("buoi/<int:pk>/ban-hanh/", reception.issue, name="issue"),
    path("buoi/<int:pk>/viec-da-hua/", reception.promise, name="promise"),
    path("buoi/<int:pk>/hinh-thuc/", reception_online.means, name="means"),
    path("buoi/<int:pk>/truc-tuyen/", reception_online.step, name="online_step"),
    path("buoi/<int:pk>/truc-tuyen.docx", reception_online.draft, name="online_draft"),
    path("buoi/<int:pk>/truc-tuyen/ban-hanh/", reception_online.issue, name="online_issue"),
    path("buoi/<int:pk>/ban-ghi/", reception_online.recording, name="recording"),
    path("viec-da-hua/<int:pk>/giao/", reception.give, name="give"),
    path("don-vi/<slug:key>/so/", reception_book.book, name="book"),
    path("don-vi/<slug:key>/so/in/", reception_book.printed, name="book_print"),
    path("don-vi/<slug:key>/so/so.xlsx", reception_book.workbook, name="book_workbook"),
    path("don-vi/<slug:key>/so/ghi/", reception_book.write, name="write"),
    path("luot/<int:pk>/", reception_book.turn, name="turn"),
    path("luot/<int:pk>/noi-don/", reception_book.link, name="link"),
    path("luot/<int:pk>/lap-don/", reception_book.make_petition, name="make_petition"),
]
