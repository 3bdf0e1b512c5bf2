"""Petitions of made-up people before the small city, brought in by real verbs."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

from danvan.petitions.actions import classification, handling, intake, rulings
from danvan.petitions.actions.classification import Class
from danvan.petitions.actions.intake import Brought, Person, Receipt
from danvan.petitions.actions.rulings import Result
from danvan.petitions.models import Petition
from danvan.vault.actions import holders
from danvan.vault.models import Holder
from tests.city import City

LAN = Person("Trần Thị Lan", "12 đường Cách Mạng Tháng Tám, Phường 1", "0900000001")
VAULT_KEYS = ["k1:" + base64.b64encode(b"0" * 32).decode()]


def brought(kind: str = "khieu_nai", **changed: Any) -> Brought:
    given: dict[str, Any] = {
        "kind_said": kind, "subject": "Thu hồi đất làm đường hẻm 12",
        "text": "Quyết định thu hồi chưa tính đủ diện tích.", "channel": "in_person",
        "senders": () if kind == "to_cao_nac_danh" else (LAN,),
    }  # fmt: skip
    return Brought(**{**given, **changed})


def received(city: City, kind: str = "khieu_nai", who: str = "thanh-tra", body: str = "thanh-pho",
             **changed: Any) -> tuple[Petition, Receipt]:  # fmt: skip
    receipt: Receipt = intake.receive(
        city.units[body], brought=brought(kind, **changed), by=city.actor(who)
    )
    return Petition.objects.get(pk=receipt.petition), receipt


def classified(city: City, kind: str = "khieu_nai", **changed: Any) -> Petition:
    found = {k: changed.pop(k) for k in ("eligible", "competent", "instance", "remote", "people")
             if k in changed}  # fmt: skip
    it, _receipt = received(city, kind, **changed)
    axes = {"eligible": True, "competent": True, **found}
    classification.classify(it, found=Class(kind, **axes), by=city.actor("thanh-tra"))
    return it


def accepted(city: City, kind: str = "khieu_nai", **changed: Any) -> Petition:
    it = classified(city, kind, **changed)
    handling.accept(it, by=city.actor("thanh-tra"))
    return it


def result(outcome: str = "partly", **changed: Any) -> Result:
    given = {"outcome": outcome, "text": "Tính lại diện tích 12 m².", "code": "15/QĐ-UBND",
             "answer": "Yêu cầu được chấp nhận một phần: tính lại diện tích."}  # fmt: skip
    return Result(**{**given, **changed})


def decided(city: City, kind: str = "khieu_nai", **changed: Any) -> Petition:
    it = accepted(city, kind, **changed)
    rulings.decide(it, result=result(), by=city.actor(city.heads["thanh-pho"]))
    return it


def closed(city: City, kind: str = "kien_nghi_phan_anh", **changed: Any) -> tuple[Petition, str]:
    """A proposal answered and closed, and the secret of its receipt."""
    it, receipt = received(city, kind, **changed)
    office = city.actor("thanh-tra")
    classification.classify(it, found=Class(kind, True, True), by=office)
    handling.accept(it, by=office)
    rulings.decide(it, result=result("answered"), by=office)
    rulings.close(it, by=office)
    return it, receipt.secret


def named_for_denunciations(city: City, who: str = "thanh-tra", role: str = "intake") -> Holder:
    """Somebody named by the chairman to take in (settle) denunciations of the city."""
    held: Holder = holders.appoint_holder(
        city.body, person=city.people[who], role=role, basis="Quyết định thử",
        by=city.actor(city.heads["thanh-pho"]),
    )  # fmt: skip
    return held


DAY = dt.date(2023, 5, 8)


def for_addresses(city: City) -> dict[str, dict[str, Any]]:
    """One of everything the addresses of petitions point at: the ward's own, and one sent on."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from danvan.petitions.actions import transfers

    it, _receipt = received(city, who="phuong-1", body="phuong-1")
    paper = SimpleUploadedFile("anh.pdf", b"%PDF-1.4 anh", "application/pdf")
    handling.attach(it, files=[paper], about="Ảnh", by=city.actor("phuong-1"))
    other = classified(city, competent=False)
    sent = transfers.transfer(
        other, to_unit=city.units["phuong-1"], clause="Điều 17", by=city.actor("thanh-tra")
    )
    one = {"pk": it.pk}
    return {
        "petitions:petition": one,
        "petitions:watch": one,
        "petitions:mark": {**one, "step": "informed"},
        "petitions:act": {**one, "slug": "phan-loai"},
        "petitions:paper": {"pk": it.papers.get().pk},
        "petitions:slip": {"pk": sent.pk},
        "petitions:take_over": {"pk": sent.pk},
    }
