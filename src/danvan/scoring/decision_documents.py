"""The decision on the ranking, and the programme office's proposal, as official documents.

Everything in them comes from the round: no law is named that the data does not name.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from danvan.documents.letterheads import cited, full_name, place_of
from danvan.documents.models import Document
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, refuse
from danvan.organisations import naming, roles
from danvan.organisations.models import Block, Post, RoleHolding, Unit
from danvan.organisations.models.units import in_force
from danvan.organisations.queries import names_on
from danvan.scoring.models import Ranking, Round
from danvan.scoring.queries.drafts import Draft
from danvan.scoring.rules.rankings import signs_as
from danvan.scoring.standings import Line, Scale
from danvan.ui import written
from vanban import writing

LINES = {
    Ranking.SigningAs.CHAIR: ("CHỦ TỊCH",),
    Ranking.SigningAs.DEPUTY: ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
}
COLUMNS = (
    writing.Column("Hạng", 13, "center"),
    writing.Column("Cơ quan, đơn vị", 50),
    writing.Column("Điểm", 16, "center"),
    writing.Column("Điểm tối đa", 17, "center"),
    writing.Column("Tỷ lệ (%)", 17, "center"),
    writing.Column("Xếp loại", 20, "center"),
    writing.Column("Ghi chú", 32),
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a decision says, before it has number and date."""

    letterhead: writing.Letterhead
    authority: str
    subject: str
    grounds: tuple[str, ...]
    articles: tuple[writing.Article, ...]
    annexes: tuple[writing.Annex, ...]
    recipients: tuple[str, ...]
    signature: writing.Signature
    position: str


def parts_of(round: Round, drafted: Draft, by: Actor) -> Parts:
    """The decision on ``drafted``, to be signed by ``by``. Refused if he does not sign here."""
    signing = signs_as(by, round)
    if signing is None:
        raise Refused(refuse(_("Chỉ Chủ tịch hoặc Phó Chủ tịch ký thay được làm việc này.")))
    day, body = clock.today(), round.programme.body
    offices = offices_on(round, day)
    full = full_name(names_on(day, [body.pk]).get(body.pk, str(body)))
    subject = f"đánh giá, xếp loại công tác dân vận chính quyền năm {round.programme.year}"
    return Parts(
        letterhead=writing.Letterhead(None, full, place_of(full)),
        authority=f"Chủ tịch {full}",
        subject=subject,
        grounds=_grounds(round, offices),
        articles=_articles(round, drafted, subject, offices),
        annexes=tuple(annexes(round, drafted)),
        recipients=_recipients(round, offices, day),
        signature=writing.Signature(LINES[Ranking.SigningAs(signing)], by.name),
        position=_position(by, body, day),
    )


def file_of(parts: Parts, number: str | None, symbol: str, day: dt.date | None) -> bytes:
    """The .docx; blanks where number and date are not given yet (a draft)."""
    return writing.decision(
        letterhead=parts.letterhead, number=number, symbol=symbol, date=day,
        subject=parts.subject, authority=parts.authority, grounds=parts.grounds,
        articles=parts.articles, signature=parts.signature, recipients=parts.recipients,
        annexes=parts.annexes,
    )  # fmt: skip


def for_issuing(parts: Parts) -> dict[str, Any]:
    """The arguments of ``documents.actions.issuing.issue``."""

    def make_file(code: str, day: dt.date) -> bytes:
        number, _stroke, symbol = code.partition("/")
        return file_of(parts, number, symbol, day)

    return {
        "type_code": "QĐ",
        "type_name": "Quyết định",
        "subject": f"Về việc {parts.subject}",
        "text": text_of(parts),
        "make_file": make_file,
        "signer": parts.signature.name,
        "signer_position": parts.position,
        "recipients": parts.recipients,
        "file_name": "quyet-dinh-xep-loai-dan-van.docx",
    }


def text_of(parts: Parts) -> str:
    """The words of the decision without its annexes, for the register."""
    lines = [parts.authority.upper(), *parts.grounds, "QUYẾT ĐỊNH:"]
    for number, article in enumerate(parts.articles, start=1):
        lines += [f"Điều {number}. {article.text}", *map(str, article.clauses)]
    return "\n".join(lines)


def _grounds(round: Round, offices: dict[str, str]) -> tuple[str, ...]:
    """The plan and the documents that enacted the score sheets, older first; the proposer."""
    grounds = [f"Căn cứ {cited(document)}" for document in known_grounds(round)]
    if proposer := offices.get(roles.PROGRAMME_OFFICE):
        letter = round.proposals.select_related("document").first()
        at = ""
        if letter is not None and letter.document.issued_on:
            day = writing.written_date(letter.document.issued_on)
            at = f" tại Tờ trình số {letter.document.code} {day}"
        grounds.append(f"Theo đề nghị của {proposer}{at}")
    return tuple(grounds)


