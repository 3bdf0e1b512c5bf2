"""Dialogues, supervision, opinions, checks and surveys of the small city, for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.democracy.actions import (
    catalogues,
    checks,
    dialogue,
    opinions,
    supervision,
    surveys,
)
from danvan.democracy.actions.dialogue import Held, Meeting
from danvan.democracy.models import (
    BuildingOpinion,
    Dialogue,
    Questionnaire,
    Recommendation,
    Survey,
    SurveyUnit,
)
from danvan.democracy.queries import checks as queries
from danvan.kernel import clock
from tests.city import City

MEETING = Meeting(
    title="Đối thoại với Nhân dân khu phố 1",
    audience="Nhân dân khu phố 1",
    agenda="Đường hẻm 12\nThu gom rác",
    held_on=dt.date(2023, 9, 15),
    time="07 giờ 30",
    place="Nhà văn hóa khu phố 1",
    chair="Trần Văn A",
    chair_title="Bí thư Đảng ủy phường",
)
MINUTES = Held(45, 12, 9, "Lê Thị B", "Bà con hỏi về đường hẻm 12.\nBí thư kết luận.")


def enacted(city: City) -> int:
    new: int = catalogues.enact(city.body, by=city.actor("noi-vu"))
    return new


def planned(city: City, unit: str = "phuong-1", **changed: Any) -> Dialogue:
    meeting = Meeting(**{**{f: getattr(MEETING, f) for f in Meeting.__slots__}, **changed})
    who = "noi-vu" if unit == "thanh-pho" else unit
    made: Dialogue = dialogue.plan(city.units[unit], meeting=meeting, by=city.actor(who))
    return made


def announced(city: City, unit: str = "phuong-1", on: dt.date = dt.date(2023, 9, 5)) -> Dialogue:
    """Told to the people on ``on``, ten days before."""
    with clock.set_to(on):
        made = planned(city, unit)
        dialogue.announce(
            made, on=on, how="Niêm yết, loa truyền thanh",
            by=city.actor("noi-vu" if unit == "thanh-pho" else unit),
        )  # fmt: skip
    return made


def held(city: City, unit: str = "phuong-1") -> Dialogue:
    """Held on 15/9/2023 with minutes."""
    made = announced(city, unit)
    with clock.set_to(dt.date(2023, 9, 16)):
        dialogue.hold(made, held=MINUTES, by=city.actor("noi-vu" if unit == "thanh-pho" else unit))
    return made


def recommended(city: City, unit: str = "phuong-1") -> Recommendation:
    """A recommendation of the Front to the unit, of 10/6/2023, to be answered by 30/6."""
    front = city.actor("mat-tran")
    programme = supervision.add_programme(
        city.body, year=2023, title="Chương trình giám sát năm 2023",
        source="Kế hoạch số 05/KH-MTTQ", by=front,
    )  # fmt: skip
    subject = supervision.add(
        programme, about="Thu, chi quỹ do dân đóng góp", unit=city.units[unit],
        led_by="Ủy ban MTTQ thành phố", form="đoàn giám sát", planned="quý II/2023", by=front,
    )  # fmt: skip
    with clock.set_to(dt.date(2023, 6, 10)):
        supervision.conclude(
            subject, finding="Chưa niêm yết quyết toán", document="02/BC-MTTQ",
            on=dt.date(2023, 6, 8), by=front,
        )  # fmt: skip
        made: Recommendation = supervision.recommend(
            subject, content="Niêm yết quyết toán quỹ", document_code="11/CV-MTTQ",
            sent_on=dt.date(2023, 6, 10), reply_due_on=dt.date(2023, 6, 30), by=front,
        )  # fmt: skip
    return made


def opinion(city: City, unit: str = "phuong-1", **changed: Any) -> BuildingOpinion:
    said = {
        "kind": "government", "source_kind": "citizens", "source": "cử tri khu phố 3",
        "via": "hội nghị góp ý", "received_on": dt.date(2023, 5, 10),
        "content": "Bố trí thêm người ở bộ phận một cửa", "to_unit": city.units[unit],
    }  # fmt: skip
    made: BuildingOpinion = opinions.receive(
        city.body, by=city.actor("mat-tran"), **{**said, **changed}
    )
    return made


def survey(
    city: City,
    by_token: bool = False,
    minimum: int = 30,
    closes_on: dt.date = dt.date(2023, 9, 30),
) -> Survey:
    """From 1/9/2023, about Phường 1 (500 people served) and Phường 2 (not known)."""
    with clock.set_to(dt.date(2023, 9, 1)):
        enacted(city)
        made: Survey = surveys.open_survey(
            city.body, questionnaire=Questionnaire.objects.get(), title="Hài lòng quý III/2023",
            surveyor="Văn phòng", sampling="Cứ 5 người đến nhận kết quả thì hỏi một người",
            opens_on=dt.date(2023, 9, 1), closes_on=closes_on, minimum=minimum,
            units=[
                surveys.Asked(city.units["phuong-1"].pk, 500, by_token),
                surveys.Asked(city.units["phuong-2"].pk, None, by_token),
            ],
            by=city.actor("van-phong"),
        )  # fmt: skip
    return made


def surveyed(city: City, made: Survey, unit: str = "phuong-1") -> SurveyUnit:
    return made.units.select_related("survey").get(unit=city.units[unit])


def sheet(overall: str = "5") -> dict[str, str]:
    """A whole sheet whose overall answer is given."""
    return {
        "ket-qua-chung": overall, "tiep-don": "4", "so-lan": "1", "thoi-han": "dung",
        "ngoai-phi": "khong",
    }  # fmt: skip


def arguments(city: City) -> dict[str, dict[str, Any]]:
    """One of everything of this half, for the promise about access: route → arguments."""
    unit, ward = city.units["phuong-1"], city.actor("phuong-1")
    paper = SimpleUploadedFile("tep.pdf", b"%PDF-1.4 tep", "application/pdf")
    met, asked, said = announced(city), recommended(city), opinion(city)
    made = survey(city, by_token=True, closes_on=dt.date(2023, 10, 31))
    with clock.set_to(dt.date(2023, 9, 16)):
        dialogue.hold(met, held=MINUTES, file=paper, by=ward)
        replied = supervision.reply(asked, outcome="declined", text="Không", file=paper, by=ward)
        item = queries.items_of(2023)[0]
        kept = checks.answer(unit, item=item, year=2023, said="done", file=paper, by=ward)
        one = surveyed(city, made)
        batch = surveys.enter_paper(
            one, sheets=[sheet()], kept_where="Hộp 1", by=city.actor("van-phong")
        )
    found = {"pk": one.pk}
    return {
        **{f"democracy:dialogue{n}": {"pk": met.pk} for n in ("", "_notice", "_minutes", "_file")},
        "democracy:supervision_programme": {"pk": asked.supervision.programme_id},
        "democracy:supervision": {"pk": asked.supervision_id},
        "democracy:recommendation": {"pk": asked.pk},
        "democracy:reply_file": {"pk": replied.pk},
        "democracy:opinion": {"pk": said.pk},
        **{f"democracy:{n}": {"pk": unit.pk} for n in ("agency_unit", "checklist")},
        "democracy:check_item": {"pk": unit.pk, "item": item.pk, "year": 2023},
        "democracy:check_file": {"pk": kept.pk},
        **{f"democracy:survey{n}": {"pk": made.pk} for n in ("", "_settle", "_workbook")},
        **{f"democracy:{n}": found for n in ("surveyed", "survey_sheet", "survey_tokens")},
        "democracy:survey_withdraw": {"pk": batch.pk},
    }
