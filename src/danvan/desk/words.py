"""The facts a line of history carries, in the words of the office.

Contexts record under the names of their fields; a name without a word here is not shown.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext_lazy as _

from danvan.organisations import roles
from danvan.ui import written

_DECIMAL = re.compile(r"-?\d+\.\d+")

WORDS: dict[str, Any] = {
    "second": _("cơ quan xem lại"),
    "criterion": _("tiêu chí"),
    "office": _("cơ quan"),
    "verifier": _("cơ quan thẩm định"),
    "substitute": _("cơ quan thay"),
    "withdrawal": _("quyết định thu hồi"),
    "decided": _("điểm quyết định"),
    "occasion": _("dịp"),
    "based_on": _("dựa trên"),
    "blocks": _("khối"),
    "gaps": _("số mục thiếu"),
    "proof": _("minh chứng"),
    "person": _("người"),
    "number": _("số"),
    "places": _("số chỗ đã che"),
    "reception_days": _("số buổi tiếp công dân"),
    "posted_on": _("ngày niêm yết"),
    "means": _("hình thức"),
    "at": _("lúc"),
    "where": _("nơi lưu"),
    "presided_by": _("người chủ trì"),
    "moved_to": _("chuyển sang ngày"),
    "state": _("trạng thái"),
    "table": _("bảng"),
    "file": _("tệp"),
    "new": _("thêm mới"),
    "same": _("không đổi"),
    "records": _("số bản ghi"),
    "receiver": _("người được ủy quyền"),
    "ground": _("căn cứ"),
    "on": _("từ ngày"),
    "successor": _("đơn vị kế thừa"),
    "for_whom": _("thay"),
    "basis": _("căn cứ"),
    "kind": _("loại"),
    "since": _("từ ngày"),
    "until": _("đến hết ngày"),
    "day": _("ngày"),
    "code": _("số, ký hiệu"),
    "issued_on": _("ngày ban hành"),
    "signer": _("người ký"),
    "changes": _("số thay đổi"),
    "title": _("nội dung"),
    "rows": _("số dòng"),
    "errors": _("số lỗi"),
    "lines": _("số dòng"),
    "whole": _("nguyên vẹn"),
    "breaks": _("chỗ đứt"),
    "resolution": _("nghị quyết"),
    "name": _("tên"),
    "valid_from": _("từ ngày"),
    "valid_to": _("đến hết ngày"),
    "last": _("số cuối"),
    "series": _("loại"),
    "year": _("năm"),
    "in_force_from": _("hiệu lực từ"),
    "in_force_to": _("hết hiệu lực sau"),
    "summary": _("trích yếu"),
    "issuer_name": _("cơ quan ban hành"),
    "validity_source": _("nguồn về hiệu lực"),
    "signer_position": _("chức vụ người ký"),
    "recipients": _("nơi nhận"),
    "acting": _("văn bản tác động"),
    "relation": _("quan hệ"),
    "scope": _("phần"),
    "effective_on": _("có hiệu lực từ"),
    "source": _("nguồn"),
    "reviews": _("chỗ cần rà soát"),
    "outcome": _("kết quả"),
    "cited": _("văn bản viện dẫn"),
    "addressees": _("nơi nhận"),
    "channel": _("cách gửi"),
    "note": _("ghi chú"),
    "date": _("ngày ban hành"),
    "due": _("hạn"),
    "opinions": _("số ý kiến"),
    "answered": _("trả lời tại chỗ"),
    "register": _("sổ"),
    "edition": _("lần ghi"),
    "days_late": _("số ngày chậm"),
    "version": _("lần"),
    "files": _("tệp"),
    "again": _("tệp gửi lại"),
    "progress_note": _("tiến độ"),
    "percent": _("mức hoàn thành (%)"),
    "role": _("vai trò"),
    "findings": _("điều tìm thấy"),
    "assignments": _("nhiệm vụ được mở"),
    "criteria": _("tiêu chí"),
    "sheets": _("phiếu"),
    "units": _("đơn vị"),
    "claimed": _("tự chấm"),
    "verified": _("thẩm định"),
    "explained": _("sau giải trình"),
    "asks": _("điểm đề nghị"),
    "cap": _("mức khống chế"),
    "rank": _("hạng"),
    "ranked": _("trên tổng số"),
    "value": _("điểm"),
    "maximum": _("điểm tối đa"),
    "band": _("xếp loại"),
    "rate": _("tỷ lệ (%)"),
    "decision": _("quyết định"),
    "changed": _("chỗ thay đổi"),
    "change": _("thay đổi"),
    "content": _("nội dung"),
    "proofs": _("minh chứng"),
    "removed": _("đã bỏ"),
    "parts": _("phần đã sửa"),
    "told": _("đã nhắc"),
    "before": _("trước đó"),
    "document": _("văn bản"),
    "people": _("số người"),
    "result": _("kết quả"),
    "entries": _("mục đã sửa"),
    "step": _("bước"),
    "visitors": _("thành phần kiểm tra"),
    "level": _("cấp"),
    "unit": _("đơn vị"),
    "candidates": _("số tên trong danh sách"),
    "person_name": _("cá nhân điển hình"),
    "starts_on": _("ngày bắt đầu"),
    "assess_on": _("ngày đánh giá"),
    "households": _("số hộ hưởng lợi"),
    "minority": _("hộ dân tộc thiểu số"),
    "religious": _("hộ có đạo"),
    "poor": _("hộ nghèo"),
    "near_poor": _("hộ cận nghèo"),
    "units_joined": _("số đơn vị tham gia"),
    "people_reached": _("số lượt người dân"),
    "models_running": _("số mô hình duy trì"),
    "collectives": _("tập thể được khen"),
    "individuals": _("cá nhân được khen"),
    "narrative": _("kết quả nổi bật"),
    "not_arising": _("không phát sinh"),
    "due_on": _("hạn"),
    "form": _("hình thức"),
    "days": _("số ngày"),
    "lead": _("giải quyết chung với đơn"),
    "competent": _("thuộc thẩm quyền"),
    "regime": _("áp dụng quy định ngày"),
    "place": _("nơi"),
    "base": _("tổng số hộ"),
    "issued": _("phát ra"),
    "returned": _("thu về"),
    "valid": _("hợp lệ"),
    "same_as": _("trùng với"),
}
# Lists of things; any other pair is a change from the first to the second.
LISTS = ("files", "breaks", "parts", "told", "proofs", "removed")
# What a record inside a fact tells; its other fields are for machines.
INSIDE: dict[str, Any] = {
    "text": _("nội dung"),
    "subject": _("nội dung"),
    "value": _("giá trị"),
    "unit": _("đơn vị tính"),
    "parties": _("thực hiện"),
    "due_on": _("hạn"),
}


def changes(facts: dict[str, Any], subject: str = "") -> list[str]:
    """One phrase per fact that has a word; a change reads "a → b".

    ``subject``: the model of the record they are told of ("scoring.round"), whose fields know
    what their codes are called.
    """
    return [
        f"{WORDS[name]}: {_value(_decoded(value, _choices(subject, name)), name)}"
        for name, value in facts.items()
        if _told(name, value)
    ]


@cache
def _choices(subject: str, name: str) -> dict[str, Any]:
    """Code → what it is called, of a field of the subject's model; else of the organisation."""
    try:
        field = apps.get_model(subject)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return {code: role.label for code, role in roles.ROLES.items()} if name == "role" else {}
    return dict(getattr(field, "flatchoices", ()))


