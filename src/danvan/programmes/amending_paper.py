"""The amendment as an official document: each change worded as such documents word it.

What is written here is read back by ``amending_reading``: one language, two directions.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from danvan.documents.clauses import said as place_said
from danvan.documents.letterheads import cited, letterhead_of, signature_of
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations.models import Post
from danvan.organisations.models.units import in_force
from danvan.organisations.naming import abbreviation
from danvan.organisations.queries import versions_on
from danvan.programmes import amending, recurring, shapes
from danvan.programmes.amending_goals import DIRECTIONS
from danvan.programmes.models import Amendment, AmendmentChange, Programme, TaskParty
from danvan.ui import written
from vanban import writing
from vanban.dates import find_date

Json = dict[str, Any]
SERIES = "KH"


@dataclass(frozen=True, slots=True)
class Paper:
    """What the document says, before it has number and date."""

    letterhead: writing.Letterhead
    subject: str
    grounds: tuple[str, ...]
    body: tuple[writing.Block, ...]
    recipients: tuple[str, ...]
    signature: writing.Signature
    position: str
    symbol: str


def compose(amendment: Amendment, by: Actor) -> Paper:
    """The document as ``by`` would sign it today; who does not sign sees it signed by the head."""
    programme, day = amendment.programme, clock.today()
    signature, position = signature_of(programme.body, _signer(programme, by, day), day)
    return Paper(
        letterhead=letterhead_of(programme.body, day),
        subject=subject_of(amendment),
        grounds=(f"Căn cứ {cited(programme.plan)}",),
        body=tuple(_body(amendment)),
        recipients=tuple(_recipients(programme)),
        signature=signature,
        position=position,
        symbol=f"{SERIES}-{_organ(programme, day)}",
    )


def subject_of(amendment: Amendment) -> str:
    """The subject as a person wrote it; the plan it amends is always named."""
    plan, subject = amendment.programme.plan, " ".join(amendment.subject.split())
    if plan.code and plan.code in subject:
        return subject
    return f"Sửa đổi, bổ sung {plan.type} số {plan.code}: {subject[:1].lower()}{subject[1:]}"


def file_of(paper: Paper, number: str | None, symbol: str, day: dt.date | None) -> bytes:
    """The .docx; blanks where number and date are not given yet (a draft)."""
    return writing.plan(
        letterhead=paper.letterhead, number=number, symbol=symbol, date=day,
        subject=paper.subject, grounds=paper.grounds, body=paper.body,
        signature=paper.signature, recipients=paper.recipients,
    )  # fmt: skip


def for_issuing(paper: Paper) -> dict[str, Any]:
    """The arguments of ``documents.actions.issuing.issue``."""

    def make_file(code: str, day: dt.date) -> bytes:
        number, _stroke, symbol = code.partition("/")
        return file_of(paper, number, symbol, day)

    return {
        "type_code": SERIES,
        "type_name": "Kế hoạch",
        "subject": paper.subject,
        "text": text_of(paper),
        "make_file": make_file,
        "signer": paper.signature.name,
        "signer_position": paper.position,
        "recipients": paper.recipients,
        "file_name": "ke-hoach-sua-doi-bo-sung.docx",
    }


def text_of(paper: Paper) -> str:
    """The words of the document, for the register and its search."""
    words = [paper.subject, *paper.grounds, *(str(getattr(b, "text", "")) for b in paper.body)]
    return "\n".join(words)


def sentences(amendment: Amendment) -> list[str]:
    """Every change in a sentence, in the order of the plan's text: four queries."""
    changes = list(amendment.changes.select_related("task", "target"))
    places = {p.pk: (p.order, p.path) for p in amendment.programme.plan.provisions.all()}
    crowded = {
        about: {place for place, count in Counter(_standing(rows)).items() if count > 1}
        for about, rows in ((False, amendment.programme.tasks), (True, amendment.programme.targets))
    }
    changes.sort(key=lambda c: (places[_provision(c)][0], c.pk))
    return [
        said(
            change,
            place_said(places[_provision(change)][1]),
            _provision(change) in crowded[amending.about_target(change.before or change.after)],
        )
        for change in changes
    ]


def _standing(rows: Any) -> list[int]:
    """The clauses of tasks (or targets) that have not ended."""
    return list(rows.filter(removed_from=None).values_list("provision", flat=True))


def said(change: AmendmentChange, place: str, crowded: bool = False) -> str:
    """One change: "Sửa đổi mục IV.2.a: thời hạn “…” thành “…”".

    ``crowded``: the clause asks for more than one thing, so the task is named by its words.
    """
    before, after = change.before or {}, change.after or {}
    if amending.about_target(before or after):
        return _target_said(before, after, place, crowded)
    named = f"nhiệm vụ “{_bare(before['text'])}” tại {place}" if before else ""
    if not after:
        return f"Bãi bỏ {named}."
    if not before:
        return f"Bổ sung nhiệm vụ vào {place}: “{_bare(after['text'])}”{_owed(after)}."
    return _sentence(f"Sửa đổi {named if crowded else place}: ", _task_moves(before, after))


def _target_said(before: Json, after: Json, place: str, crowded: bool) -> str:
    named = f"chỉ tiêu “{_bare(before['subject'])}” tại {place}" if before else ""
    if not after:
        return f"Bãi bỏ {named}."
    if not before:
        goal = goal_said(after) or DIRECTIONS.get(after["comparator"], "")
        asked = f"; mức: {goal}" if goal else ""
        return f"Bổ sung chỉ tiêu vào {place}: “{_bare(after['subject'])}”{asked}."
    opening = f"Sửa đổi {named if crowded else f'chỉ tiêu tại {place}'}: "
    return _sentence(opening, _target_moves(before, after))


