"""Which limits of the law run for a petition, as a table one can read aloud, and who ends them.

A stage runs from the last of its starting steps until one of its ending steps. ``marker`` is the
step an officer notes by hand ("đã gửi quyết định"); the others end by a verb of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from danvan.petitions import clock
from danvan.petitions.clock import Due, WorkingDays
from danvan.petitions.deadlines import Rule
from danvan.ui import written

COMPLAINT, DISCIPLINARY = "khieu_nai", "khieu_nai_ky_luat"
DENUNCIATION, ANONYMOUS = "to_cao", "to_cao_nac_danh"
PROPOSAL, PROCEDURE = "kien_nghi_phan_anh", "phan_anh_quy_dinh_hanh_chinh"
EVERY = (COMPLAINT, DISCIPLINARY, DENUNCIATION, ANONYMOUS, PROPOSAL, PROCEDURE)

LEFT = frozenset({"refused", "transferred", "filed", "withdrawn", "split", "joined", "closed"})
TAKEN_UP = LEFT | {"accepted"}
ANSWERED = LEFT | {"decided"}


@dataclass(frozen=True, slots=True)
class Stage:
    """``needs``: a trait the case must have; ``instance``: 1 or 2 for complaints, 0 for both."""

    code: str
    kinds: tuple[str, ...]
    starts: str
    ends: frozenset[str]
    label: Any
    needs: str = ""
    instance: int = 0
    marker: str = ""
    pauses: bool = False


def _marked(code: str, kinds: tuple[str, ...], starts: str, marker: str, label: Any,
            needs: str = "", instance: int = 0) -> Stage:  # fmt: skip
    ends = frozenset({marker, "closed", "withdrawn"})
    return Stage(code, kinds, starts, ends, label, needs, instance, marker)


_KN, _KL, _TC = (COMPLAINT,), (DISCIPLINARY,), (DENUNCIATION,)
STAGES = (
    Stage("accept_first", _KN, "received", TAKEN_UP, _("Thụ lý lần đầu"), instance=1),
    Stage("accept_second", _KN, "received", TAKEN_UP, _("Thụ lý lần hai"), instance=2),
    Stage("accept", _KL, "received", TAKEN_UP, _("Thụ lý")),
    Stage("settle_first", _KN, "accepted", ANSWERED, _("Giải quyết lần đầu"), instance=1,
          pauses=True),
    Stage("settle_second", _KN, "accepted", ANSWERED, _("Giải quyết lần hai"), instance=2,
          pauses=True),
    Stage("settle", _KL, "accepted", ANSWERED, _("Giải quyết"), pauses=True),
    _marked("send_decision_first", _KN, "decided", "sent", _("Gửi quyết định"), instance=1),
    _marked("send_decision_second", _KN, "decided", "sent", _("Gửi quyết định"), instance=2),
    Stage("publish_decision", _KN, "decided", frozenset({"published", "closed", "withdrawn"}),
          _("Công khai quyết định")),
    _marked("send_suspension", (*_KN, *_TC), "paused", "pause_sent",
            _("Gửi quyết định tạm đình chỉ")),
    Stage("initial_processing", _TC, "received", TAKEN_UP | {"verifying"},
          _("Xử lý ban đầu")),
    Stage("review_further_denunciation", _TC, "received", TAKEN_UP | {"decided"},
          _("Xem xét tố cáo tiếp"), needs="again"),
    _marked("overdue_superior_request", _TC, "received", "asked_report",
            _("Yêu cầu nơi chậm giải quyết báo cáo"), needs="late"),
    _marked("overdue_report", _TC, "asked_report", "reported",
            _("Nơi chậm giải quyết báo cáo"), needs="late"),
    Stage("forward", (*_TC, PROCEDURE), "received", TAKEN_UP | {"decided"},
          _("Chuyển cơ quan có thẩm quyền"), needs="not_competent"),
    _marked("notify_acceptance", _TC, "accepted", "notified", _("Thông báo việc thụ lý")),
    Stage("settle", _TC, "accepted", ANSWERED, _("Giải quyết"), pauses=True),
    _marked("send_conclusion", _TC, "decided", "sent", _("Gửi kết luận")),
    _marked("act_on_conclusion", _TC, "decided", "acted", _("Xử lý theo kết luận")),
    Stage("publish", _TC, "decided", frozenset({"published", "closed", "withdrawn"}),
          _("Công khai kết luận")),
    _marked("reply_forwarder", _TC, "received", "replied", _("Trả lời nơi chuyển đơn"),
            needs="press"),
    _marked("reply_elected_body", EVERY, "decided", "replied",
            _("Trả lời cơ quan dân cử đã chuyển"), needs="elected"),
    Stage("notify_processing", EVERY, "received", TAKEN_UP | {"informed", "decided"},
          _("Trả lời, thông báo việc xử lý"), needs="reception", marker="informed"),
    Stage("settle", (PROPOSAL, PROCEDURE), "received", ANSWERED, _("Trả lời"), pauses=True),
    Stage("discipline_trigger", EVERY, "received", TAKEN_UP | {"classified"},
          _("Ngưỡng không xử lý")),
    Stage("dispute", EVERY, "disputed", frozenset({"closed"}),
          _("Trả lời người gửi chưa đồng ý")),
)  # fmt: skip
LABELS = {stage.code: stage.label for stage in STAGES}
# Stages whose end is the settlement itself, for "on time" and "overdue".
SETTLING = frozenset({"settle_first", "settle_second", "settle"})
FROM = {
    "received": _("ngày nhận đơn"),
    "accepted": _("ngày thụ lý"),
    "decided": _("ngày ra quyết định, kết luận"),
    "paused": _("ngày quyết định tạm đình chỉ"),
    "asked_report": _("ngày yêu cầu báo cáo"),
    "disputed": _("ngày người gửi nêu chưa đồng ý"),
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One step of the log, as far as the clock reads it. ``trait``: what an extension found."""

    code: str
    on: dt.date
    until: dt.date | None = None
    trait: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """Everything the clock reads of a petition; steps in the order they were kept."""

    kind: str
    instance: int
    regime: dt.date
    traits: frozenset[str]
    steps: tuple[Happened, ...]


