"""What the desk adds to the engine, in one value."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desk import feel_functions, observer
from desk.access import Role
from desk.facilities import Facilities
from desk.mail.operation import TOPIC, send_message
from desk.model import Row
from engine.store import Extension, Schema

if TYPE_CHECKING:
    from engine.store import Transition, UnitOfWork


def extension(facilities: Facilities) -> Extension:
    """Make the desk's part of a store: tables, roles, calendar functions, operations, what the worker does beside."""
    return Extension(
        schema=Schema(Row.metadata, Path(__file__).parent / "migrations", "desk_version"),
        observe=_observe,
        functions=feel_functions.functions,
        groups=frozenset(role.value for role in Role),
        function_names=feel_functions.NAMES,
        operations={TOPIC: send_message(facilities)},
    )


def _observe(uow: UnitOfWork, transition: Transition) -> None:
    """Let each part of the desk keep its rows in step with a case, in the transition's own transaction."""
    observer.observe(uow, transition)


EXTENSION = extension(Facilities())
"""The desk without anything outside its database: enough to look at cases and to move them."""
