"""What lies in the folders of a process beside what is read: files in the wrong place, scenarios not written yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCENARIOS: Final = "scenarios"
_FORM: Final = "Spostalo nella cartella dei moduli, con il nome {stem}.json."
_DIAGRAM: Final = "Spostalo nella cartella del processo."
_SCENARIO: Final = "Se è un caso di prova, spostalo nella cartella scenarios, con il nome {stem}.yaml."
_ELSEWHERE: Final = {
    "process": {
        ".json": _FORM,
        ".form": _FORM,
        ".xml": "Se è un disegno, dagli il nome {stem}.bpmn.",
        ".yaml": _SCENARIO,
        ".yml": _SCENARIO,
    },
    "forms": {".form": "Dagli il nome {stem}.json.", ".bpmn": _DIAGRAM, ".dmn": _DIAGRAM},
    "scenarios": {".yml": "Dagli il nome {stem}.yaml."},
}
"""By the folder and the ending of a file that nothing reads there, what to do with it."""


def misplaced(folder: Path, forms_folder: Path | None) -> Iterator[Problem]:
    """Find files that were surely meant for a process and that nothing will read where they lie."""
    yield from _unread(folder, _ELSEWHERE["process"])
    yield from _unread(folder / SCENARIOS, _ELSEWHERE["scenarios"])
    if forms_folder is not None:
        yield from _unread(forms_folder, _ELSEWHERE["forms"])


def unrehearsed(folder: Path) -> Iterator[Problem]:
    """Find that a process has no scenario; a file that begins with an underscore is none, only what they share."""
    if all(path.name.startswith("_") for path in (folder / SCENARIOS).glob("*.yaml")):
        message = "Il processo non ha casi di prova."
        advice = "Scrivine uno per ogni strada nella cartella scenarios: «sportello scenari» li prova tutti."
        yield Problem(str(folder), 1, "", "", "advice", "no-scenarios", message, advice)


def _unread(folder: Path, elsewhere: dict[str, str]) -> Iterator[Problem]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        advice = elsewhere.get(path.suffix.lower())
        if advice is not None and path.is_file():
            message = f"Il file «{path.name}» qui non si legge."
            yield Problem(str(path), 1, "", "", "advice", "unread-file", message, advice.format(stem=path.stem))
