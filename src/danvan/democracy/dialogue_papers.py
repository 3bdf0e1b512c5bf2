"""Notice and minutes of a dialogue as official documents (Nghị định 30/2020/NĐ-CP)."""

from __future__ import annotations

from danvan.assignments import tracking
from danvan.democracy.models import Dialogue
from danvan.democracy.queries.dialogue import promises_of
from danvan.documents.letterheads import letterhead_of, signature_of
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations.models import Post, UnitVersion
from danvan.organisations.models.units import in_force
from danvan.organisations.naming import abbreviation
from danvan.ui import written
from vanban import writing

BLANK = "…………"


def symbol_of(dialogue: Dialogue, series: str) -> str:
    """ "TB-UBND": the type and what stands for the unit."""
    found = UnitVersion.objects.filter(in_force(clock.today()), unit=dialogue.host).first()
    return f"{series}-{abbreviation(found.name, found.kind) if found else 'UBND'}"


def signer_of(dialogue: Dialogue, by: Actor) -> Actor:
    """``by`` if he heads the host or is a deputy; else its head, in whose name it is drafted."""
    posts = Post.objects.filter(in_force(clock.today()), unit=dialogue.host)
    if posts.filter(person=by.id, rank__in=[Post.Rank.HEAD, Post.Rank.DEPUTY]).exists():
        return by
    head = posts.filter(rank=Post.Rank.HEAD).select_related("person").first()
    return Actor(head.person_id, head.person.name) if head else Actor(None, BLANK)


def notice(dialogue: Dialogue, by: Actor) -> bytes:
    """The notice for the host's head or deputy to sign; number and date are the clerk's."""
    day = clock.today()
    signature, _position = signature_of(dialogue.host, signer_of(dialogue, by), day)
    letterhead = letterhead_of(dialogue.host, day)
    return writing.notice(
        letterhead=letterhead, number=None, symbol=symbol_of(dialogue, "TB"), date=None,
        subject=f"Về việc tổ chức {_lowered(dialogue.title)}",
        body=[
            writing.Paragraph(
                f"{letterhead.issuer} tổ chức {_lowered(dialogue.title)} với "
                f"{_lowered(dialogue.audience)} như sau:"
            ),
            writing.Heading("1. Thời gian, địa điểm", level=2),
            writing.Paragraph(
                f"{dialogue.time}, {writing.written_date(dialogue.held_on)}, tại {dialogue.place}."
            ),
            writing.Heading("2. Chủ trì", level=2),
            writing.Paragraph(f"{dialogue.chair}, {dialogue.chair_title}."),
            writing.Heading("3. Nội dung", level=2),
            *(writing.Bullet(f"{item.rstrip('.;')};") for item in dialogue.items),
            writing.Heading("4. Gửi ý kiến trước", level=2),
            writing.Paragraph(
                "Người dân, tổ chức có thể gửi ý kiến trước bằng văn bản về cơ quan tổ chức để "
                "được chuẩn bị trả lời."
            ),
            writing.Paragraph("Kính mời các cơ quan, tổ chức và Nhân dân tham dự./."),
        ],
        signature=signature,
        recipients=("Như trên", "Ủy ban Mặt trận Tổ quốc Việt Nam cùng cấp", "Lưu: VT"),
    )  # fmt: skip


def minutes(dialogue: Dialogue) -> bytes:
    """The minutes with the counts and the conclusions that became work."""
    day = clock.today()
    lines = tracking.lines(p.assignment for p in promises_of([dialogue]))
    return writing.minutes(
        letterhead=letterhead_of(dialogue.host, day), number=None,
        symbol=symbol_of(dialogue, "BB"), date=dialogue.held_on, subject=dialogue.title,
        body=[
            writing.Heading("1. Thời gian, địa điểm, thành phần", level=2),
            writing.Paragraph(
                f"{dialogue.time}, {writing.written_date(dialogue.held_on)}, tại {dialogue.place}."
            ),
            writing.Paragraph(f"Chủ trì: {dialogue.chair}, {dialogue.chair_title}."),
            writing.Paragraph(f"Thư ký: {dialogue.secretary}."),
            writing.Paragraph(
                f"Đối thoại với: {dialogue.audience}; số người dự: "
                f"{written.number(dialogue.people)}."
            ),
            writing.Heading("2. Nội dung", level=2),
            *(writing.Bullet(f"{item.rstrip('.;')};") for item in dialogue.items),
            writing.Heading("3. Diễn biến", level=2),
            *(writing.Paragraph(p) for p in dialogue.minutes.splitlines() if p.strip()),
            writing.Paragraph(
                f"Có {written.number(dialogue.opinions)} ý kiến, trong đó "
                f"{written.number(dialogue.answered)} ý kiến được trả lời tại chỗ."
            ),
            writing.Heading("4. Kết luận, việc giao", level=2),
            *(_concluded(line) for line in lines),
            *([] if lines else [writing.Paragraph("Không có việc giao sau đối thoại.")]),
        ],
        secretary=writing.Signature(("THƯ KÝ",), dialogue.secretary or BLANK),
        chair=writing.Signature(("CHỦ TRÌ",), dialogue.chair),
        recipients=("Lưu: VT",),
    )  # fmt: skip


def _concluded(line: tracking.Line) -> writing.Bullet:
    due = written.day(line.assignment.due_on)
    return writing.Bullet(f"{line.assignment.title.rstrip('.;')}: {line.unit_name}, hạn {due};")


def _lowered(words: str) -> str:
    """As it stands inside a sentence; a name in capitals keeps them."""
    first, _space, _rest = words.partition(" ")
    return words if first.isupper() and len(first) > 1 else words[:1].lower() + words[1:]
