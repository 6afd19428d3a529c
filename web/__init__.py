"""Pages: what people see, in Italian. Knows no database; every change goes through a verb of desk or engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from engine.store import Store
    from web.settings import Settings


def init_app(app: Flask, store: Store, settings: Settings) -> None:
    """Give a ``Flask("web")`` its pages, guards, headers and error pages."""
    from web import application  # noqa: PLC0415  # so that web.assets bundles without loading the pages

    application.init_app(app, store, settings)
