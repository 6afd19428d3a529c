"""Running the kit's cases in a process of their own, so that one that hangs or crashes is a miss and no more."""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from engine.dmn.model import Model
from engine.dmn.tck.cases import Case, cases, same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

#: Seconds that one case may take before its process is ended.
_PATIENCE = 10.0
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Verdict:
    file: str
    case: str
    right: bool
    said: str = ""


def run_folder(folder: Path) -> Iterator[Verdict]:
    """Give one verdict per expected result of every test file in a folder, at any depth."""
    for file in sorted(folder.rglob("*.xml")):
        yield from _run_file(file, file.relative_to(folder).as_posix())


def _run_file(file: Path, name: str) -> Iterator[Verdict]:
    try:
        total = [case.id for case in cases(file)]
    except Exception as error:  # noqa: BLE001 — a file that cannot be read is a miss, never the end of the run
        yield Verdict(name, "-", right=False, said=f"unreadable: {error}"[:_LONGEST])
        return
    done = 0
    while done < len(total):
        for right, said in _attempt(file, done):
            yield Verdict(name, total[done], right, said)
            done += 1


def _attempt(file: Path, start: int) -> Iterator[tuple[bool, str]]:
    """Run the cases from one on in a new process, up to the first that does not come back."""
    mine, other = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_work, args=(file, start, other), daemon=True)
    process.start()
    other.close()
    try:
        yield from _received(mine)
    finally:
        _end(process, mine)


def _received(pipe: Connection) -> Iterator[tuple[bool, str]]:
    while True:
        if not pipe.poll(_PATIENCE):
            yield False, f"did not come back within {_PATIENCE:.0f} s"
            return
        try:
            verdict = pipe.recv()
        except EOFError:
            yield False, "the process died"
            return
        if verdict is None:
            return
        yield verdict


def _end(process: BaseProcess, pipe: Connection) -> None:
    pipe.close()
    process.kill()
    process.join()


def _work(file: Path, start: int, pipe: Connection) -> None:
    for turn, case in enumerate(cases(file)):
        if turn >= start:
            pipe.send(_verdict(case))
    pipe.send(None)


def _verdict(case: Case) -> tuple[bool, str]:
    try:
        found = _result(case)
        return (True, "") if same(case.expected, found) else (False, _difference(case.expected, found))
    except Exception as error:  # noqa: BLE001 — whatever a case raises, it is a miss
        return False, f"{type(error).__name__}: {error}"[:_LONGEST]


def _result(case: Case) -> Any:
    result = _model(case.model).evaluate(case.ref, case.inputs, now=datetime.now(UTC))
    if case.service and isinstance(result.value, dict) and case.result in result.value:
        return result.value[case.result]
    return result.value


def _difference(expected: Any, found: Any) -> str:
    return f"expected {expected!r}, found {found!r}"[:_LONGEST]


@lru_cache(maxsize=4)
def _model(path: Path) -> Model:
    return Model.load(path)
