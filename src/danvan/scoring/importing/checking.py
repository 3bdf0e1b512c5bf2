"""Row by row: what is wrong with a score sheet, in words; what is right, ready to be written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from danvan.kernel import facts
from danvan.organisations.models import Block
from danvan.scoring import formulas
from danvan.scoring.importing import columns
from danvan.scoring.importing.blocks import problems_of
from danvan.scoring.importing.columns import COLUMNS, EVERY_BLOCK, LONGEST
from danvan.scoring.importing.plans import Plan, PlannedSet, Problem
from danvan.scoring.importing.reading import Row, Table
from danvan.ui import written
from danvan.ui.fields import PointsField

_INPUT = re.compile(
    r"(?P<name>[A-Za-z_]\w*)\s*:\s*(?P<words>[^\[\]]+?)\s*(?:\[(?P<fact>[^\[\]]*)\])?"
)


def check(table: Table) -> Plan:
    """Reads every row; problems in the order of the rows, then those of whole blocks."""
    return _Checking(table).plan()


class _Checking:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.problems: list[Problem] = []
        self.sets: dict[str, PlannedSet] = {}
        self.offered = facts.REGISTRY.among(_named(table.rows))

    def plan(self) -> Plan:
        blocks = self._blocks()
        for row in self.table.rows:
            kind = self._word(row, "row_type", columns.ROW_TYPES)
            block = self._word(row, "block", columns.BLOCKS)
            if not kind or not block:
                continue
            values = self._values(row, kind)
            for name in blocks if block == EVERY_BLOCK else [block]:
                self._add(row, kind, self.sets[name], dict(values))
        for planned in self.sets.values():
            self.problems += problems_of(planned)
        if not self.sets:
            told = _("Không có khối nào: cần ít nhất một tiêu chí của một khối.")
            self._wrong(None, "block", told)
        return Plan(list(self.sets.values()), self.problems)

    def _blocks(self) -> list[str]:
        """Blocks that have a criterion of their own; "tất cả" alone makes none."""
        named = {columns.BLOCKS.get(columns.search_key(row["block"])) for row in self.table.rows}
        order = [b.value for b in Block if b.value in named]
        self.sets = {block: PlannedSet(block) for block in order}
        return order

    # --- one row ---------------------------------------------------------------------------

    def _values(self, row: Row, kind: str) -> dict[str, Any]:
        if kind == "tie":
            return {"groups": self._tie(row)}
        if kind == "rounding":
            return {"places": self._places(row)}
        if kind == "class":
            return {
                "name": self._text(row, "title", needed=True, longest=60),
                "floor": self._number(row, "floor", most=100),
                "below": self._number(row, "below", most=100) if row["below"] else None,
                "quota": self._number(row, "quota", most=100) if row["quota"] else None,
            }
        if kind == "cap":
            return self._cap(row)
        return self._criterion(row, kind)

    def _criterion(self, row: Row, kind: str) -> dict[str, Any]:
        inputs, words = self._inputs(row)
        params = self._params(row, words)
        values = {
            "kind": kind,
            "code": self._text(row, "code", needed=True),
            "title": self._text(row, "title", needed=True),
            "max_points": self._number(row, "max_points"),
            "method": self._method(row, kind),
            "formula": self._formula(row, {**words, **params}),
            "params": params,
            "inputs": inputs,
            "words": words,
            "evidence_asked": self._text(row, "evidence"),
            "evidence_by_system": bool(self._word(row, "evidence_by_system", columns.YES)),
            "owner_role": self._word(row, "owner_role", columns.OWNERS),
            "consulted": self._text(row, "consulted"),
            "when_not_arising": self._word(row, "when_not_arising", columns.POLICIES),
            "basis": self._text(row, "basis"),
        }
        if row["max_points"].strip("0,. ") == "" and row["max_points"]:
            self._wrong(row, "max_points", _("Điểm tối đa phải lớn hơn 0."))
        if kind == "criterion":
            values["group"] = {
                "code": self._text(row, "group", needed=True),
                "title": self._text(row, "group_title"),
                "max_points": self._number(row, "group_max"),
            }
        return values

    def _method(self, row: Row, kind: str) -> str:
        if not row["method"] and kind != "criterion":
            return kind
        return self._word(row, "method", columns.METHODS) or "ratio"

    def _cap(self, row: Row) -> dict[str, Any]:
        threshold = self._number(row, "threshold", most=9999) if row["threshold"] else None
        values = {
            "code": self._text(row, "code", needed=True),
            "title": self._text(row, "title", needed=True),
            "effect": self._word(row, "effect", columns.EFFECTS),
            "ceiling": self._text(row, "ceiling", longest=60),
            "rule": self._word(row, "rule", columns.RULES),
            "threshold": threshold,
            "lifter": self._word(row, "lifter", columns.LIFTERS),
            "basis": self._text(row, "basis"),
        }
        if values["effect"] == "ceiling" and not values["ceiling"]:
            self._wrong(row, "ceiling", _("Giới hạn phải nêu xếp loại cao nhất còn được nhận."))
        if values["effect"] == "not_ranked" and values["ceiling"]:
            self._wrong(row, "ceiling", _("“Không đủ điều kiện xếp loại” thì không ghi loại."))
        return values

    def _add(self, row: Row, kind: str, planned: PlannedSet, values: dict[str, Any]) -> None:
        if kind == "class":
            planned.bands.append({**values, "row": row})
            return
        if kind == "tie":
            planned.ties = [*(planned.ties or []), *values["groups"]]
            planned.tie_rows.append(row)
            return
        if kind == "rounding":
            if planned.places is not None:
                self._wrong(row, "threshold", _("Làm tròn đã ghi ở dòng trên."))
            planned.places = values["places"]
            return
        held = planned.caps if kind == "cap" else planned.criteria
        code = values["code"]
        if code and any(v["code"] == code for v in held):
            self._wrong(row, "code", _("Mã %(code)s đã dùng ở dòng trên.") % {"code": code})
        if kind == "criterion":
            self._group(row, planned, values["group"])
            values["group"] = values["group"]["code"]
        held.append({**values, "row": row})

    def _tie(self, row: Row) -> list[list[str]]:
        """``G2 + G4``: the groups looked at together; "không" for none at all."""
        text = self._text(row, "title", needed=True)
        if columns.search_key(text) == columns.search_key(columns.NO_TIE_BREAK):
            return []
        return [[part.strip() for part in text.split("+") if part.strip()]]

    def _places(self, row: Row) -> int:
        value = self._number(row, "threshold", most=2)
        if value != value.to_integral_value():
            self._wrong(row, "threshold", _("Số chữ số lẻ phải là 0, 1 hoặc 2."))
        return int(value)

    def _group(self, row: Row, planned: PlannedSet, said: dict[str, Any]) -> None:
        held = planned.groups.setdefault(said["code"], said)
        if said["max_points"] not in (None, held["max_points"]):
            self._wrong(
                row, "group_max",
                _("Nhóm %(code)s ở dòng trên ghi %(max)s điểm.")
                % {"code": said["code"], "max": written.number(held["max_points"])},
            )  # fmt: skip
        if said["title"] and held["title"] and said["title"] != held["title"]:
            self._wrong(row, "group_title", _("Tên nhóm %s khác dòng trên.") % said["code"])

    # --- one cell --------------------------------------------------------------------------

    def _wrong(self, row: Row | None, column: str, text: str) -> None:
        problem = Problem(row.number if row else None, COLUMNS[column], str(text))
        if problem not in self.problems:
            self.problems.append(problem)

    def _text(self, row: Row, column: str, needed: bool = False, longest: int = 0) -> str:
        text, limit = row[column], longest or LONGEST.get(column, 300)
        if needed and not text:
            self._wrong(row, column, _("Chưa ghi."))
        if len(text) > limit:
            self._wrong(row, column, _("Dài quá %(n)d ký tự.") % {"n": limit})
        return text[:limit]

    def _number(self, row: Row, column: str, most: int = 999) -> Decimal:
        """Zero where it cannot be read (the problem is noted)."""
        try:
            value = PointsField(max_value=most).clean(row[column])
        except ValidationError as error:
            required = error.code == "required" or not row[column]
            text = _("Chưa ghi số.") if required else " ".join(error.messages)
            self._wrong(row, column, text)
            return Decimal(0)
        return value if isinstance(value, Decimal) else Decimal(0)

    def _word(self, row: Row, column: str, words: Mapping[str, str]) -> str:
        found = words.get(columns.search_key(row[column]))
        if found is None:
            allowed = ", ".join(dict.fromkeys(w for w in words if w))
            said = _("Không hiểu “%(word)s”.") if row[column] else _("Chưa ghi.")
            self._wrong(
                row, column,
                (said + " " + _("Chỉ dùng: %(allowed)s."))
                % {"word": row[column][:40], "allowed": allowed},
            )  # fmt: skip
        return found or ""

    def _formula(self, row: Row, words: Mapping[str, str]) -> str:
        text = row["formula"]
        if not text:
            return ""
        try:
            names = formulas.names_in(formulas.parse(text))
        except formulas.FormulaError as error:
            self._wrong(row, "formula", str(error))
            return text[:300]
        if lacking := sorted(names - set(words)):
            told = _("Công thức dùng %(names)s mà cột “%(column)s” không giải thích.")
            self._wrong(
                row, "formula",
                told % {"names": ", ".join(lacking), "column": COLUMNS["inputs"]},
            )  # fmt: skip
        return text

    def _params(self, row: Row, words: Mapping[str, str]) -> dict[str, str]:
        """``name: number; …`` → name → number as text (a dot for the decimals)."""
        found: dict[str, str] = {}
        for part in filter(None, (p.strip() for p in row["params"].split(";"))):
            name, _colon, number = (piece.strip() for piece in part.partition(":"))
            try:
                value = PointsField().clean(number)
            except ValidationError as error:
                self._wrong(row, "params", f"{name}: {' '.join(error.messages)}")
                continue
            if not name.isidentifier() or name == "M" or name in words or name in found:
                told = _("Tên tham số “%s” không dùng được hoặc đã dùng.")
                self._wrong(row, "params", told % name[:30])
                continue
            found[name] = f"{value.normalize():f}"
        return found

    def _inputs(self, row: Row) -> tuple[dict[str, str], dict[str, str]]:
        """``name: words [fact.code]; …`` → (name → fact code, name → words)."""
        inputs: dict[str, str] = {}
        words: dict[str, str] = {}
        for part in filter(None, (p.strip() for p in row["inputs"].split(";"))):
            found = _INPUT.fullmatch(part)
            if found is None:
                told = _("Không hiểu “%(part)s”. Ghi: tên: ý nghĩa [mã dữ kiện]; …")
                self._wrong(row, "inputs", told % {"part": part[:60]})
                continue
            words[found["name"]] = found["words"]
            if code := (found["fact"] or "").strip():
                inputs[found["name"]] = code
                self._fact(row, code)
        return inputs, words

    def _fact(self, row: Row, code: str) -> None:
        if code.startswith("="):
            return  # another criterion: looked at when the whole block is known
        try:
            fact = self.offered.get(code) or facts.get(code)
        except facts.UnknownFact as unknown:
            self._wrong(row, "inputs", str(unknown))
            return
        if fact.about != "unit":
            told = _("Dữ kiện “%s” không tính cho từng đơn vị nên không dùng được ở đây.")
            self._wrong(row, "inputs", told % code)


def _named(rows: Iterable[Row]) -> Iterator[str]:
    """Every code the rows name, so that all are looked up together."""
    for row in rows:
        for part in row["inputs"].split(";"):
            if found := _INPUT.fullmatch(part.strip()):
                yield (found["fact"] or "").strip()
