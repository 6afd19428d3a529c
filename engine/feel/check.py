"""Problems in an expression before it runs, in Italian, for the person who draws the process."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache, singledispatch
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Literal

from engine.feel import syntax
from engine.feel.errors import FeelError, NullResult
from engine.feel.expression import Expression, read, read_unary
from engine.feel.habits import meant
from engine.feel.lexer import place
from engine.feel.library import LIBRARY, signatures
from engine.feel.slips import slips_in
from engine.feel.unary import INPUT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

Rule = Literal["syntax", "unknown-name", "wrong-call", "slip"]
"""Why: the text cannot be read; a name has no value; a built-in function cannot be called so and gives null; it can be
read, but hardly says what its author meant."""

_MANY = 12
"""More arguments than any function takes that does not take as many as one likes."""


_WITHOUT_ARGUMENTS = ("now", "today")

_LIKELY = 8
"""Names looked at closely for each that does not exist."""

_MOST_PROBLEMS = 100
"""Problems told of one expression: who has more reads no further."""


@dataclass(frozen=True, slots=True)
class ExpressionProblem:
    """One thing wrong in an expression; line and column count from 1."""

    line: int
    column: int
    message: str
    rule: Rule = "syntax"

    def after(self, before: str) -> ExpressionProblem:
        """Return the problem as it stands in a text that has ``before`` in front of the expression."""
        column = self.column + len(before) - (before.rfind("\n") + 1) if self.line == 1 else self.column
        return replace(self, line=self.line + before.count("\n"), column=column)

    @property
    def place(self) -> str:
        """Say where, in words; the first line goes without saying."""
        return f"colonna {self.column}" if self.line == 1 else f"riga {self.line}, colonna {self.column}"


def check(text: str, names: Iterable[str] | None = None, *, unary: bool = False) -> list[ExpressionProblem]:
    """Return what is wrong with an expression, or with a decision table's cell where ``unary``.

    ``names`` are the variables and functions in scope; without them only the syntax is looked at.
    """
    scope = None if names is None else frozenset(names)
    try:
        expression = (read_unary if unary else read)(text, scope or ())
    except FeelError as fault:
        return [ExpressionProblem(fault.line or 1, fault.column or 1, fault.message)]
    return [] if scope is None else unsound(expression, scope | {INPUT} if unary else scope)


def unsound(expression: Expression, scope: Collection[str], bound: Bound | None = None) -> list[ExpressionProblem]:
    """Return what will surely be null in an expression that can be read: unknown names, calls that do not fit.

    ``bound`` is what the boxed expressions around it add to the scope.
    """
    told = (_fault(seen, scope) for seen in _visit(expression.tree, bound or Bound()))
    slips: Iterator[Fault] = ((node, message, "slip") for node, message in slips_in(expression))
    return [
        ExpressionProblem(*place(expression.text, node.at), message, rule)
        for node, message, rule in islice(chain(filter(None, told), slips), _MOST_PROBLEMS)
    ]


Fault = tuple[syntax.SyntaxNode, str, Rule]


@dataclass(frozen=True, slots=True)
class Bound:
    """The names that an expression gives itself; ``is_open`` where items may bring entries that nobody knows yet."""

    names: frozenset[str] = frozenset()
    is_open: bool = False

    def plus(self, names: Iterable[str]) -> Bound:
        return replace(self, names=self.names.union(names))

    def opened(self) -> Bound:
        return replace(self, is_open=True)


@dataclass(frozen=True, slots=True)
class _Seen:
    node: syntax.Name | syntax.Call
    bound: Bound


def _fault(seen: _Seen, scope: Collection[str]) -> Fault | None:
    node, bound = seen.node, seen.bound
    name = node if isinstance(node, syntax.Name) else node.function
    if not isinstance(name, syntax.Name) or name.name in bound.names or name.name in scope:
        return None
    if isinstance(node, syntax.Call):
        return _call_fault(node, name, bound, scope)
    if name.name in _WITHOUT_ARGUMENTS:
        return name, f"«{name.name}» vuole le parentesi: {name.name}().", "slip"
    if bound.is_open or name.name in LIBRARY:
        return None
    return name, _unknown_value(name.name, scope), "unknown-name"


def _unknown_value(name: str, scope: Collection[str]) -> str:
    """Say that nothing has this name, and what to write instead: what is known of it, what resembles it, or a text."""
    told = unknown(name, scope)
    if known := meant(name):
        return f"«{name}» non esiste: {known}"
    return told if told.endswith("?") else f'«{name}» non esiste: se è un testo, si scrive "{name}".'


def _call_fault(call: syntax.Call, name: syntax.Name, bound: Bound, scope: Collection[str]) -> Fault | None:
    """In a filter a function may be an item's entry: only one that resembles a known function is told there."""
    if name.name in LIBRARY:
        message = _misfit(call, name.name)
        return None if message is None else (name, message, "wrong-call")
    if not bound.is_open or _nearest(name.name, LIBRARY):
        return name, unknown(name.name, scope), "unknown-name"
    return None


def unknown(name: str, scope: Iterable[str]) -> str:
    """Say that nothing has this name, and what was probably meant."""
    near = _nearest(name, LIBRARY, scope)
    hint = f": intendevi «{near}»?" if near else "."
    return f"«{name}» non esiste{hint}"


