"""Preparing a campaign, opening it, exchanging a text, closing it, forgetting traces."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.models import Document, TextVersion
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations import audience as addressed
from danvan.organisations.models import Unit
from danvan.study import paging, rules
from danvan.study.models import Attendance, Campaign, PageSeen, QuizTry, StudyText


@action("study.campaign.draft", may=rules.may_keep, says=gettext_lazy("lập đợt học tập"))
def draft(
    body: Unit,
    *,
    title: str,
    basis: str,
    due_on: dt.date,
    keep_until: dt.date,
    way: str = Campaign.Way.EITHER,
    audience: str = "",
    units: Collection[int] = (),
    programme: Any = None,
    quiz_size: int = 0,
    quiz_pass: int = 0,
    by: Actor,
) -> Campaign:
    """A campaign being prepared. ``audience``: whom the plan addresses, as it writes them."""
    if Campaign.objects.filter(body=body, title=title.strip(), due_on=due_on).exists():
        raise Refused(already(_("Đợt học cùng tên, cùng hạn đã được lập.")))
    campaign = Campaign.objects.create(
        body=body, programme=programme, title=title.strip(), basis=basis.strip(), way=way,
        due_on=due_on, keep_until=keep_until, audience=audience.strip(), quiz_size=quiz_size,
        quiz_pass=quiz_pass,
    )  # fmt: skip
    campaign.units.set(_meant(campaign, units))
    record(campaign, concerns=body.pk, due=due_on, basis=campaign.basis)
    return campaign


@action("study.campaign.edit", may=rules.may_edit, says=gettext_lazy("sửa đợt học tập"))
def edit(campaign: Campaign, *, units: Collection[int], by: Actor, **values: Any) -> Campaign:
    """Changes what is still being prepared."""
    before = {name: getattr(campaign, name) for name in values}
    for name, value in values.items():
        setattr(campaign, name, value)
    campaign.save()
    campaign.units.set(_meant(campaign, units))
    title = [before.get("title"), campaign.title]
    record(campaign, concerns=campaign.body_id, title=title, due=campaign.due_on)
    return campaign


@action("study.campaign.open", may=rules.may_open, says=gettext_lazy("mở đợt học tập"))
def open_campaign(campaign: Campaign, *, by: Actor) -> Campaign:
    """From now on people are asked; the audience and its units are fixed."""
    campaign.state, campaign.opened_at = Campaign.State.OPEN, clock.now()
    campaign.save(update_fields=["state", "opened_at"])
    for unit in campaign.units.values_list("pk", flat=True):
        record(campaign, concerns=unit, due=campaign.due_on)
    return campaign


@action("study.campaign.close", may=rules.may_close, says=gettext_lazy("kết thúc đợt học tập"))
def close(campaign: Campaign, *, by: Actor) -> Campaign:
    """Nothing is counted any more; open check-ins end."""
    campaign.state, campaign.closed_at = Campaign.State.CLOSED, clock.now()
    campaign.save(update_fields=["state", "closed_at"])
    running = campaign.sessions.filter(opened_at__isnull=False, closed_at__isnull=True)
    running.update(closed_at=clock.now(), closed_by=by.name[:200])
    record(campaign, concerns=campaign.body_id)
    return campaign


@action("study.text.add", may=rules.may_edit, says=gettext_lazy("thêm tài liệu học tập"))
def add_text(campaign: Campaign, *, document: Document, by: Actor) -> StudyText:
    """The document as it reads today. Refused without words: nobody could read it on a phone."""
    if campaign.texts.filter(document=document).exists():
        raise Refused(already(_("Văn bản này đã có trong đợt học.")))
    text = _text(campaign, document, _version_today(document))
    text.order = campaign.texts.count()
    text.save()
    record(campaign, concerns=campaign.body_id, document=document.called)
    return text


@action("study.text.remove", may=rules.may_edit, says=gettext_lazy("bỏ tài liệu học tập"))
def remove_text(campaign: Campaign, *, text: int, by: Actor) -> None:
    held = campaign.texts.filter(pk=text).select_related("document").first()
    if held is None:
        raise Refused(already(_("Tài liệu này đã được bỏ rồi.")))
    record(campaign, concerns=campaign.body_id, document=held.document.called)
    held.delete()


@action("study.text.renew", may=rules.may_renew, says=gettext_lazy("đưa lời văn mới vào đợt học"))
def renew(
    text: StudyText, *, version: TextVersion, renewed: bool, reason: str, by: Actor
) -> StudyText:
    """A newer version takes the text's place. ``renewed``: everybody is asked again."""
    if version.document_id != text.document_id:
        raise Refused(refuse(_("Lời văn này là của văn bản khác.")))
    if text.version and version.valid_from <= text.version.valid_from:
        raise Refused(refuse(_("Lời văn này không mới hơn lời văn đang học.")))
    if not reason.strip():
        raise Refused(refuse(_("Ghi lý do phải học lại hoặc không phải học lại.")))
    newer = _text(text.campaign, text.document, version)
    newer.order, newer.replaces = text.order, text
    newer.renewed, newer.reason = renewed, reason.strip()
    newer.save()
    for unit in text.campaign.units.values_list("pk", flat=True):
        record(newer, concerns=unit, reason=newer.reason, valid_from=version.valid_from)
    return newer


@action("study.campaign.forget", may=rules.may_forget, says=gettext_lazy("xóa dấu vết đọc"))
def forget(campaign: Campaign, *, by: Actor) -> Campaign:
    """Pages seen, answers and marks of devices go; who attended and acknowledged stays."""
    pages = PageSeen.objects.filter(text__campaign=campaign).delete()[0]
    for row in QuizTry.objects.filter(campaign=campaign).exclude(answers={}):
        row.answers = {}
        row.save(update_fields=["answers"])
    Attendance.objects.filter(session__campaign=campaign).update(device="")
    campaign.forgotten_at = clock.now()
    campaign.save(update_fields=["forgotten_at"])
    record(campaign, concerns=campaign.body_id, records=pages)
    return campaign


def newer_version(text: StudyText) -> TextVersion | None:
    """A version in force by today that is newer than the one studied."""
    newest = _version_today(text.document)
    if newest is None or newest.pk == text.version_id:
        return None
    held = text.version
    return newest if held is None or newest.valid_from > held.valid_from else None


def _version_today(document: Document) -> TextVersion | None:
    # In Python: a page of many texts prefetches the versions.
    held = [v for v in document.text_versions.all() if v.valid_from <= clock.today()]
    return max(held, key=lambda version: version.valid_from, default=None)


def _text(campaign: Campaign, document: Document, version: TextVersion | None) -> StudyText:
    words = version.text if version else document.text
    if not words.strip():
        raise Refused(
            refuse(_("Văn bản này chưa có toàn văn trong sổ; nhập toàn văn rồi mới đưa vào học."))
        )
    return StudyText(
        campaign=campaign, document=document, version=version, sha256=paging.sha256(words),
        pages=len(paging.pages(words)), taken_at=clock.now(),
    )  # fmt: skip


def _meant(campaign: Campaign, units: Collection[int]) -> set[int]:
    """The units chosen, and those the words mean today."""
    words = campaign.audience
    named = addressed.resolve(words, campaign.body, clock.today()) if words else set()
    return set(units) | named
