"""From a sent file to a draft's findings: ``vanban`` reads, this maps. Writes nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

import vanban
from danvan.kernel import clock, facts
from danvan.programmes import binding, carrying, matching, recurring, shapes
from danvan.programmes.models import Deliverable, Draft, Finding
from vanban.errors import ReadingError
from vanban.model import Citation, Document, Duty, Span, Target
from vanban.text import search_key

# What a programme can be made of (search keys of the type).
PLANS = ("ke hoach", "chuong trinh")
_YEAR = re.compile(r"\bnăm\s+(20\d\d)\b", re.IGNORECASE)
# Sure enough to be accepted together with the others of its kind, after a look.
SURE = Decimal("0.80")


class NotAPlan(ReadingError):
    """A document was read, but it is of another type or asks nobody to do anything."""

    message = "Văn bản này không phải là kế hoạch."


@dataclass(frozen=True, slots=True)
class Compiled:
    """A plan as read: the document and the year it is for."""

    document: Document
    year: int
    year_from: str

    @property
    def provisions(self) -> list[dict[str, object]]:
        return [
            {
                "marker": p.marker,
                "path": p.path,
                "depth": p.depth,
                "heading": p.heading,
                "parent": p.parent,
                "text": p.text,
                "start": p.span.start,
                "end": p.span.end,
            }
            for p in self.document.provisions
        ]


def compile_plan(file: UploadedFile) -> Compiled:
    """Reads the file. Raises ReadingError (with a Vietnamese sentence) when it is no plan."""
    file.seek(0)
    document = vanban.read(file.read(), file.name or "")
    file.seek(0)
    return compiled(document)


def compiled(document: Document) -> Compiled:
    """A read document as a plan, or NotAPlan saying what it is instead."""
    kind = document.header.type
    if kind and not search_key(kind).startswith(PLANS):
        raise NotAPlan(_("Văn bản này là %(type)s, không phải kế hoạch.") % {"type": kind})
    if not document.duties:
        raise NotAPlan(_("Không tìm thấy nhiệm vụ nào trong văn bản nên không lập chương trình."))
    if found := _YEAR.search(document.header.subject or ""):
        return Compiled(
            document, int(found[1]), _("trích yếu ghi “%(words)s”") % {"words": found[0]}
        )
    if document.header.date:
        return Compiled(document, document.header.date.year, _("theo ngày ban hành"))
    return Compiled(document, clock.today().year, _("văn bản không ghi năm; lấy năm hiện tại"))


def findings(compiled: Compiled, draft: Draft) -> list[Finding]:
    """Every finding of the reading, unsaved, in the order of the text: two queries."""
    document = compiled.document
    made = [
        *_headers(compiled),
        *_tasks(document, draft),
        *(_target(target) for target in document.targets),
        *(_citation(citation, document) for citation in document.citations),
    ]
    counts: dict[str, int] = {}
    for finding in made:
        finding.draft = draft
        finding.order = counts.setdefault(finding.kind, 0)
        finding.reason = finding.reason[:300]
        counts[finding.kind] += 1
    return made


def _headers(compiled: Compiled) -> Iterator[Finding]:
    """The components found; a required one that is missing waits to be filled in."""
    header, text = compiled.document.header, compiled.document.text
    code = f"{header.number or ''}/{header.symbol}" if header.symbol else None
    if header.symbol and header.number and f"{header.number}-{header.symbol}" in text:
        code = f"{header.number}-{header.symbol}"
    values: dict[str, str | int | list[str] | None] = {
        "code": code,
        "type": header.type,
        "subject": header.subject,
        "issuer": header.issuer,
        "date": header.date.isoformat() if header.date else None,
        "year": compiled.year,
        "signer": header.signer,
        "signer_position": header.signer_position,
        "recipients": list(header.recipients),
    }
    spans = {**header.spans, "code": header.spans.get("number")}
    for name, value in values.items():
        if not value and not shapes.HEADER[name].required:
            continue
        span = spans.get(name) or _locate(value, text)
        confidence, reason = "0.95", _("đọc ở phần thể thức của văn bản")
        if name == "year":
            confidence, reason = "0.90", compiled.year_from
        elif not value:
            confidence, reason = "0", _("không thấy trong văn bản")
        elif name == "code" and not header.number:
            confidence, reason = "0.30", _("văn bản để trống số")
        elif span is None:
            confidence, reason = "0.60", _("suy từ nội dung, không có ở phần đầu")
        yield Finding(
            kind=Finding.Kind.HEADER,
            start=span.start if span else 0,
            end=span.end if span else 0,
            confidence=Decimal(confidence),
            reason=reason,
            found=shapes.Header(name, value).as_json(),
        )


def _locate(value: object, text: str) -> Span | None:
    """Where the words stand, whatever breaks or marks lie between them."""
    if not isinstance(value, str) or not value:
        return None
    pattern = r"[\s*_#.,]+".join(re.escape(word) for word in re.findall(r"[^\s*_#.,]+", value))
    found = re.search(pattern, text, re.IGNORECASE) if pattern else None
    return Span(*found.span()) if found else None


def _tasks(document: Document, draft: Draft) -> Iterator[Finding]:
    """Each with the task of last year it takes up and those of the superior it carries out."""
    before = matching.Texts(
        (
            (task.pk, task.text.replace(task.due_text, " "))
            for task in draft.previous.tasks.filter(removed_from=None)
        )
        if draft.previous
        else ()
    )
    above = matching.Texts((f.pk, f.value["text"]) for f in (carrying.asked_of(draft.superior)))
    previous = matching.once_each([before.nearest(_bare(duty)) for duty in document.duties])
    for duty, taken_up in zip(document.duties, previous, strict=True):
        carries = above.near(duty.text, most=1)
        yield _task(duty, taken_up, carries)


def _bare(duty: Duty) -> str:
    """What is to be done, without when: a deadline must not keep two years' texts apart."""
    return duty.text.replace(duty.due.text, " ") if duty.due else duty.text


