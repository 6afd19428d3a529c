"""What a designer's files must satisfy before they are deployed.

Every rule is a small function with a stable name. It looks at one diagram among the files deployed with it and says
what is wrong and what to do. Nothing here runs a process or changes a file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import engine.check.families  # noqa: F401 - importing the families registers their rules
from engine.check import places
from engine.check.diagram import camunda, children, extension, is_executable, text_of
from engine.check.folder import Folder
from engine.check.rules import RULES
from engine.check.scope import made_in
from engine.check.surroundings import NOTHING_KNOWN, Surroundings
from engine.check.words import called, label, line_of
from engine.documents import content, contents, paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from engine.problems import Problem

__all__ = [
    "Surroundings",
    "called",
    "camunda",
    "check",
    "check_documents",
    "children",
    "extension",
    "is_executable",
    "label",
    "line_of",
    "of_places",
    "text_of",
]


def check(folder: Path, forms_folder: Path | None = None, surroundings: Surroundings = NOTHING_KNOWN) -> list[Problem]:
    """Check the diagrams and tables of a folder, or one diagram of it, and the forms where they have a folder.

    The problems name files by the paths given, in order of file and line.

    Raises:
        InvalidDiagram: a file is a symbolic link, or no file.

    """
    whole = folder.is_dir()
    files = paths(folder, forms_folder) if whole else _beside_it(folder, forms_folder)
    documents = contents(files)
    around = replace(surroundings, beside=_beside(folder), folder=folder.resolve().name if whole else None)
    found = check_documents(documents, around, has_forms=forms_folder is not None)
    shown = (problem for problem in found if whole or problem.file == folder.name)
    told = [replace(problem, file=str(files.get(problem.file, folder))) for problem in shown]
    return sorted([*told, *of_places(folder, forms_folder)] if whole else told)


def of_places(folder: Path, forms_folder: Path | None) -> Iterator[Problem]:
    """Find what the folders of a process hold in vain, and what they do not hold yet."""
    yield from places.misplaced(folder, forms_folder)
    yield from places.unrehearsed(folder)


def _beside_it(file: Path, forms_folder: Path | None) -> dict[str, Path]:
    """Give one file, the tables beside it and the forms, since it may use them."""
    around = paths(file.parent, forms_folder).items()
    return {file.name: file} | {name: path for name, path in around if name.endswith((".dmn", ".json"))}


def _beside(folder: Path) -> frozenset[str]:
    """Give the variables that the diagrams beside one file write: they are deployed with it."""
    others = () if folder.is_dir() else (path for path in folder.parent.glob("*.bpmn") if path.name != folder.name)
    return frozenset(name for path in others for name in made_in(content(path), path.name))


def check_documents(
    documents: Mapping[str, bytes], surroundings: Surroundings = NOTHING_KNOWN, *, has_forms: bool = False
) -> list[Problem]:
    """Check files given by name, forms under ``forms/``; see ``check``.

    Without ``has_forms`` files among which there is no form may name any: tasks take any answers then.
    """
    folder = Folder(documents, surroundings, has_forms=has_forms)
    found = [*folder.problems, *folder.table_problems(), *folder.form_problems()]
    for diagram in folder.diagrams:
        for rule in RULES.values():
            found += rule.problems(diagram)
    return sorted(set(found))
