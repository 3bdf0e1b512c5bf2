"""A small round for the second half: seven lines, all three offices, every policy.

Ward units have 2.1 (inspectorate), 4.1 (administration office) and the rest from the
programme office. ``score(sheet, "2.1")`` fetches a line anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from danvan.assignments.models import Assignment
from danvan.documents.models import Citation, Document, Provision
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.models import Block, Unit
from danvan.organisations.queries import ranked_units
from danvan.programmes.models import Programme, Task
from danvan.scoring.models import (
    Band,
    Cap,
    CriteriaGroup,
    CriteriaSet,
    Criterion,
    Round,
    RoundBlock,
    RoundOffice,
    Score,
    Sheet,
)
from danvan.scoring.routing import route
from tests.city import City

D = Decimal
# code, group, max, role, when not arising
CRITERIA = [
    ("1.1", "G1", "20", roles.PROGRAMME_OFFICE, "zero"),
    ("2.1", "G2", "20", roles.INSPECTORATE, "full"),
    ("4.1", "G4", "20", roles.ADMINISTRATION_OFFICE, "exclude"),
    ("5.1", "G5", "20", roles.PROGRAMME_OFFICE, "zero"),
    ("6.1", "G6", "20", roles.PROGRAMME_OFFICE, "zero"),
]
BANDS = [("Tốt", "80"), ("Khá", "65"), ("Trung bình", "50"), ("Yếu", "0")]
FULL = {"1.1": "20", "2.1": "18", "4.1": "16", "5.1": "20", "6.1": "20"}  # 94 of 100


@dataclass
class Case:
    city: City
    round: Round
    plan: Document
    directive: Document
    tasks: dict[str, Task]

    def sheet(self, unit: str) -> Sheet:
        return Sheet.objects.get(round=self.round, unit=self.city.units[unit])

    def score(self, unit: str, code: str) -> Score:
        return Score.objects.get(sheet=self.sheet(unit), criterion__code=code)

    def submit(self, unit: str, claims: dict[str, str] | None = None, days_late: int = 0) -> Sheet:
        """Hands a sheet in as the first half does, by rows."""
        sheet = self.sheet(unit)
        for code, points in {**FULL, "B1": "0", "D1": "0", **(claims or {})}.items():
            Score.objects.filter(sheet=sheet, criterion__code=code).update(claimed=D(points))
        sheet.state, sheet.submitted_at = Sheet.State.SUBMITTED, clock.now()
        sheet.days_late = days_late
        sheet.save()
        route(sheet)
        return sheet

    def agree_all(self, *units: str) -> None:
        """Every office agrees with everything claimed on these sheets."""
        from danvan.scoring.actions.verification import agree

        keys = {unit.pk: key for key, unit in self.city.units.items()}
        for unit in units:
            for score in Score.objects.filter(sheet=self.sheet(unit), verified__isnull=True):
                agree(score, by=self.city.actor(keys[score.verifier_id]))

    def settle(self, *units: str, then: Callable[[], object] = lambda: None) -> Round:
        """Everything up to the proposal, with all others not handing in.

        ``then`` is called once explanations may be given (to move the clock past them).
        """
        from danvan.scoring.actions import rankings, settlement

        office = self.city.actor("noi-vu")
        for unit in units:
            if self.sheet(unit).state == Sheet.State.OPEN:
                self.submit(unit)
        self.agree_all(*units)
        settlement.begin_verification(self.round, by=office)
        settlement.begin_explanation(self.round, by=office)
        then()
        settlement.settle_all(self.round, by=office)
        settlement.settle_round(self.round, by=office)
        rankings.propose(self.round, by=office)
        return self.round


def document(type: str, code: str, day: dt.date, subject: str, issuer: str) -> Document:
    return Document.objects.create(
        origin="received", type=type, code=code, subject=subject, issued_on=day,
        issuer_name=issuer, text=subject,
    )  # fmt: skip


def criteria_set(block: str, enacted_by: Document) -> CriteriaSet:
    made = CriteriaSet.objects.create(
        title="Bảng điểm thử", block=block, enacted_by=enacted_by, valid_from=dt.date(2022, 8, 19)
    )
    for order, (code, group, points, role, policy) in enumerate(CRITERIA):
        held = CriteriaGroup.objects.create(
            criteria_set=made, code=group, title=f"Nhóm {group}", max_points=D(points), order=order
        )
        Criterion.objects.create(
            criteria_set=made, group=held, code=code, title=f"Tiêu chí {code}", order=order,
            max_points=D(points), method="ratio", owner_role=role, when_not_arising=policy,
        )  # fmt: skip
    for order, (code, kind, points) in enumerate(
        [("B1", "bonus", "2"), ("D1", "deduction", "4")], start=10
    ):
        Criterion.objects.create(
            criteria_set=made, code=code, kind=kind, title=f"Mục {code}", order=order,
            max_points=D(points), method=kind, owner_role=roles.PROGRAMME_OFFICE,
        )  # fmt: skip
    bands = [
        Band.objects.create(criteria_set=made, name=name, floor=D(floor), order=order)
        for order, (name, floor) in enumerate(BANDS)
    ]
    caps = [
        ("K1", "Không gửi kế hoạch", "no_plan", bands[1], None),
        ("K2", "Hồ sơ quá hạn", "dossier_late", bands[2], "3"),
        ("K3", "Người đứng đầu bị kỷ luật", "manual", None, None),
        ("K6", "Có nhóm dưới 50 %", "group_below", bands[1], "50"),
        ("K7", "Để xảy ra điểm nóng", "manual", bands[1], None),
        ("K8", "Đơn vị mới", "new_unit", None, "6"),
    ]
    for order, (code, title, rule, ceiling, threshold) in enumerate(caps):
        Cap.objects.create(
            criteria_set=made, code=code, title=title, rule=rule, ceiling=ceiling,
            effect="ceiling" if ceiling else "not_ranked", order=order,
            threshold=None if threshold is None else D(threshold),
        )  # fmt: skip
    return made


def plan_of(body: Unit) -> tuple[Document, Document, dict[str, Task], Programme]:
    """A plan with a provision for the plan and one for the dossier that cites a directive."""
    plan = document(
        "Kế hoạch", "49/KH-UBND", dt.date(2023, 3, 27),
        "Thực hiện công tác Dân vận chính quyền năm 2023", "UBND thành phố Tây Ninh",
    )  # fmt: skip
    directive = document(
        "Chỉ thị", "33/CT-TTg", dt.date(2021, 11, 26),
        "Về tiếp tục tăng cường công tác dân vận", "Thủ tướng Chính phủ",
    )  # fmt: skip
    programme = Programme.objects.create(
        body=body, year=2023, title="Công tác dân vận chính quyền năm 2023", plan=plan,
        published_at=clock.now(),
    )  # fmt: skip
    tasks = {}
    for order, deliverable in enumerate(("plan", "report", "scoring_dossier")):
        provision = Provision.objects.create(
            document=plan, order=order, path=f"IV.1.{order + 1}", depth=2,
            text=f"Điểm {order + 1}", start=0, end=10,
        )  # fmt: skip
        Citation.objects.create(provision=provision, document=plan, cited=directive, start=0, end=5)
        tasks[deliverable] = Task.objects.create(
            programme=programme, provision=provision, order=order, text=f"Nộp {deliverable}",
            deliverable=deliverable,
            due_on=dt.date(2023, 4, 4) if deliverable == "plan" else dt.date(2023, 10, 15),
        )  # fmt: skip
    return plan, directive, tasks, programme


def build(city: City, units: list[tuple[int, str]] | None = None) -> Case:
    plan, directive, tasks, programme = plan_of(city.body)
    enacting = document(
        "Quyết định", "815/QĐ-UBND", dt.date(2022, 8, 19),
        "Ban hành Quy định tiêu chí đánh giá, xếp loại", "Chủ tịch UBND thành phố Tây Ninh",
    )  # fmt: skip
    round = Round.objects.create(
        programme=programme, title="Chấm điểm năm 2023",
        period_from=dt.date(2023, 1, 1), period_to=dt.date(2023, 12, 31),
        dossier_due=dt.date(2023, 10, 15), verify_due=dt.date(2023, 10, 18),
        explain_from=dt.date(2023, 10, 17), explain_to=dt.date(2023, 10, 19),
        decide_due=dt.date(2023, 10, 20), target_share=D("60"),
    )  # fmt: skip
    sets = {b: criteria_set(b, enacting) for b in Block.values}
    for block, held in sets.items():
        RoundBlock.objects.create(round=round, block=block, criteria_set=held)
    for role, office, substitute in (
        (roles.PROGRAMME_OFFICE, "noi-vu", "thanh-tra"),
        (roles.INSPECTORATE, "thanh-tra", "noi-vu"),
        (roles.ADMINISTRATION_OFFICE, "van-phong", "noi-vu"),
    ):
        RoundOffice.objects.create(
            round=round, role=role, office=city.units[office], substitute=city.units[substitute]
        )
    criteria = {b: list(held.criteria.all()) for b, held in sets.items()}
    for unit, block in units or ranked_units(city.body, dt.date(2023, 10, 15)):
        add_sheet(round, unit, block, sets[block], criteria[block], tasks["plan"])
    return Case(city, round, plan, directive, tasks)


def add_sheet(
    round: Round, unit: int, block: str, held: CriteriaSet, criteria: list[Criterion], plan: Task
) -> Sheet:
    sheet = Sheet.objects.create(round=round, unit_id=unit, block=block, criteria_set=held)
    Score.objects.bulk_create(Score(sheet=sheet, criterion=c) for c in criteria)
    Assignment.objects.create(
        unit_id=unit, programme=round.programme, task=plan, role="all", state="accepted",
        first_due_on=plan.due_on, due_on=plan.due_on, first_filed_at=clock.now(), days_late=0,
    )  # fmt: skip
    return sheet


def handed_in(city: City) -> Case:
    """Four units handed in; phường 2 late, tân bình weak in 2.1; the service unit nothing."""
    made = build(city)
    made.submit("phuong-1")
    made.submit("phuong-2", days_late=4)
    made.submit("xa-tan-binh", {"2.1": "5", "4.1": "20", "B1": "2", "D1": "1"})
    made.submit("tu-phap", {"1.1": "10", "5.1": "10"})
    return made


def put_forward(case: Case) -> Case:
    """All of them verified as claimed, settled, proposed."""
    case.settle("phuong-1", "phuong-2", "xa-tan-binh", "tu-phap")
    return case


def chairman(case: Case) -> Actor:
    return case.city.actor(case.city.heads["thanh-pho"])
