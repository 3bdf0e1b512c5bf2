"""Who must do what by when: parties, fields, prose and tables of tasks."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.vanban.texts import organised, plan
from vanban import Duty, compile_text
from vanban.fields import label
from vanban.parties import (
    addresses_all,
    asked,
    coordinates,
    leading,
    partners,
    split_units,
    unit_heading,
)
from vanban.schema import as_gold


@pytest.mark.parametrize(
    ("sentence", "unit", "task"),
    [
        ("Sở Tài chính chủ trì, phối hợp với Sở Y tế", "Sở Tài chính", "chủ trì"),
        (
            "Sở Văn hóa, Thể thao và Du lịch, Báo Hải Vân tăng cường đưa tin",
            "Sở Văn hóa, Thể thao và Du lịch, Báo Hải Vân",
            "tăng cường",
        ),
        ("Các sở, ban, ngành có trách nhiệm rà soát", "Các sở, ban, ngành", "có trách nhiệm"),
        ("Căn cứ Kế hoạch này, các khu phố, UBND xã xây dựng lịch", None, ""),
        (
            "Căn cứ Kế hoạch này, các sở, ngành được phân công chủ trì có trách nhiệm lập dự toán",
            "các sở, ngành được phân công chủ trì",
            "có trách nhiệm",
        ),
        (
            "Ban Chỉ đạo thực hiện quy chế dân chủ tỉnh kiểm tra việc",
            "Ban Chỉ đạo thực hiện quy chế dân chủ tỉnh",
            "kiểm tra",
        ),
        # names with a comma and verbs inside, and what stands behind "ở cơ sở", "tự"
        (
            "Lực lượng bảo vệ an ninh, trật tự ở cơ sở phối hợp Công an phường tuần tra",
            "Lực lượng bảo vệ an ninh, trật tự ở cơ sở",
            "phối hợp",
        ),
        (
            "Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở tuần tra ban đêm",
            "Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở",
            "tuần tra",
        ),
        (
            "Tổ bảo vệ an ninh, trật tự khu phố 3 chủ trì tuần tra",
            "Tổ bảo vệ an ninh, trật tự khu phố 3",
            "chủ trì",
        ),
        (
            "Ban Chỉ đạo phòng, chống tội phạm, tệ nạn xã hội và xây dựng phong trào toàn dân bảo "
            "vệ an ninh Tổ quốc xã báo cáo kết quả",
            "Ban Chỉ đạo phòng, chống tội phạm, tệ nạn xã hội và xây dựng phong trào toàn dân bảo "
            "vệ an ninh Tổ quốc xã",
            "báo cáo",
        ),
        (
            "Hội đồng phối hợp phổ biến, giáo dục pháp luật thành phố hướng dẫn các xã",
            "Hội đồng phối hợp phổ biến, giáo dục pháp luật thành phố",
            "hướng dẫn",
        ),
        (
            "Ban Bảo vệ, chăm sóc sức khoẻ cán bộ tỉnh theo dõi hồ sơ",
            "Ban Bảo vệ, chăm sóc sức khoẻ cán bộ tỉnh",
            "theo dõi",
        ),
        ("Lực lượng dân quân tự vệ tuần tra ban đêm", "Lực lượng dân quân tự vệ", "tuần tra"),
        ("Các hộ kinh doanh tự kê khai doanh thu", "Các hộ kinh doanh", "tự"),
        ("Các Bộ: Y tế, Công an chủ động chỉ đạo", "Các Bộ: Y tế, Công an", "chủ động"),
        ("Sở Nội vụ: Tham mưu UBND tỉnh", "Sở Nội vụ", "Tham mưu"),
        ("Bộ Ngoại giao phối hợp với Bộ Quốc phòng", "Bộ Ngoại giao", "phối hợp"),
        ("Thanh tra thành phố tổ chức thanh tra việc chấp hành", "Thanh tra thành phố", "tổ chức"),
        (
            "Kết thúc đợt kiểm tra, Phòng Nội vụ chịu trách nhiệm tổng hợp",
            "Phòng Nội vụ",
            "chịu trách nhiệm",
        ),
        ("Với vai trò cơ quan thường trực, Sở Nội vụ theo dõi", "Sở Nội vụ", "theo dõi"),
        (
            "Ban Quản lý dự án đầu tư xây dựng huyện chủ trì kiểm đếm",
            "Ban Quản lý dự án đầu tư xây dựng huyện",
            "chủ trì",
        ),
        ("Các trưởng thôn tuyên truyền, vận động hộ dân", "Các trưởng thôn", "tuyên truyền"),
        ("Cán bộ phụ trách dân vận tham mưu kế hoạch", "Cán bộ phụ trách dân vận", "tham mưu"),
        ("Bộ Tài chính Bố trí kinh phí thực hiện", "Bộ Tài chính", "Bố trí"),
        ("Sở Y tế biên soạn, phát hành tài liệu", "Sở Y tế", "biên soạn"),
        ("Phòng Nội vụ trả lời công dân trong vòng 03 ngày", "Phòng Nội vụ", "trả lời"),
        ("Phường đoàn, Hội bảo vệ quyền lợi người tiêu dùng tuyên truyền", None, ""),
        (
            "Hội bảo vệ quyền lợi người tiêu dùng tuyên truyền",
            "Hội bảo vệ quyền lợi người tiêu dùng",
            "tuyên truyền",
        ),
        (
            "Các tổ chức, cá nhân trong lĩnh vực bảo vệ rừng có trách nhiệm kê khai",
            "Các tổ chức, cá nhân trong lĩnh vực bảo vệ rừng",
            "có trách nhiệm",
        ),
        ("Phòng Tài chính - Kế hoạch thẩm định dự toán", "Phòng Tài chính - Kế hoạch", "thẩm định"),
        ("Văn phòng thực hiện xong việc rà soát", "Văn phòng", "thực hiện"),
        (
            "Thủ trưởng các cơ quan, đơn vị chỉ đạo treo cờ",
            "Thủ trưởng các cơ quan, đơn vị",
            "chỉ đạo",
        ),
        (
            "Các ông (bà) Trưởng thôn có trách nhiệm thông báo",
            "Các ông (bà) Trưởng thôn",
            "có trách nhiệm",
        ),
        ("Bà Trần Thị C chuẩn bị nội dung", "Bà Trần Thị C", "chuẩn bị"),
        (
            "Toàn thể cán bộ, đảng viên gương mẫu chấp hành",
            "Toàn thể cán bộ, đảng viên",
            "gương mẫu",
        ),
        ("Phòng Nội vụ tổ chức hội nghị sơ kết", "Phòng Nội vụ", "tổ chức"),
        ("Ban chỉ huy các xã tổ chức trực ban", "Ban chỉ huy các xã", "tổ chức"),
        ("Các tổ chức hội, đoàn thể phối hợp vận động", "Các tổ chức hội, đoàn thể", "phối hợp"),
        ("Để khắc phục, Tỉnh ủy yêu cầu các cấp ủy, Mặt trận Tổ quốc thực hiện", None, ""),
        ("Sở Nội vụ mong nhận được sự phối hợp của quý cơ quan", None, ""),
        ("Các địa phương đã triển khai nhiều mô hình", None, ""),
        ("Tổ chức hội nghị sơ kết", None, ""),
        ("Báo cáo kết quả thực hiện", None, ""),
        ("Trường hợp không cân đối được kinh phí", None, ""),
        ("Phòng ngừa, ứng phó với bạo lực trên cơ sở", None, ""),
    ],
)
def test_subjects(sentence: str, unit: str | None, task: str) -> None:
    subject = leading(sentence)
    if unit is None and not sentence.startswith("Căn cứ"):
        assert subject is None
    elif unit is not None:
        assert subject is not None
        assert subject.name == unit
        assert sentence[subject.predicate :].startswith(task)


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("Giao Công an tỉnh theo dõi, đôn đốc", "Công an tỉnh"),
        ("Thủ tướng yêu cầu Chủ tịch UBND các tỉnh triển khai", "Chủ tịch UBND các tỉnh"),
        ("Đề nghị Ủy ban MTTQ tỉnh phối hợp vận động", "Ủy ban MTTQ tỉnh"),
        (
            "Đề nghị người đứng đầu cấp ủy; thủ trưởng cơ quan, đơn vị trực tiếp chỉ đạo",
            "người đứng đầu cấp ủy; thủ trưởng cơ quan, đơn vị",
        ),
    ],
)
def test_units_that_are_asked(sentence: str, unit: str) -> None:
    assert [subject.name for _, subject in asked(sentence)] == [unit]


@pytest.mark.parametrize(
    ("heading", "units"),
    [
        ("Phòng Nội vụ", ["Phòng Nội vụ"]),
        (
            "Đề nghị: Hội Nông dân tỉnh, Liên minh Hợp tác xã tỉnh",
            ["Hội Nông dân tỉnh", "Liên minh Hợp tác xã tỉnh"],
        ),
        ("Văn phòng HĐND và UBND thành phố", ["Văn phòng HĐND và UBND thành phố"]),
        ("Văn phòng HĐND, UBND huyện", ["Văn phòng HĐND, UBND huyện"]),
        (
            "Văn phòng HĐND thành phố và UBND thành phố",
            ["Văn phòng HĐND thành phố và UBND thành phố"],
        ),
        (
            "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện, Thanh tra huyện",
            ["Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện", "Thanh tra huyện"],
        ),
        ("Phòng Nội vụ và Trung tâm Y tế", ["Phòng Nội vụ", "Trung tâm Y tế"]),
        ("Các sở, ban, ngành; UBND các xã, phường", ["Các sở, ban, ngành", "UBND các xã, phường"]),
        ("Mục đích, yêu cầu", None),
        ("Tổ chức thực hiện", None),
        ("Hội nghị tổng kết", None),
        ("Sở Y tế chủ trì thực hiện", None),
    ],
)
def test_headings_that_are_units(heading: str, units: list[str] | None) -> None:
    place = unit_heading(heading)
    if units is None:
        assert place is None
    else:
        assert place is not None
        words = heading[place[0] : place[1]]
        assert [words[a:b] for a, b in split_units(words)] == units


def test_roles() -> None:
    assert coordinates("Phối hợp với Sở Y tế")
    assert coordinates("thường xuyên phối hợp, trao đổi")
    assert not coordinates("Chủ trì, phối hợp với Sở Y tế")
    assert not coordinates("Chủ động phối hợp với Sở Y tế")
    assert addresses_all("Thủ trưởng các cơ quan, đơn vị")
    assert addresses_all("Sở, ban, ngành thuộc UBND tỉnh")
    assert addresses_all("các Bộ trưởng, Thủ trưởng cơ quan ngang Bộ")
    assert not addresses_all("UBND các xã, phường")


def test_partners_of_a_task() -> None:
    text = "Phối hợp với Ban Dân vận, UBND các xã kiểm tra việc thực hiện"
    place = partners(text)
    assert place is not None
    assert text[place[0] : place[1]] == "Ban Dân vận, UBND các xã"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Cơ quan chủ trì: Sở A", "lead"),
        ("Đơn vị chủ trì tham mưu thực hiện: Sở A", "lead"),
        ("Cơ quan, đơn vị thực hiện: Sở A", "lead"),
        ("Đơn vị phối hợp thực hiện: Sở B", "coordinate"),
        ("Thời gian hoàn thành: Quý I", "time"),
        ("Thời gian thực hiện sau khi Luật được ban hành", "time"),
        ("Sản phẩm: Kế hoạch", "product"),
        ("Nhiệm vụ: Rà soát", "task"),
        ("Thời gian qua, tỉnh đã nỗ lực", None),
        ("Thực hiện tốt công tác", None),
    ],
)
def test_labels(text: str, kind: str | None) -> None:
    found = label(text)
    assert (found[0] if found else None) == kind


def duties(*passages: str) -> list[Duty]:
    return list(compile_text(organised(*passages)).duties)


def test_what_stands_under_a_unit_is_its_duty() -> None:
    first, second = duties(
        "1. Phòng Nội vụ", "- Tham mưu kế hoạch năm.", "- Phối hợp với Phòng Tư pháp tập huấn."
    )
    assert [(p.name, p.role, p.how) for p in first.parties] == [("Phòng Nội vụ", "lead", "heading")]
    assert [(p.name, p.role) for p in second.parties] == [
        ("Phòng Nội vụ", "coordinate"),
        ("Phòng Tư pháp", "coordinate"),
    ]
    assert second.parties[1].how == "partner"


def test_a_clause_with_a_limit_is_a_duty_of_its_own() -> None:
    first, second = duties(
        "1. Thủ trưởng các cơ quan, đơn vị có trách nhiệm:",
        "- Phân công người phụ trách; báo cáo kết quả thực hiện về Phòng Nội vụ chậm nhất ngày "
        "16/10/2024.",
    )
    assert first.due is None
    assert second.due is not None
    assert (second.due.date, second.due.wording) == (dt.date(2024, 10, 16), "by")
    assert second.deliverable == "report"
    assert second.text.startswith("báo cáo kết quả")
    assert {p.role for p in second.parties} == {"all"}


def test_a_sentence_about_time_belongs_to_the_task_before() -> None:
    (duty,) = duties(
        "1. Các phòng chuyên môn có trách nhiệm:",
        "- Xây dựng kế hoạch của đơn vị. Thời gian gửi kế hoạch chậm nhất ngày 04/4/2024.",
    )
    assert duty.deliverable == "plan"
    assert duty.due is not None
    assert duty.due.text == "chậm nhất ngày 04/4/2024"


def test_scoring_dossiers() -> None:
    _, duty = duties(
        "1. UBND các xã:", "- Tự chấm điểm; gửi hồ sơ chấm điểm trước ngày 16/10/2024."
    )
    assert duty.deliverable == "scoring_dossier"
    assert duty.due is not None
    assert duty.due.wording == "before"


def test_fields_of_a_task() -> None:
    text = plan(
        "1. Rà soát thủ tục hành chính",
        "- Cơ quan chủ trì: Sở Tư pháp; Sở Nội vụ.",
        "- Cơ quan phối hợp: Các sở, ngành.",
        "- Thời gian thực hiện: Quý II năm 2025.",
        "2. Tuyên truyền",
        "Đơn vị thực hiện: Đài phát thanh.",
        "Thời gian: Thường xuyên.",
    )
    first, second = compile_text(text).duties
    assert [(p.name, p.role) for p in first.parties] == [
        ("Sở Tư pháp", "lead"),
        ("Sở Nội vụ", "lead"),
        ("Các sở, ngành", "coordinate"),
    ]
    assert first.due is not None
    assert first.due.rule == "Quý II năm 2025"
    assert second.due is None
    assert second.text == "Tuyên truyền"


def test_rows_of_a_table() -> None:
    rows = (
        "| STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |\n|---|---|---|---|---"
        "|\n"
    )
    rows += (
        "| I. NHÓM MỘT |\n| 1 | Lập danh mục | Sở A | Sở B | Tháng 6/2025 |\n| 2 | Công bố | Sở C "
        "|  | Thường xuyên |"
    )
    first, second = compile_text(plan("1. Việc.") + "\n\nPHỤ LỤC\n\nDANH MỤC\n\n" + rows).duties
    assert (first.text, [(p.name, p.role, p.how) for p in first.parties]) == (
        "Lập danh mục",
        [("Sở A", "lead", "column"), ("Sở B", "coordinate", "column")],
    )
    assert first.due is not None
    assert first.due.rule == "Tháng 6/2025"
    assert second.due is None


def test_aims_and_awards_charge_nobody() -> None:
    assert (
        compile_text(
            plan("1. Các cơ quan, đơn vị xác định đây là nhiệm vụ.", heading="I. MỤC ĐÍCH, YÊU CẦU")
        ).duties
        == ()
    )
    assert (
        compile_text(
            plan("1. Các đơn vị", "- Nội bộ đoàn kết.", heading="I. TIÊU CHUẨN KHEN THƯỞNG")
        ).duties
        == ()
    )


def test_the_closing_formula_charges_nobody() -> None:
    passages = (
        "1. Sở A tham mưu.",
        "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các đơn vị phản ánh về Sở A.",
    )
    assert [p.name for d in duties(*passages) for p in d.parties] == ["Sở A"]


def test_dates_of_other_things_are_no_limits() -> None:
    assert all(
        d.due is None
        for d in duties(
            "1. Sở A triển khai Luật (có hiệu lực từ ngày 01/7/2024).",
            "2. Sở B thực hiện Quyết định ban hành ngày 05/5/2024.",
        )
    )


def test_spans_are_the_words() -> None:
    document = compile_text(organised("1. Sở A báo cáo UBND tỉnh trước ngày 10/12/2024."))
    (duty,) = document.duties
    assert (
        document.text[duty.span.start : duty.span.end] == "báo cáo UBND tỉnh trước ngày 10/12/2024."
    )
    assert duty.due is not None
    assert document.text[duty.due.span.start : duty.due.span.end] == "trước ngày 10/12/2024"
    party = duty.parties[0]
    assert party.span is not None
    assert document.text[party.span.start : party.span.end] == "Sở A"


def test_one_assignment_per_passage_and_unit() -> None:
    gold = as_gold(
        compile_text(organised("1. Phòng A", "- Lập sổ; báo cáo quý I trước ngày 25/3/2024."))
    )
    assert [(a["unit"], a["role"]) for a in gold["assignments"]] == [("Phòng A", "lead")]
    assert [d["date"] for d in gold["deadlines"]] == ["2024-03-25"]


def test_a_letter_charges_those_it_addresses() -> None:
    text = plan(
        "Sở Nội vụ đề nghị các cơ quan, đơn vị thực hiện một số nội dung sau:",
        "1. Rà soát kết quả quý I.",
        "2. UBND các xã tổ chức đối thoại.",
        "3. Báo cáo kết quả về Sở Nội vụ chậm nhất ngày 15/11/2025.",
        heading="",
    )
    found = compile_text(text).duties
    assert [[p.name for p in duty.parties] for duty in found] == [
        ["các cơ quan, đơn vị"],
        ["UBND các xã"],
        ["các cơ quan, đơn vị"],
    ]
    assert found[2].due is not None


def test_a_plan_that_speaks_of_itself_charges_nobody() -> None:
    text = plan(
        "1. Tuyên truyền.",
        heading="UBND phường xây dựng kế hoạch với các nội dung sau:\n\nI. NỘI DUNG",
    )
    assert compile_text(text).duties == ()


def rows(*lines: str) -> list[Duty]:
    text = plan("1. Việc.") + "\n\nPHỤ LỤC\n\nDANH MỤC\n\n" + "\n".join(lines)
    return list(compile_text(text).duties)


def test_a_header_of_two_rows() -> None:
    (duty,) = rows(
        "| STT | Nội dung | Cơ quan thực hiện | Thời gian |",
        "| Chủ trì | Phối hợp |",
        "| 1 | Tổ chức tập huấn | Sở A | Sở B | Quý III/2025 |",
    )
    assert [(p.name, p.role) for p in duty.parties] == [("Sở A", "lead"), ("Sở B", "coordinate")]
    assert duty.due is not None
    assert duty.due.rule == "Quý III/2025"


def test_leader_and_helpers_in_one_cell() -> None:
    (duty,) = rows(
        "| TT | Nhiệm vụ | Đơn vị thực hiện | Thời hạn |",
        "| 1 | In tài liệu | Chủ trì: Sở A; Phối hợp: Sở B, Sở C | 15/8/2025 |",
    )
    assert [(p.name, p.role) for p in duty.parties] == [
        ("Sở A", "lead"),
        ("Sở B", "coordinate"),
        ("Sở C", "coordinate"),
    ]
    assert duty.due is not None
    assert duty.due.date == dt.date(2025, 8, 15)


def assigned(*passages: str) -> list[tuple[str, str]]:
    return [
        (a["unit"], a["role"]) for a in as_gold(compile_text(organised(*passages)))["assignments"]
    ]


def test_a_heading_that_says_who_is_responsible_charges_its_items() -> None:
    assert (
        assigned(
            "1. Các hộ kinh doanh khai thác nước trên địa bàn có trách nhiệm",
            "a) Thực hiện quy định về đăng ký.",
            "b) Hạn chế khoan giếng mới.",
        )
        == [("Các hộ kinh doanh khai thác nước trên địa bàn", "lead")] * 2
    )


def test_those_who_are_guided_are_not_charged() -> None:
    assert assigned(
        "1. Sở Nội vụ theo dõi, hướng dẫn Sở, ban, ngành, Mặt trận Tổ quốc; các xã, phường tổ chức "
        "triển khai thực hiện kế hoạch."
    ) == [("Sở Nội vụ", "lead")]


def test_a_body_named_in_a_ground_does_not_act() -> None:
    assert assigned(
        "1. Các phòng, ban khác",
        "Căn cứ văn bản chỉ đạo của Chính phủ, Bộ, ngành và tỉnh, phối hợp với các phòng được giao "
        "chủ trì để thực hiện.",
    ) == [("Các phòng, ban khác", "all")]


def test_a_unit_takes_over_after_a_comma_only_when_it_is_charged_in_words() -> None:
    assert assigned(
        "1. Các đơn vị chủ trì có trách nhiệm hoàn thành nhiệm vụ, các cơ quan phối hợp có trách "
        "nhiệm tham gia khi được yêu cầu."
    ) == [("Các đơn vị chủ trì", "all"), ("các cơ quan phối hợp", "all")]


def test_who_executes_a_decision_is_everyone_named() -> None:
    assert assigned(
        "Điều 3. Chánh Văn phòng HĐND và UBND huyện, Trưởng phòng Nội vụ và Chủ tịch UBND các xã "
        "chịu trách nhiệm thi hành Quyết định này."
    ) == [
        (
            "Chánh Văn phòng HĐND và UBND huyện, Trưởng phòng Nội vụ và Chủ tịch UBND các xã",
            "all",
        )
    ]


def test_the_paragraph_that_closes_a_text_charges_those_it_names() -> None:
    passages = (
        "1. Sở A tham mưu.",
        "Hằng năm, các sở, ngành và UBND các huyện báo cáo kết quả thực hiện về Sở A.",
    )
    last = duties(*passages)[-1]
    assert {p.role for p in last.parties} == {"all"}
    assert last.due is not None
    assert last.due.rule == "Hằng năm"


def test_the_first_words_under_a_heading_are_no_closing() -> None:
    assert assigned("1. Ban công tác Mặt trận các thôn", "Căn cứ Kế hoạch này, tổ chức vận động.")


def test_a_limit_inside_a_task_belongs_to_its_fields() -> None:
    text = plan(
        "1. Tháng cao điểm",
        "- Nội dung: Triển khai các hoạt động, hoàn thành trước ngày 15/12/2024.",
        "- Cơ quan thực hiện: Sở Nội vụ.",
    )
    (duty,) = compile_text(text).duties
    assert [p.name for p in duty.parties] == ["Sở Nội vụ"]
    assert duty.due is not None
    assert duty.due.date == dt.date(2024, 12, 15)


def test_times_may_stand_below_an_empty_label() -> None:
    text = plan(
        "1. Giám sát việc vận động",
        "* Thời gian thực hiện:",
        "- Tuyên truyền: Từ ngày 01/02/2026 đến ngày 10/02/2026.",
        "- Vận động: Từ ngày 26/02/2026 đến ngày 14/3/2026.",
    )
    assert [d.due.date for d in compile_text(text).duties if d.due] == [
        dt.date(2026, 2, 10),
        dt.date(2026, 3, 14),
    ]


def test_an_annex_table_of_tasks_by_every_column() -> None:
    (first, second) = rows(
        "| STT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành | Sản phẩm |",
        "|---|---|---|---|---|---|",
        "| 1 | Ban hành kế hoạch | Phòng Văn hóa | UBND các xã | Trước 31/01/2024 | Kế hoạch |",
        "| 2 | Kiểm tra | Văn phòng HĐND và UBND, Thanh tra huyện | | Thường xuyên | Báo cáo |",
    )
    assert first.due is not None
    assert first.due.date == dt.date(2024, 1, 31)
    assert [p.name for p in second.parties] == ["Văn phòng HĐND và UBND", "Thanh tra huyện"]
    assert second.due is None


def owed(*passages: str) -> list[tuple[str, str]]:
    """Units and limits of a plan's passages in the section that charges units."""
    return [
        (", ".join(p.name for p in duty.parties if p.how != "partner"), duty.due.text)
        for duty in compile_text(organised(*passages)).duties
        if duty.due
    ]


