"""Calling people together: the session, its papers, and the time people check in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock, files
from danvan.kernel.access import Actor, Refused, already
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.study import rules
from danvan.study.models import Campaign, SessionFile, StudySession, TrainingClass


@action("study.session.hold", may=rules.may_hold, says=gettext_lazy("lập buổi học"))
def hold(
    campaign: Campaign,
    *,
    organiser: Unit,
    kind: str,
    title: str,
    place: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    presenter: str = "",
    by: Actor,
) -> StudySession:
    """A session of a campaign."""
    told = _values(organiser, kind, title, place, starts_at, ends_at, presenter)
    if campaign.sessions.filter(organiser=organiser, starts_at=starts_at, title=title).exists():
        raise Refused(already(_("Buổi học cùng nội dung, cùng giờ đã được lập.")))
    return _made(StudySession(campaign=campaign, **told))


@action("study.session.hold_class", may=rules.may_keep_class, says=gettext_lazy("lập buổi học"))
def hold_class(
    training_class: TrainingClass,
    *,
    kind: str,
    title: str,
    place: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    presenter: str = "",
    by: Actor,
) -> StudySession:
    """A session of a class; its line's organiser holds it."""
    organiser = training_class.line.organiser
    told = _values(organiser, kind, title, place, starts_at, ends_at, presenter)
    if training_class.sessions.filter(starts_at=starts_at, title=title).exists():
        raise Refused(already(_("Buổi học cùng nội dung, cùng giờ đã được lập.")))
    return _made(StudySession(training_class=training_class, **told))


@action("study.session.start", may=rules.may_start, says=gettext_lazy("mở điểm danh"))
def start(session: StudySession, *, by: Actor) -> StudySession:
    """People may check in by themselves from now on."""
    session.opened_at, session.closed_at, session.closed_by = clock.now(), None, ""
    session.save(update_fields=["opened_at", "closed_at", "closed_by"])
    record(session, concerns=session.organiser_id)
    return session


@action("study.session.stop", may=rules.may_stop, says=gettext_lazy("đóng điểm danh"))
def stop(session: StudySession, *, by: Actor) -> StudySession:
    session.closed_at, session.closed_by = clock.now(), by.name[:200]
    session.save(update_fields=["closed_at", "closed_by"])
    record(session, concerns=session.organiser_id, people=session.attendances.count())
    return session


@action("study.session.attach", may=rules.may_run, says=gettext_lazy("thêm tệp của buổi học"))
def attach(session: StudySession, *, kind: str, file: UploadedFile, by: Actor) -> SessionFile:
    """A paper, a photo or the scan of the signed list."""
    stored = files.store(file)
    if session.files.filter(kind=kind, file=stored).exists():
        raise Refused(already(_("Tệp này đã có trong buổi học.")))
    row = SessionFile.objects.create(
        session=session, kind=kind, file=stored, name=(file.name or "")[:200],
        added_at=clock.now(), added_by=by.name[:200],
    )  # fmt: skip
    record(session, concerns=session.organiser_id, file=row.name, kind=row.get_kind_display())
    return row


def _made(session: StudySession) -> StudySession:
    session.save()
    record(session, concerns=session.organiser_id, name=session.title, on=session.starts_at)
    return session


def _values(
    organiser: Unit, kind: str, title: str, place: str, starts_at: dt.datetime,
    ends_at: dt.datetime, presenter: str,
) -> dict[str, Any]:  # fmt: skip
    return {
        "organiser": organiser, "kind": kind, "title": title, "place": place,
        "starts_at": starts_at, "ends_at": ends_at, "presenter": presenter,
    }  # fmt: skip
