"""The types of the language: what a value is an instance of, and what it becomes where a type is asked for.

DMN 1.5, sections 10.3.2.9 (types and their lattice) and 10.3.2.9.4 (conversions).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.temporal import UTC, Date, DateTime, DayTimeDuration, Time, YearMonthDuration, at_midnight
from engine.feel.values import Function, Range

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.feel.frame import EvaluationRun


class Type(ABC):
    @abstractmethod
    def holds(self, value: Any, names: Mapping[str, Type]) -> bool:
        """Whether a value that is not null belongs to the type; ``names`` are the types a model defines."""

    def permits(self, value: Any, run: EvaluationRun) -> bool:
        """Whether a value of the type passes item definitions' constraints, which ``instance of`` ignores."""
        del value, run
        return True

    def is_list(self, names: Mapping[str, Type]) -> bool:
        """Whether a list is what the type asks for."""
        del names
        return False

    def bare(self, names: Mapping[str, Type]) -> Type | None:
        """Return what the type is behind its name and its constraints; None where nothing bears the name."""
        del names
        return self

    def admits(self, other: Type, names: Mapping[str, Type]) -> bool:
        """Whether every value of another type is one of this; constraints do not count."""
        one, another = self.bare(names), other.bare(names)
        return one is not None and another is not None and (one == another or one.includes(another, names))

    def includes(self, other: Type, names: Mapping[str, Type]) -> bool:
        """Whether another type is a kind of this; both are bare."""
        del other, names
        return False


@dataclass(frozen=True)
class AnyType(Type):
    def holds(self, value: Any, names: Mapping[str, Type]) -> bool:
        del value, names
        return True

    def is_list(self, names: Mapping[str, Type]) -> bool:
        del names
        return True

    def includes(self, other: Type, names: Mapping[str, Type]) -> bool:
        del other, names
        return True


@dataclass(frozen=True)
class SimpleType(Type):
    """A built-in type, known by the Python types of its values."""

    name: str
    python: tuple[type, ...]

    def holds(self, value: Any, names: Mapping[str, Type]) -> bool:
        del names
        return isinstance(value, self.python)


ANY = AnyType()
_BOOLEAN = SimpleType("boolean", (bool,))
_LIST = SimpleType("list", (list,))
_DATE_TIME = SimpleType("date and time", (DateTime,))
_DAYS = SimpleType("days and time duration", (DayTimeDuration,))
_MONTHS = SimpleType("years and months duration", (YearMonthDuration,))
BUILT_IN: dict[str, Type] = {
    "Any": ANY,
    "string": SimpleType("string", (str,)),
    "number": SimpleType("number", (Decimal,)),
    "boolean": _BOOLEAN,
    "date": SimpleType("date", (Date,)),
    "time": SimpleType("time", (Time,)),
    "date and time": _DATE_TIME,
    "dateTime": _DATE_TIME,
    "days and time duration": _DAYS,
    "dayTimeDuration": _DAYS,
    "years and months duration": _MONTHS,
    "yearMonthDuration": _MONTHS,
    "list": _LIST,
    "context": SimpleType("context", (dict,)),
    "range": SimpleType("range", (Range,)),
    "function": SimpleType("function", (Function,)),
    "Null": SimpleType("Null", ()),
}


@dataclass(frozen=True)
class NamedType(Type):
    """A type known by name: built in, or defined by the model."""

    name: str

    def meant(self, names: Mapping[str, Type]) -> Type | None:
        return names.get(self.name) or BUILT_IN.get(self.name)

    def holds(self, value: Any, names: Mapping[str, Type]) -> bool:
        meant = self.meant(names)
        return meant is not None and meant.holds(value, names)

    def permits(self, value: Any, run: EvaluationRun) -> bool:
        meant = self.meant(run.host.types)
        return meant is None or meant.permits(value, run)

    def is_list(self, names: Mapping[str, Type]) -> bool:
        meant = self.meant(names)
        return meant == _LIST or (meant is not None and meant.is_list(names))

    def bare(self, names: Mapping[str, Type]) -> Type | None:
        meant = self.meant(names)
        return None if meant is None else meant.bare(names)

    def admits(self, other: Type, names: Mapping[str, Type]) -> bool:
        """Two definitions of a model must be equal: what they name in turn may be without end."""
        if isinstance(other, NamedType):
            return self.bare(names) in (ANY, other.bare(names))
        return super().admits(other, names)


