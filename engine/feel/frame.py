"""What an evaluation runs in: the run it belongs to, and the names it can see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.feel.budget import DEFAULT, Budget, Meter
from engine.feel.convert import inward

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from engine.feel.kinds import Type

#: Warnings kept of one evaluation; a loop can make the same one thousands of times.
WARNINGS_KEPT = 50
_MISSING = object()


@dataclass(frozen=True)
class Host:
    """What surrounds an expression besides its variables.

    ``now`` is the moment ``now()`` and ``today()`` give (without it they give null: the language reads no clock);
    ``functions`` are extra functions by name; ``types`` are a model's own types, by name.
    """

    now: datetime | None = None
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    budget: Budget = DEFAULT
    types: Mapping[str, Type] = field(default_factory=dict)


class EvaluationRun:
    """One evaluation: its variables, its meter and its warnings."""

    __slots__ = ("context", "host", "meter", "warnings")

    def __init__(self, context: Mapping[str, Any], host: Host, meter: Meter | None = None) -> None:
        self.context = context
        self.host = host
        self.meter = meter or Meter(host.budget)
        self.warnings: list[str] = []

    def warn(self, message: str) -> None:
        if len(self.warnings) < WARNINGS_KEPT and message not in self.warnings:
            self.warnings.append(message)

    def variable(self, name: str) -> Any:
        """Return a variable from outside as a value of the language, or ``_MISSING``."""
        try:
            value = self.context[name]
        except KeyError:
            return _MISSING
        return inward(value, self.meter)


class Frame:
    """The names of one level; ``outer`` is the level around it."""

    __slots__ = ("names", "outer", "run")

    def __init__(self, run: EvaluationRun, names: dict[str, Any], outer: Frame | None = None) -> None:
        self.run = run
        self.names = names
        self.outer = outer

    def find(self, name: str) -> Any:
        """Return the value of a name; ``_MISSING`` where nothing in scope has it."""
        frame = self
        while True:
            names = frame.names
            if name in names:
                return names[name]
            if frame.outer is None:
                break
            frame = frame.outer
        value = self.run.variable(name)
        if value is not _MISSING:
            frame.names[name] = value
        return value


def is_missing(value: Any) -> bool:
    return value is _MISSING
