"""Link the pages of the list of openings: each leads back to a page that can be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for

if TYPE_CHECKING:
    from web.parts.page_links import Address

OPENINGS = "aperture"
"""The piece of an address that holds the page of the openings."""


def openings_address(endpoint: str) -> Address:
    """Give the addresses of the pages of «Chi ha visto la mia documentazione»."""
    return lambda key: url_for(endpoint, aperture=key, _anchor="visto")
