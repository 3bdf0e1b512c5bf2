"""Invented people. No name is taken from a register; likeness is chance."""

from __future__ import annotations

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
OF_WOMEN = ("Thị", "Ngọc", "Thu", "Kim", "Thanh"), (
    "Châu", "Dung", "Hà", "Hạnh", "Lan", "Mai", "Nga", "Oanh", "Quyên", "Tâm", "Uyên", "Xuân",
    "Yến",
)  # fmt: skip
OF_MEN = ("Văn", "Minh", "Hoàng", "Quốc", "Đức", "Hữu", "Thanh"), (
    "An", "Bình", "Đạt", "Giang", "Khang", "Long", "Nam", "Phúc", "Sơn", "Tâm", "Vinh",
)  # fmt: skip


def name(number: int) -> str:
    """The n-th invented full name, women and men in turn; the first 800 are all different."""
    middle, given = OF_MEN if number % 2 else OF_WOMEN
    at = number // 2
    return (
        f"{FAMILY[at * 5 % len(FAMILY)]} {middle[at * 3 % len(middle)]} "
        f"{given[at * 7 % len(given)]}"
    )
