"""Reads the files of a process from its folders, by the names under which a deployment keeps them."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from engine.errors import InvalidDiagram
from engine.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

DRAWN: Final = (".bpmn", ".dmn")
"""How the names of diagrams and of decision tables end."""
FORMS: Final = "forms/"
"""Before the name of a form: ``forms/registra.json``."""
TEXTS: Final = ("messages/*.md", "letters/*.typ")
"""What a process may bring along for the program above the engine, which checks it: the engine only keeps it."""
LARGEST: Final = 2_000_000
"""Bytes that one file may have."""
MOST: Final = 500
"""Files that a process may have."""


def read(folder: Path, forms_folder: Path | None = None) -> dict[str, bytes]:
    """Read all that is deployed together.

    Raises:
        InvalidDiagram: a file is a symbolic link, a pipe or a device, or too large, or there are too many; it names
            each by its path.

    """
    return contents(paths(folder, forms_folder))


def paths(folder: Path, forms_folder: Path | None = None) -> dict[str, Path]:
    """Say which files those are."""
    found = {path.name: path for path in sorted(folder.iterdir()) if path.suffix in DRAWN}
    for pattern in TEXTS:
        found |= {f"{path.parent.name}/{path.name}": path for path in sorted(folder.glob(pattern))}
    if forms_folder is not None:
        found |= {FORMS + path.name: path for path in sorted(forms_folder.glob("*.json"))}
    return found


def contents(files: Mapping[str, Path]) -> dict[str, bytes]:
    """Read files by name; see ``read``."""
    if len(files) > MOST:
        where = next(iter(files.values())).parent
        message = f"Il processo ha {len(files)} file: al massimo sono {MOST}."
        raise InvalidDiagram([_refused(where, message, "Togli quelli che non servono.")])
    problems = [problem for path in files.values() for problem in _unusable(path)]
    if problems:
        raise InvalidDiagram(sorted(problems))
    return {name: content(path) for name, path in files.items()}


def content(path: Path) -> bytes:
    """Read one file, which may have become something else since it was listed; see ``read``."""
    if problem := next(_unusable(path), None):
        raise InvalidDiagram([problem])
    with suppress(OSError), os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return file.read(LARGEST)
    raise InvalidDiagram([_not_a_file(path)])


def _unusable(path: Path) -> Iterator[Problem]:
    if path.is_symlink() or path.parent.is_symlink():
        message = f"«{path.name}» è un collegamento a un file che sta altrove."
        yield _refused(path, message, "Metti al suo posto il file stesso.")
    elif not path.is_file():
        yield _not_a_file(path)
    elif path.stat().st_size > LARGEST:
        yield _refused(path, f"Il file supera {LARGEST // 1_000_000} MB.", "Dividilo, o togli quello che non serve.")


def _not_a_file(path: Path) -> Problem:
    return _refused(path, f"«{path.name}» non è un file che si può leggere.", "Toglilo, o metti un file al suo posto.")


def _refused(path: Path, message: str, advice: str) -> Problem:
    return Problem(str(path), 1, "", path.name, "invalid", "not-a-file", message, advice)
