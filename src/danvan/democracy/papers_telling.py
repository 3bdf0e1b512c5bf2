"""The table "tiếp thu, giải trình" and the minutes of a vote as official .docx."""

from __future__ import annotations

from collections.abc import Sequence

from danvan.democracy.models import Consultation, DraftOpinion
from danvan.documents.letterheads import letterhead_of, signature_of
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations.models import Unit
from danvan.organisations.naming import abbreviation
from danvan.organisations.queries import versions_on
from danvan.ui import written
from vanban import writing

COLUMNS = (
    writing.Column("STT", 12, "center"),
    writing.Column("Điều, khoản, đoạn", 30),
    writing.Column("Ý kiến góp ý", 75),
    writing.Column("Cơ quan, tổ chức, cá nhân góp ý", 40),
    writing.Column("Tiếp thu, giải trình", 80),
)


def organ(unit: Unit) -> str:
    """What stands for the unit in a symbol today."""
    version = versions_on(clock.today()).filter(unit=unit).first()
    return abbreviation(version.name, version.kind) if version else ""


def table(held: Consultation, opinions: Sequence[DraftOpinion], by: Actor) -> bytes:
    """The report on what was said, as ``by`` would sign it; number and date are left blank.

    Citizens stand without name; opinions that repeat another stand in one line with it.
    """
    day = clock.today()
    signature, _position = signature_of(held.unit, by, day)
    annex = writing.Annex(
        "Bảng tổng hợp, tiếp thu, giải trình ý kiến góp ý",
        writing.Table(COLUMNS, rows(opinions), 12),
        landscape=True,
    )
    return writing.report(
        letterhead=letterhead_of(held.unit, day), number=None, symbol=f"BC-{organ(held.unit)}",
        date=None, subject=f"tổng hợp, tiếp thu, giải trình ý kiến góp ý dự thảo {held.title}",
        body=_body(held, opinions), signature=signature,
        recipients=("Các cơ quan, tổ chức, cá nhân góp ý", "Lưu: VT"), annexes=(annex,),
    )  # fmt: skip


def rows(opinions: Sequence[DraftOpinion]) -> tuple[tuple[str, ...], ...]:
    """One line per opinion that is nobody's repetition, in the order of the draft."""
    first = [o for o in opinions if o.same_as_id is None]
    ordered = sorted(first, key=lambda o: (o.paragraph.order if o.paragraph else 0, o.pk))
    return tuple(
        (str(n), place(o), o.text, whose(o, opinions), answer(o))
        for n, o in enumerate(ordered, start=1)
    )


def place(opinion: DraftOpinion) -> str:
    return opinion.paragraph.place if opinion.paragraph else "Toàn bộ dự thảo"


def whose(opinion: DraftOpinion, opinions: Sequence[DraftOpinion]) -> str:
    """Everybody who said so: named bodies, then how many citizens."""
    all_ = [opinion, *(o for o in opinions if o.same_as_id == opinion.pk)]
    citizens = sum(o.source == DraftOpinion.Source.CITIZEN for o in all_)
    bodies = list(dict.fromkeys(
        o.who for o in all_ if o.source != DraftOpinion.Source.CITIZEN
    ))  # fmt: skip
    if citizens:
        bodies.append(f"{citizens} công dân" if citizens > 1 or bodies else "Công dân")
    return "; ".join(bodies)


def answer(opinion: DraftOpinion) -> str:
    if not opinion.outcome:
        return "(chưa trả lời)"
    told = str(opinion.get_outcome_display())
    return f"{told[:1].upper()}{told[1:]}. {opinion.answer}"


def _body(held: Consultation, opinions: Sequence[DraftOpinion]) -> list[writing.Block]:
    outcome = DraftOpinion.Outcome
    first = [o for o in opinions if o.same_as_id is None]
    counts = {code: sum(o.outcome == code for o in first) for code in outcome.values}
    days = f"từ ngày {written.day(held.opens_on)} đến hết ngày {written.day(held.closes_on)}"
    ground = ""
    if held.matter:
        ground = f" theo {held.matter.where}"
    return [
        writing.Paragraph(
            f"Dự thảo {held.title} được công khai, lấy ý kiến{ground} {days}. {held.purpose}"
        ),
        writing.Paragraph(
            f"Nhận được {len(opinions)} ý kiến ({len(first)} ý kiến khác nhau): tiếp thu "
            f"{counts[outcome.ACCEPTED]}, tiếp thu một phần {counts[outcome.PARTLY]}, giải trình "
            f"không tiếp thu {counts[outcome.NOT_ACCEPTED]}. Chi tiết tại Phụ lục kèm theo."
        ),
        *([writing.Paragraph(f"Kết quả: {held.final_note}.")] if held.final_note else []),
    ]
