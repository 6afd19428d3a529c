"""What the desk uses outside its database, as the settings choose it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk import Facilities

if TYPE_CHECKING:
    from web.settings import Settings


def facilities_of(settings: Settings) -> Facilities:
    """Make the facilities of a program that runs under these settings."""
    return Facilities(public_url=settings.public_url)
