"""Deploy a process: its diagrams, decisions and forms, checked together, kept for ever, versioned by content.

``check`` looks at files outside any transaction, since letters are set and diagrams walked; ``keep`` writes what was
checked and does nothing slow.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import func, insert, select

from engine import definitions
from engine.check import Surroundings, check_documents
from engine.documents import read
from engine.errors import InvalidDiagram
from engine.model.tables import deployment, process_definition, resource
from engine.spiff.process import parse
from engine.xml import BPMN, read_xml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import ColumnElement

    from engine.definitions import Definition
    from engine.problems import Problem
    from engine.store import Store, UnitOfWork


class Source(StrEnum):
    """How files came in: with the program, which may bring newer ones, or from a person, whose they are."""

    PROGRAM = "program"
    PERSON = "person"


@dataclass(frozen=True)
class Deployed:
    """One version of one process."""

    id: str
    key: str
    version: int
    name: str


@dataclass(frozen=True)
class Deployment:
    """Files that came in together; ``digest`` is the SHA-256 of their names and contents."""

    id: str
    name: str
    digest: str
    source: Source
    deployed_at: datetime
    definitions: tuple[Deployed, ...]
    #: False where these very files had been deployed before and nothing was added.
    is_new: bool = False


@dataclass(frozen=True)
class Checked:
    """Files by name, with all that ``check`` has to say of them and the processes they hold, name by key."""

    name: str
    documents: Mapping[str, bytes]
    digest: str
    problems: tuple[Problem, ...]
    processes: Mapping[str, str]

    @property
    def stops(self) -> tuple[Problem, ...]:
        """The problems for which they are not kept."""
        return tuple(problem for problem in self.problems if problem.stops)


def check(store: Store, name: str, documents: Mapping[str, bytes], *, has_forms: bool = False) -> Checked:
    """Check the files of one process for this program, whose roles, operations and functions they may name.

    ``name`` is that of the folder they come from. Without ``has_forms`` files among which there is no form may name
    any: tasks take any answers then.
    """
    around = replace(surroundings(store), folder=name)
    found = [*check_documents(documents, around, has_forms=has_forms), *store.check(documents)]
    problems = tuple(sorted(set(found)))
    processes: Mapping[str, str] = {}
    if not any(problem.stops for problem in problems):
        try:
            processes = _processes(documents)
        except InvalidDiagram as refusal:
            problems = tuple(sorted({*problems, *refusal.problems}))
    return Checked(name, dict(documents), digest_of(documents), problems, processes)


def keep(uow: UnitOfWork, checked: Checked, source: Source = Source.PERSON) -> Deployment:
    """Keep checked files as the newest version of their processes; those in service already make no other version.

    Raises:
        InvalidDiagram: something in them could not run as its author meant; it lists every problem with its place.

    """
    if checked.stops:
        raise InvalidDiagram(checked.stops)
    return _in_service(uow, checked) or _keep(uow, checked, source)


def deploy(uow: UnitOfWork, folder: Path, forms_folder: Path | None = None) -> Deployment:
    """Read, check and keep a process at once, in a transaction that nobody else waits for; see ``keep``."""
    documents = read(folder, forms_folder)
    checked = check(uow.store, folder.resolve().name, documents, has_forms=forms_folder is not None)
    return keep(uow, checked)


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


def newest(uow: UnitOfWork, key: str) -> Deployment | None:
    """Give the deployment from which the newest version of a process comes, nothing where there is none."""
    versions = process_definition
    held = select(versions.c.deployment_id).where(versions.c.key == key).order_by(versions.c.version.desc()).limit(1)
    return _read(uow, deployment.c.id == held.scalar_subquery())


def keys_of(documents: Mapping[str, bytes]) -> tuple[str, ...]:
    """List the executable processes of diagrams by their ids.

    Raises:
        InvalidXml: a diagram is not XML that may be read.

    """
    roots = (read_xml(content, name) for name, content in documents.items() if name.endswith(".bpmn"))
    found = [process for root in roots for process in root.iter(f"{{{BPMN}}}process")]
    return tuple(process.get("id", "") for process in found if process.get("isExecutable") != "false")


def digest_of(documents: Mapping[str, bytes]) -> str:
    """Give the SHA-256 by which files are known again."""
    digest = hashlib.sha256()
    for name, content in sorted(documents.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _in_service(uow: UnitOfWork, checked: Checked) -> Deployment | None:
    """Give the deployment of these very files, where it is the newest of all its processes."""
    found = {newest(uow, key) for key in checked.processes}
    only = found.pop() if len(found) == 1 else None
    return only if only is not None and only.digest == checked.digest else None


def _read(uow: UnitOfWork, which: ColumnElement[bool]) -> Deployment | None:
    row = uow.connection.execute(select(deployment).where(which)).first()
    if row is None:
        return None
    return Deployment(row.id, row.name, row.digest, Source(row.source), row.deployed_at, _definitions(uow, row.id))


def _definitions(uow: UnitOfWork, deployment_id: str) -> tuple[Deployed, ...]:
    table = process_definition
    rows = select(table).where(table.c.deployment_id == deployment_id).order_by(table.c.key)
    return tuple(Deployed(row.id, row.key, row.version, row.name) for row in uow.connection.execute(rows))


def _keep(uow: UnitOfWork, checked: Checked, source: Source) -> Deployment:
    new_id = str(uuid4())
    row = {"id": new_id, "name": checked.name, "digest": checked.digest, "source": source, "deployed_at": uow.now}
    uow.connection.execute(insert(deployment), row)
    files = [{"deployment_id": new_id, "name": file, "content": content} for file, content in checked.documents.items()]
    uow.connection.execute(insert(resource), files)
    for key, name in checked.processes.items():
        _keep_definition(uow, new_id, key, name)
    held = _definitions(uow, new_id)
    return Deployment(new_id, checked.name, checked.digest, source, uow.now, held, is_new=True)


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


def _processes(documents: Mapping[str, bytes]) -> dict[str, str]:
    """Read the executable processes of the diagrams as whoever runs them does, and give each key's name.

    Raises:
        InvalidDiagram: one cannot be read so.

    """
    diagrams = {file: content for file, content in documents.items() if file.endswith(".bpmn")}
    return {key: parse(key, diagrams).name for key in keys_of(documents)}