def _sentence(opening: str, moves: Iterator[tuple[str, str, str]]) -> str:
    told = (
        f"{what} “{old}” thành “{new}”" if old and new
        else f"bổ sung {what} “{new}”" if new
        else f"bỏ {what} “{old}”"
        for what, old, new in moves
    )  # fmt: skip
    return f"{opening}{'; '.join(told)}."


def _task_moves(before: Json, after: Json) -> Iterator[tuple[str, str, str]]:
    """(what, old, new) of each thing that changes."""
    if before["text"] != after["text"]:
        yield "nội dung", _bare(before["text"]), _bare(after["text"])
    if due_said(before) != due_said(after):
        yield "thời hạn", due_said(before), due_said(after)
    old, new = parties_said(before), parties_said(after)
    if before["parties"] != after["parties"]:
        yield "đơn vị thực hiện", old, new
    if before["deliverable"] != after["deliverable"]:
        old, new = (amending.said("deliverable", s["deliverable"], {}) for s in (before, after))
        yield "sản phẩm", old, new


def _target_moves(before: Json, after: Json) -> Iterator[tuple[str, str, str]]:
    if before["subject"] != after["subject"]:
        yield "nội dung", _bare(before["subject"]), _bare(after["subject"])
    if (old := goal_said(before)) != (new := goal_said(after)):
        yield "mức", old, new


def _owed(after: Json) -> str:
    parts = [
        f"; {what}: {words}"
        for what, words in (
            ("đơn vị thực hiện", parties_said(after)),
            ("thời hạn", due_said(after)),
            ("sản phẩm", _deliverable(after)),
        )
        if words
    ]
    return "".join(parts)


def _deliverable(snapshot: Json) -> str:
    kind = snapshot["deliverable"]
    return "" if kind == "none" else amending.said("deliverable", kind, {})


def due_said(snapshot: Json) -> str:
    """The limit as a document writes it; its own words where they name the same day."""
    day, text = amending.day(snapshot["due_on"]), snapshot["due_text"]
    if snapshot["due_rule"]:
        return text if recurring.rule_of(text) else recurring.in_words(snapshot["due_rule"])
    if day is None:
        return str(text)
    found = find_date(text)
    if found is not None and found[0] == day:
        return str(text)
    wording = shapes.DUE_WORDINGS.get(snapshot["due_wording"]) or shapes.DUE_WORDINGS["by"]
    return f"{wording} {written.day(day)}"


def parties_said(snapshot: Json) -> str:
    """ "Phòng Nội vụ chủ trì; Thanh tra thành phố phối hợp"."""
    return "; ".join(
        f"{party['written']} {TaskParty.Role(party['role']).label}" for party in snapshot["parties"]
    )


def goal_said(snapshot: Json) -> str:
    """ "ít nhất 60 %"."""
    if snapshot["value"] is None:
        return ""
    asked = amending.said("comparator", snapshot["comparator"], {})
    value = amending.said("value", snapshot["value"], {})
    return f"{asked} {value} {snapshot['unit']}".strip()


def _body(amendment: Amendment) -> Iterator[writing.Block]:
    plan = amendment.programme.plan
    issuer = letterhead_of(amendment.programme.body, clock.today()).issuer
    yield writing.Paragraph(
        f"{issuer} ban hành Kế hoạch sửa đổi, bổ sung một số nội dung của {plan.type} số "
        f"{plan.code} như sau:"
    )
    yield writing.Heading("I. NỘI DUNG SỬA ĐỔI, BỔ SUNG")
    for number, sentence in enumerate(sentences(amendment), start=1):
        yield writing.Paragraph(f"{number}. {sentence}")
    yield writing.Heading("II. TỔ CHỨC THỰC HIỆN")
    day = written.day(amendment.in_force_from)
    back = f" Lý do áp dụng với thời hạn đã qua: {_bare(amendment.past_reason)}."
    yield writing.Paragraph(
        f"1. Kế hoạch này có hiệu lực từ ngày {day}. Các nội dung khác của {plan.type} số "
        f"{plan.code} không thay đổi.{back if amendment.past_reason else ''}"
    )
    yield writing.Paragraph(
        "2. Thủ trưởng các cơ quan, đơn vị có tên tại mục I chịu trách nhiệm thực hiện Kế hoạch "
        "này./."
    )


def _recipients(programme: Programme) -> Sequence[str]:
    """Whoever got the plan gets what changes it; the list closes with the archive line."""
    kept = [line for line in programme.plan.recipients if not line.strip().startswith("Lưu")]
    return [*(line.strip(" ;.") for line in kept), "Lưu: VT"] if kept else ["Như trên", "Lưu: VT"]


def _signer(programme: Programme, by: Actor, day: dt.date) -> Actor:
    posts = Post.objects.filter(in_force(day), unit=programme.body_id).select_related("person")
    if posts.filter(person=by.id, rank__in=[Post.Rank.HEAD, Post.Rank.DEPUTY]).exists():
        return by
    head = posts.filter(rank=Post.Rank.HEAD).first()
    return Actor(head.person_id, head.person.name) if head else by


def _organ(programme: Programme, day: dt.date) -> str:
    version = versions_on(day).filter(unit=programme.body_id).first()
    return abbreviation(version.name, version.kind) if version else ""


def _provision(change: AmendmentChange) -> int:
    about = change.task or change.target
    return int(about.provision_id if about else (change.after or {})["provision"])


def _bare(words: str) -> str:
    """Words inside a sentence: one line, no closing sign, inner quotes told apart."""
    plain = " ".join(words.split()).rstrip(" .;,")
    return plain.replace("“", "‘").replace("”", "’")
