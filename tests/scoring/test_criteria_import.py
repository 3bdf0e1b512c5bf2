"""A score sheet from a table: what is read, what is refused, that nothing is written unseen."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
import zipfile
from collections import Counter

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.documents.models import Document
from danvan.kernel import audit, facts
from danvan.kernel.access import Refused
from danvan.scoring import importing, template_files
from danvan.scoring.actions import criteria
from danvan.scoring.importing import NotATable
from danvan.scoring.models import Band, Cap, CriteriaSet, Criterion
from tests.scoring import factory

pytestmark = pytest.mark.django_db


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(factory.TEMPLATE.open(encoding="utf-8", newline="")))


def as_csv(lines: list[dict[str, str]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(lines[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode(encoding)


def checked(lines: list[dict[str, str]]) -> importing.Plan:
    return importing.check(importing.read("bang.csv", as_csv(lines)))


def problems(code: str, column: str, value: str, block: str = "DEPT") -> list[str]:
    """What is said when one cell of the template is changed."""
    lines = rows()
    changed = 0
    for line in lines:
        if line["code"] == code and line["block"] in (block, "ALL"):
            line[column] = value
            changed += 1
    assert changed == 1
    return [p.text for p in checked(lines).problems]


def upload(data: bytes, name: str = "bang-diem.csv", **changed: object) -> dict[str, object]:
    return {
        "file": SimpleUploadedFile(name, data),
        "title": "Bảng điểm năm 2023",
        "code": "815/QĐ-UBND",
        "issued_on": "19/8/2022",
        "issuer_name": "UBND thành phố Tây Ninh",
        "valid_from": "19/8/2022",
        "note": factory.NOTE,
        **changed,
    }


# --- the template itself ---------------------------------------------------------------------


def test_row_51_the_template_is_sound_and_sums_to_100() -> None:
    plan = factory.template()
    assert plan.problems == []
    assert [(s.block, s.total, len(s.criteria), len(s.bands)) for s in plan.sets] == [
        ("DEPT", 100, 38, 4), ("WARD", 100, 38, 4), ("PSU", 100, 38, 4),
    ]  # fmt: skip
    assert [len(s.caps) for s in plan.sets] == [8, 9, 8]


def test_the_workbook_to_fill_in_reads_back_the_same() -> None:
    plan = importing.check(importing.read("mau.xlsx", template_files.workbook()))
    assert plan.problems == []
    expected = factory.template()
    for read, held in zip(plan.sets, expected.sets, strict=True):
        for mine, theirs in zip(read.criteria, held.criteria, strict=True):
            assert {**mine, "row": 0} == {**theirs, "row": 0}


def test_computed_criteria_name_facts_that_exist(db) -> None:
    codes = {c for s in factory.template().sets for v in s.criteria for c in v["inputs"].values()}
    assert set(facts.REGISTRY.among(codes)) == codes
    # Criteria read the figures of every context that keeps some; a lost binding would show here.
    assert Counter(code.partition(".")[0] for code in codes) == {
        "assignments": 8, "chasing": 1, "democracy": 20, "emulation": 5, "indices": 2,
        "organisations": 2, "petitions": 4, "registers": 18, "scoring": 1, "study": 1,
    }  # fmt: skip


README = factory.TEMPLATE.parent / "README.md"


def told_in_the_readme() -> dict[tuple[str, str], tuple[set[str], str]]:
    """(block, code) → the facts its line names, and what it says of the rest."""
    told: dict[tuple[str, str], tuple[set[str], str]] = {}
    for line in README.read_text(encoding="utf-8").splitlines():
        found = re.fullmatch(r"\| ([1-6BD]\.?\d)(?: ([A-Z, ]+))? \| (.*?) \| ?(.*?) ?\|", line)
        if found is None:
            continue
        code, blocks, reads, why = found.groups()
        for block in (blocks or "DEPT, WARD, PSU").split(", "):
            assert (block, code) not in told, (block, code)
            told[block, code] = (set(re.findall(r"`([a-z_.]+)`", reads)), why)
    return told


def test_the_readme_tells_of_every_criterion_what_it_reads_or_why_nothing(db) -> None:
    told = told_in_the_readme()
    held = {(s.block, c["code"]): c for s in factory.template().sets for c in s.criteria}
    assert set(told) == set(held)
    for key, criterion in held.items():
        reads, why = told[key]
        assert reads == set(criterion["inputs"].values()), key
        assert why or set(criterion["words"]) <= set(criterion["inputs"]), key
    nothing = {code for (_block, code), (reads, _why) in told.items() if not reads}
    assert nothing == {"4.4", "4.5", "6.6", "D1"}


# --- encodings and files that are no table ---------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_unicode_is_read_however_it_was_saved(encoding: str, delimiter: str) -> None:
    table = importing.read("bang.csv", as_csv(rows(), encoding, delimiter))
    assert table.rows[0]["title"] == "Ban hành kế hoạch dân vận năm và gửi đúng hạn"


def test_windows_1258_is_read_and_composed() -> None:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = []
    for letter in as_csv(rows()).decode():
        parts = unicodedata.normalize("NFD", letter)
        bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        out.append(bare + "".join(c for c in parts if c in tones))
    data = "".join(out).replace("−", "-").encode("cp1258", errors="ignore")
    assert importing.read("bang.csv", data).rows[0]["title"] == rows()[0]["title"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "không có dòng nào|không phải là bảng"),
        (b"\n\n", "không phải là bảng|không có dòng nào"),
        ("Loại dòng,Khối\n".encode(), "không phải là tiêu đề"),
        (b"chi mot cot\n1\n", "không phải là bảng"),
        (b"\x81\x8d\x8f\x90\x9d,\xff\xfe\xff\n", "bảng mã"),
        (b"row_type,block,code\ncriterion,DEPT,1\n", "Thiếu cột: Mã nhóm|Thiếu cột"),
        (b"%PDF-1.4\x00\x00\x00,\x00", "bảng mã|không phải"),
        ("lo¹i,khèi,m·,®iÓm\nK\xd5 ho¹ch,µ,¸,b\n".encode("cp1258", "replace"), "phông chữ cũ"),
        ("Keá hoaïch,ñieåm,toái ña,daân vaän\nKeá hoaïch,1,2,3".encode("cp1252"), "phông chữ cũ"),
    ],
)
def test_what_is_no_table_is_told_so(data: bytes, said: str) -> None:
    with pytest.raises(NotATable, match=said):
        importing.read("bang.csv", data)


def test_a_workbook_that_is_none_or_reaches_too_far_is_refused() -> None:
    with pytest.raises(NotATable, match="hỏng"):
        importing.read("bang.xlsx", b"PK\x03\x04 broken")
    with pytest.raises(NotATable, match="hỏng"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("word/document.xml", "<x/>")
        importing.read("bang.xlsx", out.getvalue())
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_string(1_000_000, 16_000, "x")
    with pytest.raises(NotATable, match="quá xa"):
        importing.read("bang.xlsx", out.getvalue())


def test_too_many_rows_and_double_headings_are_refused() -> None:
    with pytest.raises(NotATable, match=r"quá 2000 dòng|quá nhiều dòng"):
        importing.read("bang.csv", as_csv(rows() * 20))
    head = as_csv(rows()).decode().replace("basis", "title", 1).encode()
    with pytest.raises(NotATable, match="hai lần"):
        importing.read("bang.csv", head)


# --- row by row ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1.234", "hai cách"), ("1e9", "không phải là số điểm"), ("-1", "âm"), ("", "Chưa ghi số"),
        ("NaN", "không phải là số điểm"), ("0", "lớn hơn 0"), ("1000", "vượt quá"),
        ("3,555", "chữ số"), ("ba", "không phải là số điểm"),
    ],
)  # fmt: skip
def test_absurd_points_are_refused_at_their_row(value: str, said: str) -> None:
    lines = rows()
    lines[0]["max_points"] = value
    found = [p for p in checked(lines).problems if p.row == 2]
    assert len(found) == 1 and said in found[0].text and found[0].column == "Điểm tối đa"


def test_a_decimal_comma_is_read() -> None:
    assert problems("1.4", "max_points", "1,5") == []
    assert problems("1.4", "max_points", "1.5") == []


def test_totals_that_are_not_100_are_told_per_block() -> None:
    said = problems("1.4", "max_points", "2,5")
    assert said == [
        "Khối cơ quan chuyên môn: tổng điểm tối đa của các tiêu chí là 101, phải là 100.",
        "Khối cơ quan chuyên môn: nhóm G1 ghi 10 điểm nhưng các tiêu chí cộng lại là 11.",
    ]


@pytest.mark.parametrize(
    ("code", "column", "value", "said"),
    [
        ("1.1", "owner_role", "Phòng Kế hoạch", "Không hiểu “Phòng Kế hoạch”"),
        ("1.1", "inputs", "days_late: chậm [assignments.nothing]", "Không có dữ kiện"),
        ("1.1", "inputs", "days_late: chậm [assignments.units_with_plan]", "từng đơn vị"),
        ("1.1", "inputs", "days_late chậm", "Không hiểu “days_late chậm”"),
        ("1.1", "inputs", "", "dùng days_late"),
        ("1.1", "formula", "S(days_late; 0 M)", "Ở ký tự thứ"),
        ("1.2", "code", "1.1", "đã dùng ở dòng trên"),
        ("1.1", "title", "", "Chưa ghi"),
        ("1.1", "title", "x" * 301, "Dài quá 300"),
        ("1.2", "group_max", "12", "ở dòng trên ghi 10 điểm"),
        ("1.1", "when_not_arising", "tùy", "Không hiểu “tùy”"),
        ("K1", "ceiling", "Giỏi", "không có trong bảng"),
        ("K1", "ceiling", "", "phải nêu xếp loại"),
        ("K3", "ceiling", "Khá", "không ghi loại"),
        ("K1", "rule", "tự nghĩ", "Không hiểu"),
    ],
)
def test_what_is_wrong_in_a_row_is_said(code: str, column: str, value: str, said: str) -> None:
    assert any(said in text for text in problems(code, column, value))


@pytest.mark.parametrize(
    ("name", "column", "value", "said"),
    [
        ("Khá", "floor", "70", "khoảng trống"),
        ("Khá", "below", "85", "chồng lên nhau"),
        ("Khá", "floor", "80", "chồng lên nhau"),
        ("Yếu", "floor", "10", "phải bắt đầu từ 0"),
        ("Tốt", "below", "95", "không thuộc loại nào"),
        ("Khá", "title", "Tốt", "trùng tên"),
        ("Khá", "floor", "101", "vượt quá"),
    ],
)
def test_row_61_bands_have_no_gap_and_no_overlap(name, column, value, said) -> None:
    lines = rows()
    next(r for r in lines if r["row_type"] == "class" and r["title"] == name)[column] = value
    assert any(said in p.text for p in checked(lines).problems)


def test_headings_and_words_may_be_vietnamese() -> None:
    lines = [{importing.COLUMNS[k]: v for k, v in row.items()} for row in rows()]
    for line in lines:
        if line["Khối"] == "WARD":
            line["Khối"] = "UBND phường, xã"
        if line["Loại dòng"] == "criterion":
            line["Loại dòng"] = "Tiêu chí"
    assert checked(lines).problems == []


# --- written or not --------------------------------------------------------------------------


def test_row_51_a_score_sheet_is_dated_and_enacted_by_a_document(city) -> None:
    made = factory.criteria_for(city)
    ward = next(s for s in made if s.block == "WARD")
    assert (ward.enacted_by.code, ward.valid_from) == ("815/QĐ-UBND", dt.date(2022, 8, 19))
    assert ward.criteria.count() == 38 and ward.note == factory.NOTE
    first = ward.criteria.get(code="1.1")
    assert first.inputs == {"days_late": "assignments.plan_days_late"}
    assert first.group is not None and first.group.code == "G1"
    assert [b.name for b in Band.objects.filter(criteria_set=ward)] == [
        "Tốt", "Khá", "Trung bình", "Yếu",
    ]  # fmt: skip
    late = Cap.objects.get(criteria_set=ward, rule="dossier_late")
    assert late.ceiling is not None and (late.ceiling.name, late.threshold) == ("Trung bình", 3)
    assert Criterion.objects.get(criteria_set=ward, code="D1").max_points == 4
    assert audit.of(ward).get().action == "scoring.criteria.import"


def test_a_second_sheet_on_the_same_day_is_refused_unless_the_dates_part(city) -> None:
    factory.criteria_for(city, valid_to=dt.date(2023, 12, 31))
    with pytest.raises(Refused, match="đã được nhập") as again:
        factory.criteria_for(city, valid_to=dt.date(2023, 12, 31))
    assert again.value.decision.done
    with pytest.raises(Refused, match="không được trùng nhau"):
        factory.criteria_for(city, valid_from=dt.date(2023, 12, 31))
    factory.criteria_for(city, valid_from=dt.date(2024, 1, 1))
    assert CriteriaSet.objects.count() == 6


def test_only_the_programme_office_brings_sheets_in(city) -> None:
    with pytest.raises(Refused, match="cơ quan thường trực"):
        factory.criteria_for(city, by=city.actor("phuong-1"))
    assert not CriteriaSet.objects.exists()


def test_a_plan_with_problems_is_never_written(city) -> None:
    lines = rows()
    lines[0]["max_points"] = "4"
    with pytest.raises(Refused, match="còn lỗi"):
        factory.criteria_for(city, plan=checked(lines))


def test_nothing_is_written_until_it_was_seen_and_confirmed(city, client) -> None:
    client.force_login(city.people["noi-vu"].user)
    url = reverse("scoring:import_criteria")
    page = client.post(url, upload(as_csv(rows())))
    assert page.status_code == 200 and "Không thấy lỗi nào" in page.content.decode()
    assert not CriteriaSet.objects.exists() and not Document.objects.exists()
    sealed = page.context["sealed"]
    done = client.post(url, {"sealed": sealed}, follow=True)
    assert "Đã nhập 3 bảng điểm" in done.content.decode()
    held = CriteriaSet.objects.get(block="DEPT")
    assert (held.enacted_by.code, held.enacted_by.origin) == ("815/QĐ-UBND", "cited")
    assert held.valid_to is None
    # A second click finds it done.
    again = client.post(url, {"sealed": sealed}, follow=True)
    assert "đã được nhập" in again.content.decode()
    assert CriteriaSet.objects.count() == 3


def test_the_report_lists_what_to_correct_and_offers_no_confirmation(city, client) -> None:
    client.force_login(city.people["noi-vu"].user)
    lines = rows()
    lines[0]["max_points"] = "1e9"
    page = client.post(reverse("scoring:import_criteria"), upload(as_csv(lines)))
    text = page.content.decode()
    assert "không phải là số điểm" in text and "Xác nhận" not in text
    assert not CriteriaSet.objects.exists()


def test_dates_that_meet_another_sheet_are_told_before_confirming(city, client) -> None:
    factory.criteria_for(city)
    client.force_login(city.people["noi-vu"].user)
    page = client.post(reverse("scoring:import_criteria"), upload(as_csv(rows()), code="9/QĐ"))
    assert "không được trùng nhau" in page.content.decode()
    assert "Xác nhận" not in page.content.decode()


def test_a_sealed_plan_that_was_touched_is_not_believed(city, client) -> None:
    client.force_login(city.people["noi-vu"].user)
    page = client.post(reverse("scoring:import_criteria"), {"sealed": "eyJ:abc:def"}, follow=True)
    assert "quá hạn hoặc bị thay đổi" in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"valid_from": "31/02/2023"}, "Không có ngày 31/02/2023"),
        ({"valid_to": "1/1/2020"}, "không trước ngày đầu"),
        ({"code": ""}, "ghi đủ ba ô"),
        ({"title": ""}, "is-invalid"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "rỗng"),
        ({"file": SimpleUploadedFile("a.exe", b"MZ")}, "không thuộc loại được nhận"),
        ({"file": SimpleUploadedFile("a.xlsx", b"khong phai")}, "không phải là tệp .xlsx thật"),
        ({"file": SimpleUploadedFile("a.csv", b"x" * 1_000_001)}, "lớn quá"),
        ({"file": SimpleUploadedFile("a.csv", b"khong phai bang")}, "không phải là bảng"),
    ],
)  # fmt: skip
def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(city, client, changed, said) -> None:
    client.force_login(city.people["noi-vu"].user)
    page = client.post(reverse("scoring:import_criteria"), upload(as_csv(rows()), **changed))
    text = page.content.decode()
    assert page.status_code == 422 and said in text
    assert "UBND thành phố Tây Ninh" in text
    assert not CriteriaSet.objects.exists()


def test_who_sees_the_pages(city, client) -> None:
    held = factory.criteria_for(city)[1]
    assert client.get(reverse("scoring:criteria")).status_code == 302
    client.force_login(city.people["phuong-1"].user)
    listed = client.get(reverse("scoring:criteria")).content.decode()
    assert "Nhập bảng điểm" not in listed and "815/QĐ-UBND" in listed
    assert client.get(reverse("scoring:import_criteria")).status_code == 403
    text = client.get(reverse("scoring:criteria_set", args=[held.pk])).content.decode()
    assert factory.NOTE in text and "từ 80\xa0% trở lên" in text
    assert "điểm tối đa × 2 ÷ 3" in text and "K5" in text
    template = client.get(reverse("scoring:criteria_template"))
    assert template.content[:2] == b"PK"


def test_the_list_costs_the_same_with_three_sets_and_six(
    city, client, django_assert_num_queries
) -> None:
    factory.criteria_for(city, valid_to=dt.date(2023, 12, 31))
    client.force_login(city.people["noi-vu"].user)
    with CaptureQueriesContext(connection) as first:
        client.get(reverse("scoring:criteria"))
    factory.criteria_for(city, valid_from=dt.date(2024, 1, 1))
    with django_assert_num_queries(len(first)):
        client.get(reverse("scoring:criteria"))


def test_history_refuses_strangers(city) -> None:
    with pytest.raises(Refused):
        criteria.import_sets(
            city.body, plan=factory.template(), title="x", enacted_by=factory.enacting(city),
            valid_from=dt.date(2023, 1, 1), by=city.actor("thanh-tra"),
        )  # fmt: skip


def test_a_score_sheet_is_ended_so_that_the_next_can_follow(city, client) -> None:
    held = factory.criteria_for(city)[0]
    url = reverse("scoring:criteria_set", args=[held.pk])
    with pytest.raises(Refused, match="cơ quan thường trực"):
        criteria.end(held, last_day=dt.date(2023, 12, 31), by=city.actor("phuong-1"))
    client.force_login(city.people["phuong-1"].user)
    assert client.post(url, {"last_day": "31/12/2023"}).status_code == 403
    client.force_login(city.people["noi-vu"].user)
    for day, said in (("31/02/2023", "Không có ngày"), ("1/1/2020", "không trước ngày đầu")):
        wrong = client.post(url, {"last_day": day})
        assert wrong.status_code == 422 and said in wrong.content.decode()
    assert (
        "Đã ghi ngày" in client.post(url, {"last_day": "31/12/2023"}, follow=True).content.decode()
    )
    held.refresh_from_db()
    assert held.valid_to == dt.date(2023, 12, 31)
    assert audit.of(held).first().facts["valid_to"] == [None, "2023-12-31"]
    with pytest.raises(Refused) as again:
        criteria.end(held, last_day=dt.date(2024, 1, 1), by=city.actor("noi-vu"))
    assert again.value.decision.done


def test_a_score_sheet_a_round_still_uses_is_not_ended_before(city) -> None:
    round = factory.round_for(city)
    held = round.blocks.first().criteria_set
    with pytest.raises(Refused, match="dùng bảng điểm này đến ngày 16/10/2023"):
        criteria.end(held, last_day=dt.date(2023, 10, 15), by=city.actor("noi-vu"))
