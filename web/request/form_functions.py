"""Give forms the desk's FEEL functions when they are drawn after the snapshot they were read in is over."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from web.request.context import now, store

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.store import Functions, UnitOfWork


def desk_functions(uow: UnitOfWork, scope: str | None) -> Functions:
    """Give the functions for the cases of a scope, each call of which reads in a snapshot of its own."""
    return {name: _later(name, call, scope) for name, call in uow.functions(scope).items()}


def _later(name: str, call: Callable[..., Any], scope: str | None) -> Callable[..., Any]:
    @wraps(call)
    def read(*arguments: Any, **named: Any) -> Any:
        with store().snapshot(now()) as uow:
            return uow.functions(scope)[name](*arguments, **named)

    return read
