"""Every link a role is shown leads somewhere.

``python -m tests.journeys.dead_ends --stage closed`` walks the demonstration of that stage, played
before (at DANVAN_VAR where that is set), as a citizen and as each of its accounts, from the first
page along every link, two addresses of a kind (numbers in a path aside), files too. Told are links
that are refused, lost or ask for a sign-in, and words of the program on a page. Ends with 1 if
there is one.
"""

from __future__ import annotations

import html
import logging
import os
import re
import sys
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

CITIZEN = "người dân"
SIGN_IN = "/tai-khoan/dang-nhap/"
OF_A_KIND = 2
LEFT_OVER = re.compile(r"\b(?:None|True|False|undefined|NaN|null)\b| object \(\d|\{[{%]|\{'")
NO_WORDS = re.compile(r"<(script|style|code|pre)\b.*?</\1>|<[^>]*>", re.DOTALL)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    from danvan.demo import environment

    environment.prepare(sys.argv)
    django.setup()
    logging.disable()  # a refusal is told below, with the page that led to it
    from danvan.accounts.models import User

    found = []
    accounts = User.objects.filter(is_active=True, username__in=_shown()).order_by("username")
    for user in (None, *accounts):
        asked, wrong = walk(user)
        print(f"{user or CITIZEN}: {asked} địa chỉ, {len(wrong)} lỗi", flush=True)
        found += wrong
    print(*found, sep="\n")
    return bool(found)


def _shown() -> list[str]:
    """The accounts the demonstration tells its visitors."""
    from danvan.demo.sign_ins import all_sign_ins

    return [each.username for each in all_sign_ins()]


def walk(user: Any) -> tuple[int, list[str]]:
    """How many addresses were asked, and what is wrong with them."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    if user:
        client.force_login(user)
    came_from = {"/" if user else "/cong-khai/": ""}
    kinds, wrong = Counter[tuple[str, str]](), []
    waiting = deque(came_from)
    while waiting:
        at = waiting.popleft()
        answer = client.get(at)
        where = f"{user or CITIZEN}: {came_from[at]} → {at}"
        # The name of the product leads from the sign-in page to itself.
        asks = answer.headers.get("Location", "").startswith(SIGN_IN) and came_from[at] != SIGN_IN
        if answer.status_code not in (200, 302) or asks:
            wrong.append(f"{where}: {answer.status_code}")
        page = _page(answer)
        if left := LEFT_OVER.search(NO_WORDS.sub(" ", html.unescape(page))):
            wrong.append(f"{where}: “{left.group()}”")
        for link in _links(at, page):
            kind = _kind(link)
            if link not in came_from and kinds[kind] < OF_A_KIND:
                kinds[kind] += 1
                came_from[link] = at
                waiting.append(link)
    return len(came_from), wrong


def _page(answer: Any) -> str:
    if answer.streaming:
        b"".join(answer.streaming_content)
    elif answer.headers.get("Content-Type", "").startswith("text/html"):
        return str(answer.content.decode())
    return ""


def _links(at: str, page: str) -> Iterator[str]:
    for address in re.findall(r'<a\b[^>]*?\bhref="([^"#]+)', page):
        found = urlsplit(urljoin(f"http://127.0.0.1{at}", html.unescape(address)))
        if found.hostname == "127.0.0.1" and not found.path.startswith("/static/"):
            yield found.path + (f"?{found.query}" if found.query else "")


def _kind(link: str) -> tuple[str, str]:
    path, _, query = link.partition("?")
    return re.sub(r"\d+", "#", path), re.sub(r"=[^&]*", "", query)


if __name__ == "__main__":
    sys.exit(main())
