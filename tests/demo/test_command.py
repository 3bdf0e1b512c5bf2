"""The command: kept stages, broken-off ones, foreign data, ports, what it prints."""

from __future__ import annotations

import datetime as dt
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from danvan.demo import city, environment, keeping, serving, sign_ins
from danvan.demo.agenda import Agenda, at, later, worked
from danvan.kernel import clock
from tests.conftest import ROOT

DAY = dt.date(2023, 4, 3)  # a Monday


def command(var: Path, *arguments: str) -> subprocess.Popen[str]:
    """``python -m danvan demo`` on a data folder of its own, on SQLite."""
    ours = ("DATABASE_URL", "DANVAN_TODAY")
    surroundings = {name: value for name, value in os.environ.items() if name not in ours}
    places = [str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")]
    surroundings |= {"DANVAN_VAR": str(var), "PYTHONPATH": os.pathsep.join(places)}
    return subprocess.Popen(
        [sys.executable, "-m", "danvan", "demo", *arguments],
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_row_78_a_stage_broken_off_is_played_again_and_a_whole_one_kept(tmp_path):
    note = tmp_path / "demonstration"
    broken = command(tmp_path, "--stage", "running")
    patience = time.monotonic() + 400
    while not (note.exists() and (tmp_path / "files").exists()):
        assert broken.poll() is None, broken.communicate()[0]
        assert time.monotonic() < patience
        time.sleep(0.1)
    broken.kill()
    broken.communicate()
    assert note.read_text() == "playing running"

    said, _ = (again := command(tmp_path, "--stage", "planning")).communicate(timeout=600)
    assert again.returncode == 0, said
    assert "Đã dựng xong" in said and "27/03/2023" in said and city.PASSWORD in said
    for one in sign_ins_shown():
        assert one in said
    assert note.read_text() == "played planning"

    database = tmp_path / "danvan.sqlite3"
    before = database.stat().st_mtime_ns
    said, _ = (third := command(tmp_path, "--stage", "planning")).communicate(timeout=300)
    assert third.returncode == 0, said
    assert "Đang dựng" not in said and database.stat().st_mtime_ns == before


def sign_ins_shown() -> list[str]:
    return [one.username for one in sign_ins.all_sign_ins()]


@pytest.mark.django_db
def test_data_of_somebody_else_is_never_touched(settings, tmp_path):
    settings.DEMONSTRATION, settings.MEDIA_ROOT = True, tmp_path / "files"
    played = []
    with pytest.raises(keeping.NotOurs):
        keeping.make("planning", played.append)
    with pytest.raises(CommandError, match="không phải của bản trình diễn"):
        call_command("demo", stage="planning", fresh=True)
    assert not played and not keeping.note().exists()


@pytest.mark.django_db
def test_a_stage_that_fails_is_not_taken_for_whole(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"

    def breaks(stage: str) -> None:
        raise RuntimeError(stage)

    keeping.note().write_text("playing running", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "throw_away", lambda: None)
        patch.setattr(keeping, "call_command", lambda *a, **k: None)
        with pytest.raises(RuntimeError):
            keeping.make("running", breaks)
        assert not keeping.is_played("running")
        keeping.make("running", lambda stage: None)
    assert keeping.is_played("running") and not keeping.is_played("closed")


def test_only_a_demonstration_is_made_and_only_a_known_stage(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="danvan demo"):
        call_command("demo")
    settings.DEMONSTRATION = True
    with pytest.raises(CommandError, match="planning, running, scoring, closed"):
        call_command("demo", stage="autumn")


def test_a_port_in_use_is_said_clearly(settings):
    settings.DEMONSTRATION = True
    with socket.socket() as held:
        held.bind((serving.HOST, 0))
        held.listen()
        port = held.getsockname()[1]
        assert f"Cổng {port} đang được chương trình khác dùng" in serving.what_blocks(port)
        with pytest.raises(CommandError, match=f"--port {port + 1}"):
            call_command("demo", serve=True, port=port)
    assert serving.what_blocks(port) == ""
    assert "không hợp lệ" in serving.what_blocks(70000)


def test_no_browser_opens_where_nobody_sits(monkeypatch):
    assert not serving.before_a_screen()  # the tests' output is no terminal
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 22")
    assert not serving.before_a_screen()


def test_the_stage_is_read_before_the_settings(monkeypatch):
    assert environment.stage_of(["--serve", "--stage", "closed"]) == "closed"
    assert environment.stage_of(["--stage=running"]) == "running"
    assert environment.stage_of([]) == environment.DEFAULT == "scoring"
    for name in ("DANVAN_VAR", "DANVAN_TODAY", "DANVAN_DEMONSTRATION"):
        monkeypatch.delenv(name, raising=False)
    environment.prepare(["--stage", "closed"])
    assert os.environ["DANVAN_TODAY"] == "2023-11-01"
    assert os.environ["DANVAN_VAR"].endswith("var/demo/closed")


def test_the_agenda_plays_in_the_order_of_moments():
    agenda, seen = Agenda(), []
    agenda.at(at(DAY, 9), lambda: seen.append(clock.now().hour))
    agenda.at(
        at(DAY, 8), lambda: (seen.append(8), agenda.at(at(DAY, 8, 30), lambda: seen.append(0)))
    )
    agenda.at(at(DAY, 12), lambda: seen.append(12))
    agenda.play(until=at(DAY, 12))
    assert len(seen) == 3 and seen[:2] == [8, 0]
    agenda.play(until=at(DAY, 13))
    assert seen[-1] == 12


def test_nobody_hands_in_early_on_a_sunday():
    friday, sunday = dt.date(2023, 3, 31), dt.date(2023, 4, 2)
    assert worked(sunday) == friday and worked(DAY) == DAY
    assert later(friday, 1) == DAY and later(sunday, 1) == DAY
