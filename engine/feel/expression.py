"""Expressions ready to run: read, compiled and kept, because the same few are evaluated all day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import DecimalException
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import engine.feel.calls
import engine.feel.functions
import engine.feel.loops  # noqa: F401 — these three enter their nodes and functions when imported
from engine.feel.compiler import Code, compile_node
from engine.feel.convert import outward
from engine.feel.errors import BudgetExceeded, FeelError, NullResult
from engine.feel.frame import EvaluationRun, Frame, Host
from engine.feel.lexer import LexemeKind
from engine.feel.library import LIBRARY
from engine.feel.names import KnownNames, Openings, Start, compound_names, name_start, openings
from engine.feel.parser import Parser
from engine.feel.unary import INPUT, parse_unary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from engine.feel import syntax
    from engine.feel.budget import Meter

#: Expressions kept, and the longest text that is: together they bound what the cache can hold.
_KEPT = 1024
_LONGEST_KEPT = 1000
_BUILT_IN_NAMES = KnownNames(LIBRARY)
_DEFAULT_HOST = Host()
_NO_NAMES: frozenset[str] = frozenset()
_SCALARS = frozenset({bool, type(None), str})


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value, and why parts of it are null: Italian sentences for the person who wrote the expression."""

    value: Any
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A compiled expression; safe to keep and to share between threads."""

    text: str
    tree: syntax.SyntaxNode
    code: Code

    def evaluate(self, context: Mapping[str, Any], host: Host = _DEFAULT_HOST) -> Any:
        """Return the value, as Python has it; FeelError where the budget runs out."""
        run = EvaluationRun(context, host)
        value = self.run(Frame(run, {}))
        return value if type(value) in _SCALARS else guarded(outward, value, run.meter)

    def outcome(self, context: Mapping[str, Any], host: Host = _DEFAULT_HOST) -> Outcome:
        """Return the value together with the warnings."""
        run = EvaluationRun(context, host)
        value = guarded(outward, self.run(Frame(run, {})), run.meter)
        return Outcome(value, tuple(run.warnings))

    def run(self, frame: Frame) -> Any:
        """Return the value, as the language has it, in a frame of a run that is going on."""
        try:
            return self.code(frame)
        except (RecursionError, MemoryError) as error:
            raise BudgetExceeded("L’espressione è annidata troppo in profondità.") from error
        except (NullResult, DecimalException) as fault:
            frame.run.warn(str(fault))
            return None


def guarded(convert: Any, value: Any, meter: Meter) -> Any:
    """Convert a value; one nested deeper than Python can follow is a refusal."""
    try:
        return convert(value, meter)
    except RecursionError as error:
        raise BudgetExceeded("Il valore è annidato troppo in profondità.") from error


@lru_cache(maxsize=16)
def _known(names: frozenset[str]) -> KnownNames:
    return KnownNames(sorted(names), _BUILT_IN_NAMES)


@lru_cache(maxsize=_KEPT)
def _read(text: str, names: frozenset[str], start: Callable[[Parser], syntax.SyntaxNode]) -> Expression:
    try:
        parser = Parser(text, _known(names))
        tree = start(parser)
        if parser.token.kind is not LexemeKind.END:
            parser.unexpected()
        return Expression(text, tree, compile_node(tree))
    except RecursionError as error:
        raise FeelError("L’espressione è annidata troppo in profondità.") from error


_openings = lru_cache(maxsize=_KEPT)(openings)


def read(
    text: str, names: Iterable[str] = (), start: Callable[[Parser], syntax.SyntaxNode] = Parser.whole
) -> Expression:
    """Read an expression; ``names`` are the compound names it may use. FeelError where it cannot be read.

    Of the names only those count that can begin in the text: what else is in scope must not split the cache.
    """
    meant = _fitting(names, _room(text)) if names else _NO_NAMES
    return (_read if _is_kept(text) else _read.__wrapped__)(text, meant, start)


def read_unary(text: str, names: Iterable[str] = ()) -> Expression:
    """Read the text of a decision table's cell; it runs with the value being tested under the name ``?``."""
    return read(text, names, parse_unary)


def _is_kept(text: str) -> bool:
    if not isinstance(text, str):
        raise FeelError("Un’espressione deve essere un testo.")
    return len(text) <= _LONGEST_KEPT


def _room(text: str) -> Openings:
    return (_openings if _is_kept(text) else openings)(text)


def _fitting(names: Iterable[str], room: Openings) -> frozenset[str]:
    if not room.starts:
        return _NO_NAMES
    found = _by_start(names) if isinstance(names, frozenset) else _by_start.__wrapped__(names)
    return frozenset(name for start in room.starts & found.keys() for name in found[start])


@lru_cache(maxsize=16)
def _by_start(names: Iterable[str]) -> dict[Start | None, list[str]]:
    """Put names in order of how they begin: a model reads all its texts against the same thousands."""
    found: dict[Start | None, list[str]] = {}
    for name in names:
        found.setdefault(name_start(name), []).append(name)
    return found


def names_of(text: str, context: Mapping[str, Any], host: Host) -> frozenset[str]:
    """Return the compound names that a text can use in a context; most texts can use none, and nothing is sought."""
    room = _room(text)
    return compound_names(context, room) | _fitting(host.functions, room) if room.starts else _NO_NAMES


def evaluate_unary(expression: Expression, value: Any, context: Mapping[str, Any], host: Host) -> bool | None:
    """Run a cell's tests on a value."""
    passed = expression.evaluate({**context, INPUT: value}, host)
    return passed if isinstance(passed, bool) else None
