"""A change made from the console: one transaction, and a refusal told by its name and its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from desk.errors import DeskRefusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.store import UnitOfWork
    from web.commands.wiring import Wiring


def change(wiring: Wiring, act: Callable[[UnitOfWork], object]) -> None:
    """Run a verb of the desk; what it refuses ends the command with status 1."""
    try:
        with wiring.store.unit_of_work() as uow:
            act(uow)
    except DeskRefusal as refusal:
        raise click.ClickException(f"{type(refusal).__name__}: {refusal}") from refusal
