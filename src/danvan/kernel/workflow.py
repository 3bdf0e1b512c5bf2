"""Life-cycles as a table one can read aloud: from, to, name, who may, what the public sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from danvan.kernel.access import ALLOWED, Decision, already, refuse


@dataclass(frozen=True, slots=True)
class State:
    code: str
    label: Any
    public_label: Any = ""
    final: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A named step. ``needs_reason``: the verb must be given one in words."""

    name: str
    sources: tuple[str, ...]
    target: str
    label: Any
    needs_reason: bool = False


class Workflow:
    """The states, the moves between them, and what may follow what."""

    def __init__(self, name: str, states: Sequence[State], moves: Sequence[Move]) -> None:
        self.name = name
        self.states = {s.code: s for s in states}
        self.moves = {m.name: m for m in moves}
        self.start = states[0].code

    def allows(self, state: str, move: str) -> Decision:
        """Whether ``move`` may be made from ``state``; a second time is ``already``."""
        step = self.moves[move]
        if state in step.sources:
            return ALLOWED
        label = self.states[state].label
        if state == step.target:
            return already(f"Đã ở trạng thái “{label}”.")
        return refuse(f"Không thể “{step.label}” khi đang ở trạng thái “{label}”.")

    def target(self, move: str) -> str:
        return self.moves[move].target

    def unreachable(self) -> set[str]:
        """States no sequence of moves leads to (a table with any is wrong)."""
        seen, frontier = {self.start}, [self.start]
        while frontier:
            state = frontier.pop()
            for move in self.moves.values():
                if state in move.sources and move.target not in seen:
                    seen.add(move.target)
                    frontier.append(move.target)
        return set(self.states) - seen

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, for the docs."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        for move in self.moves.values():
            lines += [f"    {s} --> {move.target}: {move.label}" for s in move.sources]
        lines += [f"    {s.code} --> [*]" for s in self.states.values() if s.final]
        return "\n".join(lines)
