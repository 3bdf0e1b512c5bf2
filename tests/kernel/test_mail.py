"""Row 80: mail that fails is retried and never sent twice; a killed worker is told of."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail as outbox

from danvan.kernel import clock, mail
from danvan.kernel.models import Mail

MORNING = dt.datetime(2023, 4, 3, 8, 0)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on(settings) -> None:
    settings.MAIL_ENABLED = True


def at(minutes: int):
    return clock.set_to(MORNING + dt.timedelta(minutes=minutes))


def posted(key: str = "a") -> Mail | None:
    return mail.post(key, "can-bo@tayninh.example", "Nhắc việc", "Nội dung")


def test_a_letter_goes_out_once() -> None:
    with at(0):
        assert posted() is not None
        assert posted() is None
        assert mail.deliver() == 1
        assert mail.deliver() == 0
    assert [m.subject for m in outbox.outbox] == ["Nhắc việc"]
    assert Mail.objects.get().state == "sent"


def test_mail_is_off_until_a_server_is_named(settings) -> None:
    settings.MAIL_ENABLED = False
    assert posted() is None
    assert not Mail.objects.exists()


class Down:
    """A mail server that refuses the first ``times``."""

    def __init__(self, times: int) -> None:
        self.times, self.ids = times, []

    def send(self, message, *args, **kwargs) -> int:
        self.ids.append(message.extra_headers["Message-ID"])
        if len(self.ids) <= self.times:
            raise ConnectionRefusedError("máy chủ thư không trả lời")
        return 1


def test_what_fails_is_tried_again_later_with_the_same_name(monkeypatch) -> None:
    server = Down(2)
    monkeypatch.setattr("danvan.kernel.mail.EmailMultiAlternatives.send", lambda m: server.send(m))
    with at(0):
        posted()
        assert mail.deliver() == 0
        assert mail.deliver() == 0  # not before a minute has passed
    letter = Mail.objects.get()
    assert (letter.state, letter.attempts) == ("waiting", 1)
    assert "không trả lời" in letter.last_error
    with at(2):
        assert mail.deliver() == 0
    with at(30):
        assert mail.deliver() == 1
    assert len(server.ids) == 3
    assert len(set(server.ids)) == 1


def test_a_server_that_never_answers_ends_as_failed(monkeypatch) -> None:
    server = Down(99)
    monkeypatch.setattr("danvan.kernel.mail.EmailMultiAlternatives.send", lambda m: server.send(m))
    with at(0):
        posted()
    for day in range(len(mail.BACKOFF) + 2):
        with at(day * 2000):
            mail.deliver()
    letter = Mail.objects.get()
    assert (letter.state, letter.attempts) == ("failed", len(mail.BACKOFF) + 1)


class Killed(BaseException):
    """The process dies; nothing after it runs."""


def test_a_worker_killed_while_sending_sends_nothing_twice(monkeypatch) -> None:
    def die(*args, **kwargs):
        raise Killed

    with at(0):
        posted()
        with monkeypatch.context() as patch:
            patch.setattr("danvan.kernel.mail.EmailMultiAlternatives.send", die)
            with pytest.raises(Killed):
                mail.deliver()
        assert mail.deliver() == 0
    with at(20):
        assert mail.deliver() == 0
    assert outbox.outbox == []
    assert Mail.objects.get().state == "unknown"


def test_a_letter_another_worker_holds_is_left_alone() -> None:
    with at(0):
        posted("a")
        posted("b")
        assert mail._claimed().key == "a"
        assert mail.deliver() == 1
    assert Mail.objects.get(key="b").state == "sent"
    assert Mail.objects.get(key="a").state == "sending"


def test_what_was_settled_while_a_letter_waited_is_not_written(monkeypatch) -> None:
    still = {"nhac-1": ("Nhắc: còn 1 việc", "Còn một việc"), "nhac-2": None}
    monkeypatch.setitem(mail._checks, "nhac", lambda letter: still[letter.key])
    with at(0):
        posted("nhac-1")
        posted("nhac-2")
        assert mail.deliver() == 1
    assert [m.subject for m in outbox.outbox] == ["Nhắc: còn 1 việc"]
    assert Mail.objects.get(key="nhac-1").text == "Còn một việc"
    assert Mail.objects.get(key="nhac-2").state == "dropped"


def test_a_check_that_breaks_holds_up_only_its_letter(monkeypatch) -> None:
    monkeypatch.setitem(mail._checks, "nhac", lambda letter: 1 / 0)
    with at(0):
        posted("nhac-1")
        posted("khac-1")
        assert mail.deliver() == 1
    assert Mail.objects.get(key="nhac-1").state == "waiting"


def test_a_wrong_clock_holds_up_no_letter(monkeypatch) -> None:
    """A year ahead for a while: a failed letter and a held one are not put off by a year."""
    server = Down(1)
    with at(60 * 24 * 365):
        posted("a")
        posted("b")
        with monkeypatch.context() as patch:
            patch.setattr(
                "danvan.kernel.mail.EmailMultiAlternatives.send", lambda m: server.send(m)
            )
            mail.deliver(limit=1)
        assert mail._claimed().key == "b"
    with at(0):
        assert mail.deliver() == 1
    assert Mail.objects.get(key="a").state == "sent"
    assert Mail.objects.get(key="b").state == "unknown"


def test_a_person_decides_on_a_letter_in_trouble() -> None:
    with at(0):
        posted("a")
        posted("b")
        Mail.objects.update(state=Mail.State.UNKNOWN)
        mail.let_go(Mail.objects.get(key="a"))
        mail.send_again(Mail.objects.get(key="b"))
        assert mail.deliver() == 1
    assert Mail.objects.get(key="a").state == "dropped"


def test_the_same_words_as_html_with_links_and_nothing_else() -> None:
    with at(0):
        mail.post("a", "can-bo@tayninh.example", "Nhắc", "<b>Việc</b>\nhttps://dv.example/x/")
        mail.deliver()
    html = outbox.outbox[0].alternatives[0].content
    assert "&lt;b&gt;Việc&lt;/b&gt;" in html
    assert 'href="https://dv.example/x/"' in html
    assert "<script" not in html


def test_the_server_is_named_by_one_address() -> None:
    from django.core.exceptions import ImproperlyConfigured

    from config.env import mailer

    options = mailer("smtp+tls://thu%40x:mk@mail.tayninh.example:2525")["OPTIONS"]
    assert (options["host"], options["port"], options["username"]) == (
        "mail.tayninh.example", 2525, "thu@x",
    )  # fmt: skip
    assert options["use_tls"]
    assert "OPTIONS" not in mailer("")
    with pytest.raises(ImproperlyConfigured):
        mailer("mail.tayninh.example")


def test_many_are_posted_at_once_those_posted_before_and_those_to_nobody_left_out(
    settings,
) -> None:
    letters = [mail.Letter(f"nhac-{n}", to, "Nhắc" * 100, "Việc") for n, to in
               enumerate(["a@x.example", "b@x.example", ""])]  # fmt: skip
    settings.MAIL_ENABLED = False
    mail.post_all(letters)
    assert not Mail.objects.exists()
    settings.MAIL_ENABLED = True
    mail.post("nhac-0", "a@x.example", "Đã gửi", "Việc")
    mail.post_all(letters)
    mail.post_all(letters)
    assert [(m.key, m.to) for m in Mail.objects.all()] == [
        ("nhac-0", "a@x.example"), ("nhac-1", "b@x.example"),
    ]  # fmt: skip
    assert str(Mail.objects.get(key="nhac-0")) == "Đã gửi → a@x.example"
    assert len(Mail.objects.get(key="nhac-1").subject) == 250
    assert mail.post("khac-1", "", "Nhắc", "Việc") is None


def test_words_for_a_topic_are_asked_when_the_letter_goes_out(monkeypatch) -> None:
    monkeypatch.setattr(mail, "_checks", {})
    mail.recheck("nhac", lambda letter: ("Nhắc lại", f"{letter.attempts}"))
    with at(0):
        posted("nhac-1")
        mail.deliver()
    assert (outbox.outbox[0].subject, outbox.outbox[0].body) == ("Nhắc lại", "1")
