"""Which variables a token sees, and where what it sets goes.

As in Camunda, the process and every called process have variables; inside a multi-instance activity each instance has
locals of its own (its item, ``loopCounter``), and inner names hide outer ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import ExpressionFailed
from engine.feel import FeelError
from engine.variables import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.spiff.workflow import Token

CALLED = "called"
"""Under this key a running call activity keeps the variables of the process it called."""


def process_variables(token: Token) -> dict[str, Any]:
    """Variables of the process, or called process, that a token runs in."""
    *_, outermost = _holders(token)
    caller = outermost.parent
    found: dict[str, Any] = token.workflow.data if caller is None else caller.internal_data[CALLED]
    return found


def local_variables(token: Token) -> dict[str, Any]:
    """Everything that hides a process variable from a token, inner names before outer ones."""
    found: dict[str, Any] = {}
    for holder in _holders(token):
        found = {**holder.task_spec.counters(holder), **holder.data, **found}
    return found


def context(token: Token) -> dict[str, Any]:
    """Every variable in a token's reach."""
    inner = local_variables(token)
    outer = process_variables(token)
    return {**outer, **inner} if inner else outer


def assign(token: Token, values: Mapping[str, Any]) -> None:
    """Set variables: each where its name is already local to the token, else in its process."""
    for name, value in values.items():
        home = next((holder.data for holder in _holders(token) if name in holder.data), process_variables(token))
        home[name] = plain(value)
    token.workflow.is_dirty = token.workflow.is_dirty or bool(values)


def evaluate(token: Token, text: str, element: str, names: Mapping[str, Any] | None = None) -> Any:
    """Evaluate FEEL in a token's context, or over the given names.

    Raises:
        ExpressionFailed: the expression has no value; ``element`` says where it stands.

    """
    try:
        return token.workflow.host.evaluate(text, context(token) if names is None else names)
    except FeelError as error:
        raise ExpressionFailed(element, text, str(error)) from error


def is_true(token: Token, text: str, element: str, names: Mapping[str, Any] | None = None) -> bool:
    """Evaluate a condition; null counts as false.

    Raises:
        ExpressionFailed: the value is neither a boolean nor null.

    """
    value = evaluate(token, text, element, names)
    if value is not None and not isinstance(value, bool):
        raise ExpressionFailed(element, text, f"serve vero o falso, non {value!r}")
    return bool(value)


def _holders(token: Token) -> Iterator[Token]:
    """Give the token and what it runs in, outwards, inside one process."""
    holder: Token | None = token
    while holder is not None and (holder is token or CALLED not in holder.internal_data):
        yield holder
        holder = holder.parent
