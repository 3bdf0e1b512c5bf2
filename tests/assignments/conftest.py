from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.assignments import factory

PDF = b"%PDF-1.4 noi dung thu"


def pdf(name: str = "Kế hoạch dân vận 2023.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


@pytest.fixture
def programme(city, on_day):
    """Published on the plan's date; today is that day until a test moves it."""
    on_day(2023, 3, 27)
    return factory.opened(city)


@pytest.fixture
def sign_in(city) -> Callable[..., Client]:
    """``sign_in("phuong-1")``: a browser of that unit's focal officer (or of any person)."""

    def make(who: object, **options: object) -> Client:
        person = city.people[who] if isinstance(who, str) else who
        client = Client(**options)
        client.force_login(person.user)
        return client

    return make


@pytest.fixture
def queries_of() -> Callable[[Callable[[], object]], int]:
    """How many queries a call makes."""

    def count(call: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count
