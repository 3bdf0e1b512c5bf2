"""The columns of a score sheet's table: their names, and the words allowed in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from danvan.organisations import roles
from danvan.organisations.models import Block
from danvan.scoring.models import Cap, Criterion
from vanban.text import search_key

# Code (as in data/criteria-template.csv) → heading in the workbook for offices.
COLUMNS = {
    "row_type": "Loại dòng",
    "block": "Khối",
    "code": "Mã",
    "group": "Mã nhóm",
    "group_title": "Tên nhóm",
    "group_max": "Điểm tối đa của nhóm",
    "title": "Nội dung",
    "max_points": "Điểm tối đa",
    "method": "Cách chấm",
    "formula": "Công thức",
    "params": "Tham số",
    "inputs": "Dữ kiện của công thức",
    "evidence": "Minh chứng",
    "evidence_by_system": "Hệ thống giữ minh chứng",
    "owner_role": "Cơ quan thẩm định",
    "consulted": "Lấy ý kiến",
    "when_not_arising": "Khi không phát sinh",
    "floor": "Từ (%)",
    "below": "Đến dưới (%)",
    "quota": "Không quá (% số đơn vị)",
    "effect": "Hệ quả",
    "ceiling": "Không vượt quá loại",
    "rule": "Cách kiểm tra",
    "threshold": "Mức",
    "lifter": "Ai được gỡ",
    "basis": "Căn cứ",
}
# Without these there is no score sheet; the others may be left out altogether.
NEEDED = ("row_type", "block", "code", "title", "max_points", "group", "group_max", "owner_role")
LONGEST = {"code": 10, "title": 300, "group": 10, "group_title": 200, "evidence": 300, "basis": 300,
           "consulted": 200}  # fmt: skip

EVERY_BLOCK = "ALL"


def _words(*pairs: tuple[str, str]) -> Mapping[str, str]:
    return {search_key(word): code for word, code in pairs}


ROW_TYPES = _words(
    ("criterion", "criterion"), ("tiêu chí", "criterion"), ("bonus", "bonus"),
    ("điểm cộng", "bonus"), ("deduction", "deduction"), ("điểm trừ", "deduction"),
    ("class", "class"), ("xếp loại", "class"), ("cap", "cap"), ("giới hạn", "cap"),
    ("tie", "tie"), ("xét khi bằng điểm", "tie"), ("rounding", "rounding"),
    ("làm tròn", "rounding"),
)  # fmt: skip
BLOCKS = _words(
    ("DEPT", Block.DEPARTMENT), ("cơ quan chuyên môn", Block.DEPARTMENT),
    ("WARD", Block.WARD), ("phường, xã", Block.WARD), ("UBND phường, xã", Block.WARD),
    ("PSU", Block.SERVICE), ("đơn vị sự nghiệp", Block.SERVICE),
    ("đơn vị sự nghiệp công lập", Block.SERVICE), ("ALL", EVERY_BLOCK), ("tất cả", EVERY_BLOCK),
)  # fmt: skip
METHODS = _words(
    *((m.value, m.value) for m in Criterion.Method),
    *((str(m.label), m.value) for m in Criterion.Method),
    ("có/không", "yes_no"),
)
OWNERS = _words(
    *((code, code) for code in roles.VERIFYING),
    *((str(roles.ROLES[code].label), code) for code in roles.VERIFYING),
    ("NOI_VU", roles.PROGRAMME_OFFICE), ("Nội vụ", roles.PROGRAMME_OFFICE),
    ("THANH_TRA", roles.INSPECTORATE), ("Thanh tra", roles.INSPECTORATE),
    ("VAN_PHONG", roles.ADMINISTRATION_OFFICE),
)  # fmt: skip
POLICIES = _words(
    *((p.value, p.value) for p in Criterion.WhenNotArising),
    *((str(p.label), p.value) for p in Criterion.WhenNotArising),
    ("", "zero"),
)
EFFECTS = _words(
    *((e.value, e.value) for e in Cap.Effect), *((str(e.label), e.value) for e in Cap.Effect)
)
RULES = _words(
    *((r.value, r.value) for r in Cap.Rule), *((str(r.label), r.value) for r in Cap.Rule),
    ("", "manual"),
)  # fmt: skip
LIFTERS = _words(
    *((x.value, x.value) for x in Cap.Lifter), *((str(x.label), x.value) for x in Cap.Lifter),
    ("", "decider"),
)  # fmt: skip
# In the title of a "tie" row: equal units simply share the rank.
NO_TIE_BREAK = "không"
YES = _words(
    ("", ""), ("có", "yes"), ("x", "yes"), ("1", "yes"), ("yes", "yes"), ("không", ""),
    ("0", ""), ("no", ""),
)  # fmt: skip

# Column → the codes it takes, each with the words the editor and the history have for it.
CHOICES: dict[str, list[tuple[str, Any]]] = {
    "row_type": [
        ("criterion", _("Tiêu chí")), ("bonus", _("Điểm cộng")), ("deduction", _("Điểm trừ")),
        ("class", _("Xếp loại")), ("cap", _("Giới hạn xếp loại")),
        ("tie", _("Xét khi bằng điểm")), ("rounding", _("Làm tròn")),
    ],
    "block": [*Block.choices, (EVERY_BLOCK, _("mọi khối"))],
    "method": list(Criterion.Method.choices),
    "owner_role": [(code, roles.ROLES[code].label) for code in roles.VERIFYING],
    "when_not_arising": list(Criterion.WhenNotArising.choices),
    "effect": list(Cap.Effect.choices),
    "rule": list(Cap.Rule.choices),
    "lifter": list(Cap.Lifter.choices),
    "evidence_by_system": [("", _("không")), ("x", _("có"))],
}  # fmt: skip


def said(column: str, value: str) -> str:
    """A cell as an office reads it."""
    return str(dict(CHOICES.get(column, ())).get(value, value))


_HEADINGS = {
    **{search_key(heading): code for code, heading in COLUMNS.items()},
    **{search_key(code): code for code in COLUMNS},
}


def column_of(heading: str) -> str | None:
    """The code of a column by its heading, in either language; None if it is not ours."""
    return _HEADINGS.get(search_key(heading).rstrip(" *"))
