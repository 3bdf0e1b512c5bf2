"""Planning what is told, registering what came up, recording where it hung."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy import disclosing
from danvan.democracy.models import (
    Disclosure,
    DisclosureItem,
    DisclosurePlan,
    Matter,
    Posting,
    QuarterlyList,
)
from danvan.democracy.queries import disclosure as queries
from danvan.democracy.queries import matters
from danvan.democracy.rules import disclosure as rules
from danvan.documents.queries import known
from danvan.kernel import clock, files
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.kernel.calendar import Calendar
from danvan.organisations.models import Unit


@action(
    "democracy.disclosure_plan.make",
    may=rules.may_plan,
    says=gettext_lazy("lập kế hoạch công khai"),
)
def make_plan(unit: Unit, *, year: int, by: Actor) -> DisclosurePlan:
    """The unit's plan of a year, with the catalogue's items for its kind. Once a year."""
    if DisclosurePlan.objects.filter(unit=unit, year=year).exists():
        raise Refused(already(_("Kế hoạch công khai năm %d đã có.") % year))
    day = queries.day_in(year)
    group = matters.GROUP_OF_KIND.get(queries.kind_of(unit, day))  # type: ignore[call-overload]
    held = matters.of_year(year, group) if group else []
    if group and not held:
        raise Refused(refuse(_("Chưa có danh mục luật định cho năm %d.") % year))
    plan = DisclosurePlan.objects.create(
        unit=unit, body=queries.body_of(unit, day), year=year, made_at=clock.now(),
        made_by_id=by.id,
    )  # fmt: skip
    DisclosureItem.objects.bulk_create(
        DisclosureItem(plan=plan, matter=m, order=m.order, title=m.name) for m in held
    )
    record(plan, concerns=unit.pk, year=year, rows=len(held))
    return plan


@action(
    "democracy.disclosure_item.add",
    may=rules.may_change_plan,
    says=gettext_lazy("thêm nội dung vào kế hoạch công khai"),
)
def add_item(plan: DisclosurePlan, *, matter: Matter, title: str, by: Actor) -> DisclosureItem:
    """What the unit's own regulation asks to be told, under the line of the law it goes with."""
    if plan.items.filter(title=title).exists():
        raise Refused(already(_("Nội dung này đã có trong kế hoạch.")))
    item = plan.items.create(matter=matter, order=matter.order, title=title)
    record(item, concerns=plan.unit_id, title=title)
    return item


@action(
    "democracy.disclosure_item.settle",
    may=rules.may_register,
    says=gettext_lazy("ghi phụ trách, phát sinh của nội dung công khai"),
)
def settle_item(
    item: DisclosureItem, *, person: int | None = None, not_arising: str = "", by: Actor
) -> DisclosureItem:
    """Who sees to it; or why nothing of it came up this year ("" takes that back)."""
    if not_arising and item.disclosures.exists():
        raise Refused(refuse(_("Đã có lần công khai nên không ghi “không phát sinh”.")))
    before = {"person": str(item.person or ""), "not_arising": item.not_arising}
    item.person_id, item.not_arising = person, not_arising.strip()
    item.save(update_fields=["person", "not_arising"])
    item = DisclosureItem.objects.select_related("person").get(pk=item.pk)
    after = {"person": str(item.person or ""), "not_arising": item.not_arising}
    changed = {k: [before[k], after[k]] for k in after if before[k] != after[k]}
    record(item, concerns=item.plan.unit_id, reason=item.not_arising, **changed)
    return item


@action(
    "democracy.disclosure.register",
    may=rules.may_register,
    says=gettext_lazy("đăng ký nội dung phải công khai"),
)
def register(
    item: DisclosureItem,
    *,
    title: str,
    decided_on: dt.date,
    document_code: str = "",
    file: UploadedFile | None = None,
    names_people: bool = False,
    by: Actor,
) -> Disclosure:
    """A decision or paper that has to be told, with the last day counted from it."""
    made = _registered(item, title, decided_on, document_code, file, names_people, None, by)
    if item.not_arising:
        item.not_arising = ""
        item.save(update_fields=["not_arising"])
    return made


@action(
    "democracy.disclosure.replace",
    may=rules.may_replace,
    says=gettext_lazy("công khai lại khi nội dung thay đổi"),
)
def replace(
    disclosure: Disclosure,
    *,
    title: str,
    decided_on: dt.date,
    document_code: str = "",
    file: UploadedFile | None = None,
    names_people: bool = False,
    by: Actor,
) -> Disclosure:
    """The changed content, with a clock of its own; the one before stays readable."""
    if decided_on < disclosure.decided_on:
        raise Refused(refuse(_("Văn bản mới không thể có trước văn bản nó thay.")))
    return _registered(
        disclosure.item, title, decided_on, document_code, file, names_people, disclosure, by
    )


