"""Write what is wrong with a process, for people as text and for programs as JSON."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.problems import Problem


def as_text(problems: Sequence[Problem]) -> str:
    """Write a line for each problem and below it what to do, once for all that have it; last what they keep from."""
    told: list[str] = []
    for problem in problems:
        advice = f"    {problem.advice}"
        told += [str(problem), *([advice] if problem.advice and advice not in told else [])]
    stopping = sum(problem.stops for problem in problems)
    noted = len(problems) - stopping
    return "\n".join([*told, f"Impediscono la pubblicazione: {stopping}. Solo avvisi: {noted}."] if told else [])


def as_json(problems: Iterable[Problem]) -> str:
    return json.dumps([dataclasses.asdict(problem) for problem in problems], ensure_ascii=False, indent=2)
