"""What a plan begins with: last year's words, a superior's tasks, our tasks, or the template."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from danvan.documents.letterheads import cited
from danvan.kernel import clock
from danvan.kernel.calendar import Calendar
from danvan.organisations import naming, roles
from danvan.organisations import queries as organisations
from danvan.organisations.models import Unit
from danvan.programmes import carrying, cloning, recurring, writing
from danvan.programmes.cloning import Carried
from danvan.programmes.models import Draft, Manuscript, Programme, Task
from danvan.ui import written


def origin_of(previous: Programme | None, superior: Draft | None) -> Manuscript.Origin:
    if previous is not None:
        return Manuscript.Origin.LAST_YEAR
    return Manuscript.Origin.SUPERIOR if superior is not None else Manuscript.Origin.TEMPLATE


def words_for_body(
    body: Unit, year: int, previous: Programme | None, superior: Draft | None
) -> Carried:
    """Last year's plan if there is one to go on from, else the template; a superior's on top."""
    today = clock.today()
    if previous is not None:
        made = cloning.carried(previous, year, Calendar(), today)
    else:
        name = organisations.name_on(body, today)
        office = organisations.holder_of(roles.PROGRAMME_OFFICE, body, today)
        template = writing.template(
            "body", today, year=str(year), body=name,
            office=organisations.name_on(office, today) if office else _("Cơ quan thường trực"),
            plan="",
        )  # fmt: skip
        made = Carried(_header(body, template.subject, today), template.sections)
    if superior is not None:
        _upon(superior, made, fill=previous is None)
    return made


def words_for_unit(unit: Unit, programme: Programme) -> Carried:
    """The tasks of the programme that address the unit, each with its deadline."""
    today = clock.today()
    template = writing.template(
        "unit", today, year=str(programme.year), body=organisations.name_on(unit, today),
        plan=str(programme.plan), office="",
    )  # fmt: skip
    tasks = tasks_for(unit, programme)
    content = "\n".join(f"- {_told(task, programme.year)}" for task in tasks)
    sections = [
        s if s["text"] else {"title": s["title"], "text": content} for s in template.sections
    ]
    header = _header(unit, template.subject, today)
    header["grounds"] = cited(programme.plan)
    header["recipients"] = "\n".join([organisations.name_on(programme.body, today), _("Lưu: VT")])
    remarks = [] if tasks else [_("Chương trình không có nhiệm vụ nào nêu tên đơn vị.")]
    return Carried(header, sections, remarks)


def tasks_for(unit: Unit, programme: Programme) -> list[Task]:
    """What the programme asks of the unit today, in the order of the text."""
    found = programme.tasks.filter(parties__units=unit, removed_from=None)
    return list(found.select_related("provision").order_by("provision__order", "order").distinct())


def _told(task: Task, year: int) -> str:
    words = task.text.strip().rstrip(".;")
    words = words[:1].upper() + words[1:]
    if task.due_on and written.day(task.due_on) not in words and task.due_text not in words:
        return _("%(words)s; hạn %(day)s.") % {"words": words, "day": written.day(task.due_on)}
    if rule := recurring.in_words(task.due_rule):
        return f"{words}; {rule}." if task.due_text not in words else f"{words}."
    return f"{words}."


def _header(unit: Unit, subject: str, day: dt.date) -> dict[str, Any]:
    version = organisations.versions_on(day).filter(unit=unit).first()
    organ = naming.abbreviation(version.name, version.kind) if version else ""
    return {
        "number": "",
        "symbol": f"KH-{organ}",
        "date": "",
        "subject": subject,
        "grounds": "",
        "signer_position": "",
        "signer": "",
        "recipients": _("Lưu: VT"),
    }


def _upon(superior: Draft, made: Carried, *, fill: bool) -> None:
    """The superior's plan is cited first; its tasks stand ready in the section on contents."""
    if superior.document is not None:
        grounds = [cited(superior.document), *writing.lines(made.header["grounds"])]
        made.header["grounds"] = "\n".join(grounds)
    if not fill:
        return
    asked = [finding.value["text"].strip().rstrip(".;") for finding in carrying.asked_of(superior)]
    content = "\n".join(f"- {words[:1].upper()}{words[1:]}." for words in asked)
    place = next((s for s in made.sections if "NỘI DUNG" in s["title"].upper()), made.sections[-1])
    place["text"] = content
    made.remarks.append(
        _("Phần nội dung lấy nguyên %d nhiệm vụ của cấp trên; hãy ghi đơn vị và thời hạn.")
        % len(asked)
    )