def _task(duty: Duty, previous: int | None, superior: list[int]) -> Finding:
    due = duty.due
    shape = shapes.Task(
        text=duty.text,
        parties=[shapes.Party(party.role, party.name[:300]) for party in duty.parties],
        due_on=due.date if due else None,
        due_wording=due.wording if due else "",
        due_text=due.text[:200] if due else "",
        deliverable=duty.deliverable or Deliverable.NONE,
        due_rule=recurring.rule_of(due.text) if due and not due.date else None,
        previous=previous,
        superior=superior,
    )
    return _finding(
        shape, duty.provision, duty.span, duty.evidence.confidence, duty.evidence.reason
    )


def _target(target: Target) -> Finding:
    shape = shapes.Target(
        subject=target.subject,
        value=target.value,
        comparator=target.comparator,
        unit=(target.unit or "")[:40],
        **proposed_measure(target.subject, target.comparator),
    )
    evidence = target.evidence
    return _finding(shape, target.provision, target.span, evidence.confidence, evidence.reason)


def _citation(citation: Citation, document: Document) -> Finding:
    places = [(span.start, span.end, _provision_at(document, span)) for span in citation.spans]
    shape = shapes.Citation(
        type=citation.type or "",
        code=citation.number or "",
        date=citation.date,
        issuer=citation.issuer or "",
        text=citation.text,
        places=places,
    )
    evidence = citation.evidence
    return _finding(shape, places[0][2], citation.spans[0], evidence.confidence, evidence.reason)


def _provision_at(document: Document, span: Span) -> int | None:
    """The provision whose own words hold the place; None for the header."""
    starts = [p.span.start for p in document.provisions]
    index = bisect_right(starts, span.start) - 1
    if index >= 0 and span.start < document.provisions[index].span.end:
        return index
    return None


def _finding(
    shape: shapes.Shape, provision: int | None, span: Span, confidence: float, reason: str
) -> Finding:
    return Finding(
        kind=shape.kind,
        provision=provision,
        start=span.start,
        end=span.end,
        confidence=Decimal(str(confidence)).quantize(Decimal("0.01")),
        reason=reason,
        found=shape.as_json(),
    )


def proposed_measure(subject: str, comparator: str) -> dict[str, Any]:
    """What may measure a target that says this: values for the fields of its measure."""
    bound = binding.suggested(subject)
    fact = bound.fact or ("" if bound.formula else suggested_fact(subject))
    return {
        "fact": fact,
        "formula": "" if fact else bound.formula,
        "inputs": {} if fact else dict(bound.inputs),
        "unit_fact": bound.unit_fact,
        "unit_floor": bound.unit_floor,
        "direction": bound.direction or ("down" if comparator[:1] == "<" else "up"),
    }


def suggested_fact(subject: str) -> str:
    """The fact about a programme whose label shares most words with the target, if nearly all.

    A proposal only: the reviewer sees it and chooses.
    """
    words = set(search_key(subject).split())
    best, code = Decimal("0.79"), ""
    for fact in facts.REGISTRY.values():
        if fact.about != "programme":
            continue
        label = set(search_key(str(fact.label)).split())
        share = Decimal(len(label & words)) / len(label)
        if share > best:
            best, code = share, fact.code
    return code
