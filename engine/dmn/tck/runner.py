"""Running the kit's cases in a process of their own, so that one that hangs or crashes is a miss and no more."""

from __future__ import annotations

import multiprocessing
import signal
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from engine.dmn.model import BUDGET, Model
from engine.dmn.tck.cases import ExpectedResult, cases
from engine.dmn.tck.comparison import same
from engine.feel.budget import Budget
from engine.feel.errors import FeelError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

#: Seconds that one case may take before its process is ended.
_PATIENCE = 10.0
#: What a case may use: the kit asks what the language says, on slow machines too, not how fast it is refused.
_BUDGET = Budget(steps=5_000_000, depth=BUDGET.depth, size=5_000_000, seconds=_PATIENCE / 2)
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class CaseResult:
    file: str
    case: str
    right: bool
    said: str = ""


def run_folder(folder: Path) -> Iterator[CaseResult]:
    """Give one verdict per expected result of every test file in a folder, at any depth."""
    for file in sorted(folder.rglob("*.xml")):
        yield from _run_file(file, file.relative_to(folder).as_posix())


def _run_file(file: Path, name: str) -> Iterator[CaseResult]:
    try:
        total = [case.id for case in cases(file)]
    except Exception as error:  # noqa: BLE001 — a file that cannot be read is a miss, never the end of the run
        yield CaseResult(name, "-", right=False, said=f"unreadable: {error}"[:_LONGEST])
        return
    done = 0
    while done < len(total):
        for right, said in _attempt(file, done, len(total)):
            yield CaseResult(name, total[done], right, said)
            done += 1


def _attempt(file: Path, start: int, end: int) -> Iterator[tuple[bool, str]]:
    """Run the cases from one on in a new process, up to the first that does not come back."""
    mine, other = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_work, args=(file, start, other), daemon=True)
    process.start()
    other.close()
    try:
        yield from _received(mine, end - start)
    finally:
        _end(process, mine)


def _received(pipe: Connection, count: int) -> Iterator[tuple[bool, str]]:
    for _ in range(count):
        if not pipe.poll(_PATIENCE):
            yield False, f"did not come back within {_PATIENCE:.0f} s"
            return
        try:
            yield pipe.recv()
        except (EOFError, OSError):
            yield False, "the process died"
            return


def _end(process: BaseProcess, pipe: Connection) -> None:
    pipe.close()
    process.kill()
    process.join()


def _work(file: Path, start: int, pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that counts; it ends this one
    for turn, case in enumerate(cases(file)):
        if turn >= start:
            pipe.send(_verdict(case))


def _verdict(case: ExpectedResult) -> tuple[bool, str]:
    try:
        expected, found = case.expected, _result(case)
    except Exception as error:  # noqa: BLE001 — whatever a case raises, it is a miss
        right = case.may_fail and isinstance(error, FeelError)
        return right, "" if right else f"{type(error).__name__}: {error}"[:_LONGEST]
    return (True, "") if same(expected, found) else (False, f"expected {expected!r}, found {found!r}"[:_LONGEST])


def _result(case: ExpectedResult) -> Any:
    """Return what the case asks for; of a call that gives several decisions, the one it names."""
    model, now = _model(case.model), datetime.now(UTC)
    value = model.evaluate(case.calls or case.node, case.inputs, now=now, budget=_BUDGET).value
    return value[case.node] if case.calls and isinstance(value, dict) and case.node in value else value


@lru_cache(maxsize=4)
def _model(path: Path) -> Model:
    return Model.load(path)