def _decoded(value: Any, choices: dict[str, Any]) -> Any:
    if not choices:
        return value
    if isinstance(value, list):
        return [_decoded(one, choices) for one in value]
    return str(choices[value]) if isinstance(value, str) and value in choices else value


def _told(name: str, value: Any) -> bool:
    return name in WORDS and value not in (None, "", [], {}, [None, None])


def _value(value: Any, name: str = "") -> str:
    if isinstance(value, list):
        if name == "parties":
            return "; ".join(_party(party) for party in value)
        if len(value) == 2 and name not in LISTS:
            return _change(*value)
        return ", ".join(_value(one, name) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {told}" for key, told in _inside(value, name).items())
    if value is None or value == "":
        return written.UNKNOWN
    if isinstance(value, bool):
        return str(_("có")) if value else str(_("không"))
    if isinstance(value, str):
        return _text(value)
    return str(value) if name == "year" else written.number(value)


def _party(party: dict[str, Any]) -> str:
    """Who a text names for a duty, and how many units of the catalogue that is, once settled."""
    written_as, found = str(party["written"]), party.get("units") or ()
    return f"{written_as} ({_('%d đơn vị') % len(found)})" if found else written_as


def _inside(record: dict[str, Any], name: str = "") -> dict[str, str]:
    """A record's fields in words; of what is kept by code ("4.2": …), every code."""
    if record.keys() & INSIDE.keys():
        told = {key: record[key] for key in INSIDE if record.get(key) not in (None, "", [])}
        return {str(INSIDE[key]): _value(value, key) for key, value in told.items()}
    return {key: _value(value, name) for key, value in record.items()}


def _change(before: Any, after: Any) -> str:
    """Two records are told by what differs between them."""
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return f"{_value(before)} → {_value(after)}"
    old, new = _inside(before), _inside(after)
    differ = [
        f"{key}: {old.get(key, written.UNKNOWN)} → {new.get(key, written.UNKNOWN)}"
        for key in dict.fromkeys([*old, *new])
        if old.get(key) != new.get(key)
    ]
    return "; ".join(differ) or str(_("không đổi") if before == after else _("chi tiết bên trong"))


def _text(value: str) -> str:
    """Days, moments and decimals were written for machines; other words as they are."""
    if _DECIMAL.fullmatch(value):
        return written.number(value)
    for read, write in ((dt.date, written.day), (dt.datetime, written.moment)):
        try:
            return write(read.fromisoformat(value))
        except ValueError:
            continue
    return value
