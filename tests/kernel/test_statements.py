"""Statements worded once say what the ORM says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from danvan.accounts.backends import Backend
from danvan.accounts.models import User
from danvan.kernel import statements
from danvan.kernel.models import CalendarDay, ChainHead
from danvan.organisations.models import Post, Unit

pytestmark = pytest.mark.django_db


def held(record: Any) -> dict[str, Any]:
    return {f.attname: getattr(record, f.attname) for f in record._meta.concrete_fields}


def test_every_kind_of_record_is_read_as_the_orm_reads_it(city) -> None:
    from tests.scoring import factory

    factory.round_for(city)
    kinds = 0
    for model in apps.get_models():
        one: Any = model._base_manager.first()
        if one is not None:
            assert held(statements.read(model, one.pk)) == held(one), model
            locked = model(pk=one.pk)
            with transaction.atomic():
                statements.lock(locked)
            assert held(locked) == held(one), model
            kinds += 1
    assert kinds > 20


def test_nobody_is_not_found() -> None:
    with pytest.raises(Unit.DoesNotExist):
        statements.read(Unit, 0)
    with pytest.raises(ChainHead.DoesNotExist):
        statements.lock(ChainHead(pk=7))


def test_a_locked_record_is_as_it_stands_and_has_forgotten_what_it_knew(city) -> None:
    post = Post.objects.select_related("unit", "person").first()
    assert post
    kept = post.unit
    Post.objects.filter(pk=post.pk).update(title="Phó Trưởng phòng")
    post.title = "chưa lưu"
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        statements.lock(post)
        assert post.title == "Phó Trưởng phòng"
        assert post.unit == kept and post.unit is not kept
        assert post.person.name
    for_update = [q["sql"] for q in asked if "FOR UPDATE" in q["sql"]]
    assert len(for_update) == (connection.vendor == "postgresql")


def test_fields_left_out_when_it_was_read_are_there_once_it_is_locked(city) -> None:
    post = Post.objects.only("rank").first()
    assert post and "title" in post.get_deferred_fields()
    with transaction.atomic():
        statements.lock(post)
    assert not post.get_deferred_fields()


def test_what_is_no_foreign_key_is_left_to_the_orm(city) -> None:
    user = User.objects.filter(person__isnull=False).first()
    assert user
    with transaction.atomic():
        statements.lock(user)
    assert user.person.user_id == user.pk
    bare = Post.objects.only("rank").get(pk=user.person.posts.first().pk)
    bare._state.fetch_mode = statements.RELATED
    assert bare.title == Post.objects.get(pk=bare.pk).title


def test_a_change_writes_the_fields_named_and_no_other() -> None:
    day = CalendarDay.objects.create(day=dt.date(2023, 4, 29), kind="off", note="nghỉ")
    day.note, day.kind = "nghỉ bù", "work"
    statements.change(day, "note")
    assert CalendarDay.objects.values_list("note", "kind").get() == ("nghỉ bù", "off")


def test_an_account_that_was_closed_or_never_was_is_nobody(city) -> None:
    user = city.people["phuong-1"].user
    assert Backend().get_user(str(user.pk)) == user
    assert Backend().get_user(0) is None
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert Backend().get_user(user.pk) is None
