"""Read a form-js file into a form, or into everything that is wrong with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.errors import InvalidDiagram
from engine.forms.component import Component
from engine.forms.findings import FormFinding, findings
from engine.forms.form import Form
from engine.forms.lines import lines_of
from engine.forms.names import fixed_choices, nest_of
from engine.forms.written import sight_of
from engine.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_OPEN: Mapping[str, frozenset[str]] = {}
_SIZE = 1 << 20
_DEPTH = 12


class InvalidForm(InvalidDiagram):
    """The form cannot be asked as its author meant; every problem says where it is and what to do."""


class _Unreadable(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def load(source: bytes, file: str, functions: Collection[str] = ()) -> Form:
    """Read a form; raise ``InvalidForm`` with every problem that stops a deployment.

    ``functions`` are the names of those that its FEEL may call beyond FEEL's own.
    """
    form, problems = _read(source, file, functions, None)
    stops = [problem for problem in problems if problem.stops]
    if stops or form is None:
        raise InvalidForm(stops)
    return form


def check(
    source: bytes,
    file: str,
    functions: Collection[str] = (),
    variables: Collection[str] | None = None,
    choices: Mapping[str, frozenset[str]] = _OPEN,
) -> list[Problem]:
    """Return everything worth telling the form's author, advice included.

    ``variables`` are those that a case may have beside the form's own answers; None where nobody can say. ``choices``
    are the only answers that some of them may be.
    """
    return _read(source, file, functions, variables, choices)[1]


def choices_of(source: bytes, file: str) -> dict[str, frozenset[str] | None]:
    """Return for each key of a form the texts that may be chosen; None where anything may be answered."""
    try:
        text, schema = _parsed(source, file)
    except _Unreadable:
        return {}
    return fixed_choices(_component(schema, "", lines_of(text)).children)


def keys_of(source: bytes, file: str) -> frozenset[str] | None:
    """Return the names under which a form's answers reach the case, sound or not; None where it cannot be read."""
    try:
        text, schema = _parsed(source, file)
    except _Unreadable:
        return None
    return frozenset(nest_of(_component(schema, "", lines_of(text)).children).names)


def id_of(source: bytes, file: str) -> str:
    """Return the id that is written in a form, sound or not; nothing where there is none."""
    try:
        written = _parsed(source, file)[1].get("id")
    except _Unreadable:
        return ""
    return written if isinstance(written, str) else ""


def _read(
    source: bytes,
    file: str,
    functions: Collection[str],
    variables: Collection[str] | None,
    choices: Mapping[str, frozenset[str]] = _OPEN,
) -> tuple[Form | None, list[Problem]]:
    try:
        text, schema = _parsed(source, file)
    except _Unreadable as stop:
        return None, [stop.problem]
    lines = lines_of(text)
    root = _component(schema, "", lines)
    sight = sight_of(functions, variables, nest_of(root.children).names, choices)
    problems = [_problem(finding, file, lines) for finding in findings(root, sight)]
    buttons = [button for button in root.walk() if button.type == "button"]
    form = Form(root.id, root.children, buttons[0].label if buttons else "")
    return form, problems


def _parsed(source: bytes, file: str) -> tuple[str, dict[str, object]]:
    if len(source) > _SIZE:
        raise _Unreadable(_whole(file, 1, "form-too-large", "Il modulo supera 1 MB."))
    try:
        text = source.decode("utf-8-sig")
        schema = json.loads(text, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise _Unreadable(_whole(file, 1, "form-not-json", "Il file non è un testo UTF-8.")) from None
    except json.JSONDecodeError as fault:
        message = f"Il file non è JSON valido: riga {fault.lineno}, colonna {fault.colno}."
        raise _Unreadable(_whole(file, fault.lineno, "form-not-json", message)) from None
    except (RecursionError, ValueError):
        raise _Unreadable(_whole(file, 1, "form-not-json", "Il file contiene valori che JSON non ammette.")) from None
    if not isinstance(schema, dict) or not isinstance(schema.get("components"), list):
        message = "Il file non è un modulo: manca l’elenco «components»."
        raise _Unreadable(_whole(file, 1, "form-not-a-form", message))
    return text, schema


def _no_constant(name: str) -> object:
    raise ValueError(name)


def _whole(file: str, line: int, rule: str, message: str) -> Problem:
    return Problem(file, line, "", "", "invalid", rule, message, "Aprilo e salvalo di nuovo con l’editor dei moduli.")


def _component(source: dict[str, object], pointer: str, lines: Mapping[str, int], depth: int = 0) -> Component:
    line = lines.get(f"{pointer}/id") or lines.get(pointer, 1)
    nested = source.get("components")
    inside = nested if isinstance(nested, list) and depth < _DEPTH else []
    children = tuple(
        _component(part if isinstance(part, dict) else {}, f"{pointer}/components/{place}", lines, depth + 1)
        for place, part in enumerate(inside)
    )
    kind = source.get("type")
    return Component(_id_of(source, pointer), kind if isinstance(kind, str) else "", pointer, line, source, children)


def _id_of(source: Mapping[str, object], pointer: str) -> str:
    """Give a component's id; one that has none is known by its place, as form-js too gives it one of its own."""
    written = source.get("id")
    place = "_".join(part for part in pointer.split("/") if part.isdecimal())
    return written if isinstance(written, str) and written else f"componente_{place}" if place else "modulo"


def _problem(finding: FormFinding, file: str, lines: Mapping[str, int]) -> Problem:
    component = finding.component
    name = component.label or component.text("key") or component.text("path")
    return Problem(
        file,
        lines.get(f"{component.pointer}/{finding.pointer}", component.line),
        component.id if component.id == component.attributes.get("id") else component.pointer,
        name,
        finding.kind,
        finding.rule,
        finding.message,
        finding.advice,
        finding.column,
    )
