"""The command ``vanban``: read, cite and list the duties of official documents.

Exit codes: 0 done, 1 a file could not be read (the reason is on stderr, in Vietnamese),
2 wrong use of the command.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from vanban.errors import ReadingError
from vanban.model import Document
from vanban.reading import read
from vanban.schema import as_gold

_EXAMPLES = """\
ví dụ / examples:
  vanban read ke-hoach.docx              tóm tắt: phần đầu, cây đề mục, nhiệm vụ
  vanban read ke-hoach.docx --json       toàn bộ dữ liệu dạng JSON
  vanban cite ke-hoach.pdf               các văn bản được viện dẫn
  vanban duties thu-muc/ --json          nhiệm vụ và thời hạn của mọi tệp trong thư mục
"""
_SUFFIXES = (".docx", ".pdf", ".txt", ".md", ".html", ".htm")


def build_parser() -> argparse.ArgumentParser:
    """The parser of the command line, with examples in --help."""
    parser = argparse.ArgumentParser(
        prog="vanban",
        description="Đọc văn bản hành chính Việt Nam thành dữ liệu "
        "(read Vietnamese official documents as data).",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")
    for name, says in (
        ("read", "phần đầu, đề mục, viện dẫn, nhiệm vụ, chỉ tiêu (everything)"),
        ("cite", "văn bản được viện dẫn (cited documents)"),
        ("duties", "ai làm gì, chậm nhất khi nào (duties and due dates)"),
    ):
        command = commands.add_parser(
            name,
            help=says,
            description=says,
            epilog=_EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_argument("paths", nargs="+", type=Path, metavar="TỆP", help="tệp hoặc thư mục")
        command.add_argument("--json", action="store_true", help="in JSON, mỗi tệp một đối tượng")
        command.add_argument(
            "--max-bytes", type=int, default=20_000_000, help="cỡ tệp lớn nhất (byte)"
        )
    return parser


def files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files named, and those readable inside named folders, sorted."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in _SUFFIXES)
        else:
            yield path


def run() -> int:
    """The console script: a closed pipe (``| head``) is no error."""
    try:
        return main()
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def main(arguments: Sequence[str] | None = None, out: TextIO | None = None) -> int:
    """Run the command; the exit code."""
    out = out or sys.stdout
    options = build_parser().parse_args(arguments)
    show = _SHOWN[options.command]
    named = list(files(options.paths))
    failed = 0
    for path in named:
        try:
            document = read(path.read_bytes(), path.name, max_bytes=options.max_bytes)
        except ReadingError as error:
            failed += 1
            print(f"{path}: {error.message}", file=sys.stderr)
            continue
        except OSError as error:
            failed += 1
            print(f"{path}: không mở được tệp ({error.strerror}).", file=sys.stderr)
            continue
        if len(named) > 1 and not options.json:
            print(f"== {path}", file=out)
        if options.json:
            print(
                json.dumps(_as_json(options.command, document), ensure_ascii=False, indent=1),
                file=out,
            )
        else:
            show(document, out)
    return 1 if failed or not named else 0


def _as_json(command: str, document: Document) -> object:
    whole = as_gold(document)
    if command == "cite":
        return whole["citations"]
    if command == "duties":
        return {key: whole[key] for key in ("assignments", "deadlines", "targets")}
    return whole


def _show_read(document: Document, out: TextIO) -> None:
    header = document.header
    day = header.date.strftime("%d/%m/%Y") if header.date else "?"
    print(
        f"{header.type or 'Văn bản'} số {header.number or '…'}/{header.symbol or '…'} ngày {day}",
        file=out,
    )
    for label, value in (
        ("Cơ quan ban hành", header.issuer),
        ("Trích yếu", header.subject),
        ("Người ký", header.signer and f"{header.signer} ({header.signer_position})"),
        ("Nơi nhận", "; ".join(header.recipients)),
    ):
        print(f"  {label}: {value or '—'}", file=out)
    for provision in document.provisions:
        if provision.heading:
            print(f"{'  ' * provision.depth}{provision.marker} {provision.text[:90]}", file=out)
    print(
        f"{len(document.citations)} viện dẫn, {len(document.duties)} nhiệm vụ, "
        f"{len(document.targets)} chỉ tiêu",
        file=out,
    )
    for warning in document.warnings:
        print(f"  lưu ý: {warning}", file=out)


def _show_citations(document: Document, out: TextIO) -> None:
    for citation in document.citations:
        day = citation.date.strftime("%d/%m/%Y") if citation.date else ""
        print(
            "\t".join(
                (citation.type or "", citation.number or citation.text, day, citation.issuer or "")
            ),
            file=out,
        )


def _show_duties(document: Document, out: TextIO) -> None:
    for duty in document.duties:
        path = document.provisions[duty.provision].path
        names = "; ".join(f"{party.name} [{party.role}]" for party in duty.parties)
        due = f" | {duty.due.text}" if duty.due else ""
        print(f"{path}\t{names or '—'}\t{duty.text[:110]}{due}", file=out)


_SHOWN: dict[str, Callable[[Document, TextIO], None]] = {
    "read": _show_read,
    "cite": _show_citations,
    "duties": _show_duties,
}
