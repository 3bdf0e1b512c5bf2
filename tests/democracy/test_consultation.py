"""Rows 25 and 26: a draft paragraph by paragraph; every opinion answered, its author told."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import python_calamine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from danvan.democracy import drafts, public
from danvan.democracy.actions import consultation as acts
from danvan.democracy.actions import draft_opinions
from danvan.democracy.models import Consultation, DraftOpinion
from danvan.democracy.public.consultation import TooOften
from danvan.democracy.queries import consultation as queries
from danvan.documents.models import Document
from danvan.kernel import duties
from danvan.kernel.access import Refused, Stale
from danvan.kernel.models import Entry, Knock, Refusal
from tests.city import City
from tests.democracy.factory_telling import DRAFT, consultation, enacted
from vanban import reading, writing
from vanban.errors import EmptyFile

LAST = dt.date(2023, 8, 21)  # twenty days from 01/8/2023
AFTER = (2023, 8, 22)


@pytest.fixture
def told(city: City, on_day) -> City:
    on_day(2023, 8, 1)
    return enacted(city)


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def piece(held: Consultation, path: str):  # type: ignore[no-untyped-def]
    return held.paragraphs.get(path=path)


def front(city: City, held: Consultation, path: str, text: str) -> DraftOpinion:
    made: DraftOpinion = draft_opinions.speak(
        held, unit=city.units["mat-tran"], paragraph=piece(held, path), text=text,
        by=city.actor("mat-tran"),
    )  # fmt: skip
    return made


def test_row_25_a_draft_is_read_paragraph_by_paragraph(told: City) -> None:
    held = consultation(told)
    assert held.state == "open"
    assert [p.path for p in held.paragraphs.all() if p.path] == [
        "I", "II", "II.1", "II.1.a", "II.1.b", "II.2",
    ]  # fmt: skip
    assert piece(held, "II.1.b").text == "Đóng góp 500.000 đồng/hộ."
    assert {u.key for u in held.asked.all()} == {"mat-tran", "tu-phap"}
    docx = writing.plan(
        letterhead=writing.Letterhead(None, "Ủy ban nhân dân Phường 1", "Phường 1"), number=None,
        symbol="KH-UBND", date=None, subject="Thử", recipients=("Lưu: VT",),
        body=(writing.Heading("I. MỤC ĐÍCH"), writing.Paragraph("Nâng cấp hẻm.")),
        signature=writing.Signature(("CHỦ TỊCH",), "Trần Văn Thử"),
    )  # fmt: skip
    assert "Nâng cấp hẻm." in [p.text for p in drafts.of_file(docx, "du-thao.docx")]
    plain = drafts.of_file("Một đoạn không có dấu hiệu gì.\n\nĐoạn hai.".encode(), "x.txt")
    assert [p.text for p in plain] == ["Một đoạn không có dấu hiệu gì.", "Đoạn hai."]
    kept = Document.objects.create(origin="received", type="Phương án", text=DRAFT.decode())
    assert "Vận động hiến đất." in [p.text for p in drafts.of_document(kept)]
    with pytest.raises(EmptyFile):
        drafts.of_file(b"   ", "x.txt")


def test_row_25_fewer_than_the_laws_days_need_a_reason(told: City) -> None:
    short = dt.date(2023, 8, 20)
    with pytest.raises(Refused, match="20 ngày"):
        consultation(told, closes_on=short)
    held = consultation(told, closes_on=short, short_reason="Bão số 2, phải làm trước mùa mưa")
    assert held.min_days == 20
    free = consultation(told, matter=None, closes_on=dt.date(2023, 8, 3))
    assert free.min_days is None


def test_row_25_days_are_counted_from_the_day_it_is_opened(told: City, on_day) -> None:
    made = acts.prepare(
        told.units["phuong-1"], title="x", purpose="y", pieces=drafts.of_file(DRAFT, "x.txt"),
        opens_on=dt.date(2023, 8, 1), closes_on=LAST, by=told.actor("phuong-1"),
        matter=consultation(told).matter,
    )  # fmt: skip
    on_day(2023, 8, 5)
    with pytest.raises(Refused, match="lý do rút ngắn"):
        acts.open_(made, by=told.actor("phuong-1"))
    acts.reschedule(made, closes_on=dt.date(2023, 8, 25), reason="Mở muộn",
                    by=told.actor("phuong-1"))  # fmt: skip
    assert acts.open_(made, by=told.actor("phuong-1")).opens_on == dt.date(2023, 8, 5)
    with pytest.raises(Refused, match="đã mở lấy ý kiến"):
        acts.open_(made, by=told.actor("phuong-1"))
    with pytest.raises(Refused, match="không trước ngày mở"):
        acts.reschedule(made, closes_on=dt.date(2023, 8, 4), reason="x", by=told.actor("phuong-1"))


def test_row_25_the_front_units_and_citizens_speak_of_a_paragraph(told: City, on_day) -> None:
    held = consultation(told)
    said = front(told, held, "II.1.b", "Miễn cho hộ nghèo.")
    assert (said.number, said.source, said.channel) == (f"YK{held.pk}-0001", "front", "system")
    paper = draft_opinions.enter(
        held, source="citizen", channel="paper", text="Không đồng ý mức đóng góp",
        name="Nguyễn Thị Bông", contact="0900 000 000", given_on=dt.date(2023, 8, 1),
        paragraph=piece(held, "II.1.b"), by=told.actor("phuong-1"),
        sent=[SimpleUploadedFile("phieu.pdf", b"%PDF-1.4 phieu")],
    )  # fmt: skip
    assert paper.files.get().name == "phieu.pdf"
    receipt = public.give_opinion(
        held.pk, piece(held, "II.2").pk, name="Trần Văn Cải", contact="0911", text="Làm sau Tết"
    )
    assert receipt.number == f"YK{held.pk}-0003"
    web = DraftOpinion.objects.get(number=receipt.number)
    assert receipt.secret.replace("-", "") not in (web.secret, web.text)
    lines = Entry.objects.filter(action__startswith="democracy.draft_opinion")
    assert lines.count() == 3
    written = " ".join(f"{e.facts} {e.subject_name} {e.reason} {e.actor_name}" for e in lines)
    assert "Bông" not in written
    assert "Cải" not in written
    with pytest.raises(Refused, match="không thuộc dự thảo"):
        front_of = consultation(told, title="Khác")
        draft_opinions.speak(held, unit=told.units["mat-tran"], text="x",
                             paragraph=piece(front_of, "I"), by=told.actor("mat-tran"))  # fmt: skip
    on_day(*AFTER)
    with pytest.raises(Refused, match="hết thời hạn"):
        front(told, held, "I", "Muộn")
    with pytest.raises(Refused, match="hết thời hạn"):
        public.give_opinion(held.pk, text="Muộn")
    # What came on paper in time may still be typed.
    draft_opinions.enter(held, source="citizen", channel="meeting", text="Nói tại họp tổ",
                         given_on=LAST, by=told.actor("phuong-1"))  # fmt: skip


def test_row_25_who_was_not_asked_does_not_speak(told: City) -> None:
    closed = consultation(told, public=False)
    with pytest.raises(Refused, match="không gửi hỏi"):
        draft_opinions.speak(closed, unit=told.units["thanh-tra"], text="x",
                             by=told.actor("thanh-tra"))  # fmt: skip
    with pytest.raises(Refused, match="thay mặt đơn vị này"):
        draft_opinions.speak(closed, unit=told.units["mat-tran"], text="x",
                             by=told.actor("tu-phap"))  # fmt: skip
    with pytest.raises(ValidationError, match="Không có dự thảo"):
        public.give_opinion(closed.pk, text="x")
    with pytest.raises(Refused, match="trang công khai"):
        draft_opinions.speak_publicly(closed, text="x", by=draft_opinions.CITIZEN)


def test_row_26_it_cannot_end_while_an_opinion_is_unanswered(told: City, on_day) -> None:
    held = consultation(told)
    ward = told.actor("phuong-1")
    said = front(told, held, "II.1.b", "Miễn cho hộ nghèo.")
    with pytest.raises(Refused, match="Còn thời hạn"):
        acts.conclude(held, by=ward)
    on_day(*AFTER)
    with pytest.raises(Refused, match="Còn 1 ý kiến chưa được trả lời"):
        acts.conclude(held, by=ward)
    with pytest.raises(Refused, match="lý do không tiếp thu"):
        draft_opinions.answer(said, outcome="not_accepted", text=" ", by=ward)
    draft_opinions.answer(said, outcome="accepted", text="Sửa II.1.b: miễn hộ nghèo.", by=ward)
    Document.objects.create(origin="issued", type="Phương án", code="20/PA-UBND",
                            issued_on=dt.date(2023, 8, 22))  # fmt: skip
    acts.conclude(held, final_code="20/PA-UBND", final_note="Đã ban hành", by=ward)
    assert held.final_document.code == "20/PA-UBND"
    said.refresh_from_db()
    assert (said.told_on, said.told_how) == (dt.date(2023, 8, 22), "trên hệ thống")
    with pytest.raises(Refused, match="kết thúc"):
        draft_opinions.answer(said, outcome="partly", text="Khác", by=ward)
    with pytest.raises(Refused, match="kết thúc"):
        acts.conclude(held, by=ward)


def test_row_26_what_repeats_another_has_its_answer(told: City, on_day) -> None:
    held, ward = consultation(told), told.actor("phuong-1")
    one = front(told, held, "II.1.b", "Miễn cho hộ nghèo.")
    two = front(told, held, "II.1.b", "miễn cho hộ  nghèo")
    draft_opinions.group(two, same_as=one, by=ward)
    with pytest.raises(Refused, match="dùng chung trả lời"):
        draft_opinions.answer(two, outcome="accepted", text="x", by=ward)
    three = front(told, held, "II.2", "Ba")
    assert queries.same_words(two, one)
    assert not queries.same_words(three, one)
    with pytest.raises(Refused, match="ý kiến gốc"):
        draft_opinions.group(three, same_as=two, by=ward)
    with pytest.raises(Refused, match="gốc của ý kiến khác"):
        draft_opinions.group(one, same_as=three, by=ward)
    on_day(*AFTER)
    draft_opinions.answer(one, outcome="accepted", text="Miễn.", by=ward)
    draft_opinions.answer(three, outcome="not_accepted", text="Trùng mùa mưa.", by=ward)
    acts.conclude(held, by=ward)
    two.refresh_from_db()
    assert two.standing.answer == "Miễn."
    with pytest.raises(Refused, match="kết thúc"):
        draft_opinions.group(two, same_as=None, by=ward)


def test_row_26_a_citizen_is_told_by_the_receipt(told: City, on_day) -> None:
    held, ward = consultation(told), told.actor("phuong-1")
    receipt = public.give_opinion(held.pk, name="Trần Văn Cải", text="Làm sau Tết")
    answer = public.opinion_answer(receipt.number, receipt.secret)
    assert answer.outcome == ""
    assert "Đang nhận" in answer.said
    assert public.opinion_answer(receipt.number, "SAI-LAM") is None
    assert public.opinion_answer("YK9-9999", receipt.secret) is None
    opinion = DraftOpinion.objects.get()
    with pytest.raises(Refused, match="Chưa có trả lời"):
        draft_opinions.read_answer(opinion, by=draft_opinions.CITIZEN)
    on_day(*AFTER)
    draft_opinions.answer(opinion, outcome="not_accepted", text="Trước mùa mưa.", by=ward)
    assert public.opinion_answer(receipt.number, receipt.secret).answer == ""  # not published yet
    acts.conclude(held, by=ward)
    lower = receipt.secret.lower().replace("-", "")
    answer = public.opinion_answer(receipt.number.lower(), lower)
    assert answer.answer == "Trước mùa mưa."
    opinion.refresh_from_db()
    assert opinion.told_how == "đã đọc bằng phiếu biên nhận"
    assert public.opinion_answer(receipt.number, receipt.secret).answer == "Trước mùa mưa."
    (result,) = public.consultation(held.pk).results
    assert (result.who, result.outcome) == ("công dân", "giải trình, không tiếp thu")
    assert "Cải" not in repr(public.consultation(held.pk))


def test_row_26_floods_are_refused_and_nothing_is_lost(told: City) -> None:
    held = consultation(told)
    for n in range(10):
        public.give_opinion(held.pk, text=f"Ý kiến {n}", who="10.0.0.7")
    with pytest.raises(TooOften, match="thử lại sau 60 phút"):
        public.give_opinion(held.pk, text="Thừa", who="10.0.0.7")
    public.give_opinion(held.pk, text="Người khác", who="10.0.0.8")
    assert held.opinions.count() == 11
    assert not Knock.objects.filter(key__contains="10.0").exists()
    for _n in range(20):
        assert public.opinion_answer(f"YK{held.pk}-0001", "AAAAA-AAAAA") is None
    with pytest.raises(TooOften):
        public.opinion_answer(f"YK{held.pk}-0001", "AAAAA-AAAAB")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"text": "  "}, "Ghi nội dung"),
        ({"text": "x" * 5001}, "5.000"),
        ({"text": "x", "files": [SimpleUploadedFile("x.exe", b"MZ")]}, "không thuộc loại"),
        ({"text": "x", "files": [SimpleUploadedFile(f"{n}.png", b"\x89PNG") for n in range(4)]},
         "tối đa 3 tệp"),
    ],
)  # fmt: skip
def test_row_25_what_a_citizen_sends_is_judged(told: City, words: dict, said: str) -> None:
    held = consultation(told)
    with pytest.raises(ValidationError, match=said):
        public.give_opinion(held.pk, **words)
    assert not held.opinions.exists()


def test_row_25_open_ones_are_on_the_public_page(told: City, on_day) -> None:
    held = consultation(told)
    consultation(told, public=False, title="Nội bộ")
    (shown,) = public.open_consultations()
    assert (shown.pk, shown.open, shown.unit_name) == (held.pk, True, "UBND Phường 1")
    assert "Ít nhất 20 ngày" in shown.why_days
    assert "Vận động hiến đất." in [p.text for p in public.consultation(held.pk).paragraphs]
    on_day(*AFTER)
    assert public.open_consultations() == []
    assert not public.consultation(held.pk).open


def test_row_26_the_whole_way_in_the_browser(told: City, sign_in, on_day) -> None:
    ward, other = sign_in("phuong-1"), sign_in("mat-tran")
    row = {
        "unit": told.units["phuong-1"].pk, "title": "Phương án hẻm 12", "purpose": "Hỏi mức góp",
        "matter": "", "opens_on": "01/8/2023", "closes_on": "21/8/2023", "public": "on",
        "asked_words": "Ủy ban MTTQ Việt Nam thành phố Tây Ninh",
    }  # fmt: skip
    blank = ward.post("/dan-chu/lay-y-kien/them/", row)
    assert blank.status_code == 422
    assert "Gửi tệp dự thảo" in blank.content.decode()
    broken = SimpleUploadedFile("x.docx", b"PK\x03\x04 hong")
    assert ward.post("/dan-chu/lay-y-kien/them/", row | {"file": broken}).status_code == 422
    assert not Consultation.objects.exists()
    sent = ward.post("/dan-chu/lay-y-kien/them/",
                     row | {"file": SimpleUploadedFile("x.txt", DRAFT)})  # fmt: skip
    held = Consultation.objects.get()
    url = f"/dan-chu/lay-y-kien/{held.pk}/"
    assert sent.url == url
    assert other.get(url).status_code == 404  # nobody sees it before it is opened
    ward.post(url, {"viec": "mo"})
    page = text_of(other, url)
    assert "Đóng góp 500.000 đồng/hộ." in page
    assert "Góp ý thay mặt đơn vị" in page
    spot = piece(held, "II.1.b")
    assert f'value="{spot.pk}" selected' in text_of(other, f"{url}?doan={spot.pk}")
    owed = [
        d for d in duties.owed(told.actor("mat-tran"), dt.date(2023, 8, 1)) if "Góp ý" in d.title
    ]
    assert owed[0].due == LAST
    speak = {"viec": "gop-y", "unit": told.units["mat-tran"].pk, "paragraph": spot.pk,
             "text": "Miễn cho hộ nghèo."}  # fmt: skip
    assert ward.post(url, speak).status_code in (403, 422)
    other.post(url, speak)
    said = DraftOpinion.objects.get()
    assert not [d for d in duties.owed(told.actor("mat-tran"), dt.date(2023, 8, 1))
                if "Góp ý" in d.title]  # fmt: skip
    enter = {"viec": "nhap", "source": "citizen", "channel": "meeting", "name": "Lê Thị Hạnh",
             "given_on": "01/8/2023", "paragraph": "", "text": "Cần đèn đường"}  # fmt: skip
    assert other.post(url, enter).status_code == 403
    ward.post(url, enter)
    talk = DraftOpinion.objects.get(channel="meeting")
    assert "Lê Thị Hạnh" in text_of(ward, f"/dan-chu/lay-y-kien/y-kien/{talk.pk}/")
    assert "Hạnh" not in text_of(sign_in("noi-vu"), f"/dan-chu/lay-y-kien/y-kien/{talk.pk}/")
    on_day(*AFTER)
    first = f"/dan-chu/lay-y-kien/y-kien/{said.pk}/"
    sent = ward.post(first, {"viec": "tra-loi", "outcome": "accepted", "text": "Miễn hộ nghèo.",
                             "next": "1"})  # fmt: skip
    assert sent.url == f"/dan-chu/lay-y-kien/y-kien/{talk.pk}/"
    assert "Miễn hộ nghèo." not in text_of(other, first)
    assert "Còn 1 ý kiến" in text_of(ward, url)
    ward.post(sent.url, {"viec": "tra-loi", "outcome": "partly", "text": "Làm giai đoạn 2."})
    ward.post(url, {"viec": "ket-thuc", "final_code": "", "final_note": "Đã chỉnh lý"})
    assert "Miễn hộ nghèo." in text_of(other, first)
    assert [d.kind for d in duties.owed(told.actor("mat-tran"), dt.date(2023, 8, 22))
            if said.number in d.title] == ["watch"]  # fmt: skip
    owed = [d.title for d in duties.owed(told.actor("phuong-1"), dt.date(2023, 8, 22))]
    assert "Báo kết quả cho 1 người góp ý: Phương án hẻm 12" in owed
    assert "Hạnh" not in text_of(sign_in("thanh-tra"), url)
    ward.post(sent.url, {"viec": "bao", "how": "Thông báo tại họp khu phố"})
    owed = [d.title for d in duties.owed(told.actor("phuong-1"), dt.date(2023, 8, 22))]
    assert not [t for t in owed if "Báo kết quả" in t]
    assert ward.post(sent.url, {"viec": "la"}).status_code == 400


def test_row_26_the_table_as_docx_and_xlsx(told: City, sign_in, on_day) -> None:
    held, ward = consultation(told), told.actor("phuong-1")
    one = front(told, held, "II.1.b", "Miễn cho hộ nghèo.")
    public.give_opinion(
        held.pk, piece(held, "II.1.b").pk, name="Trần Văn Cải", text="Miễn hộ nghèo"
    )
    two = DraftOpinion.objects.get(channel="web")
    draft_opinions.group(two, same_as=one, by=ward)
    draft_opinions.answer(one, outcome="accepted", text="Sửa II.1.b.", by=ward)
    client, url = sign_in("phuong-1"), f"/dan-chu/lay-y-kien/{held.pk}/bang"
    text, _format = reading.extract(client.get(f"{url}.docx").content, "x.docx")
    assert "BÁO CÁO" in text
    assert "Điều 25, Luật 10/2022/QH15" in text
    assert "2 ý kiến (1 ý kiến khác nhau)" in text
    assert "Tiếp thu. Sửa II.1.b." in text
    assert "1 công dân" in text
    assert "Cải" not in text
    answer = client.get(f"{url}.xlsx")
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    lines = rows.get_sheet_by_index(0).to_python()[4:]
    for kind in ("docx", "xlsx"):
        refused = sign_in("phuong-2").get(f"{url}.{kind}")
        assert refused.status_code == 403
        assert "công bố khi kết thúc" in refused.content.decode()
    assert [line[2] for line in lines] == ["II.1.b", "II.1.b"]
    assert lines[1][8:10] == ["Sửa II.1.b.", one.number]
    assert "Cải" not in str(lines)


def test_row_26_two_who_answer_at_once_are_told(told: City) -> None:
    held, ward = consultation(told), told.actor("phuong-1")
    said = front(told, held, "I", "Một")
    seen = draft_opinions.mark_of(said)
    draft_opinions.answer(said, outcome="accepted", text="Của tôi", seen=seen, by=ward)
    with pytest.raises(Stale, match="Đồng nghiệp"):
        draft_opinions.answer(said, outcome="partly", text="Của bạn", seen=seen, by=ward)
    assert DraftOpinion.objects.get().answer == "Của tôi"


def test_row_26_a_withdrawn_draft_says_why(told: City, on_day) -> None:
    held, ward = consultation(told), told.actor("phuong-1")
    receipt = public.give_opinion(held.pk, text="Ý kiến")
    with pytest.raises(Refused, match="lý do rút"):
        acts.withdraw(held, reason=" ", by=ward)
    acts.withdraw(held, reason="Thay phương án khác", by=ward)
    assert "Thay phương án khác" in public.opinion_answer(receipt.number, receipt.secret).said
    assert public.consultation(held.pk) is None
    with pytest.raises(Refused, match="đã rút"):
        acts.reschedule(held, closes_on=LAST, reason="x", by=ward)


def test_row_25_pages_cost_the_same_for_any_number_of_rows(told: City, sign_in) -> None:
    held, ward = consultation(told), sign_in("phuong-1")
    front(told, held, "I", "Một")

    def cost(url: str) -> int:
        ward.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert ward.get(url).status_code == 200
        return len(asked)

    urls = ["/dan-chu/lay-y-kien/", f"/dan-chu/lay-y-kien/{held.pk}/"]
    few = [cost(url) for url in urls]
    for n in range(4):
        front(told, held, "II.2", f"Ý kiến {n}")
        consultation(told, title=f"Dự thảo {n}")
    assert [cost(url) for url in urls] == few


def test_row_26_every_verb_is_refused_to_another_unit_with_its_reason(told: City, on_day) -> None:
    held, other = consultation(told), told.actor("phuong-2")
    said = front(told, held, "I", "Một")
    words = {"title": "x", "purpose": "y", "pieces": [], "opens_on": LAST, "closes_on": LAST}
    tries = [
        lambda: acts.prepare(told.units["phuong-1"], **words, by=other),
        lambda: acts.open_(held, by=other),
        lambda: acts.reschedule(held, closes_on=LAST, reason="x", by=other),
        lambda: acts.conclude(held, by=other),
        lambda: acts.withdraw(held, reason="x", by=other),
        lambda: draft_opinions.enter(held, source="unit", channel="paper", text="x", given_on=LAST,
                                     by=other),
        lambda: draft_opinions.answer(said, outcome="accepted", text="x", by=other),
        lambda: draft_opinions.group(said, same_as=None, by=other),
        lambda: draft_opinions.tell(said, how="x", by=other),
    ]  # fmt: skip
    for attempt in tries:
        with pytest.raises(Refused, match="công chức đầu mối của đơn vị"):
            attempt()
    assert Refusal.objects.count() == len(tries)
