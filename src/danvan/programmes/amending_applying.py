"""What a change as read makes of a task or target: snapshot before → snapshot after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from danvan.organisations.audience import Audience
from danvan.programmes import amending_goals, recurring
from danvan.programmes import amending_words as words
from danvan.programmes.amending_clauses import NotTold, compiled
from danvan.programmes.amending_words import Move
from danvan.programmes.models import Deliverable, TaskParty
from vanban.model import Duty
from vanban.text import search_key

Json = dict[str, Any]
ROLES = {str(role.label): role.value for role in TaskParty.Role}


def moved(before: Json, moves: Sequence[Move], audience: Audience) -> Json:
    """The snapshot after every move. Raises NotTold where one does not fit."""
    after = dict(before)
    for move in moves:
        if "subject" in after:
            after = amending_goals.moved(after, move)
        else:
            after = _task_moved(after, move, audience)
    return after


def _task_moved(before: Json, move: Move, audience: Audience) -> Json:
    if move.what == "due":
        return due(before, move.new)
    if move.what == "text":
        return {**before, "text": move.new}
    if move.what == "deliverable":
        return {**before, "deliverable": deliverable(move.new)}
    if move.what in ("parties", "lead", "coordinate"):
        return {**before, "parties": _parties(before["parties"], move, audience)}
    if move.what == "phrase":
        return _phrase(before, move, audience)
    raise NotTold(_("nhiệm vụ không có mức hay giá trị để sửa"))


def due(before: Json, said: str) -> Json:
    """The task with another limit; its own words follow where they hold the old one."""
    rule = recurring.rule_of(said)
    found = words.limit(said)
    if not said:
        new: Json = {"due_on": None, "due_text": "", "due_wording": "", "due_rule": None}
    elif found is not None:
        day, text, wording = found
        wording = wording or before["due_wording"] or "by"
        new = {"due_on": day.isoformat(), "due_text": text[:200], "due_wording": wording,
               "due_rule": None}  # fmt: skip
    elif rule is not None:
        new = {"due_on": None, "due_text": said[:200], "due_wording": "period", "due_rule": rule}
    else:
        raise NotTold(_("không đọc được thời hạn “%s”") % said[:80])
    text = before["text"]
    if before["due_text"] and new["due_text"]:
        text = text.replace(before["due_text"], new["due_text"])
    return {**before, **new, "text": text}


def _phrase(before: Json, move: Move, audience: Audience) -> Json:
    """ "thay cụm từ “A” bằng cụm từ “B”": wherever A stands, in the words, the limit, the units."""
    after = dict(before)
    if move.old in before["text"]:
        after["text"] = before["text"].replace(move.old, move.new)
    limit = words.limit(move.old)
    if limit is not None and before["due_on"] == limit[0].isoformat():
        after = due({**before, "text": after["text"]}, move.new)
    if any(search_key(move.old) in search_key(p["written"]) for p in before["parties"]):
        after["parties"] = _parties(before["parties"], move, audience)
    if after == before:
        raise NotTold(_("không thấy “%s” trong nhiệm vụ này") % move.old[:80])
    return after


def _parties(parties: list[Json], move: Move, audience: Audience) -> list[Json]:
    """The parties with the new ones where the old stood; units found again from the words."""
    if move.what == "parties" and any(words_of(move.new)):
        stated = list(words_of(move.new))
        if all(role for _written, role in stated):
            return [party_of(role, written, audience) for written, role in stated]
    role = {"lead": "lead", "coordinate": "coordinate"}.get(move.what)
    made, put = [], False
    for party in parties:
        old = search_key(move.old)
        hit = (old in search_key(party["written"])) if old else party["role"] == role
        if not hit or (role and old and party["role"] != role):
            made.append(party)
            continue
        new = _swapped(party["written"], move)
        if new:
            made.append(party_of(party["role"], new, audience))
        put = True
    if not put and move.old:
        raise NotTold(_("không thấy “%s” trong các đơn vị thực hiện") % move.old[:80])
    if not put and move.new:
        made.append(party_of(role or "all", move.new, audience))
    return made


def _swapped(written: str, move: Move) -> str:
    if move.old and move.old in written:
        return written.replace(move.old, move.new).strip(" ,;")
    return move.new


def words_of(said: str) -> Iterator[tuple[str, str]]:
    """(name, role) of "Phòng Nội vụ chủ trì; Sở Du lịch phối hợp"; role "" where none is said."""
    for part in said.split(";"):
        name = part.strip(" .,")
        role = next((r for label, r in ROLES.items() if name.endswith(f" {label}")), "")
        label = next((lb for lb, r in ROLES.items() if r == role), "")
        if name:
            yield name.removesuffix(f" {label}") if role else name, role


def party_of(role: str, written: str, audience: Audience) -> Json:
    return {"role": role, "written": written, "units": sorted(audience.find(written).units)}


def deliverable(said: str) -> str:
    wanted = search_key(said)
    for value, label in Deliverable.choices:
        if search_key(str(label)) == wanted:
            return str(value)
    if not wanted:
        return str(Deliverable.NONE)
    raise NotTold(_("không có loại sản phẩm “%s”") % said[:80])


def rewritten(
    quote: str, above: Sequence[str], befores: Sequence[Json], audience: Audience
) -> list[Json]:
    """A clause written anew: as many tasks (or targets) as it had, paired in order.

    Raises NotTold where the new words hold another number of them.
    """
    document, start = compiled(quote, above)
    if "subject" in befores[0]:
        return amending_goals.paired(document, start, befores)
    duties = [d for d in document.duties if d.span.start >= start]
    if len(duties) != len(befores):
        raise NotTold(_("lời văn mới có %(n)d nhiệm vụ, mục này có %(m)d")
                      % {"n": len(duties), "m": len(befores)})  # fmt: skip
    return [
        {**before, **of_duty(duty, audience), "provision": before["provision"]}
        for before, duty in zip(befores, duties, strict=True)
    ]


def added(
    text: str, quote: str, above: Sequence[str], audience: Audience
) -> Iterator[tuple[Json, float, str]]:
    """(snapshot without its clause, confidence, reason) of each task a passage adds."""
    if not quote:
        raise NotTold(_("không thấy lời văn của nhiệm vụ bổ sung"))
    if stated := _stated(text, quote, audience):
        yield stated, 0.9, ""
        return
    document, start = compiled(quote, above)
    duties = [d for d in document.duties if d.span.start >= start]
    if not duties:
        raise NotTold(_("lời văn bổ sung không nêu ai phải làm gì"))
    for duty in duties:
        yield of_duty(duty, audience), min(0.8, duty.evidence.confidence), duty.evidence.reason


def _stated(text: str, quote: str, audience: Audience) -> Json | None:
    """ "Bổ sung nhiệm vụ vào mục 2: “…”; đơn vị thực hiện: …; thời hạn: …; sản phẩm: …"."""
    rest = text[text.find(f"“{quote}”") + len(quote) + 2 :]
    cut = re.split(r";\s*(đơn vị thực hiện|thời hạn|sản phẩm):\s*", rest.strip(" ."))
    held = dict(zip(cut[1::2], cut[2::2], strict=False))
    if "đơn vị thực hiện" not in held:
        return None
    made: Json = {
        "text": quote, "due_on": None, "due_text": "", "due_wording": "", "due_rule": None,
        "deliverable": deliverable(held["sản phẩm"]) if "sản phẩm" in held else "none",
        "parties": [
            party_of(role or "all", written, audience)
            for written, role in words_of(held["đơn vị thực hiện"])
        ],
    }  # fmt: skip
    return due(made, held["thời hạn"]) if "thời hạn" in held else made


def of_duty(duty: Duty, audience: Audience) -> Json:
    """A duty as the compiler found it, as a snapshot without its clause."""
    limit = duty.due
    rule = recurring.rule_of(limit.text) if limit and not limit.date else None
    return {
        "text": duty.text,
        "due_on": limit.date.isoformat() if limit and limit.date else None,
        "due_text": limit.text[:200] if limit else "",
        "due_wording": limit.wording if limit else "",
        "due_rule": rule,
        "deliverable": duty.deliverable or str(Deliverable.NONE),
        "parties": [party_of(p.role, p.name[:300], audience) for p in duty.parties],
    }
