"""Check a process or one of its files, and name problems by the paths under which somebody keeps them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine import check, deployments, documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.deployments import Checked
    from engine.problems import Problem
    from engine.store import Store


def forms_of(path: Path) -> Path | None:
    """``processes/richiesta``, or a file in it, has its forms in ``forms/richiesta``, beside ``processes``.

    There they are looked for even where no such folder is; a process that lies elsewhere may do without.
    """
    folder = (path if path.is_dir() else path.parent).resolve()
    forms = folder.parent.parent / "forms" / folder.name
    if not forms.is_dir() and folder.parent.name != "processes":
        return None
    here = Path.cwd()
    return forms.relative_to(here) if forms.is_relative_to(here) and not path.is_absolute() else forms


def checked(store: Store, folder: Path) -> tuple[Checked, list[Problem]]:
    """Check a folder to publish it, and tell also what deserves a look in it.

    Raises:
        InvalidDiagram: a file is a symbolic link, or no file.

    """
    forms_folder = forms_of(folder)
    files = documents.read(folder, forms_folder)
    found = deployments.check(store, folder.resolve().name, files, has_forms=forms_folder is not None)
    told = [*by_path(found.problems, folder, forms_folder), *check.of_places(folder, forms_folder)]
    return found, sorted(told)


def problems_of(store: Store, path: Path) -> list[Problem]:
    """Find all that there is to say of a folder or of one file; see ``checked``."""
    if path.is_dir():
        return checked(store, path)[1]
    return [*check.check(path, forms_of(path), deployments.surroundings(store)), *_of_the_desk(store, path)]


def by_path(problems: Iterable[Problem], folder: Path, forms_folder: Path | None) -> list[Problem]:
    """Name the files of problems by their paths."""
    files = documents.paths(folder, forms_folder)
    return [replace(each, file=str(files.get(each.file, folder / each.file))) for each in problems]


def _of_the_desk(store: Store, path: Path) -> Iterator[Problem]:
    """Find what is wrong with a message or a letter, or in its folder with it."""
    folder = path.parent if path.suffix in documents.DRAWN else path.parent.parent
    for problem in store.check(documents.read(folder)):
        file = folder / problem.file
        if file == path or (path.parent != folder and file.parent == path.parent):
            yield replace(problem, file=str(file))
