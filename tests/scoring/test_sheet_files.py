"""Score sheets as files: whole or not there, resumed after a kill, written anew when changed."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import docx
import pytest
from django.core.management import CommandError, call_command

from danvan.scoring import sheet_documents, sheet_files
from danvan.scoring.models import Sheet
from tests.conftest import ROOT
from tests.scoring.results_factory import Case


def test_a_sheet_is_written_in_the_layout_of_a_report(case: Case) -> None:
    sheet = case.sheet("xa-tan-binh")
    same = sheet_documents.common(case.round)
    held = sheet_documents.scores_of([sheet.pk])[sheet.pk]
    paper = docx.Document(io.BytesIO(sheet_documents.file_of(sheet, held, same)))
    words = "\n".join(p.text for p in paper.paragraphs)
    assert "BÁO CÁO" in words and "tự chấm điểm" in words
    assert "Tổng điểm tự chấm: 100 × (85 + 2 − 1) ÷ 100 = 86" in words
    cells = [[c.text for c in row.cells] for row in paper.tables[1].rows]
    assert ["2.1", "Tiêu chí 2.1", "20", "–", "5", ""] in cells


def test_the_command_shows_how_far_it_is_and_has_nothing_left_to_do(case: Case, tmp_path) -> None:
    told = io.StringIO()
    call_command("write_sheets", case.round.pk, tmp_path, stdout=told)
    count = case.round.sheets.count()
    assert f"[{'#' * 30}] 100 % {count}/{count}" in told.getvalue()
    assert f"lần này ghi {count}." in told.getvalue()
    assert len(list(tmp_path.iterdir())) == count
    again = io.StringIO()
    call_command("write_sheets", case.round.pk, tmp_path, stdout=again)
    assert "lần này ghi 0." in again.getvalue()


def test_a_sheet_that_changed_is_written_anew_and_the_old_file_goes(case: Case, tmp_path) -> None:
    list(sheet_files.write(case.round, tmp_path))
    sheet = case.sheet("phuong-1")
    Sheet.objects.filter(pk=sheet.pk).update(revision=7)
    (tmp_path / "ghi-chu.txt").write_text("của người khác")
    *_rest, last = sheet_files.write(case.round, tmp_path)
    assert last.made == 1
    kept = {path.name for path in tmp_path.iterdir()}
    assert sheet_files.name_of(sheet.pk, 7) in kept and "ghi-chu.txt" in kept
    assert sheet_files.name_of(sheet.pk, sheet.revision) not in kept


def test_a_file_whose_writing_failed_is_not_left_half(case: Case, tmp_path, monkeypatch) -> None:
    def fails(*args: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(sheet_files.os, "fsync", fails)
    with pytest.raises(OSError, match="no space"):
        list(sheet_files.write(case.round, tmp_path))
    assert not list(tmp_path.glob("*.docx"))
    monkeypatch.undo()
    *_rest, last = sheet_files.write(case.round, tmp_path)
    assert last.standing == last.of and not list(tmp_path.glob("*.part"))


def test_an_unknown_round_is_told(db, tmp_path) -> None:
    with pytest.raises(CommandError, match="Không có đợt chấm số 99"):
        call_command("write_sheets", 99, tmp_path)


# --- killed ----------------------------------------------------------------------------------

FILES, SIZE = 40, 3_000_000
RUN = f"""
import sys
from pathlib import Path
import django
django.setup()
from danvan.scoring import sheet_files
wanted = [f"phieu-{{n:02d}}.docx" for n in range({FILES})]
make = lambda names: ((name, name[6:8].encode() * {SIZE}) for name in names)
for done in sheet_files.fill(Path(sys.argv[1]), wanted, make):
    print(done.standing, flush=True)
"""


def begun(folder: Path) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    env["DJANGO_SETTINGS_MODULE"] = "config.settings"
    command = [sys.executable, "-c", RUN, str(folder)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)


def test_a_killed_process_leaves_whole_files_and_is_resumed(tmp_path) -> None:
    running = begun(tmp_path)
    assert running.stdout
    for line in running.stdout:
        if int(line) >= 5:
            break
    time.sleep(0.003)  # into the middle of one
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert running.returncode == -signal.SIGKILL
    stand = sorted(tmp_path.glob("*.docx"))
    assert 5 <= len(stand) < FILES
    assert all(path.read_bytes() == path.name[6:8].encode() * SIZE for path in stand)
    written = {path: path.stat().st_mtime_ns for path in stand}
    told, _errors = begun(tmp_path).communicate()
    # It goes on where the other stopped, and touches nothing that stood.
    assert told.split()[0] == str(len(stand)) and told.split()[-1] == str(FILES)
    assert {path: path.stat().st_mtime_ns for path in stand} == written
    assert len(list(tmp_path.iterdir())) == FILES
