"""Publish the processes that come with the program when it starts, and leave those that people have published."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

import click

from engine import deployments, documents
from engine.deployments import Source
from engine.errors import InvalidDiagram, InvalidXml
from web import shipped
from web.commands.checking import by_path, forms_of
from web.commands.problems import as_text
from web.words.dates import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from engine.deployments import Checked, Deployment
    from engine.store import Store, UnitOfWork

BROKEN = (
    "Attenzione: il processo «{name}» che viene con il programma non si può pubblicare; il resto si apre lo stesso.\n"
    "{problems}"
)
OF_PEOPLE = (
    "«{name}»: resta in servizio quello che una persona ha pubblicato il {day}; quello che viene con il programma è "
    "diverso. Per metterlo in servizio: sportello deploy {name}"
)


class ShippedStanding(Enum):
    """How what is in service compares with a folder of the program."""

    SAME = auto()
    OLDER = auto()
    """Nothing is in service, or what came from that folder before."""
    OF_PEOPLE = auto()


@dataclass(frozen=True)
class Shipped:
    """The files of one process that comes with the program, checked where they seem to be needed."""

    folder: Path
    forms_folder: Path | None
    files: Mapping[str, bytes]
    keys: tuple[str, ...]
    checked: Checked | None = None


def look(store: Store) -> list[Shipped]:
    """Read the program's processes and check those that are not in service: it takes seconds, and no transaction.

    What is wrong with one is said; it is left out.
    """
    return [each for folder in shipped.processes().values() for each in _usable(store, folder)]


def bring(uow: UnitOfWork, found: list[Shipped]) -> None:
    """Publish those that are not in service as they are, unless people have published others since."""
    for each in found:
        standing, theirs = _standing(uow, each)
        if standing is ShippedStanding.OLDER:
            with _told_where_broken(each.folder, each.forms_folder):  # in service at the look: not checked
                deployments.keep(uow, each.checked or _check(uow.store, each), Source.PROGRAM)
        elif theirs is not None:
            click.echo(OF_PEOPLE.format(name=each.folder.name, day=day_words(theirs.deployed_at)))


def _usable(store: Store, folder: Path) -> Iterator[Shipped]:
    forms_folder = forms_of(folder)
    with _told_where_broken(folder, forms_folder):
        files = documents.read(folder, forms_folder)
        found = Shipped(folder, forms_folder, files, deployments.keys_of(files))
        with store.snapshot() as uow:
            standing, _ = _standing(uow, found)
        yield replace(found, checked=_check(store, found)) if standing is ShippedStanding.OLDER else found


@contextmanager
def _told_where_broken(folder: Path, forms_folder: Path | None) -> Iterator[None]:
    """Say what is wrong with a process that cannot be published, and go on without it."""
    try:
        yield
    except InvalidDiagram as refusal:
        told = by_path(refusal.problems, folder, forms_folder)
        click.echo(BROKEN.format(name=folder.name, problems=as_text(told)), err=True)
    except (InvalidXml, OSError) as refusal:
        click.echo(BROKEN.format(name=folder.name, problems=refusal), err=True)


def _check(store: Store, found: Shipped) -> Checked:
    has_forms = found.forms_folder is not None
    checked = deployments.check(store, found.folder.name, found.files, has_forms=has_forms)
    if checked.stops:
        raise InvalidDiagram(checked.stops)
    return checked


def _standing(uow: UnitOfWork, found: Shipped) -> tuple[ShippedStanding, Deployment | None]:
    """Compare with the newest deployment of each of its processes; give the first that a person made."""
    newest = [deployments.newest(uow, key) for key in found.keys]
    if newest and all(each is not None and each.digest == deployments.digest_of(found.files) for each in newest):
        return ShippedStanding.SAME, None
    others = [each for each in newest if each is not None and not _is_ours(each, found)]
    return (ShippedStanding.OF_PEOPLE, others[0]) if others else (ShippedStanding.OLDER, None)


def _is_ours(held: Deployment, found: Shipped) -> bool:
    return held.source is Source.PROGRAM and held.name == found.folder.name
