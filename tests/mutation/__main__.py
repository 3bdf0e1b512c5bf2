"""Do the tests bite? ``python -m tests.mutation [part of a file's name …]``.

Every mutant (``operators``) of the modules named in ``plan`` is put into a forked copy of one
pytest process, which then runs the tests that pass its line, quickest first. A test that fails
kills it, so does an endless loop; whoever survives and is not explained in ``plan`` is printed.
Needs fork (Linux, macOS) and SQLite. Exit code 1 under FLOOR percent.
"""

from __future__ import annotations

import ast
import functools
import inspect
import os
import resource
import signal
import sys
import time
import types
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings

from tests.mutation.operators import Mutant, mutants
from tests.mutation.plan import EQUIVALENT, FLOOR, PLAN

SRC = Path(__file__).resolve().parents[2] / "src"
MEMORY = 4 * 2**30  # bytes a mutant may take before it counts as run wild
_METHODS = (types.FunctionType, property, classmethod, staticmethod, functools.cached_property)


# (module, changed top-level statement)
Change = tuple[str, ast.stmt]


class Runner:
    """A pytest plugin: the tests once as they are, then again and again in forks."""

    def __init__(self, modules: list[str]) -> None:
        self.modules, self.weak = modules, 0
        self.files = {str(SRC / (m.replace(".", "/") + ".py")): m for m in modules}
        self.lines: dict[tuple[str, int], set[pytest.Item]] = defaultdict(set)
        self.took: dict[pytest.Item, float] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._as_they_are(session)
        # A fork of the unchanged code must pass, or every mutant would seem to be killed.
        if session.testsfailed or self._forked(session, None, session.items) != "survived":
            say("The tests do not pass as they are: nothing was tried.")
            self.weak = 1
            return True
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for path, module in self.files.items():
            source = Path(path).read_text()
            for mutant in mutants(source):
                ended = self._tried(session, path, module, mutant)
                if ended == "impossible":  # such as "&" between types: no mutant at all
                    continue
                if ended == "survived" and _key(source, mutant) in EQUIVALENT:
                    ended = "equivalent"
                counts[module][ended] += 1
                if ended not in ("killed", "equivalent"):
                    say(f"{ended}: {path.removeprefix(f'{SRC}/')}:{mutant.line}: {mutant.said}")
        self.weak = told(counts)
        return True

    def _as_they_are(self, session: pytest.Session) -> None:
        """Runs every test once and keeps which lines of the modules it passes."""
        watch, passed = sys.monitoring, set()

        def pass_by(code: types.CodeType, line: int) -> Any:
            if code.co_filename in self.files:
                passed.add((code.co_filename, line))
            return watch.DISABLE

        watch.use_tool_id(watch.PROFILER_ID, "mutation")
        watch.register_callback(watch.PROFILER_ID, watch.events.LINE, pass_by)
        watch.set_events(watch.PROFILER_ID, watch.events.LINE)
        for item, after in zip(session.items, session.items[1:] + session.items[:1], strict=True):
            passed.clear()
            watch.restart_events()
            began = time.process_time()
            item.ihook.pytest_runtest_protocol(item=item, nextitem=after)
            self.took[item] = time.process_time() - began
            for place in passed:
                self.lines[place].add(item)
        watch.set_events(watch.PROFILER_ID, 0)

    def _tried(self, session: pytest.Session, path: str, module: str, mutant: Mutant) -> str:
        lines = range(mutant.first, mutant.last + 1) if mutant.runs else range(10_000)
        tests = set().union(*(self.lines.get((path, line), set()) for line in lines))
        if not tests:
            return "never run"
        return self._forked(session, (module, mutant.top), tests)

    def _forked(self, session: pytest.Session, change: Change | None, tests: Any) -> str:
        chosen = sorted(tests, key=lambda item: self.took[item])
        child = os.fork()
        if child == 0:
            _in_the_fork(session, change, chosen, sum(self.took[i] for i in chosen))
        _pid, status = os.waitpid(child, 0)
        ended = os.waitstatus_to_exitcode(status)
        return {0: "survived", 3: "impossible"}.get(ended, "killed")


def _in_the_fork(
    session: pytest.Session, change: Change | None, chosen: list[Any], usual: float
) -> None:
    """Never returns: 0 if every test passes, 1 if one fails, 3 if the mutant cannot be made."""
    session.config.pluginmanager.unregister(name="terminalreporter")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    # Seconds of the processor, so that a busy machine kills nobody.
    signal.setitimer(signal.ITIMER_PROF, 5 + 4 * usual)
    try:
        if change is not None:
            put_in(sys.modules[change[0]], change[1])
    except BaseException:
        os._exit(3)
    try:
        session._setupstate.teardown_exact(chosen[0])
        for item, after in zip(chosen, [*chosen[1:], chosen[0]], strict=True):
            item._initrequest()
            item.ihook.pytest_runtest_protocol(item=item, nextitem=after)
            if session.testsfailed:
                os._exit(1)
    except BaseException:
        os._exit(1)
    os._exit(0)


def _key(source: str, mutant: Mutant) -> tuple[str, str]:
    return source.splitlines()[mutant.line - 1].strip(), mutant.said


def put_in(module: types.ModuleType, top: ast.stmt) -> None:
    """Runs one changed top-level statement and lets what others hold already follow it."""
    made: dict[str, Any] = {}
    code = compile(ast.Module([top], []), module.__file__ or "", "exec")
    exec(code, vars(module), made)
    for name, new in made.items():
        old = vars(module)[name]
        if isinstance(top, ast.FunctionDef):
            old, new = inspect.unwrap(old), inspect.unwrap(new)
            old.__code__, old.__defaults__ = new.__code__, new.__defaults__
            old.__kwdefaults__ = new.__kwdefaults__
        elif isinstance(top, ast.ClassDef):
            for method, function in vars(new).items():
                if isinstance(function, _METHODS):
                    setattr(old, method, function)
        else:
            for other in [m for n, m in sys.modules.items() if n.startswith("danvan")]:
                if vars(other).get(name) is old:
                    setattr(other, name, new)
    for thing in list(vars(module).values()):
        if hasattr(thing, "cache_clear"):
            thing.cache_clear()


def told(counts: dict[str, Counter[str]]) -> int:
    """Prints the table; 1 if fewer than FLOOR percent of all mutants were killed."""
    whole = sum(counts.values(), Counter())
    for module, held in [*counts.items(), ("all", whole)]:
        rate = 100 * held["killed"] / held.total() if held.total() else 100
        parts = ", ".join(f"{n} {word}" for word, n in sorted(held.items()))
        say(f"{module}: {rate:.1f} % of {held.total()} killed ({parts})")
    return whole["killed"] * 100 < FLOOR * whole.total()


def say(words: str) -> None:
    print(words, file=sys.__stdout__, flush=True)


def main(parts: list[str]) -> int:
    modules = [m for m in PLAN if not parts or any(part in m for part in parts)]
    tests = list(dict.fromkeys(test for module in modules for test in PLAN[module]))
    # The same examples each time, and no time spent on making a failing one small.
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutation", derandomize=True, database=None, phases=phases)
    settings.load_profile("mutation")
    runner = Runner(modules)
    options = ["--no-migrations", "-q", "-m", "not browser", "-p", "no:cacheprovider", *tests]
    failed = pytest.main(options, plugins=[runner])
    return int(failed) or runner.weak


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
