"""Terms of retention from the console: what would go, and let it go."""

from __future__ import annotations

import csv
import sys
from dataclasses import astuple
from typing import TYPE_CHECKING

import click

from desk import retention
from engine import paging
from web.commands.wiring import CONSOLE, MANY, Wiring, pass_wiring
from web.facilities import facilities_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk.retention import Expired
    from engine.store import UnitOfWork


@click.group("retention")
def retention_group() -> None:
    """La conservazione: che cosa ha superato il termine, e cancellarlo."""


@retention_group.command()
@pass_wiring
def preview(wiring: Wiring) -> None:
    """Elenca le pratiche scadute: numero, esito, chiusura, blocco."""
    with wiring.store.snapshot() as uow:
        for each in (*_expired(uow, held=False), *_expired(uow, held=True)):
            held = f"\tbloccata: {each.held_for}" if each.held_for else ""
            click.echo(f"{each.number}\t{each.state.label}\t{each.closed_at:%d/%m/%Y}{held}")


@retention_group.command()
@click.confirmation_option(prompt="Cancello per sempre le pratiche scadute?")
@pass_wiring
def erase(wiring: Wiring) -> None:
    """Cancella per sempre le pratiche scadute che nessun blocco trattiene."""
    facilities = facilities_of(wiring.settings)
    with wiring.store.snapshot() as uow:
        going = [each.id for each in _expired(uow, held=False)]
    for case_id in going:
        with wiring.store.unit_of_work() as uow:
            click.echo(retention.erase(uow, facilities, case_id, CONSOLE))


@retention_group.command()
@pass_wiring
def figures(wiring: Wiring) -> None:
    """Scrivi in CSV i conteggi delle pratiche cancellate, per la relazione del programma."""
    with wiring.store.snapshot() as uow:
        found = retention.figures(uow, CONSOLE)
    writer = csv.writer(sys.stdout)
    writer.writerow(("comune", "anno", "argomento", "esito", "pratiche", "incontri"))
    writer.writerows(astuple(each) for each in found)


def _expired(uow: UnitOfWork, *, held: bool) -> Iterator[Expired]:
    return paging.each(lambda after: retention.expired(uow, CONSOLE, held=held, after=after, size=MANY))


COMMANDS = (retention_group,)
