"""The command ``vanban``: read, cite, list the duties of, check and convert official documents.

Exit codes, for scripts: 0 found (or clean), 1 nothing found (or findings), 2 at least one
file could not be read, or wrong use of the command. Reasons go to stderr, in Vietnamese.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TextIO

from vanban import printing
from vanban.checking import Finding, check
from vanban.converting import Conversion, convert
from vanban.errors import ReadingError, TooLarge
from vanban.model import Document
from vanban.progress import Progress
from vanban.reading import read

FOUND, NOTHING, UNREADABLE = 0, 1, 2

_EXIT_CODES = """\
mã thoát: 0 có kết quả (check: không lỗi); 1 không có gì (check: có lỗi);
          2 có tệp không đọc được, hoặc gõ sai lệnh
"""
_EXAMPLES = {
    "read": """\
  vanban read ke-hoach.docx              phần đầu và các đề mục
  vanban read ke-hoach.docx --table      viện dẫn, nhiệm vụ, chỉ tiêu thành bảng
  vanban read ke-hoach.docx --json       toàn bộ dữ liệu dạng JSON
  vanban read thu-muc/ --json            mỗi tệp một dòng JSON, có tên tệp
""",
    "cite": """\
  vanban cite ke-hoach.pdf               các văn bản được viện dẫn
  vanban cite thu-muc/ --table
""",
    "duties": """\
  vanban duties ke-hoach.docx --table    ai làm gì, chậm nhất khi nào
  vanban duties thu-muc/ --json          nhiệm vụ của mọi tệp trong thư mục
""",
    "check": """\
  vanban check quyet-dinh.docx           lỗi thể thức theo Nghị định 30/2020/NĐ-CP
  vanban check du-thao/ && echo "Được"   dùng mã thoát trong kịch bản
""",
    "convert": """\
  vanban convert cu.txt                  xem thử, không ghi gì
  vanban convert cu.txt --output moi.txt ghi văn bản UTF-8
  vanban convert cu/ --output moi/       cả thư mục
  vanban convert cu.txt --from vni       khi máy đoán sai bảng mã
