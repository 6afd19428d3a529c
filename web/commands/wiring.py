"""What every command stands on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import click

from desk.access import Role
from engine.identity import EVERYWHERE, Actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.store import Store
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


pass_wiring = click.make_pass_decorator(Wiring)