def open_dues(story: Story, rules: Sequence[Rule], calendar: WorkingDays) -> list[Due]:
    """Every limit that runs now, the earliest first."""
    found = [
        due
        for stage in STAGES
        if _applies(stage, story)
        and (start := _running_since(stage, story.steps))
        and (due := _due(stage, start, story, rules, calendar))
    ]
    return sorted(found, key=lambda due: (due.day, due.stage))


def settling_due(story: Story, rules: Sequence[Rule], calendar: WorkingDays) -> Due | None:
    """The limit of the settlement itself, whether it is over or not."""
    for stage in STAGES:
        if stage.code in SETTLING and _applies(stage, story):
            starts = [s.on for s in story.steps if s.code == stage.starts]
            if starts and (due := _due(stage, starts[-1], story, rules, calendar)):
                return due
    return None


def pauses_of(steps: Iterable[Happened]) -> list[tuple[dt.date, dt.date]]:
    """Spans not counted, both days included; "resumed" ends the last one the day before."""
    spans: list[tuple[dt.date, dt.date]] = []
    for step in steps:
        if step.code == "paused" and step.until:
            spans.append((step.on, step.until))
        elif step.code == "resumed" and spans and step.on <= spans[-1][1]:
            first, _until = spans.pop()
            if step.on > first:
                spans.append((first, step.on - clock.ONE_DAY))
    return spans


def traits_of(story: Story) -> frozenset[str]:
    """The case's traits with what extensions found; the gravest complexity alone counts."""
    traits = set(story.traits) | {s.trait for s in story.steps if s.code == "extended" and s.trait}
    if "especially complex" in traits:
        traits.discard("complex")
    return frozenset(traits)


def _applies(stage: Stage, story: Story) -> bool:
    return (
        story.kind in stage.kinds
        and stage.instance in (0, story.instance)
        and (not stage.needs or stage.needs in story.traits)
    )


def _running_since(stage: Stage, steps: Sequence[Happened]) -> dt.date | None:
    """The day the stage last began, unless it has ended since."""
    since = None
    for step in steps:
        if step.code == stage.starts:
            since = step.on
        elif step.code in stage.ends:
            since = None
    return since


def _due(
    stage: Stage, start: dt.date, story: Story, rules: Sequence[Rule], calendar: WorkingDays
) -> Due | None:
    found = clock.due(
        rules, story.kind, stage.code, start,
        regime=story.regime, calendar=calendar, traits=traits_of(story),
        pauses=pauses_of(story.steps) if stage.pauses else (),
        counted_from=str(FROM[stage.starts]),
    )  # fmt: skip
    if found is None:
        return None
    return replace(found, why=(f"{stage.label}: {written.day(found.day)}.", *found.why))
