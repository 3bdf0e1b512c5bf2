"""A ``Document`` as the JSON object of labelled documents, printed by ``vanban read --json``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from vanban.layout import clean
from vanban.model import Document, Duty, Party, Span
from vanban.text import squeeze

_WORDS = 12


def _start(text: str, words: int = _WORDS) -> str:
    return " ".join(text.split()[:words])


def _names(document: Document, parties: Sequence[Party]) -> str:
    """The units as one list, joined as the text joins them where they stand side by side."""
    text, seen = "", []
    last: Party | None = None
    for party in parties:
        if party.name in seen:
            continue
        joint = "; "
        if last and last.span and party.span and 0 < party.span.start - last.span.end < 12:
            between = squeeze(re.sub(r"[*_]", "", document.text[last.span.end : party.span.start]))
            if re.fullmatch(r"[;,]?\s*(?:và|hoặc)?", between):
                joint = (
                    f" {between} "
                    if between[-1:].isalpha() and between[0].isalpha()
                    else f"{between} "
                )
        text = text + joint + party.name if text else party.name
        seen.append(party.name)
        last = party
    return text


def _clean(document: Document, span: Span) -> str:
    return clean(document.text.replace("\n", " "), span.start, span.end).text


def _owners(duty: Duty) -> list[Party]:
    """Those who owe the duty itself: units merely to be cooperated with are left out."""
    return [party for party in duty.parties if party.how != "partner"]


def as_gold(document: Document) -> dict[str, Any]:
    """The document in the schema of the labelled documents; extra keys carry spans and reasons."""
    header = document.header
    return {
        "header": {
            "number": header.number,
            "symbol": header.symbol,
            "type": header.type,
            "issuer": header.issuer,
            "superior": header.superior,
            "place": header.place,
            "date": header.date.isoformat() if header.date else None,
            "title": header.subject,
            "signer": header.signer,
            "signer_position": header.signer_position,
            "authority": header.authority,
            "recipients": list(header.recipients),
            "issuers": list(header.issuers),
            "signers": [
                {"name": s.name, "position": s.position, "authority": s.authority}
                for s in header.signers
            ],
        },
        "sections": [
            {"marker": p.marker, "depth": p.depth, "starts": _start(p.text), "path": p.path}
            for p in document.provisions
            if p.heading
        ],
        "citations": [
            {
                "text": c.text,
                "type": c.type,
                "number": c.number,
                "date": c.date.isoformat() if c.date else None,
                "issuer": c.issuer,
                "relation": c.relation,
                "times": len(c.spans),
                "confidence": c.evidence.confidence,
            }
            for c in document.citations
        ],
        "deadlines": _deadlines(document),
        "targets": [
            {
                "value": None
                if t.value is None
                else float(t.value)
                if t.value % 1
                else int(t.value),
                "unit": t.unit,
                "comparator": t.comparator,
                "subject": t.subject,
                "starts": _start(_clean(document, t.span)),
                "period": t.period,
                "confidence": t.evidence.confidence,
            }
            for t in document.targets
        ],
        "assignments": _assignments(document),
        "warnings": list(document.warnings),
    }


def _deadlines(document: Document) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    seen = set()
    for duty in document.duties:
        due = duty.due
        if due is None:
            continue
        owners = _owners(duty)
        leads = [p for p in owners if p.role != "coordinate"] or owners
        entry: dict[str, Any] = {
            "starts": _start(duty.text),
            "unit": _names(document, leads) or None,
            "text": due.text,
            "wording": due.wording,
            "deliverable": duty.deliverable,
            "confidence": duty.evidence.confidence,
        }
        if due.date:
            entry["date"] = due.date.isoformat()
        else:
            entry["rule"] = due.rule
        key = (due.span, entry["unit"], entry["starts"])
        if key not in seen:
            seen.add(key)
            found.append(entry)
    return found


def _assignments(document: Document) -> list[dict[str, Any]]:
    """One entry per passage and unit: the clauses of one passage are one assignment."""
    found: list[dict[str, Any]] = []
    seen = set()
    for duty in document.duties:
        groups: dict[tuple[str, str], list[Party]] = {}
        for party in _owners(duty):
            groups.setdefault((party.role, party.how), []).append(party)
        for (role, how), group in groups.items():
            unit = _names(document, group)
            first = group[0].span
            # a row of a table is a passage; so is a clause with its own subject
            place = first.start if first and how in ("subject", "addressee") else 0
            key = (duty.provision, re.sub(r"\W+", " ", unit).lower(), role, place)
            if key in seen:
                continue
            seen.add(key)
            found.append(
                {
                    "unit": unit,
                    "role": role,
                    "starts": _start(duty.text, 24 if how == "field" else _WORDS),
                    "confidence": duty.evidence.confidence,
                }
            )
    return found
