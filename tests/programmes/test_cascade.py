"""From the superior's plan to ours, and from ours to the units'."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from danvan.kernel import audit
from danvan.kernel.access import Actor, Refused
from danvan.kernel.models import Announcement
from danvan.programmes import carrying, compiling
from danvan.programmes.actions import carrying as acts
from danvan.programmes.actions import manuscripts, publishing, reading
from danvan.programmes.models import Carriage, Draft, Manuscript, Programme
from tests.city import City
from tests.programmes.conftest import accept_all, published, small_document, upload


@pytest.fixture
def superior(city: City, office: Actor, on_day) -> Draft:
    """The province's plan, kept as a ground by the city."""
    on_day(2023, 3, 28)
    read = compiling.compiled(small_document(number="765", issuer="UBND tỉnh Tây Ninh"))
    draft = reading.keep(
        city.body, compiled=read, file=upload(b"tinh"), of_superior=True, by=office
    )
    accept_all(draft, office)
    return publishing.keep(draft, by=office)


@pytest.fixture
def carried(superior: Draft, programme: Programme, office: Actor) -> Programme:
    return acts.ground(programme, superior=superior.pk, by=office)


def test_row_73_a_superiors_plan_is_a_ground_and_gives_nobody_a_duty(superior: Draft) -> None:
    assert superior.state == "kept" and superior.document.code == "765/KH-UBND"
    assert superior.document.issuer is None and superior.document.provisions.exists()
    assert not Programme.objects.exists()
    assert not Announcement.objects.filter(name="PlanPublished").exists()


def test_row_73_our_tasks_point_at_theirs(city, superior, office, on_day) -> None:
    read = compiling.compiled(small_document())
    draft = reading.keep(city.body, compiled=read, file=upload(b"ta"), superior=superior, by=office)
    programme = published(draft, office)
    rows = carrying.coverage(programme)
    assert programme.superior == superior and [row.covered for row in rows] == [True, True]
    assert rows[0].ours[0].text == rows[0].shape.text


def test_row_73_what_is_not_carried_out_is_listed(
    sign_in, city: City, carried: Programme, office: Actor
) -> None:
    page = sign_in("noi-vu")
    url = reverse("programmes:coverage", args=[carried.pk])
    assert "2 nhiệm vụ của cấp trên chưa có trong kế hoạch này" in page.get(url).content.decode()
    first, second = carrying.coverage(carried)
    task = carried.tasks.first()
    page.post(url, {"cap_tren": first.finding.pk, "nhiem_vu": task.pk})
    page.post(url, {"cap_tren": first.finding.pk, "nhiem_vu": task.pk})
    page.post(url, {"cap_tren": second.finding.pk, "reason": "Việc của Sở Du lịch"})
    shown = page.get(url).content.decode()
    assert "Mọi nhiệm vụ của cấp trên đã có" in shown and "Việc của Sở Du lịch" in shown
    assert Carriage.objects.filter(programme=carried, task=task).count() == 1


def test_row_73_only_the_office_links(city: City, carried: Programme, superior, office) -> None:
    ward, row = city.actor("phuong-1"), carrying.coverage(carried)[0]
    task = carried.tasks.first()
    with pytest.raises(Refused, match="cơ quan thường trực"):
        acts.carry(carried, asked=row.finding.pk, task=task.pk, by=ward)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        acts.decline(carried, asked=row.finding.pk, reason="x", by=ward)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        acts.ground(carried, superior=superior.pk, by=ward)
    with pytest.raises(ValidationError, match="Ghi lý do"):
        acts.decline(carried, asked=row.finding.pk, reason=" ", by=office)
    with pytest.raises(ValidationError, match="không thuộc"):
        acts.carry(carried, asked=0, task=task.pk, by=office)


def test_a_superiors_plan_is_kept_and_ours_is_published(
    city: City, draft: Draft, office: Actor
) -> None:
    accept_all(draft, office)
    with pytest.raises(Refused, match="ban hành, không ghi nhận"):
        publishing.keep(draft, by=office)
    with pytest.raises(Refused, match="cơ quan thường trực"):
        publishing.keep(draft, by=city.actor("phuong-1"))


def test_row_73_the_superiors_tasks_begin_our_plan(superior, office, on_day, city) -> None:
    made = manuscripts.begin(city.body, year=2023, superior=superior, by=office)
    assert "765/KH-UBND" in made.header["grounds"]
    assert any("Gửi kế hoạch" in section["text"] for section in made.sections)


def test_row_73_our_tasks_seed_the_units_plan(
    sign_in, city: City, programme: Programme, on_day
) -> None:
    page = sign_in("tu-phap")
    unit = city.units["tu-phap"].pk
    url = reverse("programmes:for_unit", args=[programme.pk, unit])
    assert "Gửi kế hoạch" in page.get(url).content.decode()
    first, second = page.post(url), page.post(url)
    assert first.url == second.url and Manuscript.objects.count() == 1
    made = Manuscript.objects.get()
    assert any("gửi kế hoạch" in s["text"].lower() for s in made.sections)
    assert "7/KH-UBND" in made.header["grounds"]
    by = city.actor("tu-phap")
    header = {**made.header, "signer": "Trần Văn B", "signer_position": "CHỦ TỊCH"}
    manuscripts.save(made, header=header, sections=made.sections, seen=1, by=by)
    file = page.get(reverse("programmes:manuscript_file", args=[made.pk]))
    words = zipfile.ZipFile(io.BytesIO(file.content)).read("word/document.xml").decode()
    assert "KẾ HOẠCH" in words and "Trần Văn B" in words
    with pytest.raises(Refused, match="tải về, ký và nộp"):
        manuscripts.read(made, by=by)


def test_row_73_a_units_plan_is_its_own(sign_in, city: City, programme: Programme) -> None:
    unit, by = city.units["tu-phap"], city.actor("tu-phap")
    made = manuscripts.begin_for_unit(unit, programme=programme, by=by)
    assert audit.of(made)[0].concerns == unit.pk
    url = reverse("programmes:manuscript", args=[made.pk])
    assert sign_in("phuong-2").get(url).status_code == 404
    assert sign_in("tu-phap").get(url).status_code == 200
    with pytest.raises(Refused, match="Chỉ lãnh đạo hoặc công chức đầu mối"):
        manuscripts.begin_for_unit(unit, programme=programme, by=city.actor("phuong-2"))


def test_coverage_costs_the_same_with_more_rows(
    carried: Programme, office: Actor, django_assert_num_queries
) -> None:
    rows = carrying.coverage(carried)  # the superior is read once
    with django_assert_num_queries(2):
        carrying.coverage(carried)
    for row in rows:
        acts.carry(carried, asked=row.finding.pk, task=carried.tasks.first().pk, by=office)
    carrying.coverage(carried)
    with django_assert_num_queries(2):
        carrying.coverage(carried)
