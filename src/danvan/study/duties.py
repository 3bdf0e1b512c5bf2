"""What study lays on a desk: my own reading, my unit's missing people, what the office decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.organisations import roles
from danvan.organisations.queries import names_on
from danvan.study import queries, reckoning
from danvan.study.actions.campaigns import newer_version
from danvan.study.models import Campaign, Exemption, StudyText
from danvan.ui import written

GROUP = gettext_lazy("Học tập")


def duties_of(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """Nothing is asked while no campaign is open; else a constant number of queries."""
    open_ones = list(Campaign.objects.filter(state=Campaign.State.OPEN).order_by("due_on"))
    if open_ones and actor.id is not None:
        units = actor.scopes(roles.MEMBER)
        found = reckoning.reckon(open_ones, today, units)
        yield from _own(actor, found)
        yield from _of_unit(actor, found, today)
    yield from _of_office(actor)


def _own(actor: Actor, found: reckoning.Reckoning) -> Iterator[Duty]:
    told = set()
    for unit, campaigns in found.asked.items():
        counted = found.rosters[unit].counted if unit in found.rosters else {}
        for campaign in campaigns:
            mine = actor.id in counted and not found.done.has(actor.id or 0, campaign)
            if not mine or campaign.pk in told:
                continue
            told.add(campaign.pk)
            yield Duty(
                title=_("Học tập: %s") % campaign.title,
                url=reverse("study:campaign", args=[campaign.pk]),
                kind="owed",
                due=campaign.due_on,
                why=_("Hạn của đợt học, theo %s.") % campaign.basis,
                whose=_("bạn"),
                group=str(GROUP),
            )


def _of_unit(actor: Actor, found: reckoning.Reckoning, today: dt.date) -> Iterator[Duty]:
    units = queries.acts_for(actor) & set(found.rosters)
    names = names_on(today, units) if len(units) > 1 else {}
    for unit in sorted(units):
        for campaign in found.asked.get(unit, []):
            tally = reckoning.reckon_one(found, unit, campaign)
            if not tally.missing:
                continue
            url = f"{reverse('study:missing', args=[campaign.pk])}?don_vi={unit}"
            done = written.rate(*tally.figures)
            title = _("%(n)d người chưa học: %(title)s") % {
                "n": len(tally.missing), "title": campaign.title,
            }  # fmt: skip
            yield Duty(
                title=f"{names[unit]} – {title}" if unit in names else title,
                url=url,
                kind="watch",
                due=campaign.due_on,
                why=_("Đơn vị mới đạt %s. Hạn của đợt học.") % done,
                whose=_("người của đơn vị"),
                group=str(GROUP),
            )


def _of_office(actor: Actor) -> Iterator[Duty]:
    kept = actor.scopes(roles.PROGRAMME_OFFICE)
    if not kept:
        return
    waiting = queries.exemptions_visible_to(actor).filter(state=Exemption.State.ASKED).count()
    if waiting:
        yield Duty(
            _("%d đề nghị miễn học chờ xem xét") % waiting, reverse("study:exemptions"),
            "waiting", None, _("Người được đề nghị vẫn tính vào mẫu số đến khi được miễn."),
            _("cơ quan thường trực"), str(GROUP),
        )  # fmt: skip
    texts = StudyText.objects.filter(
        campaign__state=Campaign.State.OPEN, campaign__body__in=kept, replaced_by__isnull=True,
        document__text_versions__isnull=False,
    )  # fmt: skip
    for text in (
        texts.select_related("document", "version")
        .prefetch_related("document__text_versions")
        .distinct()
    ):
        if newer_version(text):
            yield Duty(
                _("Văn bản đang học có lời văn mới: %s") % text.document.called,
                reverse("study:campaign", args=[text.campaign_id]), "waiting", None,
                _("Quyết định có phải học lại không; lời văn đang học đã không còn mới nhất."),
                _("cơ quan thường trực"), str(GROUP),
            )  # fmt: skip
