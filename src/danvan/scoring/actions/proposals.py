"""Keeping drafts, opinions that differ, and the numbered letter that puts a result forward."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.actions.issuing import issue
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.queries import person_of
from danvan.scoring import proposal_documents
from danvan.scoring.models import DraftRanking, MinorityNote, Proposal, Round, Sheet
from danvan.scoring.queries import chairman, progress
from danvan.scoring.queries.drafts import draft
from danvan.scoring.rules import rankings as rules


@action("scoring.draft.keep", may=rules.may_take_draft, says=gettext_lazy("lưu bản dự thảo"))
def keep_draft(round: Round, *, occasion: str, by: Actor) -> DraftRanking:
    """Keeps the standings of this moment, to tell later what changed since."""
    if not occasion.strip():
        raise Refused(refuse(_("Phải ghi dịp lưu bản dự thảo.")))
    kept = kept_now(round, occasion.strip(), by)
    record(round, concerns=round.programme.body_id, occasion=kept.occasion, units=len(kept.lines))
    return kept


def kept_now(round: Round, occasion: str, by: Actor) -> DraftRanking:
    """Inside an act: the draft as it stands."""
    lines = chairman.as_lines(draft(round))
    return DraftRanking.objects.create(
        round=round, taken_at=clock.now(), taken_by=person_of(by), occasion=occasion[:200],
        lines=lines,
    )  # fmt: skip


@action("scoring.note.write", may=rules.may_note, says=gettext_lazy("ghi ý kiến khác"))
def note(sheet: Sheet, *, text: str, by: Actor) -> MinorityNote:
    """A verifying office holds another opinion on a unit's result; it stays beside the draft."""
    if not text.strip():
        raise Refused(refuse(_("Phải ghi ý kiến.")))
    made = MinorityNote.objects.create(
        sheet=sheet, office_id=rules.noting_offices(by, sheet.round)[0], text=text.strip(),
        made_at=clock.now(), made_by=person_of(by),
    )  # fmt: skip
    record(sheet, concerns=sheet.unit_id, reason=made.text, office=str(made.office))
    return made


@action(
    "scoring.proposal.issue",
    may=rules.may_issue_proposal,
    says=gettext_lazy("ký tờ trình kết quả xếp loại"),
)
def issue_proposal(round: Round, *, by: Actor) -> Proposal:
    """Numbers and keeps the letter (tờ trình) on the draft as it stands; the draft is kept too."""
    if lacking := progress.lacking_for_settling(round):
        raise Refused(refuse(lacking))
    parts = proposal_documents.parts_of(round, draft(round, clock.today()), by)
    document = issue(parts.office, **proposal_documents.for_issuing(parts), by=by)
    made = Proposal.objects.create(
        round=round, document=document, made_at=clock.now(), made_by=person_of(by),
        draft=kept_now(round, _("Tờ trình %s") % document.code, by),
    )  # fmt: skip
    record(round, concerns=round.programme.body_id, document=document.code)
    return made
