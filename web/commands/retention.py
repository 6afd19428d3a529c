"""Commands about retention: list what has expired, erase it, print the figures."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple
from typing import TYPE_CHECKING

import click

from desk import retention
from engine import paging
from web.commands.asking import confirmed
from web.commands.listing import show
from web.commands.wiring import CONSOLE, MANY, Wiring, example, pass_wiring
from web.facilities import facilities_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk import Facilities
    from desk.retention import Expired
    from engine.store import UnitOfWork


@click.group("retention", epilog=example("retention preview", "retention erase", "retention figures > conteggi.csv"))
def retention_group() -> None:
    """La conservazione: che cosa ha superato il termine, e cancellarlo."""


@retention_group.command(epilog=example("retention preview"))
@pass_wiring
def preview(wiring: Wiring) -> None:
    """Elenca le pratiche scadute: numero, esito, chiusura, blocco."""
    with wiring.snapshot() as uow:
        expired = (*_expired(uow, held=False), *_expired(uow, held=True))
        show(map(_row, expired), "Nessuna pratica ha superato il termine.")


@retention_group.command(epilog=example("retention preview", "retention erase"))
@confirmed
@pass_wiring
def erase(wiring: Wiring) -> None:
    """Cancella per sempre le pratiche scadute che nessun blocco trattiene."""
    facilities = facilities_of(wiring.settings)
    with wiring.snapshot() as uow:
        going = [each.id for each in _expired(uow, held=False)]
    show(((_erased(wiring, facilities, case_id),) for case_id in going), "Nessuna pratica era da cancellare.")


@retention_group.command(epilog=example("retention figures > conteggi.csv"))
@pass_wiring
def figures(wiring: Wiring) -> None:
    """Scrivi in CSV i conteggi delle pratiche cancellate, per la relazione del programma."""
    with wiring.snapshot() as uow:
        found = retention.figures(uow, CONSOLE)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("comune", "anno", "argomento", "esito", "pratiche", "incontri"))
    writer.writerows(astuple(each) for each in found)
    click.echo(text.getvalue(), nl=False)


def _row(expired: Expired) -> tuple[str, ...]:
    held = f"bloccata: {expired.held_for}" if expired.held_for else ""
    return expired.number, expired.state.label, f"{expired.closed_at:%d/%m/%Y}", held


def _erased(wiring: Wiring, facilities: Facilities, case_id: str) -> str:
    """Erase one pratica in a transaction of its own: what was erased stays so, whatever becomes of the next."""
    with wiring.store.unit_of_work() as uow:
        return retention.erase(uow, facilities, case_id, CONSOLE)


def _expired(uow: UnitOfWork, *, held: bool) -> Iterator[Expired]:
    return paging.each(lambda after: retention.expired(uow, CONSOLE, held=held, after=after, size=MANY))


COMMANDS = (retention_group,)
