"""A bar that says how far a run over many files is; silent unless stderr is a terminal."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

_WIDTH = 24
_CLEAR = "\r\x1b[2K"


class Progress:
    """``for path in progress.over(paths)``; call ``clear`` before printing anything else."""

    def __init__(self, err: TextIO) -> None:
        self._err = err
        self._shown = False

    def over(self, paths: Sequence[Path]) -> Iterator[Path]:
        """The paths, one by one; the bar shows the one at work and is gone at the end."""
        shows = len(paths) > 1 and self._err.isatty()
        try:
            for at, path in enumerate(paths):
                if shows:
                    self._draw(at, len(paths), path.name)
                yield path
        finally:
            self.clear()

    def clear(self) -> None:
        """Take the bar off its line."""
        if self._shown:
            self._err.write(_CLEAR)
            self._err.flush()
            self._shown = False

    def _draw(self, done: int, total: int, name: str) -> None:
        filled = _WIDTH * done // total
        bar = "█" * filled + "░" * (_WIDTH - filled)
        line = f"{bar} {done + 1}/{total} {name}"
        room = shutil.get_terminal_size().columns - 1
        self._err.write(_CLEAR + line[:room])
        self._err.flush()
        self._shown = True