def _registered(
    item: DisclosureItem,
    title: str,
    decided_on: dt.date,
    document_code: str,
    file: UploadedFile | None,
    names_people: bool,
    replaces: Disclosure | None,
    by: Actor,
) -> Disclosure:
    matter = matters.version_of(item.matter, decided_on)
    due = disclosing.due_of(matter, decided_on, Calendar())
    made = Disclosure.objects.create(
        item=item, matter=matter, subject=title, decided_on=decided_on, due_on=due,
        document=known(document_code, decided_on) if document_code else None,
        document_code=document_code, names_people=names_people, replaces=replaces,
        file=files.store(file) if file else None, file_name=(file.name or "") if file else "",
        registered_at=clock.now(), registered_by_id=by.id,
    )  # fmt: skip
    record(
        made, concerns=item.plan.unit_id, title=item.title, code=document_code,
        day=decided_on, due_on=due,
    )  # fmt: skip
    return made


@action("democracy.posting.add", may=rules.may_post, says=gettext_lazy("ghi việc công khai"))
def post(
    disclosure: Disclosure,
    *,
    form: str,
    place: str,
    posted_from: dt.date,
    posted_to: dt.date | None = None,
    proof: UploadedFile | None = None,
    by: Actor,
) -> Posting:
    """That it was told, where and since when, with the photo if there is one."""
    if posted_from > clock.today():
        raise Refused(refuse(_("Chưa đến ngày này nên chưa thể đã công khai.")))
    if disclosure.postings.filter(form=form, place=place, posted_from=posted_from).exists():
        raise Refused(already(_("Lần công khai này đã được ghi.")))
    posting = disclosure.postings.create(
        form=form, place=place, posted_from=posted_from, posted_to=posted_to,
        proof=files.store(proof) if proof else None,
        proof_name=(proof.name or "")[:200] if proof else "",
        recorded_at=clock.now(), recorded_by_id=by.id,
    )  # fmt: skip
    record(disclosure, concerns=disclosure.item.plan.unit_id, **disclosing.facts_of(posting))
    return posting


@action(
    "democracy.posting.take_down", may=rules.may_take_down, says=gettext_lazy("ghi việc gỡ xuống")
)
def take_down(posting: Posting, *, posted_to: dt.date, reason: str = "", by: Actor) -> Posting:
    """The last day it was there; before the law's days are over the reason is asked."""
    matter = posting.disclosure.matter
    until = disclosing.stays_until(posting, matter)
    if not posting.posted_from <= posted_to <= clock.today():
        raise Refused(refuse(_("Ngày gỡ phải từ ngày công khai đến hôm nay.")))
    if until and posted_to < until and not reason.strip():
        raise Refused(refuse(_("Gỡ trước khi đủ ngày luật định thì phải ghi lý do.")))
    posting.posted_to = posted_to
    posting.save(update_fields=["posted_to"])
    unit = posting.disclosure.item.plan.unit_id
    facts = disclosing.facts_of(posting)
    record(posting.disclosure, concerns=unit, reason=reason.strip(), **facts)
    return posting


@action("democracy.posting.correct", may=rules.may_correct, says=gettext_lazy("đính chính"))
def correct(
    posting: Posting,
    *,
    values: Mapping[str, Any],
    proof: UploadedFile | None = None,
    reason: str,
    by: Actor,
) -> Posting:
    """Changes what was recorded; what it said stays in the history with the reason."""
    if not reason.strip():
        raise Refused(refuse(_("Ghi lý do đính chính.")))
    before = disclosing.facts_of(posting) | {"file": posting.proof_name}
    for name, value in values.items():
        setattr(posting, name, value)
    if posting.posted_to and posting.posted_to < posting.posted_from:
        raise Refused(refuse(_("Ngày gỡ không thể trước ngày công khai.")))
    if posting.posted_from > clock.today():
        raise Refused(refuse(_("Chưa đến ngày này nên chưa thể đã công khai.")))
    if proof:
        posting.proof, posting.proof_name = files.store(proof), (proof.name or "")[:200]
    after = disclosing.facts_of(posting) | {"file": posting.proof_name}
    changed = {k: [before[k], after[k]] for k in after if before[k] != after[k]}
    if not changed:
        raise Refused(refuse(_("Không có gì khác với điều đang ghi.")))
    posting.save()
    unit = posting.disclosure.item.plan.unit_id
    record(posting.disclosure, concerns=unit, reason=reason.strip(), **changed)
    return posting


@action(
    "democracy.quarterly_list.post",
    may=rules.may_change_plan,
    says=gettext_lazy("ghi việc niêm yết danh sách quý"),
)
def post_list(
    plan: DisclosurePlan,
    *,
    quarter: int,
    posted_on: dt.date,
    place: str,
    proof: UploadedFile | None = None,
    by: Actor,
) -> QuarterlyList:
    """That the list of the quarter was posted (Luật 10/2022/QH15, Điều 13 khoản 2). Once."""
    if plan.quarterly_lists.filter(quarter=quarter).exists():
        raise Refused(already(_("Danh sách quý %d đã được ghi là đã niêm yết.") % quarter))
    if not queries.days_of(plan.year, quarter)[0] <= posted_on <= clock.today():
        raise Refused(refuse(_("Ngày niêm yết phải từ đầu quý đến hôm nay.")))
    made = plan.quarterly_lists.create(
        quarter=quarter, posted_on=posted_on, place=place,
        proof=files.store(proof) if proof else None,
        proof_name=(proof.name or "")[:200] if proof else "",
    )  # fmt: skip
    record(plan, concerns=plan.unit_id, kind=_("quý %d") % quarter, day=posted_on, place=place)
    return made
