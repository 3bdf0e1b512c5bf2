"""``python -m vanban``: what is printed and the exit codes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vanban import official_papers as papers
from tests.vanban.texts import organised, plan
from vanban.cli import build_parser, main
from vanban.grid import grid

TEXT = organised("1. Sở A báo cáo theo Luật Giá trước ngày 10/12/2024.")
# "Quyết định của Ủy ban nhân dân tỉnh về việc thực hiện các ngày của năm", typed in .VnTime
TCVN3 = "QuyÕt ®Þnh cña ñy ban nh©n d©n tØnh vÒ viÖc thùc hiÖn c¸c ngµy cña n¨m\n".encode("latin-1")
VNI = (
    "Quyeát ñònh cuûa UÛy ban nhaân daân tænh veà vieäc thöïc hieän caùc ngaøy cuûa naêm\n".encode(
        "cp1252"
    )
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(*arguments: str | Path, err: io.StringIO | None = None) -> tuple[int, str, str]:
    out, err = io.StringIO(), err or io.StringIO()
    code = main([str(argument) for argument in arguments], out, err)
    return code, out.getvalue(), err.getvalue()


def test_read(paper: Path) -> None:
    code, out, err = run("read", paper)
    assert (code, err) == (0, "")
    assert out.startswith("Kế hoạch số 21/KH-UBND ngày 05/02/2024")
    assert "II. TỔ CHỨC THỰC HIỆN" in out


def test_read_as_json_and_as_table(paper: Path) -> None:
    code, out, _ = run("read", paper, "--json")
    assert code == 0
    assert json.loads(out)["header"]["symbol"] == "KH-UBND"
    code, out, _ = run("read", paper, "--table")
    assert code == 0
    assert "Nhiệm vụ: 1" in out
    assert "Văn bản viện dẫn: 1" in out
    assert " │ " in out


def test_cite(paper: Path) -> None:
    assert run("cite", paper) == (0, "Luật\tLuật Giá\t\t\n", "")
    assert json.loads(run("cite", paper, "--json")[1])["citations"][0]["text"] == "Luật Giá"
    assert "Luật │ Luật Giá" in run("cite", paper, "--table")[1]


def test_duties(paper: Path) -> None:
    code, out, _ = run("duties", paper)
    assert code == 0
    assert "Sở A (chủ trì)" in out
    assert out.endswith("\ttrước ngày 10/12/2024\n")
    told = json.loads(run("duties", paper, "--json")[1])
    assert set(told) == {"assignments", "deadlines", "targets"}
    assert "Thời hạn" in run("duties", paper, "--table")[1]


def test_nothing_found_is_1(tmp_path: Path) -> None:
    path = tmp_path / "khong.txt"
    path.write_text(plan("1. Nội dung chung."), encoding="utf-8")
    assert run("cite", path)[0] == 1
    assert run("duties", path)[0] == 1
    assert run("read", path)[0] == 0


def test_check(tmp_path: Path) -> None:
    good, bad = tmp_path / "dung.docx", tmp_path / "sai.docx"
    good.write_bytes(papers.plan())
    parts = papers.parts(papers.plan())
    parts["word/document.xml"] = parts["word/document.xml"].replace("Độc lập".encode(), b"Doc lap")
    bad.write_bytes(papers.repacked(parts))
    assert run("check", good) == (0, "Không có lỗi thể thức.\n", "")
    code, out, _ = run("check", bad)
    assert code == 1
    assert "Nghị định 30/2020/NĐ-CP" in out
    assert "    cần: " in out
    told = json.loads(run("check", bad, "--json")[1])["findings"][0]
    assert set(told) == {"severity", "place", "found", "asked", "article"}
    assert "Căn cứ" in run("check", bad, "--table")[1]
    # one bad file makes the folder bad
    assert run("check", tmp_path)[0] == 1


def test_check_needs_a_docx(paper: Path) -> None:
    code, out, err = run("check", paper)
    assert (code, out) == (2, "")
    assert "ke-hoach.txt: " in err


def test_a_folder_and_a_bad_file(paper: Path) -> None:
    (paper.parent / "hong.docx").write_bytes(b"x")
    (paper.parent / "anh.png").write_bytes(b"not looked at")
    code, out, err = run("read", paper.parent)
    assert code == 2
    assert out.startswith("== ")
    assert "bị hỏng" in err
    assert "anh.png" not in out + err


def test_a_folder_as_json_is_one_line_a_file(paper: Path) -> None:
    (paper.parent / "hai.txt").write_text(TEXT, encoding="utf-8")
    code, out, err = run("duties", paper.parent, "--json")
    assert (code, err) == (0, "")  # no bar where stderr is no terminal
    told = [json.loads(line) for line in out.splitlines()]
    assert [Path(one["file"]).name for one in told] == ["hai.txt", "ke-hoach.txt"]


def test_a_bar_on_a_terminal(paper: Path) -> None:
    (paper.parent / "hai.txt").write_text(TEXT, encoding="utf-8")
    code, out, err = run("cite", paper.parent, err=Terminal())
    assert code == 0
    assert "1/2 hai.txt" in err
    assert "2/2 ke-hoach.txt" in err
    assert err.endswith("\r\x1b[2K")
    assert "\x1b" not in out
    assert run("cite", paper, err=Terminal())[2] == ""


def test_an_empty_folder(tmp_path: Path) -> None:
    code, out, err = run("read", tmp_path)
    assert (code, out) == (1, "")
    assert "Không có tệp nào" in err


def test_a_missing_file() -> None:
    assert run("read", "/khong/co.txt") == (2, "", "/khong/co.txt: không có tệp này.\n")


def test_a_file_too_large(paper: Path) -> None:
    for command in ("read", "convert"):
        code, _, err = run(command, paper, "--max-bytes", "10")
        assert code == 2
        assert "lớn" in err


@pytest.mark.parametrize(("data", "name"), [(TCVN3, "TCVN3"), (VNI, "VNI")])
def test_convert_shows_and_then_writes(tmp_path: Path, data: bytes, name: str) -> None:
    old, new = tmp_path / "cu.txt", tmp_path / "moi.txt"
    old.write_bytes(data)
    code, out, _ = run("convert", old)
    assert code == 0
    assert f"{old}: {name}." in out
    assert "\n+ Quyết định của" in out
    assert list(tmp_path.iterdir()) == [old]
    assert run("convert", old, "--output", new)[0] == 0
    written = new.read_text(encoding="utf-8")
    assert written.lower().startswith("quyết định của ủy ban nhân dân tỉnh về việc thực hiện")
    assert old.read_bytes() == data


def test_convert_overwrites_only_when_told_and_never_its_source(tmp_path: Path) -> None:
    old, new = tmp_path / "cu.txt", tmp_path / "moi.txt"
    old.write_bytes(TCVN3)
    new.write_text("có rồi", encoding="utf-8")
    code, _, err = run("convert", old, "--output", new)
    assert (code, new.read_text(encoding="utf-8")) == (2, "có rồi")
    assert "--force" in err
    assert run("convert", old, "--output", new, "--force")[0] == 0
    assert run("convert", old, "--output", old, "--force")[0] == 2
    assert old.read_bytes() == TCVN3


def test_convert_a_folder(tmp_path: Path) -> None:
    old, new = tmp_path / "cu", tmp_path / "moi"
    (old / "trong").mkdir(parents=True)
    (old / "trong" / "a.txt").write_bytes(TCVN3)
    (old / "b.txt").write_text("đã là UTF-8", encoding="utf-8")
    code, out, _ = run("convert", old, "--output", new)
    assert code == 0
    assert "không cần chuyển" in out
    assert [path.name for path in new.rglob("*.txt")] == ["a.txt"]
    assert (new / "trong" / "a.txt").is_file()


def test_convert_a_docx_in_an_old_font(tmp_path: Path) -> None:
    parts = papers.parts(papers.plan())
    parts["word/document.xml"] = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b'<w:body><w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>'
        + "C«ng hßa".encode()
        + b"</w:t></w:r></w:p></w:body></w:document>"
    )
    path = tmp_path / "cu.docx"
    path.write_bytes(papers.repacked(parts))
    code, out, _ = run("convert", path)
    assert code == 0
    assert "phông chữ .VnTime" in out
    assert "+ Công hòa" in out
    assert run("convert", path, "--output", tmp_path)[0] == 0
    assert (tmp_path / "cu.txt").read_text(encoding="utf-8") == "Công hòa"


def test_convert_nothing_to_do_and_unfit(paper: Path, tmp_path: Path) -> None:
    assert run("convert", paper)[0] == 1
    html = tmp_path / "a.html"
    html.write_text("<p>a</p>", encoding="utf-8")
    assert run("convert", html)[0] == 2
    assert run("convert", paper, "--from", "vni")[0] == 0


@pytest.mark.parametrize("command", ["read", "cite", "duties", "check", "convert"])
def test_help_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(command, "--help")
    assert stop.value.code == 0
    told = capsys.readouterr().out
    assert f"  vanban {command} " in told
    assert "mã thoát" in told
    assert f"  vanban {command} " in build_parser().format_help()


def test_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run("nonsense")
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert "vanban: không có LỆNH 'nonsense', chỉ có 'read'" in said
    assert "invalid" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "còn thiếu LỆNH"),
        (("read",), "còn thiếu TỆP"),
        (("read", "a.txt", "--jsn"), "không hiểu --jsn"),
        (("read", "a.txt", "--max-bytes", "x"), "--max-bytes không nhận giá trị 'x'"),
        (("read", "a.txt", "--json", "--table"), "--table không dùng cùng --json"),
    ],
)
def test_wrong_use_is_told_in_vietnamese(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        run(*arguments)
    assert stop.value.code == 2
    assert said in capsys.readouterr().err


def test_the_number_of_the_party_and_an_empty_table(tmp_path: Path) -> None:
    letter = tmp_path / "cv.txt"
    letter.write_text(
        "TỈNH ỦY HẢI VÂN\n*\nSố 214-CV/TU\nVề việc họp\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\n"
        "Hải Vân, ngày 05 tháng 4 năm 2024\n\nKính gửi: Các huyện ủy.\n\nTỉnh ủy họp tuần tới.\n",
        encoding="utf-8",
    )
    _, out, _ = run("read", str(letter))
    assert out.startswith("Công văn số 214-CV/TU ngày 05/4/2024")
    code, out, _ = run("cite", str(letter), "--table")
    assert (code, out.strip()) == (1, "Không viện dẫn văn bản nào.")


def test_as_a_module(paper: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "vanban", "cite", str(paper)],
        capture_output=True,
        cwd=Path(__file__).parents[2] / "src",
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.decode() == "Luật\tLuật Giá\t\t\n"


def test_a_grid_gives_the_room_there_is_to_the_longest_cells() -> None:
    lines = grid(("Số", "Việc"), [("1", "Lập kế hoạch năm")], 16)
    assert lines == ["Số │ Việc", "───┼────────────", "1  │ Lập kế", "   │ hoạch năm"]
    assert max(len(line) for line in grid(("a", "b"), [("x " * 90, "y " * 40)], 60)) <= 60
