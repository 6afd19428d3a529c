"""Assemble what the desk adds to the engine: tables, roles, FEEL functions, operations, checks, observers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desk import agenda, correspondence, letters, people
from desk.access import Role
from desk.cases import checking, projection, untold
from desk.comuni import calendars
from desk.envelope import conflicts
from desk.facilities import Facilities
from desk.mail import checking as mail_checking
from desk.mail.delivery import deliver_due
from desk.mail.operation import GIVES, TOPIC, send_message
from desk.model import Row
from engine.store import Extension, Schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.problems import Problem
    from engine.store import Functions, Transition, UnitOfWork


def extension(facilities: Facilities) -> Extension:
    """Make the desk's part of a store: tables, roles, calendar functions, operations, what the worker does beside."""
    return Extension(
        schema=Schema(Row.metadata, Path(__file__).parent / "migrations", "desk_version"),
        observe=_observe,
        functions=_functions,
        may_hold=people.may_hold,
        bars=conflicts.bars,
        groups=frozenset(role.value for role in Role),
        function_names=calendars.NAMES | agenda.NAMES,
        variables=GIVES,
        check=_check,
        operations={TOPIC: send_message(facilities)},
        work=lambda store: deliver_due(store, facilities.mail),
    )


def _observe(uow: UnitOfWork, transition: Transition) -> None:
    """Let each part of the desk keep its rows in step with a case, in the transition's own transaction."""
    projection.observe(uow, transition)
    agenda.observe(uow, transition)


def _check(documents: Mapping[str, bytes]) -> Iterator[Problem]:
    """Check what a process tells the desk and writes to people: properties, messages, letters, who sends them."""
    for check in (checking.check, untold.check, correspondence.check, mail_checking.check, letters.check):
        yield from check(documents)


def _functions(uow: UnitOfWork, scope: str | None) -> Functions:
    """Give expressions the Comune's calendar and the agenda."""
    return {**calendars.functions(uow, scope), **agenda.functions(uow, scope)}


EXTENSION = extension(Facilities())
"""The desk without anything outside its database: enough to look at cases and to move them."""
