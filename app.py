"""Wire engine, desk and web together: open the store, make the application, begin the command."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from flask import Flask

import web
from desk import extension
from engine import Store
from web.commands import Wiring, sportello
from web.facilities import facilities_of
from web.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping


def open_store(settings: Settings) -> Store:
    """Open the database the settings name, with everything the desk adds to the engine."""
    return Store(settings.database_url, extensions=(extension(facilities_of(settings)),))


def create_app(environment: Mapping[str, str] = os.environ, store: Store | None = None) -> Flask:
    """Make the web application; every worker process of the server calls this once."""
    settings = Settings.from_environment(environment)
    app = Flask("web", static_folder="static")
    web.init_app(app, store or open_store(settings), settings)
    return app


def main() -> None:
    """Run the command that ``sportello`` begins."""
    sportello(obj=Wiring(lambda: Settings.from_environment(os.environ), open_store, "app:create_app"))