def test_a_unit_in_brackets_owes_the_task() -> None:
    passage = "1. Ra mắt mô hình mới (Phòng Kinh tế chủ trì, hoàn thành trong tháng 8/2024)."
    assert owed(passage) == [("Phòng Kinh tế", "hoàn thành trong tháng 8/2024")]


def test_a_plan_is_issued_before_a_day_and_a_decree_on_one() -> None:
    assert owed("1. Các phòng, ban xây dựng kế hoạch, ban hành trước ngày 20/3/2024.") == [
        ("Các phòng, ban", "trước ngày 20/3/2024")
    ]
    assert owed("1. Các phòng, ban thực hiện Nghị định ban hành ngày 20/3/2024.") == []


def test_until_a_day_limits_what_somebody_completes() -> None:
    assert owed("1. Công an phường thu nhận hồ sơ, hoàn thành đến hết ngày 31/10/2024.") == [
        ("Công an phường", "đến hết ngày 31/10/2024")
    ]
    assert owed("1. Công an phường trực đến hết ngày 31/10/2024.") == []


def test_a_summing_up_in_a_year_is_due_then_and_an_aim_is_not() -> None:
    assert owed("1. Phòng Nội vụ tham mưu tổng kết Đề án vào năm 2031.") == [
        ("Phòng Nội vụ", "vào năm 2031")
    ]
    assert owed("1. Phòng Nội vụ nâng tỷ lệ hài lòng lên 95% vào năm 2031.") == []


def test_completion_may_be_a_field() -> None:
    document = compile_text(
        plan("1. Mở lớp bồi dưỡng", "- Chủ trì: Phòng Nội vụ.", "- Hoàn thành: trước 30/6/2024.")
    )
    (duty,) = document.duties
    assert duty.due is not None
    assert duty.due.date == dt.date(2024, 6, 30)


def test_a_task_with_a_closing_paragraph_below_keeps_its_unit() -> None:
    document = compile_text(
        organised(
            "1. Phó Chủ tịch Lê Văn B trực tiếp chỉ đạo.",
            "Văn phòng phường thông báo để các đơn vị biết, thực hiện.",
        )
    )
    assert [(d.parties[0].name, d.text) for d in document.duties][:1] == [
        ("Phó Chủ tịch Lê Văn B", "trực tiếp chỉ đạo.")
    ]
