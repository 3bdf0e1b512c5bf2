"""July to October: what three wards tell the people, a draft they are asked about, a vote."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from danvan.demo import city, names
from danvan.demo.agenda import DAY, Agenda, at, later
from danvan.democracy import disclosing, drafts
from danvan.democracy.actions import (
    ballots,
    disclosure,
    draft_opinions,
    matters,
)
from danvan.democracy.actions import consultation as consultations
from danvan.democracy.models import (
    Ballot,
    Consultation,
    Disclosure,
    Matter,
    Posting,
)
from danvan.kernel import clock
from danvan.organisations.models import Unit

WARDS = ("phuong-1", "phuong-3", "phuong-ninh-son")
LAW = dt.date(2023, 7, 1)  # Luật 10/2022/QH15


@dataclass(frozen=True, slots=True)
class Told:
    """One paper every one of the wards discloses; ``names``: it tells of people by name."""

    code: str
    day: dt.date
    title: str
    names: bool = False


TOLD = (
    Told("XA-CK-01", dt.date(2023, 7, 10), "Kết quả phát triển kinh tế - xã hội 6 tháng đầu năm"),
    Told("XA-CK-02", dt.date(2023, 7, 12), "Thực hiện ngân sách quý II năm 2023"),
    Told("XA-CK-03", dt.date(2023, 8, 7), "Tiến độ các công trình nâng cấp hẻm năm 2023"),
    Told("XA-CK-04", dt.date(2023, 7, 5), "Quy chế thực hiện dân chủ của phường"),
    Told("XA-CK-05", dt.date(2023, 8, 14), "Khoản Nhân dân đóng góp nâng cấp hẻm"),
    Told("XA-CK-06", dt.date(2023, 9, 6), "Mua sắm tài sản công năm 2023"),
    Told("XA-CK-07", dt.date(2023, 8, 21), "Kết quả bình xét hộ được hỗ trợ nhà ở", True),
    Told("XA-CK-09", dt.date(2023, 9, 18), "Danh sách công dân đủ điều kiện khám tuyển", True),
    Told("XA-CK-12", dt.date(2023, 7, 19), "Mức thu phí, lệ phí do phường trực tiếp thu"),
    Told("XA-CK-13", dt.date(2023, 7, 6), "Danh mục thủ tục hành chính của phường"),
    Told("XA-CK-02", dt.date(2023, 10, 9), "Thực hiện ngân sách quý III năm 2023"),
)
NOT_ARISING = {"XA-CK-08": "Trong năm không có đợt vận động, hỗ trợ thiên tai."}
# Registered and never posted: overdue from 17/10 on.
FORGOTTEN = ("phuong-3", "Thực hiện ngân sách quý III năm 2023")
PLACES = {
    Posting.Form.POSTING: "Bảng niêm yết tại trụ sở UBND phường",
    Posting.Form.WEBSITE: "Trang thông tin điện tử của phường",
    Posting.Form.BROADCAST: "Hệ thống truyền thanh của phường",
    Posting.Form.VIA_HEAD: "Trưởng các khu phố thông báo đến hộ",
}
DRAFT = """Dự thảo phương án chỉnh trang hẻm 12
Nâng cấp hẻm 12 dài 300 m, mở rộng mặt đường lên 4 m.
Vận động các hộ hiến đất, di dời hàng rào.
Mỗi hộ đóng góp 500.000 đồng; phần còn lại do ngân sách phường chi.
Thi công trong quý IV năm 2023.
"""
# Paragraph (from 0), number of an invented name, what was said, outcome, answer.
SAID = (
    (3, 740, "Hộ nghèo không đủ sức đóng 500.000 đồng.", "accepted",
     "Miễn đóng góp cho hộ nghèo, giảm một nửa cho hộ cận nghèo."),
    (2, 741, "Đề nghị hỗ trợ xây lại hàng rào.", "partly",
     "Hỗ trợ vật liệu; công xây dựng do hộ tự lo."),
    (1, 742, "Nên mở rộng 5 m.", "not_accepted",
     "Hẻm hai bên nhà liền kề, mở 5 m phải giải tỏa 9 căn nhà."),
)  # fmt: skip


def plan(agenda: Agenda) -> None:
    agenda.at(at(dt.date(2023, 5, 12), 8), enact)
    for number, key in enumerate(WARDS):
        agenda.at(at(dt.date(2023, 7, 4), 8, number), plan_disclosure, key)
        for told in TOLD:
            agenda.at(at(later(told.day, 1), 9, number), register, agenda, key, told)
        agenda.at(at(dt.date(2023, 10, 3), 14, number), post_list, key)
    _plan_consultation(agenda)
    agenda.at(at(dt.date(2023, 9, 11), 8), hold_ballot)


def enact() -> None:
    matters.enact(city.body(), rows=matters.shipped(), by=city.actor("noi-vu"))


def the_unit(key: str) -> Unit:
    return Unit.objects.get(key=key)


# --- disclosure --------------------------------------------------------------------------


def plan_disclosure(key: str) -> None:
    by = city.actor(key)
    made = disclosure.make_plan(the_unit(key), year=2023, by=by)
    for item in made.items.filter(matter__code__in=NOT_ARISING).select_related("matter"):
        disclosure.settle_item(item, not_arising=NOT_ARISING[item.matter.code], by=by)


def register(agenda: Agenda, key: str, told: Told) -> None:
    """Registered the day after; posted the next, taken down when the law's days are over."""
    plan = the_unit(key).disclosure_plans.get(year=2023)
    made = disclosure.register(
        plan.items.get(matter__code=told.code), title=told.title, decided_on=told.day,
        names_people=told.names, by=city.actor(key),
    )  # fmt: skip
    if (key, told.title) != FORGOTTEN:
        agenda.at(at(later(clock.today(), 1), 8, 20), post, agenda, made)


