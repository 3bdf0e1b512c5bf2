"""(e) Ten typical searches among 100 000 documents: p50 and p95, page and count.

``run()`` fills the migrated database of this process with synthetic documents: words drawn from
the seed plan with the frequencies it has, so that some occur in half of all texts and some in
few. A search is what the page of the register does: count, 25 rows, their snippets.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from pathlib import Path

DOCUMENTS, ROUNDS = 100_000, 5
SEED = Path(__file__).parent.parent / "src" / "danvan" / "demo" / "data" / "ke-hoach-49.txt"
ASKED = (
    "49/KH-UBND", "dan van", "dân vận chính quyền", "hoa giai co so", "phuong iv", "chi thi 33",
    '"thuc hien dan chu"', "bao cao ket qua thang 10", "tiep cong dan 2021", "cai cach hanh ch",
)  # fmt: skip
KINDS = ("Kế hoạch", "Quyết định", "Công văn", "Báo cáo", "Thông báo")


def fill() -> None:
    """The documents and their wordings, in batches, as a verb would have left them."""
    from django.db import connection, transaction

    from danvan.documents.models import Document, Wording
    from danvan.documents.words import tokens
    from vanban import symbols

    chance = random.Random(49)
    words = SEED.read_text(encoding="utf-8").split()
    for start in range(0, DOCUMENTS, 1000):
        rows = []
        for number in range(start, start + 1000):
            kind = chance.choice(KINDS)
            at = chance.randrange(len(words) - 160)
            code = f"{number % 3000}/{kind[:1]}{kind.split()[-1][:1].upper()}-UBND"
            document = Document(
                origin="received", type=kind, code=code,
                subject=" ".join(words[at : at + 12]), issuer_name=f"UBND Phường {number % 60}",
                issued_on=dt.date(2000 + number % 24, 1 + number % 12, 1 + number % 28),
                text=" ".join(chance.choice(words) for _ in range(60)) + " "
                + " ".join(words[at : at + 90]),
            )  # fmt: skip
            document.issuer_name = f"{document.issuer_name} ({number})"
            document.search_key = document.key_of_words()
            document.code_key = symbols.key(code)[:80]
            rows.append(document)
        with transaction.atomic():
            made = Document.objects.bulk_create(rows)
            Wording.objects.bulk_create(
                Wording(document=d, head=tokens(d.search_key), body=tokens(d.text)) for d in made
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def once(words: str) -> float:
    """Seconds for one page of results."""
    from django.core.paginator import Paginator

    from danvan.documents import pages, queries
    from danvan.documents.models import Document

    started = time.perf_counter()
    page = Paginator(queries.listed(Document.objects.all(), words=words), 25).get_page(1)
    assert pages.rows(page, words) or not page.paginator.count
    return time.perf_counter() - started


def run() -> list[str]:
    """On the migrated, empty database of this process."""
    from django.db import connection

    fill()
    for words in ASKED:
        once(words)
    took = sorted(once(words) for _ in range(ROUNDS) for words in ASKED)
    p50, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
    return [
        f"(e) {connection.vendor}: search among {DOCUMENTS} documents, ten typical queries, page "
        f"with snippets: p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms"
    ]
