"""Coverage-guided fuzzing of one reader, for a number of seconds.

    python -m tests.vanban.fuzz docx --seconds 600

A child process mutates seeds and keeps what reaches a line not reached before (coverage by
``sys.monitoring``). It stops at a crash (anything but a ``ReadingError``), at a document that
takes longer than 5 s of processor time, or at 512 MB of memory beyond its start; the bytes are
written to the folder given and the exit code is 1.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import resource
import signal
import sys
import time
import traceback
import zipfile
from pathlib import Path

from vanban.errors import ReadingError
from vanban.reading import read

HANG, MEMORY = 5, 512 * 1024 * 1024
TOOL = sys.monitoring.COVERAGE_ID
LONGEST = 200_000  # bytes of a mutant
NAMES = {
    "docx": "a.docx",
    "pdf": "a.pdf",
    "html": "a.html",
    "plain": "a.txt",
    "legacy": "a.txt",
    "md": "a.md",
}


class Coverage:
    """Lines of vanban reached since ``clear``; each is reported once, then costs nothing."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, int]] = set()
        self.fresh = 0
        sys.monitoring.use_tool_id(TOOL, "vanban-fuzz")
        sys.monitoring.register_callback(TOOL, sys.monitoring.events.LINE, self._line)
        sys.monitoring.set_events(TOOL, sys.monitoring.events.LINE)

    def _line(self, code, line):  # type: ignore[no-untyped-def]
        if "/vanban/" in code.co_filename and (code.co_filename, line) not in self.seen:
            self.seen.add((code.co_filename, line))
            self.fresh += 1
        return sys.monitoring.DISABLE


class Hung(BaseException):
    """A document took more than HANG seconds of processor time."""


def _hung(*_args: object) -> None:
    raise Hung


def mutant(seed: bytes, others: list[bytes], rnd: random.Random, reader: str) -> bytes:
    """The seed with a few wounds; of a .docx the inside of one part is wounded as well."""
    if reader == "docx" and rnd.random() < 0.85:
        return _wounded_part(seed, rnd)
    return _wounded(seed, others, rnd)


TOKENS = [
    b"\x00", b"\xff\xfe", b"<", b">", b"</w:p>", b"<w:tbl>", b"<w:tr>", b"<w:tc>", b"&amp;",
    b"<w:p><w:r><w:t>", b"stream\n", b"endstream", b"endobj", b"1 0 obj", b"/Length 99999",
    b"<table>", b"<td>", b"|", b"\n\n", "Điều 1. ".encode(), b"1. ", "đ) ".encode(),
    "Quyết định số 23-QĐ/TW ngày 30/7/2021 ".encode(), "chậm nhất ngày 04/4/2023".encode(),
    "Giao Sở A chủ trì, phối hợp với Sở B ".encode(), b"100% ", "Nơi nhận:\n- ".encode(),
    b"STT", b"(", b")", b"\xc4\x91", b"\xcc\x81", b"A" * 300,
]  # fmt: skip


def _wounded(data: bytes, others: list[bytes], rnd: random.Random) -> bytes:
    made = bytearray(data)
    for _n in range(rnd.randint(1, 8)):
        at = rnd.randrange(len(made) + 1)
        match rnd.randrange(6):
            case 0:
                made[at : at + rnd.randint(1, 40)] = b""
            case 1:
                made[at:at] = rnd.choice(TOKENS) * rnd.choice((1, 1, 1, 50))
            case 2:
                made[at : at + 1] = bytes([rnd.randrange(256)])
            case 3:
                piece = bytes(made[at : at + rnd.randint(1, 400)])
                to = rnd.randrange(len(made) + 1)
                made[to:to] = piece * rnd.choice((1, 2, 20))
            case 4:
                other = rnd.choice(others)
                start = rnd.randrange(len(other) + 1)
                made[at:at] = other[start : start + rnd.randint(1, 400)]
            case _:
                made[at : at + 2] = rnd.randbytes(2)
    return bytes(made[:LONGEST])


def _wounded_part(seed: bytes, rnd: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(seed)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, RuntimeError):
        return _wounded(seed, [seed], rnd)
    if not parts:
        return seed
    name = rnd.choice([n for n in parts if n.endswith(".xml")] or list(parts))
    parts[name] = _wounded(parts[name], list(parts.values()), rnd)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", rnd.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as made:
        for key, data in parts.items():
            made.writestr(key, data)
    return out.getvalue()


def run(reader: str, seconds: float, seed: int, found_in: Path | None) -> int:
    """Fuzzes in this process; the number of findings."""
    from tests.vanban.fuzz.seeds import seeds

    rnd, coverage = random.Random(seed), Coverage()
    corpus, name = list(seeds(reader)), NAMES[reader]
    waiting = list(corpus)
    signal.signal(signal.SIGPROF, _hung)
    start = _memory()
    until, runs, slowest = time.monotonic() + seconds, 0, 0.0
    found: set[str] = set()
    while waiting or time.monotonic() < until:
        data = waiting.pop() if waiting else mutant(rnd.choice(corpus), corpus, rnd, reader)
        coverage.fresh, began = 0, time.process_time()
        why = _tried(data, name)
        slowest = max(slowest, time.process_time() - began)
        runs += 1
        if _memory() - start > MEMORY:
            start, why = _memory(), why or "more than 512 MB"
        if why and why not in found:
            found.add(why)
            _told(reader, why, data, found_in)
        if coverage.fresh and not why:
            corpus.append(data)
    print(
        f"{reader}: {seconds:.0f} s, {runs} documents, {len(coverage.seen)} lines reached, "
        f"{len(corpus)} kept, slowest {slowest:.2f} s, memory +{(_memory() - start) >> 20} MB, "
        f"{len(found)} findings (seed {seed})",
        flush=True,
    )
    return len(found)


def _memory() -> int:
    """The most bytes this process has ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _tried(data: bytes, name: str) -> str:
    """What went wrong and where, or nothing."""
    signal.setitimer(signal.ITIMER_PROF, HANG)
    try:
        read(data, name)
    except ReadingError:
        return ""
    except Hung as error:
        return f"longer than {HANG} s: {_place(error)}"
    except Exception as error:
        return f"{type(error).__name__}: {_place(error)}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return ""


def _place(error: BaseException) -> str:
    """The deepest line of vanban on the way to an error."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/src/vanban/" in f.filename]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "outside"


def _told(reader: str, why: str, data: bytes, found_in: Path | None) -> None:
    print(f"{reader}: {why}; {len(data)} bytes", flush=True)
    if found_in is not None:
        found_in.mkdir(parents=True, exist_ok=True)
        name = f"{reader}-{hashlib.sha256(data).hexdigest()[:12]}"
        (found_in / name).write_bytes(data)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reader", choices=NAMES)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--found-in", type=Path)
    given = parser.parse_args()
    return min(run(given.reader, given.seconds, given.seed, given.found_in), 1)


if __name__ == "__main__":
    sys.exit(main())