@dataclass(frozen=True)
class ListType(Type):
    element: Type

    def holds(self, value: Any, names: Mapping[str, Type]) -> bool:
        return isinstance(value, list) and all(item is None or self.element.holds(item, names) for item in value)

    def permits(self, value: Any, run: EvaluationRun) -> bool:
        return all(item is None or self.element.permits(item, run) for item in value)

    def is_list(self, names: Mapping[str, Type]) -> bool:
        del names
        return True

    def includes(self, other: Type, names: Mapping[str, Type]) -> bool:
        return isinstance(other, ListType) and self.element.admits(other.element, names)


@dataclass(frozen=True)
class ContextType(Type):
    entries: Mapping[str, Type]

    def holds(self, value: Any, names: Mapping[str, Type]) -> bool:
        if not isinstance(value, dict):
            return False
        return all(
            name in value and (value[name] is None or wanted.holds(value[name], names))
            for name, wanted in self.entries.items()
        )

    def permits(self, value: Any, run: EvaluationRun) -> bool:
        return all(value[name] is None or wanted.permits(value[name], run) for name, wanted in self.entries.items())

    def includes(self, other: Type, names: Mapping[str, Type]) -> bool:
        return isinstance(other, ContextType) and all(
            name in other.entries and wanted.admits(other.entries[name], names) for name, wanted in self.entries.items()
        )


@dataclass(frozen=True)
class RangeType(Type):
    element: Type

    def holds(self, value: Any, names: Mapping[str, Type]) -> bool:
        if not isinstance(value, Range):
            return False
        return all(end is None or self.element.holds(end, names) for end in (value.start, value.end))


@dataclass(frozen=True)
class FunctionType(Type):
    parameters: tuple[Type, ...]
    result: Type

    def holds(self, value: Any, names: Mapping[str, Type]) -> bool:
        """Parameters may be wider than asked, the result narrower (section 10.3.2.9.3); what is not declared fits."""
        if not isinstance(value, Function) or not value.takes(len(self.parameters)):
            return False
        declared = zip(value.types, self.parameters, strict=False)
        wider = all(known is None or known.admits(asked, names) for known, asked in declared)
        return wider and (value.result is None or self.result.admits(value.result, names))


@dataclass(frozen=True)
class ConstrainedType(Type):
    """A type whose values must also pass the unary tests of its item definition (DMN 1.5, section 7.3.3)."""

    base: Type
    allows: Callable[[Any, EvaluationRun], bool] = field(compare=False)

    def holds(self, value: Any, names: Mapping[str, Type]) -> bool:
        return self.base.holds(value, names)

    def permits(self, value: Any, run: EvaluationRun) -> bool:
        return self.allows(value, run) and self.base.permits(value, run)

    def is_list(self, names: Mapping[str, Type]) -> bool:
        return self.base.is_list(names)

    def bare(self, names: Mapping[str, Type]) -> Type | None:
        return self.base.bare(names)


def is_instance(value: Any, wanted: Type, run: EvaluationRun) -> bool:
    """Whether a value belongs to a type; null belongs to none. What is looked through counts as steps."""
    run.meter.walk(value)
    return value is not None and wanted.holds(value, run.host.types)


def conform(value: Any, wanted: Type | None, run: EvaluationRun) -> tuple[Any, bool]:
    """Return the value as the type wants it, and whether it fits; what does not fit becomes null.

    A list of one item stands for its item, an item for the list that holds it, a date for its midnight in UTC.
    """
    if wanted is None or value is None:
        return value, True
    run.meter.walk(value)
    for candidate in (value, *_conversions(value, wanted, run.host.types)):
        if wanted.holds(candidate, run.host.types):
            return (candidate, True) if wanted.permits(candidate, run) else (None, False)
    return None, False


def _conversions(value: Any, wanted: Type, names: Mapping[str, Type]) -> list[Any]:
    if isinstance(value, Date):
        value_at_midnight = at_midnight(value, UTC)
        return [value_at_midnight, [value], [value_at_midnight]]
    if isinstance(value, list):
        return [value[0]] if len(value) == 1 else []
    return [[value]] if wanted.is_list(names) else []
