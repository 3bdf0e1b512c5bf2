from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve
from django.views.csrf import csrf_failure
from django.views.defaults import page_not_found, permission_denied, server_error

from danvan.kernel.access import Actor, Refused, Stale, already, refuse
from danvan.ui import navigation
from danvan.ui.middleware import RefusalMiddleware

By = Callable[..., HttpRequest]


def page(request: HttpRequest) -> str:
    return render_to_string("ui/base.html", {}, request)


def test_the_frame_introduces_the_person(request_by: By, on_day: Any, settings: Any) -> None:
    on_day(2023, 10, 18)
    navigation.introduce(lambda r: navigation.Introduction("UBND Phường 4", "Công chức đầu mối"))
    shown = page(request_by())
    for words in ("Nguyễn Thị Hương", "UBND Phường 4", "Công chức đầu mối", "18/10/2023"):
        assert words in shown
    assert 'action="/ra/"' in shown
    assert "Dữ liệu trình diễn" not in shown
    settings.DEMONSTRATION = True
    assert "ngày giả định 18/10/2023" in page(request_by())


def test_a_visitor_sees_no_navigation(request_by: By) -> None:
    navigation.add("desk", "Bàn làm việc", "desk:home", "home", 10)
    navigation.introduce(lambda r: pytest.fail("nobody to introduce"))
    shown = page(request_by(actor=None))
    assert "Bàn làm việc" not in shown
    assert "Đăng xuất" not in shown


def test_entries_stand_in_order_and_only_where_allowed(request_by: By, huong: Actor) -> None:
    navigation.add("b", "Bê", "desk:other", "home", 20)
    navigation.add("a", "A", "desk:home", "home", 10)
    navigation.add("no", "Cấm", "desk:home", "home", 5, may=lambda actor: False)
    navigation.add("gone", "Mất", "nowhere:home", "home", 6)
    items = navigation.items(request_by(), huong)
    assert [i.label for i in items] == ["A", "Bê"]
    assert [e.id for e in navigation.check()] == ["ui.E001"]


@pytest.mark.parametrize(("path", "active"), [("/ban/", "home"), ("/ban/khac/", "other")])
def test_the_exact_page_is_marked(request_by: By, huong: Actor, path: str, active: str) -> None:
    navigation.add("home", "Bàn", "desk:home", "home", 10)
    navigation.add("other", "Khác", "desk:other", "home", 20)
    request = request_by(path)
    request.resolver_match = resolve(path)
    assert [i.code for i in navigation.items(request, huong) if i.active] == [active]
    assert page(request).count('aria-current="page"') == 1


def test_else_the_namespace_is_marked(request_by: By, huong: Actor) -> None:
    navigation.add("home", "Bàn", "desk:home", "home", 10)
    request = request_by("/ban/khac/")
    request.resolver_match = resolve("/ban/khac/")
    assert navigation.items(request, huong)[0].active


@pytest.mark.parametrize(
    ("path", "active"), [("/ban/khac/7/", "other"), ("/ban/7/", "home"), ("/noi-khac/", "home")]
)
def test_a_page_deeper_down_marks_the_entry_it_stands_under(
    request_by: By, huong: Actor, path: str, active: str
) -> None:
    navigation.add("home", "Bàn", "desk:home", "home", 10)
    navigation.add("other", "Khác", "desk:other", "home", 20)
    request = request_by(path)
    request.resolver_match = SimpleNamespace(view_name="desk:deep", namespace="desk")
    assert [i.code for i in navigation.items(request, huong) if i.active] == [active]


def test_the_reason_of_a_refusal_is_shown(request_by: By) -> None:
    answer = permission_denied(request_by(), Refused(refuse("Chỉ <b>Nội vụ</b> được công bố.")))
    assert answer.status_code == 403
    assert "Chỉ &lt;b&gt;Nội vụ&lt;/b&gt; được công bố." in answer.content.decode()
    assert "Bạn không có quyền" in permission_denied(request_by(), Exception()).content.decode()


def test_error_pages_lead_back_to_our_own_pages_only(rf: RequestFactory) -> None:
    def shown(referer: str) -> str:
        request = rf.get("/x/", headers={"referer": referer})
        return permission_denied(request, Refused(refuse("Không."))).content.decode()

    assert 'href="http://testserver/phieu/"' in shown("http://testserver/phieu/")
    assert "xau.example" not in shown("https://xau.example/")
    unknown_host = rf.get("/x/", headers={"host": "xau.example"})
    assert "Không." in permission_denied(unknown_host, Refused(refuse("Không."))).content.decode()


def test_the_other_error_pages(request_by: By) -> None:
    bare = request_by(actor=None)
    assert "Không tìm thấy trang này" in page_not_found(bare, Http404()).content.decode()
    assert "Hệ thống gặp lỗi" in server_error(bare).content.decode()
    assert "chưa lưu được" in csrf_failure(bare, "x").content.decode()


# --- the middleware -------------------------------------------------------------------------


def after(request: HttpRequest, error: Exception) -> tuple[HttpResponse | None, list[str]]:
    storage = CookieStorage(request)
    request._messages = storage  # type: ignore[attr-defined]
    answer = RefusalMiddleware(lambda r: HttpResponse()).process_exception(request, error)
    return answer, [str(m) for m in storage]


def posted(rf: RequestFactory, referer: str, data: dict[str, str] | None = None) -> HttpRequest:
    return rf.post("/nop/", data or {}, headers={"referer": referer})


def test_done_already_goes_back_and_says_so(rf: RequestFactory) -> None:
    request = posted(rf, "http://testserver/phieu/3/?muc=2")
    answer, said = after(request, Refused(already("Đã nộp.")))
    assert answer is not None
    assert answer.status_code == 302
    assert answer.headers["Location"] == "http://testserver/phieu/3/?muc=2"
    assert said == ["Đã nộp."]


@pytest.mark.parametrize("referer", ["https://xau.example/", "//xau.example", "javascript:x", ""])
def test_never_back_to_another_site(rf: RequestFactory, referer: str) -> None:
    answer, _said = after(posted(rf, referer), Stale("Đã đổi."))
    assert answer is not None
    assert answer.headers["Location"] == "/"


def test_forbidden_is_left_to_403(rf: RequestFactory) -> None:
    assert after(posted(rf, ""), Refused(refuse("Không."))) == (None, [])
    assert after(posted(rf, ""), ValueError()) == (None, [])


def test_stale_keeps_what_was_typed(rf: RequestFactory) -> None:
    text = "Đã tổ chức ba cuộc <b>đối thoại</b> với Nhân dân và trả lời 42 ý kiến."
    answer, said = after(posted(rf, "http://testserver/p/", {"note": text}), Stale("Đã đổi."))
    assert answer is not None
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Đã đổi." in shown
    assert "&lt;b&gt;đối thoại&lt;/b&gt; với Nhân dân và trả lời 42 ý kiến." in shown
    assert said == []


def test_htmx_is_sent_back_as_a_whole_page(rf: RequestFactory) -> None:
    request = rf.post("/x/", headers={"referer": "http://testserver/p/", "hx-request": "true"})
    answer, _said = after(request, Stale("Đã đổi."))
    assert answer is not None
    assert answer.headers["HX-Redirect"] == "http://testserver/p/"
