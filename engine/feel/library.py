"""The table of built-in functions; the modules of ``functions`` fill it when the package is imported.

A signature is written as the standard writes it: ``substring(string: string, start position: number)``.
``?`` marks a parameter that may be left out, a type ending in ``?`` also accepts null, a last parameter beginning
with ``*`` takes all further arguments as one list. A function may have several signatures: the first whose
parameters fit the arguments is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from engine.feel.errors import NullResult
from engine.feel.temporal import UTC, Date, DateTime, DayTimeDuration, Time, YearMonthDuration, at_midnight
from engine.feel.values import Function, Range

if TYPE_CHECKING:
    from engine.feel.frame import EvaluationRun

Implementation = Callable[..., Any]
Entered = TypeVar("Entered", bound=Implementation)
LIBRARY: dict[str, Function] = {}
_SIGNATURES: dict[str, list[Signature]] = {}
_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (Decimal,),
    "boolean": (bool,),
    "list": (list,),
    "context": (dict,),
    "range": (Range,),
    "function": (Function,),
    "date": (Date,),
    "time": (Time,),
    "moment": (DateTime,),
    "days": (DayTimeDuration,),
    "months": (YearMonthDuration,),
    "point": (Decimal, str, Date, Time, DateTime, DayTimeDuration, YearMonthDuration),
    "any": (object,),
}


@dataclass(frozen=True)
class Parameter:
    name: str
    kinds: tuple[type, ...]
    optional: bool = False
    nullable: bool = False

    def accept(self, value: Any) -> Any:
        """Return the value as this parameter takes it; NullResult where it does not."""
        if value is None:
            if self.nullable:
                return None
            raise NullResult(f"«{self.name}» è nullo")
        if isinstance(value, self.kinds):
            return value
        return self._converted(value)

    def _converted(self, value: Any) -> Any:
        if list in self.kinds:
            return [value]
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], self.kinds):
            return value[0]
        if isinstance(value, Date) and DateTime in self.kinds:
            return at_midnight(value, UTC)
        raise NullResult(f"«{self.name}» non è del tipo giusto")


@dataclass(frozen=True)
class Signature:
    parameters: tuple[Parameter, ...]
    implementation: Implementation
    variadic: bool = False
    needs_run: bool = False

    @cached_property
    def names(self) -> list[str]:
        return [parameter.name for parameter in self.parameters]

    @cached_property
    def required(self) -> int:
        return sum(not parameter.optional for parameter in self.parameters)

    def bind(self, arguments: tuple[Any, ...]) -> list[Any]:
        """Return the arguments as the implementation takes them; NullResult where they do not fit."""
        if self.variadic:
            fixed = len(self.parameters) - 1
            if len(arguments) <= fixed:
                raise NullResult("mancano degli argomenti")
            arguments = (*arguments[:fixed], list(arguments[fixed:]))
        elif not self.required <= len(arguments) <= len(self.parameters):
            raise NullResult(f"gli argomenti sono {len(arguments)}")
        return [parameter.accept(value) for parameter, value in zip(self.parameters, arguments, strict=False)]


def _parameter(text: str) -> Parameter:
    name, _, kind = (part.strip() for part in text.partition(":"))
    nullable = kind.endswith("?")
    kinds = tuple(python for word in kind.rstrip("?").split("|") for python in _KINDS[word])
    return Parameter(name.rstrip("?").lstrip("*"), kinds, name.endswith("?"), nullable)


def builtin(signature: str, *, needs_run: bool = False) -> Callable[[Entered], Entered]:
    """Enter a Python function in the library under the signature; it takes the run first where it needs it."""
    name, _, listed = signature.rstrip(")").partition("(")
    texts = [text for text in listed.split(",") if text]
    parameters = tuple(_parameter(text) for text in texts)
    variadic = bool(texts) and texts[-1].strip().startswith("*")

    def enter(implementation: Entered) -> Entered:
        known = _SIGNATURES.setdefault(name, [])
        known.insert(0, Signature(parameters, implementation, variadic, needs_run))
        LIBRARY[name] = _function(name, known)
        return implementation

    return enter


def signatures(name: str) -> Sequence[Signature]:
    """Return the ways in which a built-in function may be called; none where there is no such function."""
    return _SIGNATURES.get(name, ())


def _function(name: str, signatures: list[Signature]) -> Function:
    def apply(run: EvaluationRun, arguments: tuple[Any, ...]) -> Any:
        return _call(name, signatures, run, arguments)

    def by_name(arguments: Mapping[str, Any]) -> tuple[Any, ...]:
        return _ordered(name, signatures, arguments)

    return Function(name, None, apply, by_name=by_name)


def _call(name: str, signatures: list[Signature], run: EvaluationRun, arguments: tuple[Any, ...]) -> Any:
    reason = ""
    for signature in signatures:
        try:
            bound = signature.bind(arguments)
        except NullResult as fault:
            reason = reason or str(fault)
            continue
        run.meter.read(arguments)
        result = signature.implementation(run, *bound) if signature.needs_run else signature.implementation(*bound)
        if isinstance(result, (str, list)):
            run.meter.grow(len(result))
        return result
    raise NullResult(f"{name}: {reason}")


def _ordered(name: str, signatures: list[Signature], arguments: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return named arguments as a signature has them; of two with the same names, the one in the order given."""
    order = list(arguments)
    for signature in sorted(signatures, key=lambda each: each.names[: len(order)] != order):
        names = signature.names
        given = [known for known in names if known in arguments]
        if len(given) == len(arguments) and names[: len(given)] == given and len(given) >= signature.required:
            values = [arguments[known] for known in given]
            return (*values[:-1], *as_list(values[-1])) if signature.variadic else tuple(values)
    raise NullResult(f"{name}: i nomi dei parametri non sono quelli giusti")


def as_list(value: Any) -> list[Any]:
    """Return a list as it is, any other value as a list of it."""
    return value if isinstance(value, list) else [value]
