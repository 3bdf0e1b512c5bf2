"""The proposal for commendation (tờ trình) and the decision, as official documents.

Everything in them comes from the list: no law is named that the office did not write.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from danvan.documents.letterheads import (
    cited,
    full_name,
    letterhead_of,
    place_of,
    signature_of,
)
from danvan.emulation.candidates import ranking_of
from danvan.emulation.models import Candidate, Commendation
from danvan.emulation.queries import names_in
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import naming, roles
from danvan.organisations.models import Unit
from danvan.organisations.queries import holder_of, name_on
from vanban import writing

CHOSEN = (
    writing.Column("STT", 13, "center"),
    writing.Column("Tập thể, cá nhân", 57),
    writing.Column("Thành tích, căn cứ", 97),
)
LEFT_OUT = (*CHOSEN[:2], writing.Column("Lý do không đề nghị", 97))

Make = Callable[[str | None, str, dt.date | None], bytes]


def proposal(commendation: Commendation, office: Unit, by: Actor) -> dict[str, Any]:
    """The arguments of ``issue`` for the letter ``by`` would sign today."""
    make, text = _proposal(commendation, office, by)
    signature, position = signature_of(office, by, clock.today())
    body = full_name(name_on(commendation.body, clock.today()))
    return {
        "type_code": "TTr", "type_name": "Tờ trình", "subject": subject_of(commendation),
        "text": text, "make_file": _numbered(make), "signer": signature.name,
        "signer_position": position, "recipients": (body, *_archive(office)),
        "file_name": "to-trinh-khen-thuong.docx",
    }  # fmt: skip


def proposal_draft(commendation: Commendation, office: Unit, by: Actor) -> bytes:
    """The letter without number and date."""
    day = clock.today()
    symbol = f"TTr-{naming.abbreviation(name_on(office, day), '')}"
    return _proposal(commendation, office, by)[0](None, symbol, None)


def decision(commendation: Commendation, by: Actor) -> dict[str, Any]:
    """The arguments of ``issue`` for the decision ``by`` would sign today."""
    make, text = _decision(commendation, by)
    _signature, position = signature_of(commendation.body, by, clock.today())
    return {
        "type_code": "QĐ", "type_name": "Quyết định",
        "subject": f"Về việc {subject_of(commendation)}", "text": text,
        "make_file": _numbered(make), "signer": by.name, "signer_position": position,
        "recipients": _addressed(commendation), "file_name": "quyet-dinh-khen-thuong.docx",
    }  # fmt: skip


def decision_draft(commendation: Commendation, by: Actor) -> bytes:
    return _decision(commendation, by)[0](None, "QĐ-UBND", None)


def subject_of(commendation: Commendation) -> str:
    title = commendation.title
    return f"khen thưởng {title[:1].lower()}{title[1:]} năm {commendation.year}"


def _proposal(commendation: Commendation, office: Unit, by: Actor) -> tuple[Make, str]:
    day = clock.today()
    chosen, left_out = _lists(commendation)
    units, people = _split(chosen)
    body = full_name(name_on(commendation.body, day))
    said = (
        f"{name_on(office, day)} đề nghị Chủ tịch {body} tặng {commendation.form} cho "
        f"{_people(units, people)} có thành tích trong {_about(commendation)} (danh sách kèm theo)."
    )
    how = (
        "Danh sách được lập từ kết quả xếp loại đã quyết định và các mô hình “Dân vận khéo” đã "
        "được công nhận trong năm; căn cứ của từng trường hợp ghi tại phụ lục."
    )
    closing = f"Kính trình Chủ tịch {body} xem xét, quyết định./."
    paragraphs = [said, how, closing]
    annexes = [writing.Annex("Danh sách đề nghị khen thưởng", _table(CHOSEN, chosen, _grounds))]
    if left_out:
        annexes.append(
            writing.Annex("Trường hợp không đề nghị", _table(LEFT_OUT, left_out, _why_not))
        )
    signature, _position = signature_of(office, by, day)

    def make(number: str | None, symbol: str, on: dt.date | None) -> bytes:
        return writing.proposal(
            letterhead=letterhead_of(office, day), number=number, symbol=symbol, date=on,
            subject=f"Về việc {subject_of(commendation)}", addressees=(f"Chủ tịch {body}",),
            grounds=_based_on(commendation), body=[writing.Paragraph(p) for p in paragraphs],
            signature=signature, recipients=("Như trên", *_archive(office)), annexes=annexes,
        )  # fmt: skip

    return make, "\n".join(paragraphs)


def _decision(commendation: Commendation, by: Actor) -> tuple[Make, str]:
    day = clock.today()
    full = full_name(name_on(commendation.body, day))
    chosen, _left_out = _lists(commendation)
    units, people = _split(chosen)
    grounds = _based_on(commendation)
    office = holder_of(roles.PROGRAMME_OFFICE, commendation.body, day)
    if office and commendation.letter:
        code, on = commendation.letter.code, writing.written_date(_day_of(commendation))
        grounds.append(f"Theo đề nghị của {name_on(office, day)} tại Tờ trình số {code} {on}")
    articles = (
        writing.Article(
            f"Tặng {commendation.form} của Chủ tịch {full} cho {_people(units, people)} đã có "
            f"thành tích trong {_about(commendation)} (danh sách kèm theo)."
        ),
        writing.Article("Quyết định này có hiệu lực kể từ ngày ký."),
        writing.Article(
            "Các cơ quan, đơn vị có liên quan và các tập thể, cá nhân có tên trong danh sách chịu "
            "trách nhiệm thi hành Quyết định này./."
        ),
    )
    lines = ("CHỦ TỊCH",) if by.has(roles.HEAD, commendation.body_id) else (
        "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")  # fmt: skip

    def make(number: str | None, symbol: str, on: dt.date | None) -> bytes:
        return writing.decision(
            letterhead=writing.Letterhead(None, full, place_of(full)), number=number,
            symbol=symbol, date=on, subject=subject_of(commendation), authority=f"Chủ tịch {full}",
            grounds=grounds, articles=articles, signature=writing.Signature(lines, by.name),
            recipients=_addressed(commendation),
            annexes=[writing.Annex("Danh sách được khen thưởng", _table(CHOSEN, chosen, _grounds))],
        )  # fmt: skip

    told = [f"Điều {n}. {article.text}" for n, article in enumerate(articles, start=1)]
    return make, "\n".join([*grounds, "QUYẾT ĐỊNH:", *told])


def _based_on(commendation: Commendation) -> list[str]:
    """What the office wrote, then the decision on the ranking; else why there is none."""
    grounds = [line.strip() for line in commendation.basis.splitlines() if line.strip()]
    ranking = ranking_of(commendation.body, commendation.year)
    if ranking is not None:
        grounds.append(f"Căn cứ {cited(ranking.decision)}")
    return grounds or [f"Căn cứ kết quả phong trào thi đua “Dân vận khéo” năm {commendation.year}"]


def _lists(commendation: Commendation) -> tuple[list[Candidate], list[Candidate]]:
    """Who is proposed, and who is left out."""
    rows = list(commendation.candidates.select_related("unit", "commendation"))
    return [c for c in rows if not c.excluded_why], [c for c in rows if c.excluded_why]


def _split(chosen: Sequence[Candidate]) -> tuple[int, int]:
    people = sum(bool(c.person_name) for c in chosen)
    return len(chosen) - people, people


def _people(units: int, people: int) -> str:
    parts = [f"{units:02d} tập thể"] * bool(units) + [f"{people:02d} cá nhân"] * bool(people)
    return " và ".join(parts)


def _about(commendation: Commendation) -> str:
    return f"{commendation.title[:1].lower()}{commendation.title[1:]} năm {commendation.year}"


def _table(
    columns: tuple[writing.Column, ...],
    rows: Sequence[Candidate],
    said: Callable[[Candidate], str],
) -> writing.Table:
    names = names_in(rows[0].commendation.year, {c.unit_id for c in rows}) if rows else {}
    cells = tuple((str(n), called(c, names), said(c)) for n, c in enumerate(rows, start=1))
    return writing.Table(columns, cells, 12)


def called(candidate: Candidate, names: dict[int, str]) -> str:
    """The unit, or the person with the unit behind."""
    unit = names.get(candidate.unit_id, str(candidate.unit))
    return f"{candidate.person_name}, {unit}" if candidate.person_name else unit


def _grounds(candidate: Candidate) -> str:
    return "; ".join(ground["said"] for ground in candidate.grounds)


def _why_not(candidate: Candidate) -> str:
    return candidate.excluded_why


def _addressed(commendation: Commendation) -> tuple[str, ...]:
    """By name, so that the register sends it to each unit and keeps each one's proof."""
    chosen, _left_out = _lists(commendation)
    names = names_in(commendation.year, {c.unit_id for c in chosen})
    office = holder_of(roles.PROGRAMME_OFFICE, commendation.body, clock.today())
    return ("Như Điều 3", *names.values(), *_archive(office))


def _archive(office: Unit | None) -> tuple[str]:
    if office is None:
        return ("Lưu: VT",)
    short = naming.abbreviation(name_on(office, clock.today()), "")
    return (f"Lưu: VT, {short}",)


def _numbered(make: Make) -> Callable[[str, dt.date], bytes]:
    def made(code: str, day: dt.date) -> bytes:
        number, _stroke, symbol = code.partition("/")
        return make(number, symbol, day)

    return made


def _day_of(commendation: Commendation) -> dt.date:
    letter = commendation.letter
    return (letter and letter.issued_on) or clock.today()
