"""The year's training: lines of the plan, needs of units, classes and who completed them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.study import learners, rules
from danvan.study.models import Enrolment, Need, PlanLine, TrainingClass
from vanban.text import search_key, squeeze


@action(
    "study.line.plan",
    may=rules.may_plan,
    says=gettext_lazy("ghi nội dung tập huấn vào kế hoạch"),
)
def plan(
    body: Unit,
    *,
    organiser: Unit,
    year: int,
    post: str,
    content: str,
    due_on: dt.date,
    basis: str,
    units: Collection[int] = (),
    by: Actor,
) -> PlanLine:
    """A line of the year's plan; ``units`` are asked to tell how many people need it."""
    if not rules.may_train(by, PlanLine(body=body, organiser=organiser)):
        raise Refused(refuse(_("Chỉ lập nội dung tập huấn do đơn vị mình chủ trì.")))
    same = PlanLine.objects.filter(body=body, year=year, post=post.strip(), content=content.strip())
    if same.filter(withdrawn_at=None).exists():
        raise Refused(already(_("Nội dung tập huấn này đã có trong kế hoạch năm.")))
    line = PlanLine.objects.create(
        body=body, organiser=organiser, year=year, post=post.strip(), content=content.strip(),
        due_on=due_on, basis=basis.strip(),
    )  # fmt: skip
    Need.objects.bulk_create([Need(line=line, unit_id=unit, people=0) for unit in sorted(units)])
    record(line, concerns=organiser.pk, due=due_on, basis=line.basis)
    return line


@action("study.line.withdraw", may=rules.may_train, says=gettext_lazy("rút nội dung tập huấn"))
def withdraw(line: PlanLine, *, reason: str, by: Actor) -> PlanLine:
    """A line without classes leaves the plan, with its reason."""
    if line.classes.exists():
        raise Refused(refuse(_("Đã mở lớp cho nội dung này nên không rút được.")))
    if not reason.strip():
        raise Refused(refuse(_("Ghi lý do rút.")))
    line.withdrawn_at, line.withdrawn_reason = clock.now(), reason.strip()
    line.save()
    record(line, concerns=line.organiser_id, reason=line.withdrawn_reason)
    return line


@action("study.need.tell", may=rules.may_tell_need, says=gettext_lazy("đăng ký nhu cầu tập huấn"))
def tell_need(need: Need, *, people: int, note: str = "", by: Actor) -> Need:
    """How many people of the unit need the training."""
    before, need.people, need.note = need.people, people, note.strip()
    need.save(update_fields=["people", "note"])
    record(need.line, concerns=need.unit_id, people=[before, people], reason=need.note)
    return need


@action("study.need.ask", may=rules.may_train, says=gettext_lazy("hỏi nhu cầu tập huấn"))
def ask_need(line: PlanLine, *, units: Collection[int], by: Actor) -> int:
    """Asks further units; those asked already stay as they are. Returns how many are new."""
    fresh = set(units) - set(line.needs.values_list("unit_id", flat=True))
    if not fresh:
        raise Refused(already(_("Các đơn vị đã chọn đều có trong danh sách nhu cầu.")))
    Need.objects.bulk_create([Need(line=line, unit_id=unit, people=0) for unit in sorted(fresh)])
    for unit in sorted(fresh):
        record(line, concerns=unit)
    return len(fresh)


@action("study.class.open", may=rules.may_train, says=gettext_lazy("mở lớp tập huấn"))
def open_class(
    line: PlanLine, *, title: str, place: str, starts_on: dt.date, ends_on: dt.date, by: Actor
) -> TrainingClass:
    if line.classes.filter(title=title.strip(), starts_on=starts_on).exists():
        raise Refused(already(_("Lớp cùng tên, cùng ngày đã được mở.")))
    held = TrainingClass.objects.create(
        line=line, title=title.strip(), place=place.strip(), starts_on=starts_on, ends_on=ends_on
    )
    record(held, concerns=line.organiser_id, on=starts_on, until=ends_on)
    return held


@action("study.class.enrol", may=rules.may_keep_class, says=gettext_lazy("ghi danh học viên"))
def enrol(
    held: TrainingClass,
    *,
    unit: Unit,
    people: Collection[int] = (),
    names: Collection[tuple[str, str]] = (),
    by: Actor,
) -> int:
    """People in post by number, others (mediators) as (name, post). Returns how many are new."""
    known = learners.of(people)
    counted = set(held.enrolments.values_list("learner_id", flat=True))
    keys = set(held.enrolments.filter(unit=unit).values_list("name_key", flat=True))
    rows = [
        Enrolment(training_class=held, unit=unit, learner=row)
        for row in known.values()
        if row.pk not in counted
    ]
    for name, post in names:
        key = search_key(squeeze(name))
        if key and key not in keys:
            keys.add(key)
            rows.append(
                Enrolment(training_class=held, unit=unit, name=squeeze(name), name_key=key[:160],
                          post=squeeze(post))
            )  # fmt: skip
    if not rows:
        raise Refused(already(_("Những người này đã có trong lớp; không có ai thêm.")))
    Enrolment.objects.bulk_create(rows, batch_size=400)
    record(held, concerns=unit.pk, people=len(rows))
    return len(rows)


@action(
    "study.class.settle",
    may=rules.may_keep_class,
    says=gettext_lazy("ghi kết quả lớp tập huấn"),
)
def settle(
    held: TrainingClass,
    *,
    completed: dict[int, str],
    absent: Collection[int] = (),
    on: dt.date,
    by: Actor,
) -> int:
    """Enrolment → number of the certificate ("" without one) for those who completed."""
    if on < held.starts_on or on > clock.today():
        raise Refused(refuse(_("Ngày hoàn thành phải từ ngày mở lớp đến hôm nay.")))
    open_ones = {e.pk: e for e in held.enrolments.filter(outcome=Enrolment.Outcome.ENROLLED)}
    given = {number for number in completed.values() if number}
    if len(given) < sum(bool(number) for number in completed.values()):
        raise Refused(refuse(_("Hai học viên không thể cùng một số chứng nhận.")))
    if held.enrolments.filter(certificate__in=given).exists():
        raise Refused(refuse(_("Số chứng nhận đã được cấp cho học viên khác của lớp.")))
    changed = []
    for pk, row in open_ones.items():
        if pk in completed:
            row.outcome, row.completed_on = Enrolment.Outcome.COMPLETED, on
            row.certificate = completed[pk]
        elif pk in absent:
            row.outcome = Enrolment.Outcome.ABSENT
        else:
            continue
        changed.append(row)
    if not changed:
        raise Refused(already(_("Chưa chọn học viên nào chưa có kết quả.")))
    Enrolment.objects.bulk_update(changed, ["outcome", "completed_on", "certificate"])
    for unit in {row.unit_id for row in changed}:
        record(held, concerns=unit, people=sum(row.unit_id == unit for row in changed))
    return len(changed)
