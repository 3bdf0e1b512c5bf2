"""``python -m vanban``: what is printed and the exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest

from tests.vanban.texts import organised
from vanban.cli import build_parser, main

TEXT = organised("1. Sở A báo cáo theo Luật Giá trước ngày 10/12/2024.")

# "cộng hòa xã hội" in TCVN3 (TCVN 5712:1993, the table behind the .VnTime fonts).
OLD = "cộng hòa xã hội".translate({0x1ED9: 0xE9, 0xF2: 0xDF, 0xE3: 0xB7}).encode("latin-1")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    return main(arguments, out), out.getvalue()


def test_read(paper: Path) -> None:
    code, out = run("read", str(paper))
    assert code == 0
    assert out.startswith("Kế hoạch số 21/KH-UBND ngày 05/02/2024")
    assert "II. TỔ CHỨC THỰC HIỆN" in out


def test_json(paper: Path) -> None:
    code, out = run("read", str(paper), "--json")
    assert code == 0
    assert json.loads(out)["header"]["symbol"] == "KH-UBND"


def test_cite_and_duties(paper: Path) -> None:
    assert run("cite", str(paper)) == (0, "Luật\tLuật Giá\t\t\n")
    code, out = run("duties", str(paper))
    assert code == 0
    assert "Sở A (chủ trì)" in out
    assert "trước ngày 10/12/2024" in out
    assert set(json.loads(run("duties", str(paper), "--json")[1])) == {
        "assignments",
        "deadlines",
        "targets",
    }


def test_a_folder_and_a_bad_file(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (paper.parent / "hong.docx").write_bytes(b"x")
    code, out = run("read", str(paper.parent))
    assert code == 2
    assert "== " in out
    assert "bị hỏng" in capsys.readouterr().err


def test_a_missing_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", "/khong/co.txt")[0] == 2
    assert "không có tệp này" in capsys.readouterr().err


def test_check_says_what_departs_from_the_decree(tmp_path: Path) -> None:
    from tests.vanban import official_papers

    good = tmp_path / "quyet-dinh.docx"
    good.write_bytes(official_papers.decision())
    assert run("check", str(good))[0] == 0
    bare = tmp_path / "nhap.docx"
    document = docx.Document()
    document.add_paragraph("QUYẾT ĐỊNH")
    document.save(str(bare))
    code, out = run("check", str(bare))
    assert code == 1
    assert "Phụ lục I" in out


def test_convert_shows_first_and_writes_when_told(tmp_path: Path) -> None:
    # The first words as a program without the old font shows them.
    words = "cộng hòa xã hội"
    old, new = tmp_path / "cu.txt", tmp_path / "moi.txt"
    old.write_bytes(OLD)
    code, out = run("convert", str(old), "--from", "tcvn3")
    assert code == 0
    assert "cộng hòa xã hội" in out
    assert not new.exists()
    assert run("convert", str(old), "--from", "tcvn3", "--output", str(new))[0] == 0
    assert new.read_text(encoding="utf-8").strip() == words


def test_help_has_examples() -> None:
    assert "vanban read ke-hoach.docx --json" in build_parser().format_help()


def test_wrong_use() -> None:
    with pytest.raises(SystemExit) as stop:
        run("nonsense")
    assert stop.value.code == 2
