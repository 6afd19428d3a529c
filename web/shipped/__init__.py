"""Find the processes and forms that come with the program: beside its packages in a checkout, else in this one."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
FOLDERS = ("processes", "forms")
"""What a wheel carries in this package; wherever they are, the forms of a process stand beside it."""


def processes() -> dict[str, Path]:
    """Give the folder of each process, by its name."""
    installed = HERE / "processes"
    found = installed if installed.is_dir() else HERE.parents[1] / "processes"
    return {folder.name: folder for folder in sorted(found.iterdir()) if folder.is_dir()}
