"""Give every command its store, settings and transactions."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import click

from desk.access import Role
from engine.identity import EVERYWHERE, Actor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.store import Store, UnitOfWork
    from web.settings import Settings

CONSOLE = Actor("console", {Role.ADMINISTRATOR}, {EVERYWHERE})
"""Whoever may run commands on the machine administers it."""
MANY = 200
"""How many rows of a long list a command reads at a time."""


@dataclass
class Wiring:
    """What ``app.py`` hands over: how to read the settings, to open the store, to make the application."""

    read_settings: Callable[[], Settings]
    open_store: Callable[[Settings], Store]
    #: ``module:factory``, which every process of the server imports for itself.
    application: str

    @cached_property
    def settings(self) -> Settings:
        return self.read_settings()

    @cached_property
    def store(self) -> Store:
        return self.open_store(self.settings)

    @property
    def opened(self) -> Store | None:
        """The store, once some command has asked for it."""
        return self.__dict__.get("store")

    @contextmanager
    def unit_of_work(self) -> Iterator[UnitOfWork]:
        """Open a writing transaction on a database that has the tables of this program.

        Raises:
            WrongTables: it has not, or has others.

        """
        self.store.require_current()
        with self.store.unit_of_work() as uow:
            yield uow

    @contextmanager
    def snapshot(self) -> Iterator[UnitOfWork]:
        """Open a reading transaction on a database that has the tables of this program.

        Raises:
            WrongTables: it has not, or has others.

        """
        self.store.require_current()
        with self.store.snapshot() as uow:
            yield uow


pass_wiring = click.make_pass_decorator(Wiring)


def example(*lines: str) -> str:
    """Write what stands below the help of a command: how it is used, each line as it is."""
    return "\n".join(["\b", "Per esempio:", *(f"  sportello {line}" for line in lines)])
