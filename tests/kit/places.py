"""Name the folders of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FAULTS = ROOT.parent / "shared" / "faults"
"""Inputs that failed once."""


def fault(name: str) -> Path:
    """Give one of the inputs that failed; skip the test where they are not on this machine."""
    for folder in (FAULTS, ROOT.parents[1] / "shared" / "faults"):
        if (folder / name).is_file():
            return folder / name
    pytest.skip("the inputs that failed are not in ../shared/faults")
