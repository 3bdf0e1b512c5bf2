"""Pictures of the real screens: ``python -m tests.journeys.pictures http://127.0.0.1:8000 FOLDER``.

Signs in to a running demonstration as each role and keeps what a 1366×768 screen (or a
360-pixel phone, or A4 paper) shows. The pages are named by where a click of that role leads.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from tests.journeys import chromium
from tests.journeys.conftest import ARGUMENTS, DESKTOP, PHONE

PASSWORD = "dan-van-2023"
# role → [(name of the picture, address or the text of links to follow from there)]
WALKS: dict[str, list[tuple[str, str, list[str]]]] = {
    "noi-vu": [
        ("desk", "/", []),
        ("plans", "/ke-hoach/", []),
        ("plan", "/ke-hoach/1/", []),
        ("plan-tasks", "/ke-hoach/1/nhiem-vu/", []),
        ("plan-targets", "/ke-hoach/1/chi-tieu/", []),
        ("waiting", "/nhiem-vu/cho-xem-xet/", []),
        ("matrix", "/nhiem-vu/ma-tran/1/", []),
        ("round", "/cham-diem/1/", []),
        ("settling", "/cham-diem/1/chot-diem/", []),
        ("ranking", "/cham-diem/1/xep-hang/", []),
        ("criteria", "/cham-diem/bang-diem/1/", []),
        ("documents", "/van-ban/", []),
        ("organisation", "/to-chuc/", []),
        ("history", "/nhat-ky/", []),
        ("calendar", "/lich/", []),
    ],
    "thanh-tra": [("desk-inspector", "/", []), ("queue", "/cham-diem/1/tham-dinh/", [])],
    "phuong-1": [
        ("desk-ward", "/", []),
        ("duties-ward", "/nhiem-vu/", []),
        ("unit", "/to-chuc/phuong-1/", []),
        ("round-ward", "/cham-diem/1/", []),
    ],
    "xa-thanh-tan": [("desk-late", "/", []), ("round-late", "/cham-diem/1/", [])],
    "pho-chu-tich": [("desk-deputy", "/", []), ("ranking-deputy", "/cham-diem/1/xep-hang/", [])],
    "chu-tich": [("desk-chairman", "/", [])],
    "mat-tran": [("desk-front", "/", []), ("ranking-front", "/cham-diem/1/xep-hang/", [])],
    "quan-tri": [("desk-administrator", "/", [])],
}


def sign_in(page: Any, home: str, username: str) -> None:
    page.goto(home + "/tai-khoan/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_load_state()


def main(home: str, folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    path, environment = chromium.find() or sys.exit("Không có Chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=ARGUMENTS, env={**os.environ, **environment}
        )
        for username, walk in WALKS.items():
            for suffix, size in (("", DESKTOP), ("-phone", PHONE)):
                page = browser.new_context(viewport=size, locale="vi-VN").new_page()
                if not suffix and username == "noi-vu":
                    page.goto(home + "/tai-khoan/dang-nhap/")
                    page.screenshot(path=folder / "sign-in.png")
                sign_in(page, home, username)
                for name, address, links in walk:
                    answer = page.goto(home + address)
                    for words in links:
                        page.get_by_role("link", name=words).first.click()
                    status = answer.status if answer else 0
                    print(f"{status} {username} {address}{suffix}")
                    page.screenshot(path=folder / f"{name}{suffix}.png")
                    if not suffix:
                        page.pdf(path=folder / f"{name}.pdf", format="A4")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
