"""Deploy a process: its diagrams, decisions and forms, checked together, kept for ever, versioned by content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import func, insert, select

from engine import definitions
from engine.check import Surroundings, check_documents
from engine.errors import InvalidDiagram
from engine.model.tables import deployment, process_definition, resource
from engine.spiff.process import parse
from engine.xml import BPMN, read_xml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from engine.definitions import Definition
    from engine.store import Store, UnitOfWork

KINDS = (".bpmn", ".dmn")
TEXTS = ("messages/*.md", "letters/*.typ")
"""What a process may bring along for the program above the engine, which checks it: the engine only keeps it."""


@dataclass(frozen=True)
class Deployed:
    """One version of one process."""

    id: str
    key: str
    version: int
    name: str


@dataclass(frozen=True)
class Deployment:
    """Files that came in together."""

    id: str
    name: str
    deployed_at: datetime
    definitions: tuple[Deployed, ...]
    #: False where these very files had been deployed before and nothing was added.
    is_new: bool


def deploy(uow: UnitOfWork, folder: Path, forms_folder: Path | None = None) -> Deployment:
    """Check a process folder and its forms and keep them as the newest version; the same files twice make one version.

    Raises:
        InvalidDiagram: something in them could not run as its author meant; it lists every problem with its place.

    """
    documents = read(folder, forms_folder)
    digest = _digest(documents)
    before = _find(uow, digest)
    if before is not None:
        return before
    found = check_documents(documents, surroundings(uow.store), has_forms=forms_folder is not None)
    problems = [problem for problem in (*found, *uow.store.check(documents)) if problem.stops]
    if problems:
        raise InvalidDiagram(problems)
    return _keep(uow, folder.name, digest, documents)


def surroundings(store: Store) -> Surroundings:
    """Tell what the programs above make known to diagrams; of what none of them names, nothing is checked."""
    return Surroundings(
        store.groups or None, store.variable_names or None, store.operations.keys() or None, store.function_names
    )


def latest(uow: UnitOfWork, key: str) -> Definition:
    """Give the newest version of a process.

    Raises:
        UnknownProcess: nothing with this key was deployed.

    """
    return definitions.load(uow, definitions.latest_id(uow, key))


def read(folder: Path, forms_folder: Path | None) -> dict[str, bytes]:
    """Read the files of a process, by the names a deployment keeps them under."""
    documents = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in KINDS}
    for pattern in TEXTS:
        documents |= {f"{path.parent.name}/{path.name}": path.read_bytes() for path in sorted(folder.glob(pattern))}
    if forms_folder is not None:
        for path in sorted(forms_folder.glob("*.json")):
            documents[definitions.FORMS + path.name] = path.read_bytes()
    return documents


def _digest(documents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(documents.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _find(uow: UnitOfWork, digest: str) -> Deployment | None:
    """Give the deployment of these very files, if it is still the newest of all its processes."""
    row = uow.connection.execute(select(deployment).where(deployment.c.digest == digest)).first()
    if row is None:
        return None
    found = _definitions(uow, row.id)
    if any(definitions.latest_id(uow, each.key) != each.id for each in found):
        return None
    return Deployment(row.id, row.name, row.deployed_at, found, is_new=False)


def _definitions(uow: UnitOfWork, deployment_id: str) -> tuple[Deployed, ...]:
    rows = select(process_definition).where(process_definition.c.deployment_id == deployment_id)
    return tuple(Deployed(row.id, row.key, row.version, row.name) for row in uow.connection.execute(rows))


def _keep(uow: UnitOfWork, name: str, digest: str, documents: Mapping[str, bytes]) -> Deployment:
    new_id = str(uuid4())
    uow.connection.execute(insert(deployment), {"id": new_id, "name": name, "digest": digest, "deployed_at": uow.now})
    rows = [{"deployment_id": new_id, "name": file, "content": content} for file, content in documents.items()]
    uow.connection.execute(insert(resource), rows)
    diagrams = {file: content for file, content in documents.items() if file.endswith(".bpmn")}
    for key in _process_keys(diagrams):
        _keep_definition(uow, new_id, key, parse(key, diagrams).name)
    return Deployment(new_id, name, uow.now, _definitions(uow, new_id), is_new=True)


def _keep_definition(uow: UnitOfWork, deployment_id: str, key: str, name: str) -> None:
    table = process_definition
    version = select(func.coalesce(func.max(table.c.version), 0) + 1).where(table.c.key == key)
    row = {
        "id": str(uuid4()),
        "key": key,
        "version": uow.connection.execute(version).scalar_one(),
        "name": name,
        "deployment_id": deployment_id,
    }
    uow.connection.execute(insert(table), row)


def _process_keys(diagrams: Mapping[str, bytes]) -> list[str]:
    """List the executable processes of the diagrams."""
    roots = (read_xml(content, name) for name, content in diagrams.items())
    processes = (process for root in roots for process in root.iter(f"{{{BPMN}}}process"))
    return [process.get("id", "") for process in processes if process.get("isExecutable") != "false"]
