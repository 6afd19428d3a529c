"""Make click speak Italian, whatever language the machine speaks.

click asks ``gettext`` for every word it says. Here gettext finds them in a catalogue of ours, ``locale/``.
"""

from __future__ import annotations

import gettext
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "click"
LANGUAGE = "LANGUAGE"
"""The first variable by which gettext chooses a catalogue, before those of the machine's locale."""


@contextmanager
def in_italian() -> Iterator[None]:
    """Let click speak Italian meanwhile."""
    domain, language = gettext.textdomain(), os.environ.get(LANGUAGE)
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
    os.environ[LANGUAGE] = "it"
    try:
        yield
    finally:
        gettext.textdomain(domain)
        os.environ.pop(LANGUAGE)
        os.environ |= {LANGUAGE: language} if language is not None else {}
