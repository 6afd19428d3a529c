"""The content of the desk, as it would be deployed."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk import EXTENSION
from desk.demo import rehearsal
from engine import scenarios

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def folder() -> Path:
    return ROOT / "processes" / "richiesta"


@pytest.fixture(scope="session")
def forms_folder() -> Path:
    return ROOT / "forms" / "richiesta"


@pytest.fixture(scope="session")
def report(folder, forms_folder):
    """What comes of all the scenarios, played once."""
    return scenarios.play_folder(folder, forms_folder, extensions=(EXTENSION,), furnish=rehearsal.furnish)
