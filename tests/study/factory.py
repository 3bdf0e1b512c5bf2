"""A small campaign over the small city: two wards study the plan, with a session and a class."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.documents.models import Document, TextVersion
from danvan.kernel import clock
from danvan.organisations.models import Person, Post
from danvan.study import learners
from danvan.study.actions import (
    attendance,
    campaigns,
    papers,
    questions,
    reading,
    sessions,
    training,
)
from danvan.study.actions import learners as giving
from danvan.study.models import (
    Acknowledgement,
    Campaign,
    Learner,
    PaperList,
    StudySession,
    StudyText,
)
from danvan.study.rules import LEARNER
from tests.city import City
from vanban.text import sort_key

WORDS = "\n".join(f"Đoạn {n}. " + "Công tác dân vận chính quyền. " * 30 for n in range(8))
DUE = dt.date(2023, 6, 30)
AT = dt.datetime(2023, 5, 10, 8, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def document(code: str = "33/CT-TTg", text: str = WORDS) -> Document:
    return Document.objects.create(
        origin="received", type="Chỉ thị", code=code, text=text, subject="Công tác dân vận",
        issued_on=dt.date(2023, 3, 27),
    )  # fmt: skip


def draft(city: City, *units: str, **values: Any) -> Campaign:
    told = {
        "title": "Quán triệt Kế hoạch 49", "basis": "Kế hoạch 49/KH-UBND, mục III.1",
        "due_on": DUE, "keep_until": dt.date(2024, 6, 30), "way": Campaign.Way.EITHER,
    }  # fmt: skip
    made: Campaign = campaigns.draft(
        city.body, units=[city.units[key].pk for key in units or ("phuong-1", "phuong-2")],
        **told | values, by=city.actor("noi-vu"),
    )  # fmt: skip
    return made


def opened(city: City, *units: str, texts: int = 1, **values: Any) -> Campaign:
    office = city.actor("noi-vu")
    made = draft(city, *units, **values)
    for n in range(texts):
        campaigns.add_text(made, document=document(f"{33 + n}/CT-TTg"), by=office)
    return campaigns.open_campaign(made, by=office)  # type: ignore[no-any-return]


def staff(city: City, unit: str, count: int, since: dt.date = dt.date(2020, 1, 1)) -> list[Person]:
    """People of a unit who never sign in."""
    made = []
    for n in range(count):
        name = f"Nguyễn Văn {chr(65 + n % 26)}{n}"
        person = Person.objects.create(name=name, sort_key=sort_key(name))
        Post.objects.create(
            person=person, unit=city.units[unit], title="Chuyên viên", rank="officer",
            valid_from=since,
        )  # fmt: skip
        made.append(person)
    return made


def session(city: City, campaign: Campaign, who: str = "noi-vu", **values: Any) -> StudySession:
    told = {
        "kind": "conference", "title": "Hội nghị quán triệt", "place": "Hội trường thành phố",
        "starts_at": AT, "ends_at": AT + dt.timedelta(hours=3), "organiser": city.units[who],
    }  # fmt: skip
    made: StudySession = sessions.hold(campaign, **told | values, by=city.actor(who))
    return made


def running(city: City, campaign: Campaign, who: str = "noi-vu") -> StudySession:
    """A session that takes people in; the clock must stand at AT or a little later."""
    return sessions.start(session(city, campaign, who), by=city.actor(who))  # type: ignore[no-any-return]


def codes_of(city: City, unit: str) -> dict[str, str]:
    """Name → personal code, given to everybody of the unit without one."""
    return dict(giving.give_codes(city.units[unit], by=city.actor(unit)))


def learner(person: Person) -> Learner:
    return learners.of([person.pk])[person.pk]


def read(text: StudyText, person: Person) -> Acknowledgement:
    """The person sees every page and acknowledges."""
    who = learner(person)
    for page in range(1, text.pages + 1):
        reading.see(text, who, page)
    made: Acknowledgement = reading.acknowledge(text, learner=who, way="code", by=LEARNER)
    return made


def scan(name: str = "danh-sach.pdf", content: bytes = b"%PDF-1.4 danh sach") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def on_paper(city: City, text: StudyText, *people: Person, unit: str = "phuong-1") -> PaperList:
    """They signed a list today; the unit's focal officer writes it down."""
    made: PaperList = papers.acknowledge(
        text, unit=city.units[unit], people=[p.pk for p in people], signed_on=clock.today(),
        file=scan(), by=city.actor(unit),
    )  # fmt: skip
    return made


def version(text: StudyText, day: dt.date, words: str = "Lời văn mới.") -> TextVersion:
    return TextVersion.objects.create(
        document=text.document, valid_from=day, text=words, source="thử", entered_at=clock.now()
    )