def post(agenda: Agenda, made: Disclosure) -> None:
    """In every form the law names for it; what names people comes down in all of them."""
    assert made.matter is not None
    by = city.actor(made.item.plan.unit.key)
    for form in disclosing.needed_forms(made.matter):
        held = disclosure.post(
            made, form=form, place=PLACES[form], posted_from=clock.today(), by=by
        )
        hangs = form == Posting.Form.POSTING or made.names_people
        if hangs and made.matter.posting_days:
            last = clock.today() + made.matter.posting_days * DAY
            agenda.at(at(later(last, 1), 8), take_down, held)


def take_down(held: Posting) -> None:
    by = city.actor(held.disclosure.item.plan.unit.key)
    disclosure.take_down(held, posted_to=clock.today(), by=by)


def post_list(key: str) -> None:
    plan = the_unit(key).disclosure_plans.get(year=2023)
    disclosure.post_list(
        plan, quarter=3, posted_on=clock.today(), place=PLACES[Posting.Form.POSTING],
        by=city.actor(key),
    )  # fmt: skip


# --- a draft and a vote of Phường 1 ------------------------------------------------------


def _plan_consultation(agenda: Agenda) -> None:
    agenda.at(at(dt.date(2023, 7, 17), 8), open_consultation)
    for number in range(len(SAID)):
        agenda.at(at(dt.date(2023, 7, 24), 9, 12 * number), speak, number)
    agenda.at(at(dt.date(2023, 8, 1), 9), speak_for_the_front)
    agenda.at(at(dt.date(2023, 8, 9), 9), answer_all)
    agenda.at(at(dt.date(2023, 8, 10), 9), conclude)


def open_consultation() -> None:
    by, today = city.actor("phuong-1"), clock.today()
    made = consultations.prepare(
        the_unit("phuong-1"), title="Phương án chỉnh trang hẻm 12",
        purpose="Phương án ảnh hưởng trực tiếp đến các hộ trong hẻm.",
        pieces=drafts.of_file(DRAFT.encode(), "phuong-an.txt"), opens_on=today,
        closes_on=today + 21 * DAY, matter=Matter.objects.get(code="XA-YK-03", valid_from=LAW),
        asked_words="Ủy ban MTTQ Việt Nam thành phố Tây Ninh; Phòng Quản lý đô thị", by=by,
    )  # fmt: skip
    consultations.open_(made, by=by)


def speak(number: int) -> None:
    """On the public page; the last one at a meeting, written down by the ward."""
    held = Consultation.objects.get()
    place, who, text, _outcome, _answer = SAID[number]
    part = held.paragraphs.order_by("order")[place]
    if number < len(SAID) - 1:
        draft_opinions.speak_publicly(
            held, text=text, paragraph=part, name=names.name(who), by=draft_opinions.CITIZEN
        )
        return
    draft_opinions.enter(
        held, source="citizen", channel="meeting", text=text, given_on=clock.today(),
        paragraph=part, name=names.name(who), by=city.actor("phuong-1"),
    )  # fmt: skip


def speak_for_the_front() -> None:
    text = "Đề nghị miễn đóng góp cho hộ nghèo."
    draft_opinions.speak(
        Consultation.objects.get(), unit=the_unit("mat-tran"), text=text,
        by=city.actor("mat-tran.truong"),
    )  # fmt: skip


def answer_all() -> None:
    """What the Front said is what the first citizen said."""
    by, opinions = city.actor("phuong-1"), list(Consultation.objects.get().opinions.order_by("pk"))
    for opinion, (*_said, outcome, answer) in zip(opinions, SAID, strict=False):
        draft_opinions.answer(opinion, outcome=outcome, text=answer, by=by)
    draft_opinions.group(opinions[-1], same_as=opinions[0], by=by)


def conclude() -> None:
    held, by = Consultation.objects.get(), city.actor("phuong-1")
    consultations.conclude(held, final_note="Phương án số 15/PA-UBND ngày 10/8/2023", by=by)
    for opinion in held.opinions.filter(channel="meeting"):
        draft_opinions.tell(opinion, how="Thông báo tại cuộc họp khu phố 3", by=by)


def hold_ballot() -> None:
    """Ballots were handed out on Sunday; 158 of 186 households agree. Sent on the same day."""
    by, held_on = city.actor("phuong-1"), dt.date(2023, 9, 10)
    matter = Matter.objects.get(code="XA-QD-01", scope="village", valid_from=LAW)
    held: Ballot = ballots.prepare(
        the_unit("phuong-1"), matter=matter, title="Đóng góp nâng cấp hẻm 12",
        area="Khu phố 3", form="ballot", held_on=held_on, announced_on=held_on - 5 * DAY,
        team_size=5, base_count=186, base_source="Sổ quản lý hộ khu phố 3",
        questions=[ballots.Asked("Đóng góp 500.000 đồng mỗi hộ, miễn cho hộ nghèo")], by=by,
    )  # fmt: skip
    votes = zip(held.questions.get().options.all(), (158, 14, 5), strict=True)
    counted = ballots.Count(186, 179, 177, {option.pk: number for option, number in votes})
    ballots.count(held, counted=counted, by=by)
    ballots.send(held, sent_on=clock.today(), by=by)