def known_grounds(round: Round) -> list[Document]:
    """The plan, the documents that enacted the score sheets, a withdrawal: older first."""
    sets = round.blocks.select_related("criteria_set__enacted_by").order_by("block")
    enacting = {b.criteria_set.enacted_by_id: b.criteria_set.enacted_by for b in sets}
    held = {**enacting, round.programme.plan_id: round.programme.plan}
    if (taken := withdrawn_of(round)) and taken.withdrawal:
        held[taken.withdrawal.pk] = taken.withdrawal
    return sorted(held.values(), key=lambda d: (d.issued_on or dt.date.min, d.code))


def withdrawn_of(round: Round) -> Ranking | None:
    """The withdrawn ranking that the next decision replaces, if there is one."""
    taken = round.rankings.exclude(withdrawn_at=None).filter(replaced_by=None)
    return taken.select_related("decision", "withdrawal").first()


def _articles(
    round: Round, drafted: Draft, subject: str, offices: dict[str, str]
) -> tuple[writing.Article, ...]:
    lines = [line for lines in drafted.blocks.values() for line in lines]
    count = len(lines)
    first = f"Kết quả {subject} đối với {count} cơ quan, đơn vị như sau:"
    clauses = [*counts(lines, drafted.scales), "(Kết quả từng đơn vị tại Phụ lục kèm theo)."]
    doing = [offices[r] for r in (roles.ADMINISTRATION_OFFICE, roles.PROGRAMME_OFFICE)
             if r in offices]  # fmt: skip
    taken = withdrawn_of(round)
    third = ", ".join([*doing, "các cơ quan, đơn vị có tên trong Phụ lục và cơ quan, tổ chức"])
    return (
        writing.Article(first, tuple(clauses)),
        writing.Article(
            "Quyết định này có hiệu lực kể từ ngày ký"
            + (f" và thay thế Quyết định số {taken.decision.code} đã bị thu hồi" if taken else "")
            + ". Kết quả đánh giá, xếp loại được công bố đến các cơ quan, đơn vị kể từ ngày "
            "Quyết định có hiệu lực."
        ),
        writing.Article(f"{third} có liên quan chịu trách nhiệm thi hành Quyết định này./."),
    )


def counts(lines: list[Line], scales: dict[str, Scale]) -> list[str]:
    """How many units in each class, best first, and how many not eligible."""
    order: list[str] = []
    for scale in scales.values():
        order += [band.name for band in scale.bands if band.name not in order]
    held = [line.band for line in lines if not line.ineligible]
    said = [f"- Xếp loại {name}: {_units(held.count(name))};" for name in order]
    said.append(f"- Không đủ điều kiện xếp loại: {_units(len(lines) - len(held))}.")
    return said


def _units(count: int) -> str:
    return f"{count:02d} đơn vị" if count else "không có"


def annexes(round: Round, drafted: Draft) -> list[writing.Annex]:
    return [
        writing.Annex(
            title=f"Kết quả đánh giá, xếp loại năm {round.programme.year}\n{Block(block).label}",
            table=writing.Table(
                COLUMNS, tuple(_cells(line, drafted.names) for line in drafted.blocks[block]), 12
            ),
        )
        for block in Block.values
        if drafted.blocks.get(block)
    ]


def _cells(line: Line, names: dict[int, str]) -> tuple[str, ...]:
    name = names.get(line.unit, "")
    if line.totals.missing:
        return ("–", name, "–", "–", "–", "Không xếp loại", line.ineligible)
    figures = (_figure(line.points), _figure(line.maximum), _figure(line.rate))
    if line.ineligible:
        return ("–", name, *figures, "Không xếp loại", line.ineligible)
    return (str(line.rank), name, *figures, line.band, note_of(line))


def note_of(line: Line) -> str:
    """Which caps hold the class down, in a few words; nothing where none does."""
    if not line.capped:
        return ""
    if line.quota_note:
        return line.quota_note
    held = [cap for cap in line.totals.caps if cap.ceiling == line.band]
    return "; ".join(f"{cap.title} (không quá {cap.ceiling})" for cap in held)


def _figure(value: Any) -> str:
    """Two decimals in every cell, so that columns compare."""
    return "–" if value is None else f"{value:.2f}".replace(".", ",")


def _recipients(round: Round, offices: dict[str, str], day: dt.date) -> tuple[str, ...]:
    watching = RoleHolding.objects.filter(
        in_force(day), role=roles.OBSERVER, body=round.programme.body_id
    )
    observers = names_on(day, watching.values_list("holder", flat=True)).values()
    proposer = offices.get(roles.PROGRAMME_OFFICE, "")
    drafted_by = f", {naming.abbreviation(proposer, '')}" if proposer else ""
    return ("Như Điều 3", *observers, f"Lưu: VT{drafted_by}")


def offices_on(round: Round, day: dt.date) -> dict[str, str]:
    """Role → the name, that day, of the office that held it in the round."""
    held = {o.role: o.office_id for o in round.offices.all()}
    names = names_on(day, held.values())
    return {role: names[unit] for role, unit in held.items() if unit in names}


def _position(by: Actor, body: Unit, day: dt.date) -> str:
    posts = Post.objects.filter(
        in_force(day), person=by.id, unit=body, rank__in=[Post.Rank.HEAD, Post.Rank.DEPUTY]
    )
    return posts.values_list("title", flat=True).first() or written.UNKNOWN
