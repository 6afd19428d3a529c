"""Ranges and functions: the values that Python has no type for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.feel.frame import EvaluationRun
    from engine.feel.kinds import Type


@dataclass(frozen=True, slots=True)
class Range:
    """All values between two ends; an end that is None is open to infinity.

    ``operator`` is set for ``(= 10)`` and ``(!= 10)``: the first differs from ``[10..10]``, and only so can the
    second be a range at all (DMN 1.5, section 10.3.2.7).
    """

    start: Any
    end: Any
    start_included: bool = True
    end_included: bool = True
    operator: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """Something that can be called; ``apply`` receives the run and the arguments in the parameters' order.

    ``parameters`` are the names, None where the function counts its arguments itself; ``types`` match them.
    """

    name: str
    parameters: tuple[str, ...] | None
    apply: Callable[[EvaluationRun, tuple[Any, ...]], Any]
    types: tuple[Type | None, ...] = field(default=())
    result: Type | None = None
    #: How many parameters must be given; all of them where this is None.
    required: int | None = None
    #: Puts named arguments in order, where a function has several signatures.
    by_name: Callable[[Mapping[str, Any]], tuple[Any, ...]] | None = None

    def takes(self, count: int) -> bool:
        """Whether the function can be called with that many arguments, as far as can be told before calling."""
        if self.parameters is None:
            return True
        required = len(self.parameters) if self.required is None else self.required
        return required <= count <= len(self.parameters)
