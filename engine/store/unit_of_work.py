"""A unit of work: one transaction. Returning commits, raising rolls back; nothing else in the program commits."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection

    from engine.store.extension import Functions
    from engine.store.store import Store


@dataclass
class UnitOfWork:
    """One transaction: the first argument of every verb.

    ``connection`` speaks Core, ``session`` the ORM on that same connection; ``now`` is the moment everything
    in it happens.
    """

    store: Store
    connection: Connection
    now: datetime
    _functions: dict[str | None, Functions] = field(default_factory=dict)
    _after_commit: list[Callable[[], None]] = field(default_factory=list)
    _after_rollback: list[Callable[[], None]] = field(default_factory=list)

    @cached_property
    def session(self) -> Session:
        return Session(bind=self.connection, expire_on_commit=False, join_transaction_mode="rollback_only")

    def flush(self) -> None:
        """Send what the ORM holds back to the database, if it was used at all."""
        if "session" in self.__dict__:
            self.session.flush()

    def close(self) -> None:
        if "session" in self.__dict__:
            self.session.close()

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do something once everything is in the database, and not at all if it is rolled back."""
        self._after_commit.append(act)

    def after_rollback(self, act: Callable[[], None]) -> None:
        """Do something once nothing of this has come into the database."""
        self._after_rollback.append(act)

    def committed(self) -> None:
        for act in self._after_commit:
            act()

    def rolled_back(self) -> None:
        for act in self._after_rollback:
            act()

    def functions(self, scope: str | None) -> Functions:
        """FEEL functions for the cases of a scope, made once in a transaction."""
        if scope not in self._functions:
            self._functions[scope] = self._functions_of(scope)
        return self._functions[scope]

    def _functions_of(self, scope: str | None) -> Functions:
        found: dict[str, object] = {}
        for extension in self.store.extensions:
            if extension.functions is not None:
                found.update(extension.functions(self, scope))
        return found  # type: ignore[return-value]  # values are callables, kept so by Extension
