"""Load a deployed version of a process: parsed once per program and shared by every case that runs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine import dmn, forms
from engine.documents import FORMS
from engine.errors import UnknownProcess
from engine.model.tables import process_definition, resource
from engine.spiff.process import parse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from engine.forms import Form
    from engine.spiff.model import Executable
    from engine.store import UnitOfWork


@dataclass(frozen=True)
class Definition:
    """One version of a process, ready to run."""

    id: str
    key: str
    version: int
    name: str
    model: Executable
    forms: Mapping[str, Form]
    #: Decision id or name → the DMN model that holds it.
    decisions: Mapping[str, dmn.Model]
    #: Texts that came with it, by name: ``messages/invito.md``, ``letters/invito.typ``.
    texts: Mapping[str, bytes]


def load(uow: UnitOfWork, definition_id: str) -> Definition:
    """Give a version by its id, parsing it only the first time this process meets it."""
    parsed = uow.store.parsed
    if definition_id not in parsed:
        parsed[definition_id] = _parse(uow, definition_id)
    found: Definition = parsed[definition_id]
    return found


def latest_id(uow: UnitOfWork, key: str) -> str:
    """Give the id of a process's newest version.

    Raises:
        UnknownProcess: nothing with this key was deployed.

    """
    table = process_definition
    newest = select(table.c.id).where(table.c.key == key).order_by(table.c.version.desc()).limit(1)
    found: str | None = uow.connection.execute(newest).scalar()
    if found is None:
        raise UnknownProcess(key)
    return found


def keys(uow: UnitOfWork) -> list[str]:
    """List the keys of all deployed processes."""
    found = select(process_definition.c.key).distinct().order_by(process_definition.c.key)
    return list(uow.connection.execute(found).scalars())


def _parse(uow: UnitOfWork, definition_id: str) -> Definition:
    row = uow.connection.execute(select(process_definition).where(process_definition.c.id == definition_id)).one()
    documents = resources(uow, row.deployment_id)
    diagrams = {name: content for name, content in documents.items() if name.endswith(".bpmn")}
    return Definition(
        row.id,
        row.key,
        row.version,
        row.name,
        parse(row.key, diagrams),
        _forms_of(documents, uow.store.function_names),
        decisions_of(documents, uow.store.function_names),
        {name: content for name, content in documents.items() if name.endswith((".md", ".typ"))},
    )


def _forms_of(documents: Mapping[str, bytes], functions: Collection[str]) -> dict[str, forms.Form]:
    sources = {name: content for name, content in documents.items() if name.startswith(FORMS)}
    return {form_key(name): forms.load(content, name, functions) for name, content in sources.items()}


def resources(uow: UnitOfWork, deployment_id: str) -> dict[str, bytes]:
    """Give the files of a deployment by name."""
    rows = select(resource.c.name, resource.c.content).where(resource.c.deployment_id == deployment_id)
    return {row.name: row.content for row in uow.connection.execute(rows)}


def form_key(name: str) -> str:
    """``forms/registra.json`` answers to ``registra``."""
    return name.removeprefix(FORMS).removesuffix(".json")


def decisions_of(documents: Mapping[str, bytes], functions: Collection[str]) -> dict[str, dmn.Model]:
    """Find which DMN file decides what, by decision id and by name; ``functions`` are names its FEEL may call."""
    tables = {name: content for name, content in documents.items() if name.endswith(".dmn")}
    found = {}
    for name, content in tables.items():
        others = [other for at, other in tables.items() if at != name]
        model = dmn.Model.load(content, imports=others, names=functions)
        for decision in model.decisions:
            found[decision.id] = found[decision.name] = model
    return found
