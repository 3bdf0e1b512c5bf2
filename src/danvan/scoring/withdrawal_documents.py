"""The decision that takes a published ranking back, as an official document."""

from __future__ import annotations

import datetime as dt
from typing import Any

from danvan.documents.letterheads import cited
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import naming, roles
from danvan.scoring import decision_documents
from danvan.scoring.models import Ranking
from danvan.scoring.queries.drafts import Draft
from vanban import writing


def for_issuing(ranking: Ranking, ground: str, by: Actor) -> dict[str, Any]:
    """The arguments of ``documents.actions.issuing.issue``. Refused if ``by`` may not sign."""
    round, taken = ranking.round, ranking.decision
    frame = decision_documents.parts_of(round, Draft({}, {}, {}), by)
    code = f"Quyết định số {taken.code} {writing.written_date(taken.issued_on or clock.today())}"
    subject = (
        f"thu hồi {code} về đánh giá, xếp loại công tác dân vận chính quyền năm "
        f"{round.programme.year}"
    )
    offices = decision_documents.offices_on(round, clock.today())
    articles = (
        writing.Article(f"Thu hồi {cited(taken)}.", (f"Lý do: {ground.rstrip('.')}.",)),
        writing.Article(
            "Kết quả đánh giá, xếp loại được xem xét lại và quyết định theo quy định; "
            "trong thời gian đó kết quả bị thu hồi không dùng làm căn cứ."
        ),
        writing.Article(
            ", ".join([*offices.values(), "các cơ quan, đơn vị có tên trong quyết định bị thu hồi"])
            + " chịu trách nhiệm thi hành Quyết định này kể từ ngày ký./."
        ),
    )
    drafter = offices.get(roles.PROGRAMME_OFFICE, "")
    kept_by = f", {naming.abbreviation(drafter, '')}" if drafter else ""
    recipients = ("Như Điều 3", f"Lưu: VT{kept_by}")

    def make_file(number_symbol: str, day: dt.date) -> bytes:
        number, _stroke, symbol = number_symbol.partition("/")
        return writing.decision(
            letterhead=frame.letterhead, number=number, symbol=symbol, date=day, subject=subject,
            authority=frame.authority, grounds=(f"Căn cứ {cited(taken)}", *frame.grounds),
            articles=articles, signature=frame.signature, recipients=recipients,
        )  # fmt: skip

    lines = [f"Điều {n}. {a.text}" for n, a in enumerate(articles, 1)]
    return {
        "type_code": "QĐ",
        "type_name": "Quyết định",
        "subject": f"Về việc {subject}",
        "text": "\n".join([frame.authority.upper(), *frame.grounds, "QUYẾT ĐỊNH:", *lines, ground]),
        "make_file": make_file,
        "signer": frame.signature.name,
        "signer_position": frame.position,
        "recipients": recipients,
        "file_name": "quyet-dinh-thu-hoi-xep-loai.docx",
    }