def _nearest(name: str, *known: Iterable[str]) -> str:
    """Return the name that resembles this one most; empty where none does."""
    likely = sorted({each for names in known for each in _likely(name, frozenset(names))})
    return next(iter(get_close_matches(name, likely, n=1, cutoff=0.7)), "")


def _likely(name: str, known: frozenset[str]) -> list[str]:
    """Return the few names that share most pairs of letters: to compare with all would take minutes in a large form."""
    by_pair = _by_pair(known)
    shared = Counter(chain.from_iterable(by_pair.get(pair, ()) for pair in _pairs(name)))
    return [each for each, _ in shared.most_common(_LIKELY)]


@lru_cache(maxsize=16)
def _by_pair(known: frozenset[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(known):
        for pair in _pairs(name):
            found[pair].append(name)
    return found


def _pairs(name: str) -> set[str]:
    framed = f" {name} "
    return set(map("".join, pairwise(framed)))


def _misfit(call: syntax.Call, name: str) -> str | None:
    """Say why a built-in function gives null whatever the values are; None where it may not."""
    if call.named:
        return _misnamed(name, [parameter for parameter, _ in call.named])
    given, takes = len(call.positional), _counts(name)
    if given in takes or given > _MANY in takes:
        return None
    words = f"almeno {min(takes)}" if _MANY in takes else " o ".join(map(str, sorted(takes)))
    return f"«{name}» vuole {words} {'argomento' if words.endswith('1') else 'argomenti'}, non {given}."


def _counts(name: str) -> set[int]:
    return {
        count
        for signature in signatures(name)
        for count in range(signature.required, (_MANY if signature.variadic else len(signature.parameters)) + 1)
    }


def _misnamed(name: str, given: list[str]) -> str | None:
    known = {parameter.name for signature in signatures(name) for parameter in signature.parameters}
    for parameter in given:
        if parameter not in known:
            near = _nearest(parameter, known)
            hint = f": intendevi «{near}»?" if near else "."
            return f"«{name}» non ha il parametro «{parameter}»{hint}"
    return None if _binds(name, given) else f"«{name}» non si può chiamare con questi parametri: {', '.join(given)}."


def _binds(name: str, given: list[str]) -> bool:
    by_name = LIBRARY[name].by_name
    try:
        return by_name is None or bool(by_name(dict.fromkeys(given)) or True)
    except NullResult:
        return False


@singledispatch
def _visit(node: syntax.SyntaxNode, bound: Bound) -> Iterator[_Seen]:
    """Give the names and calls of an expression, in the order they stand in, with what is bound there."""
    for field in node.__dataclass_fields__:
        for child in _nodes(getattr(node, field)):
            yield from _visit(child, bound)


def _nodes(value: object) -> Iterator[syntax.SyntaxNode]:
    if isinstance(value, syntax.SyntaxNode):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


@_visit.register(syntax.Name)
def _(node: syntax.Name, bound: Bound) -> Iterator[_Seen]:
    yield _Seen(node, bound)


@_visit.register(syntax.Call)
def _(node: syntax.Call, bound: Bound) -> Iterator[_Seen]:
    yield _Seen(node, bound)
    called = () if isinstance(node.function, syntax.Name) else (node.function,)
    for child in (*called, *node.positional, *(argument for _, argument in node.named)):
        yield from _visit(child, bound)


@_visit.register(syntax.Filter)
def _(node: syntax.Filter, bound: Bound) -> Iterator[_Seen]:
    """Look at the condition with less knowledge: it sees entries of items that nobody knows before it runs."""
    yield from _visit(node.source, bound)
    yield from _visit(node.condition, bound.opened())


@_visit.register(syntax.ContextLiteral)
def _(node: syntax.ContextLiteral, bound: Bound) -> Iterator[_Seen]:
    for name, entry in node.entries:
        yield from _visit(entry, bound)
        bound = bound.plus([name])


@_visit.register(syntax.FunctionLiteral)
def _(node: syntax.FunctionLiteral, bound: Bound) -> Iterator[_Seen]:
    yield from _visit(node.body, bound.plus(name for name, _ in node.parameters))


def _in_iterators(iterators: tuple[syntax.Iterator, ...], bound: Bound) -> Iterator[_Seen]:
    for each in iterators:
        for source in (each.source, each.until):
            if source is not None:
                yield from _visit(source, bound)
        bound = bound.plus([each.name])


@_visit.register(syntax.Condition)
def _(node: syntax.Condition, bound: Bound) -> Iterator[_Seen]:
    yield from _visit(node.test, bound.plus([INPUT]))


@_visit.register(syntax.For)
def _(node: syntax.For, bound: Bound) -> Iterator[_Seen]:
    yield from _in_iterators(node.iterators, bound)
    yield from _visit(node.result, bound.plus(each.name for each in node.iterators).plus([syntax.PARTIAL]))


@_visit.register(syntax.Quantified)
def _(node: syntax.Quantified, bound: Bound) -> Iterator[_Seen]:
    yield from _in_iterators(node.iterators, bound)
    yield from _visit(node.condition, bound.plus(each.name for each in node.iterators))
