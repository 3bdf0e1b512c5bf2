"""A round to score in: score sheets from the data file, a programme, its duties, open sheets.

``round_for(city)`` plays on 01/10/2023; tests move the clock with ``on_day``.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.assignments.actions.opening import open_all
from danvan.documents.models import Document, Provision
from danvan.kernel import clock
from danvan.kernel.access import SYSTEM, Actor
from danvan.kernel.facts import Period
from danvan.organisations.models import Unit
from danvan.programmes.models import Programme, Target, Task, TaskParty
from danvan.programmes.models.plans import Deliverable
from danvan.scoring import gate, importing
from danvan.scoring.actions import criteria, rounds, sheets
from danvan.scoring.actions.proofs import NewProofs
from danvan.scoring.actions.sheets import Claim
from danvan.scoring.models import CriteriaSet, Criterion, Round, Score, Sheet
from tests.city import City
from tests.conftest import ROOT

TEMPLATE = ROOT / "src" / "danvan" / "scoring" / "data" / "criteria-template.csv"
NOTE = "Bảng tổng hợp, chờ thay bằng quyết định của đơn vị."
YEAR = Period.year(2023)
PLAN_DUE, DOSSIER_DUE = dt.date(2023, 4, 4), dt.date(2023, 10, 16)
DECIDE_DUE = dt.date(2023, 10, 20)
DATES = {
    "dossier_due": DOSSIER_DUE,
    "verify_due": dt.date(2023, 10, 18),
    "explain_from": dt.date(2023, 10, 19),
    "explain_to": dt.date(2023, 10, 19),
    "decide_due": DECIDE_DUE,
}
OPENED = dt.datetime(2023, 10, 1, 8, 0)

# Everything a unit owes, as (deliverable, words, due).
DUTIES = (
    (Deliverable.PLAN, "Xây dựng và gửi kế hoạch", PLAN_DUE),
    (Deliverable.REPORT, "Báo cáo kết quả thực hiện", DOSSIER_DUE),
    (Deliverable.DOSSIER, "Tự chấm điểm, gửi hồ sơ chấm điểm", DOSSIER_DUE),
)


def template() -> importing.Plan:
    """The project's score sheet, read and checked."""
    return importing.check(importing.read(TEMPLATE.name, TEMPLATE.read_bytes()))


def enacting(city: City) -> Document:
    """The decision that enacted the tables (only cited: its text is not to be had)."""
    return Document.objects.get_or_create(
        type="Quyết định",
        code="815/QĐ-UBND",
        issued_on=dt.date(2022, 8, 19),
        issuer_name="UBND thành phố Tây Ninh",
        defaults={"origin": "cited", "issuer": city.body, "subject": "Quy định tiêu chí đánh giá"},
    )[0]


def criteria_for(city: City, **given: Any) -> list[CriteriaSet]:
    """Score sheets of the three blocks, in force from the decision's day."""
    values = {
        "plan": template(),
        "title": "Bảng điểm công tác dân vận chính quyền",
        "enacted_by": enacting(city),
        "valid_from": dt.date(2022, 8, 19),
        "note": NOTE,
        "by": city.actor("noi-vu"),
        **given,
    }
    made: list[CriteriaSet] = criteria.import_sets(city.body, **values)
    return made


def programme_for(city: City, units: list[Unit] | None = None, year: int = 2023) -> Programme:
    """A published plan that asks ``units`` (all below the body) for plan, report, dossier."""
    plan = Document.objects.create(
        origin="issued", type="Kế hoạch", code="49/KH-UBND",
        issued_on=dt.date(year, 3, 27), issuer=city.body, issuer_name="UBND thành phố Tây Ninh",
        subject="Thực hiện công tác Dân vận chính quyền",
    )  # fmt: skip
    programme = Programme.objects.create(
        body=city.body, year=year, title=f"Công tác dân vận chính quyền năm {year}", plan=plan,
        published_at=clock.now(),
    )  # fmt: skip
    asked = units if units is not None else [
        u for u in city.units.values() if u.versions.filter(parent=city.body).exists()
    ]  # fmt: skip
    for order, (deliverable, words, due) in enumerate(DUTIES):
        provision = Provision.objects.create(
            document=plan, order=order, path="IV.1", depth=2, text=words, start=0, end=1
        )
        task = Task.objects.create(
            programme=programme, provision=provision, order=order, text=words,
            deliverable=deliverable, due_on=due.replace(year=year), due_wording="by",
            due_text=f"chậm nhất ngày {due.day}/{due.month}/{year}",
        )  # fmt: skip
        party = TaskParty.objects.create(task=task, role="all", written="cơ quan, đơn vị")
        party.units.set(asked)
    Target.objects.create(
        programme=programme, provision=provision, order=6, value=Decimal(60), unit="%",
        subject="60% đơn vị được xếp loại Tốt", fact="scoring.units_in_top_class",
    )  # fmt: skip
    open_all(programme, by=SYSTEM)
    return programme


def round_for(city: City, **given: Any) -> Round:
    """An open round of the seed's year, opened on 01/10/2023 by the programme office."""
    with clock.set_to(OPENED):
        if not CriteriaSet.objects.exists():
            criteria_for(city)
        programme = given.pop("programme", None) or programme_for(city)
        values = {**DATES, "target_share": Decimal(60), "by": city.actor("noi-vu"), **given}
        opened: Round = rounds.open_round(programme, **values)
    return opened


def sheet_of(round: Round, city: City, key: str) -> Sheet:
    return Sheet.objects.get(round=round, unit=city.units[key])


def score_of(sheet: Sheet, code: str) -> Score:
    return sheet.scores.select_related("criterion").get(criterion__code=code)


def proof_file(name: str = "minh-chung.pdf", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or b"%PDF-1.4 " + name.encode(), "application/pdf")


def fill(sheet: Sheet, by: Actor, share: Decimal = Decimal(1), **points: Decimal) -> Sheet:
    """Claims ``share`` of each maximum (or ``points``, by code with "_" for "."), all proven.

    Where a fact gives the value, that value is claimed; what the system proves stays empty.
    """
    from danvan.scoring import computing

    sheet.refresh_from_db()
    scores = computing.scores_of([sheet])
    computed = computing.compute(scores, sheet.round)
    claims, proofs = {}, []
    for score in scores:
        criterion, value = score.criterion, computed[score.pk].value
        if criterion.kind != Criterion.Kind.CRITERION or criterion.evidence_by_system:
            continue
        wanted = points.get(criterion.code.replace(".", "_"))
        claim = wanted if wanted is not None else value
        if claim is None:
            claim = (criterion.max_points * share).quantize(Decimal("0.01"))
        reason = "Số liệu của đơn vị" if value not in (None, claim) else ""
        claims[criterion.pk] = Claim(claim, reason)
        if claim:
            proofs.append(NewProofs(criterion.pk, files=[proof_file()]))
    saved: Sheet = sheets.save(sheet, revision=sheet.revision, claims=claims, proofs=proofs, by=by)
    assert not gate.lacking_of(saved).said
    return saved


def submitted(round: Round, city: City, key: str, **points: Any) -> Sheet:
    """The unit's sheet, filled in and submitted by its focal officer."""
    sheet, by = sheet_of(round, city, key), city.actor(key)
    fill(sheet, by, **points)
    handed_in: Sheet = sheets.submit(sheet, by=by)
    return handed_in
