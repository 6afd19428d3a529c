"""Messages of a process folder, checked with its diagrams before it is deployed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.correspondence.message import problems
from engine.check import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RULE = "message-text"
ADVICE = "Usa solo i nomi dei fatti neutri elencati nella guida, e nell’oggetto soltanto numero e comune."


def check(folder: Path) -> Iterator[Problem]:
    """Find what keeps the messages of a process from being sent; the problems name files by the paths given."""
    for path in sorted((folder / "messages").glob("*.md")):
        for said in problems(path.stem, path.read_bytes()):
            yield Problem(str(path), 1, "", path.stem, "unsupported", RULE, f"{said[:1].upper()}{said[1:]}.", ADVICE)
