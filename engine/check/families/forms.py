"""Forms: every key has its file, and every task something to ask."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from engine.check.diagram import camunda, extension, form_keys, is_executable
from engine.check.rules import Finding, rule
from engine.check.words import called
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram, Files

_KEYS: Final = ("formKey", "formRef")
_WHERE: Final = "«Forms» → «Type: Embedded or External Task Forms» → «Form key»"
"""Where Camunda Modeler's panel has the key of a task's form."""


@rule("form-missing", "unsupported")
def form_missing(diagram: Diagram) -> Iterator[Finding]:
    known = diagram.folder.form_keys
    for element in diagram.elements if known is not None else ():
        for key in form_keys(element):
            if key not in (known or ()):
                meant = _meant(diagram.folder, key)
                hint = f": intendevi «{meant}»?" if meant else "."
                yield Finding(
                    element,
                    f"{called(element)} usa il modulo «{key}», che non c’è{hint}",
                    f"Crea il file {key}.json nella cartella dei moduli o correggi il nome.",
                )


def _meant(folder: Files, key: str) -> str:
    """Guess the form that a key means: other programs name it with its ending, or by the id written in it."""
    bare = PurePosixPath(key.rpartition(":")[2]).name.removesuffix(".json").removesuffix(".form")
    linked = (name for name, written in folder.form_ids.items() if written == bare)
    near = get_close_matches(bare, sorted(folder.form_ids), n=1, cutoff=0.75)
    return next(linked, None) or next(iter(near), "")


@rule("user-task-without-questions", "advice")
def user_task_without_questions(diagram: Diagram) -> Iterator[Finding]:
    """Where a deployment has no forms at all tasks take any answers, so nothing is amiss."""
    for task in diagram.all("userTask") if diagram.folder.has_forms else ():
        if not is_executable(task) or _is_generated(task):
            continue
        if not any(camunda(task, name) for name in _KEYS):
            yield _unasked(task, "non ha un modulo", f"Scrivi il nome del modulo in {_WHERE} (camunda:formKey)")
        for key in form_keys(task):
            if not diagram.folder.asks(key):
                yield _unasked(task, f"usa il modulo «{key}», che non fa domande", f"Aggiungi un campo a {key}.json")


def _is_generated(element: Element) -> bool:
    """Say whether the diagram itself holds the questions, which is refused elsewhere with what to use instead."""
    return next(extension(element, "formData"), None) is not None


def _unasked(task: Element, what: str, advice: str) -> Finding:
    message = f"{called(task)} {what}: chi lo apre trova solo il pulsante per completarlo."
    return Finding(task, message, f"{advice}; se il pulsante basta, lascia così.")


@rule("form-not-asked", "unsupported")
def form_not_asked(diagram: Diagram) -> Iterator[Finding]:
    """Camunda's start events have forms too; here a case begins first, and whoever does its first task is asked."""
    for element in diagram.elements:
        keyed = any(camunda(element, name) for name in _KEYS) or _is_generated(element)
        if keyed and tag(element) != "userTask" and is_executable(element):
            yield Finding(
                element,
                f"{called(element)} ha un modulo, ma qui solo un compito utente ne apre uno: nessuno lo vedrebbe.",
                "Togli il modulo da qui e mettilo su un compito utente.",
            )