def line(city: City, *units: str, who: str = "tu-phap") -> Any:
    return training.plan(
        city.body, organiser=city.units[who], year=2023, post="Hòa giải viên cơ sở",
        content="Kỹ năng hòa giải", due_on=dt.date(2023, 9, 30),
        basis="Kế hoạch 49/KH-UBND, mục IV.2.b",
        units=[city.units[key].pk for key in units or ("phuong-1", "phuong-2")],
        by=city.actor(who),
    )  # fmt: skip


def held_class(city: City, plan_line: Any, who: str = "tu-phap") -> Any:
    return training.open_class(
        plan_line, title="Lớp 1", place="Phòng Tư pháp", starts_on=dt.date(2023, 5, 10),
        ends_on=dt.date(2023, 5, 11), by=city.actor(who),
    )  # fmt: skip


def addresses(city: City) -> dict[str, dict[str, Any]]:
    """One of everything an address of study takes, for the promise about access."""
    office = city.actor("noi-vu")
    morning = dt.datetime(2023, 10, 19, 7, tzinfo=AT.tzinfo)
    with clock.set_to(dt.date(2023, 10, 2)):
        due = {"due_on": dt.date(2023, 12, 1)}
        prepared = draft(city, title="Đợt đang soạn", **due)
        campaign = opened(city, quiz_size=1, quiz_pass=1, **due)
        question = questions.add(
            city.body, words="Hạn nộp kế hoạch?", choices=["04/4", "16/10"], right=0,
            ground="KH 49, mục IV.1", by=office,
        )  # fmt: skip
        exempt = giving.ask_exemption(
            city.units["phuong-1"], person=city.heads["phuong-1"], valid_to=None,
            valid_from=dt.date(2023, 10, 1), reason="Đi học", by=city.actor("phuong-1"),
        )  # fmt: skip
        plan_line = line(city)
        school = held_class(city, plan_line)
        training.enrol(
            school, unit=city.units["phuong-1"], names=[("Trần Thị Bình", "")],
            by=city.actor("tu-phap"),
        )  # fmt: skip
        enrolled = school.enrolments.get()
        training.settle(
            school, completed={enrolled.pk: "1/CN"}, on=dt.date(2023, 5, 11),
            by=city.actor("tu-phap"),
        )  # fmt: skip
    with clock.set_to(morning + dt.timedelta(hours=1)):
        held = session(
            city, campaign, "phuong-1", starts_at=morning, ends_at=morning + dt.timedelta(hours=4)
        )
        sessions.start(held, by=office)
        came = {city.heads["phuong-1"].pk: city.units["phuong-1"].pk}
        attendance.write_down(held, people=came, by=office)
        paper = SimpleUploadedFile("ds.pdf", b"%PDF-1.4 ds", "application/pdf")
        kept = sessions.attach(held, kind="signed_list", file=paper, by=office)
        row = held.attendances.get()
        signed = on_paper(city, campaign.texts.get(), city.heads["phuong-1"])
    text = campaign.texts.get()
    one = {"pk": campaign.pk}
    return {
        **{f"study:{n}": {"pk": prepared.pk} for n in ("edit", "open", "add_text", "remove_text")},
        **{f"study:{n}": one for n in (
            "campaign", "close", "missing", "missing_workbook", "ledger", "ledger_export", "hold",
            "quiz")},
        "study:renew": {"pk": text.pk},
        "study:acknowledge": {"pk": text.pk},
        "study:write_paper": {"pk": text.pk},
        "study:paper": {"pk": signed.pk},
        "study:page": {"pk": text.pk, "page": 1},
        "study:withdraw_question": {"pk": question.pk},
        **{f"study:{n}": {"pk": held.pk} for n in (
            "session", "start", "stop", "wall", "session_people", "attach")},
        "study:strike": {"pk": held.pk, "attendance": row.pk},
        "study:file": {"pk": kept.pk},
        "study:check_in": {"pk": held.pk, "code": "khong-co"},
        **{f"study:{n}": {"key": "phuong-1"} for n in ("roster", "give_codes", "ask_exemption")},
        "study:decide": {"pk": exempt.pk},
        **{f"study:{n}": {"pk": city.people["phuong-1"].pk} for n in (
            "person", "person_export", "erase")},
        **{f"study:{n}": {"pk": plan_line.pk} for n in (
            "line", "withdraw_line", "ask_need", "open_class")},
        "study:tell_need": {"pk": plan_line.needs.get(unit=city.units["phuong-1"]).pk},
        **{f"study:{n}": {"pk": school.pk} for n in ("class", "enrol", "settle", "hold_class")},
        "study:certificate": {"pk": enrolled.pk},
        "study:erase_name": {"pk": enrolled.pk},
    }  # fmt: skip
