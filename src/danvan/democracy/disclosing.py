"""How a disclosure stands on a day against the catalogue: dates, warnings, each with its why.

Pure: it reads what was loaded and asks the database nothing. A rule of any confidence warns.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from danvan.democracy.models import Disclosure, DisclosureItem, Matter, Posting
from danvan.kernel.calendar import ONE_DAY, Calendar
from danvan.ui import written

# Before this day other instruments governed, whose limits were not read (data/README.md).
REGIME_FROM = dt.date(2023, 7, 1)
SOON = dt.timedelta(days=3)
Kind = Literal["late", "overdue", "early", "renew", "short", "form", "personal", "soon"]


@dataclass(frozen=True, slots=True)
class Warn:
    """One remark on a disclosure: what, why (with its article), and how sure the rule is."""

    kind: Kind
    said: str
    why: str
    doubt: str = ""
    tone: str = "warning"


def due_of(matter: Matter | None, decided_on: dt.date, calendar: Calendar) -> dt.date | None:
    """The last day to disclose; None where the catalogue of that day sets none."""
    if matter is None or not matter.limit_value:
        return None
    if matter.limit_unit == "working_day":
        return calendar.after_working_days(decided_on, matter.limit_value)
    return calendar.after_days(decided_on, matter.limit_value)


def why_due(disclosure: Disclosure) -> str:
    """Where the date comes from, or why there is none."""
    matter = disclosure.matter
    if disclosure.due_on is None or matter is None:
        if disclosure.decided_on < REGIME_FROM:
            return _(
                "Văn bản có trước ngày 01/7/2023 theo Pháp lệnh 34/2007/PL-UBTVQH11, Nghị định "
                "04/2015/NĐ-CP; thời hạn của hai văn bản này chưa đối chiếu nên không tính chậm."
            )
        return _("Danh mục không ấn định thời hạn cho nội dung này.")
    told = {
        "n": matter.limit_value, "basis": matter.limit_basis, "where": matter.where,
        "day": written.day(disclosure.decided_on), "due": written.day(disclosure.due_on),
    }  # fmt: skip
    return (
        _(
            "Chậm nhất %(n)d ngày làm việc %(basis)s, %(where)s: văn bản ngày %(day)s, không tính "
            "ngày nghỉ, hạn là hết ngày %(due)s."
        )
        % told
    )


def posted_on(disclosure: Disclosure) -> dt.date | None:
    """The first day it was told in any form."""
    return min((p.posted_from for p in disclosure.postings.all()), default=None)


def on_time(disclosure: Disclosure, day: dt.date) -> bool | None:
    """Whether it was told by its day; None while that cannot be said, or nothing was due."""
    first = posted_on(disclosure)
    if disclosure.due_on is None or (first is None and day <= disclosure.due_on):
        return None
    return first is not None and first <= disclosure.due_on


def least_days(posting: Posting, matter: Matter | None) -> int | None:
    """The consecutive days this form asks for."""
    if matter is None:
        return None
    internal = matter.website == "internal" and posting.form == Posting.Form.WEBSITE
    if posting.form == Posting.Form.POSTING or internal:
        return matter.posting_days
    return matter.broadcast_days if posting.form == Posting.Form.BROADCAST else None


def stays_until(posting: Posting, matter: Matter | None) -> dt.date | None:
    """The last day it must still be there: the first day counts."""
    days = least_days(posting, matter)
    return posting.posted_from + (days - 1) * ONE_DAY if days else None


def public_until(disclosure: Disclosure) -> dt.date | None:
    """The last day what names people may be shown in public; None: no end (or not posted).

    The law's posting period from the first posting (Luật 10/2022/QH15, Điều 13); what hangs
    permanently ends when it is taken down. Without a period in the data: the last posted day.
    """
    if not disclosure.names_people:
        return None
    postings = list(disclosure.postings.all())
    asked = [e for p in postings if (e := stays_until(p, disclosure.matter))]
    return max(asked or [p.posted_to for p in postings if p.posted_to], default=None)


def needed_forms(matter: Matter) -> list[Posting.Form]:
    """The forms the law names for this matter (an agency posts or uses its own site)."""
    forms = []
    if matter.posting_days or matter.permanent:
        forms.append(Posting.Form.POSTING)
    if matter.website == "public":
        forms.append(Posting.Form.WEBSITE)
    if matter.broadcast_days:
        forms.append(Posting.Form.BROADCAST)
    if matter.via_head:
        forms.append(Posting.Form.VIA_HEAD)
    return forms


def warnings(disclosure: Disclosure, day: dt.date) -> list[Warn]:
    """Everything to say of it that day, the gravest first."""
    if replacement := _replacement(disclosure):
        return _late(disclosure, replacement.decided_on)
    found = _late(disclosure, day) + _postings(disclosure, day)
    return found + _forms(disclosure) + _renewals(disclosure, day) + _personal(disclosure, day)


def _doubt(disclosure: Disclosure) -> str:
    return disclosure.matter.doubt if disclosure.matter else ""


def _replacement(disclosure: Disclosure) -> Disclosure | None:
    return next(iter(disclosure.replaced_by.all()), None)


def _late(disclosure: Disclosure, day: dt.date) -> list[Warn]:
    due, first = disclosure.due_on, posted_on(disclosure)
    if due is None:
        return []
    why, doubt = why_due(disclosure), _doubt(disclosure)
    if first is not None:
        days = (first - due).days
        said = _("Công khai chậm %(n)d ngày.") % {"n": days}
        return [Warn("late", said, why, doubt)] if days > 0 else []
    if day > due:
        said = _("Chưa công khai, quá hạn %(n)d ngày.") % {"n": (day - due).days}
        return [Warn("overdue", said, why, doubt, "danger")]
    if day + SOON >= due:
        said = _("Phải công khai chậm nhất ngày %s.") % written.day(due)
        return [Warn("soon", said, why, doubt, "info")]
    return []


def _postings(disclosure: Disclosure, day: dt.date) -> list[Warn]:
    """Taken down before its days were over (one long enough in the same form makes good)."""
    found: list[Warn] = []
    if (matter := disclosure.matter) is None:
        return found
    for posting in disclosure.postings.all():
        until = stays_until(posting, matter)
        if until is None or posting.posted_to is None or posting.posted_to >= until:
            continue
        if _made_good(posting, disclosure, matter):
            continue
        told = {
            "form": posting.get_form_display(), "place": posting.place,
            "to": written.day(posting.posted_to), "until": written.day(until),
        }  # fmt: skip
        said = _("Gỡ sớm (%(form)s tại %(place)s): hết ngày %(to)s, phải giữ đến %(until)s.") % told
        why = _("Ít nhất %(n)d ngày liên tục kể từ ngày %(from)s, %(where)s.") % {
            "n": least_days(posting, matter), "from": written.day(posting.posted_from),
            "where": _mode_article(matter),
        }  # fmt: skip
        found.append(Warn("early", said, why, matter.doubt, "danger"))
    return found


def _made_good(short: Posting, disclosure: Disclosure, matter: Matter) -> bool:
    def whole(p: Posting) -> bool:
        until = stays_until(p, matter)
        return p.posted_to is None or (until is not None and p.posted_to >= until)

    same = [p for p in disclosure.postings.all() if p.form == short.form and p.pk != short.pk]
    return any(p.place == short.place and whole(p) for p in same)


def _forms(disclosure: Disclosure) -> list[Warn]:
    """Forms the law names that were not used, once anything was told."""
    used = {p.form for p in disclosure.postings.all()}
    if (matter := disclosure.matter) is None or not used:
        return []
    if matter.website == "internal" and Posting.Form.WEBSITE in used:
        return []
    missing = [f for f in needed_forms(matter) if f not in used]
    if not missing:
        return []
    names = ", ".join(str(f.label) for f in missing)
    said = _("Chưa có hình thức: %s.") % names
    return [Warn("form", said, _mode_article(matter), matter.doubt)]


def _renewals(disclosure: Disclosure, day: dt.date) -> list[Warn]:
    """Permanent ones that came down, and those whose document no longer holds."""
    found: list[Warn] = []
    matter = disclosure.matter
    up = [p for p in disclosure.postings.all() if p.form == Posting.Form.POSTING]
    if matter and matter.permanent and up and all(p.posted_to and p.posted_to < day for p in up):
        said = _("Không còn niêm yết; nội dung này phải niêm yết thường xuyên.")
        found.append(Warn("renew", said, _mode_article(matter), matter.doubt, "danger"))
    document = disclosure.document
    if document is not None and document.in_force_on(day) is False:
        said = _("Văn bản được công khai không còn hiệu lực: công khai lại nội dung hiện hành.")
        why = document.in_force_because(day)
        found.append(Warn("renew", said, why, _doubt(disclosure)))
    return found


def _personal(disclosure: Disclosure, day: dt.date) -> list[Warn]:
    """Names still hanging after the law's days."""
    until = public_until(disclosure)
    if until is None or day <= until:
        return []
    up = [p for p in disclosure.postings.all() if p.posted_to is None or p.posted_to >= day]
    if not up or (disclosure.matter and disclosure.matter.permanent):
        return []
    said = _("Có thông tin cá nhân và đã hết thời hạn công khai ngày %s: gỡ xuống.") % (
        written.day(until)
    )
    why = _("Trang công khai đã tự ẩn; hết số ngày luật định thì không còn lý do giữ.")
    return [Warn("personal", said, why, _doubt(disclosure))]


def _mode_article(matter: Matter) -> str:
    agency = matter.group == "agency_disclose"
    return _("Điều 48, %s") % matter.law if agency else _("Điều 13, %s") % matter.law


def unclear_items(items: list[DisclosureItem]) -> list[DisclosureItem]:
    """Items of the plan of which nothing was told and nobody said that nothing arose."""
    return [i for i in items if not i.not_arising and not i.disclosures.all()]


def tone_of(found: list[Warn]) -> str:
    """The gravest tone among warnings, for a badge."""
    tones = [w.tone for w in found]
    return next((t for t in ("danger", "warning", "info") if t in tones), "success")


def facts_of(posting: Posting) -> dict[str, Any]:
    """A posting as plain values, for the history."""
    return {
        "form": posting.get_form_display(), "place": posting.place,
        "since": written.day(posting.posted_from),
        "until": written.day(posting.posted_to) if posting.posted_to else "",
    }  # fmt: skip