""",
}
_SUFFIXES = {
    "read": (".docx", ".pdf", ".txt", ".md", ".html", ".htm"),
    "check": (".docx",),
    "convert": (".txt", ".md", ".docx"),
}


@dataclass(frozen=True)
class _View[T]:
    """One command that shows what is in a file: how it is read, printed and judged."""

    says: str
    load: Callable[[bytes, str, int], T]
    lines: Callable[[T], Iterable[str]]
    table: Callable[[T, int], Iterable[str]]
    json: Callable[[T], dict[str, Any]]
    code: Callable[[T], int]


def _document(data: bytes, name: str, max_bytes: int) -> Document:
    return read(data, name, max_bytes=max_bytes)


def _findings(data: bytes, _name: str, max_bytes: int) -> tuple[Finding, ...]:
    if len(data) > max_bytes:
        raise TooLarge()
    return check(data)


_READ: _View[Document] = _View(
    "đọc phần đầu, đề mục, viện dẫn, nhiệm vụ, chỉ tiêu",
    _document,
    printing.read_lines,
    printing.read_table,
    printing.read_json,
    lambda document: FOUND,
)
_CITE: _View[Document] = _View(
    "liệt kê văn bản được viện dẫn",
    _document,
    printing.cite_lines,
    printing.cite_table,
    printing.cite_json,
    lambda document: FOUND if document.citations else NOTHING,
)
_DUTIES: _View[Document] = _View(
    "liệt kê ai làm gì, chậm nhất khi nào",
    _document,
    printing.duties_lines,
    printing.duties_table,
    printing.duties_json,
    lambda document: FOUND if document.duties else NOTHING,
)
_CHECK: _View[tuple[Finding, ...]] = _View(
    "kiểm tra thể thức tệp .docx theo Nghị định 30/2020/NĐ-CP",
    _findings,
    printing.check_lines,
    printing.check_table,
    printing.check_json,
    lambda findings: NOTHING if findings else FOUND,
)
_VIEWS: dict[str, _View[Any]] = {"read": _READ, "cite": _CITE, "duties": _DUTIES, "check": _CHECK}
_CONVERT_SAYS = "chuyển bảng mã cũ (TCVN3, VNI) sang Unicode; mặc định chỉ xem thử"


class _Layout(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        # A subcommand's parser asks with an empty prefix to learn its own name.
        super().add_usage(usage, actions, groups, "cách dùng: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Vietnamese."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=_Layout, add_help=False, **settings)
        self.options = self.add_argument_group("tùy chọn")
        self.options.add_argument("-h", "--help", action="help", help="in hướng dẫn này")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(UNREADABLE, f"{self.prog}: {_in_vietnamese(message)}; xem {self.prog} --help\n")


_COMPLAINTS = (
    (r"argument (\S+): invalid choice: (.+?) \(choose from (.+)\)", r"không có \1 \2, chỉ có \3"),
    (r"argument (\S+): invalid \w+ value: (.+)", r"\1 không nhận giá trị \2"),
    (r"argument (\S+): expected .+", r"\1 còn thiếu giá trị"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 không dùng cùng \2"),
    (r"the following arguments are required: (.+)", r"còn thiếu \1"),
    (r"unrecognized arguments: (.+)", r"không hiểu \1"),
    (r"ambiguous option: (\S+) could match (.+)", r"\1 chưa rõ, có thể là \2"),
)


def _in_vietnamese(message: str) -> str:
    """What argparse complains of, for the person at the keyboard."""
    for complaint, said in _COMPLAINTS:
        match = re.fullmatch(complaint, message)
        if match:
            return match.expand(said)
    return "sai cách dùng"


def build_parser() -> argparse.ArgumentParser:
    """The parser of the command line, with examples in --help."""
    parser = _Parser(
        prog="vanban",
        description="Đọc, kiểm tra và chuyển mã văn bản hành chính Việt Nam.",
        epilog="ví dụ:\n" + "".join(_EXAMPLES.values()) + "\n" + _EXIT_CODES,
    )
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="LỆNH", title="các lệnh", parser_class=_Parser
    )
    for name, view in _VIEWS.items():
        command = _add(commands, name, view.says)
        shape = command.options.add_mutually_exclusive_group()
        shape.add_argument("--json", action="store_true", help="in JSON")
        shape.add_argument("--table", action="store_true", help="in thành bảng")
    command = _add(commands, "convert", _CONVERT_SAYS)
    command.options.add_argument(
        "--from",
        dest="source",
        choices=("tcvn3", "vni"),
        help="bảng mã của tệp văn bản, khi không muốn máy đoán",
    )
    command.options.add_argument(
        "--output", type=Path, metavar="TỆP", help="ghi UTF-8 vào tệp (hoặc thư mục) này"
    )
    command.options.add_argument(
        "--force", action="store_true", help="ghi đè tệp đã có (không bao giờ ghi đè tệp gốc)"
    )
    return parser


def _add(commands: Any, name: str, says: str) -> _Parser:
    epilog = f"ví dụ:\n{_EXAMPLES[name]}\n{_EXIT_CODES}"
    command: _Parser = commands.add_parser(name, help=says, description=says, epilog=epilog)
    what = command.add_argument_group("đầu vào")
    what.add_argument("paths", nargs="+", type=Path, metavar="TỆP", help="tệp hoặc thư mục")
    command.options.add_argument(
        "--max-bytes", type=int, default=20_000_000, metavar="N", help="cỡ tệp lớn nhất (byte)"
    )
    return command


def files(paths: Sequence[Path], command: str = "read") -> Iterator[Path]:
    """The files named, and those inside named folders that the command can read, sorted."""
    suffixes = _SUFFIXES.get(command, _SUFFIXES["read"])
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in suffixes)
        else:
            yield path


def run() -> int:
    """The console script: a closed pipe (``| head``) and Ctrl+C end without a trace-back."""
    try:
        return main()
    except BrokenPipeError:
        sys.stderr.close()
        return FOUND
    except KeyboardInterrupt:
        return 130


def main(
    arguments: Sequence[str] | None = None, out: TextIO | None = None, err: TextIO | None = None
) -> int:
    """Run the command; the exit code."""
    out, err = out or sys.stdout, err or sys.stderr
    options = build_parser().parse_args(arguments)
    named = list(files(options.paths, options.command))
    if not named:
        print("Không có tệp nào đọc được trong thư mục.", file=err)
        return NOTHING
    many = len(named) > 1 or any(path.is_dir() for path in options.paths)
    work = _convert if options.command == "convert" else _show
    progress, codes = Progress(err), set()
    for path in progress.over(named):
        try:
            code, lines = work(path, options, many)
        except (ReadingError, OSError) as error:
            code, lines = UNREADABLE, []
            progress.clear()
            print(f"{path}: {_why(error)}", file=err)
        if lines:
            progress.clear()
        for line in lines:
            print(line, file=out)
        codes.add(code)
    if UNREADABLE in codes:
        return UNREADABLE
    # a folder is clean when every file is, and yields something when one file does
    return max(codes) if options.command == "check" else min(codes)


def _why(error: ReadingError | OSError) -> str:
    if isinstance(error, ReadingError):
        return error.message
    if isinstance(error, FileNotFoundError):
        return "không có tệp này."
    if isinstance(error, IsADirectoryError):
        return "là thư mục, không phải tệp."
    if isinstance(error, FileExistsError):
        return "tệp đích đã có; thêm --force để ghi đè."
    return f"không mở được tệp ({error.strerror})."


def _show(path: Path, options: argparse.Namespace, many: bool) -> tuple[int, list[str]]:
    view = _VIEWS[options.command]
    found = view.load(path.read_bytes(), path.name, options.max_bytes)
    code = view.code(found)
    if options.json:
        told = {"file": str(path), **view.json(found)} if many else view.json(found)
        return code, [json.dumps(told, ensure_ascii=False, indent=None if many else 1)]
    if options.table:
        lines = list(view.table(found, shutil.get_terminal_size().columns))
    else:
        lines = list(view.lines(found))
    return code, [f"== {path}", *lines] if many else lines


def _convert(path: Path, options: argparse.Namespace, many: bool) -> tuple[int, list[str]]:
    data = path.read_bytes()
    done = convert(data, path.name, options.source, max_bytes=options.max_bytes)
    code = FOUND if done.needed else NOTHING
    if not done.needed:
        return code, [f"{path}: {done.source}, không cần chuyển."]
    if options.output is None:
        return code, [f"{path}: {done.source}. Xem thử (thêm --output để ghi):", *done.preview()]
    target = _target(path, options, many)
    _write(done, path, target, options.force)
    return code, [f"{path}: {done.source} → {target}"]


def _target(path: Path, options: argparse.Namespace, many: bool) -> Path:
    """Where the text of ``path`` goes; a folder keeps its inner folders."""
    output: Path = options.output
    name = path.with_suffix(".txt") if path.suffix.lower() == ".docx" else path
    if not many and not output.is_dir():
        return output
    root = next((p for p in options.paths if p.is_dir() and path.is_relative_to(p)), path.parent)
    return output / name.relative_to(root)


def _write(done: Conversion, source: Path, target: Path, force: bool) -> None:
    if target.exists():
        if target.samefile(source):
            raise ReadingError("Không ghi đè tệp gốc; hãy chọn tên khác cho --output.")
        if not force:
            raise FileExistsError()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(done.text, encoding="utf-8")
