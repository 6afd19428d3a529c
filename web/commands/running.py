"""Bring the program up: tables, processes, demonstration, server and worker."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk import demo, istat, outages
from engine import deployments
from engine.errors import InvalidDiagram
from web import serving
from web.commands.processes import forms_of
from web.commands.wiring import CONSOLE, Wiring, pass_wiring
from web.facilities import facilities_of
from web.outage_words import outage_notice
from web.settings import Misconfigured

if TYPE_CHECKING:
    from desk import Facilities
    from engine.store import Store

PROCESSES = Path(__file__).parents[2] / "processes"


@click.command()
@click.option("--address", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Processi che servono le pagine.")
@click.option("--jobs/--no-jobs", default=True, help="Esegui qui anche timer e lavori.")
@pass_wiring
def start(wiring: Wiring, address: str, port: int, workers: int, *, jobs: bool) -> None:
    """Prepara la base di dati e i processi, poi servi le pagine."""
    _prepare(wiring)
    click.echo(f"Lo sportello è aperto: http://{address}:{port}  (Ctrl+C per chiudere)")
    wiring.store.close()  # children open their own connections
    beside = serving.work_beside(partial(wiring.open_store, wiring.settings)) if jobs else None
    serving.serve(wiring.application, address, port, workers)
    if beside is not None:
        beside.terminate()
        beside.join()


@click.command()
@pass_wiring
def worker(wiring: Wiring) -> None:
    """Esegui timer e lavori, qui o su un’altra macchina."""
    serving.work(lambda: wiring.store)


@click.command()
@pass_wiring
def migrate(wiring: Wiring) -> None:
    """Porta le tabelle all’ultima versione."""
    wiring.store.migrate()


def _prepare(wiring: Wiring) -> None:
    """Migrate, bring in the list of Comuni and the processes that came with the program, fill the demonstration."""
    try:
        demonstration = wiring.settings.demonstration
    except Misconfigured as refusal:
        raise click.ClickException("\n".join(refusal.problems)) from refusal
    wiring.store.migrate()
    with wiring.store.unit_of_work() as uow:
        if istat.is_empty(uow):
            istat.import_list(uow)
    try:
        deploy_all(wiring.store)
    except InvalidDiagram as refusal:
        raise click.ClickException("\n".join(map(str, refusal.problems))) from refusal
    facilities = facilities_of(wiring.settings)
    if demonstration:
        _demonstrate(wiring.store, facilities)
    _warn(wiring.store, facilities)


def _warn(store: Store, facilities: Facilities) -> None:
    """Say what is lacking outside the database; the desk opens all the same, for all that goes without."""
    with store.snapshot() as uow:
        for outage in outages.outages(uow, facilities, CONSOLE):
            notice = outage_notice(outage)
            click.echo(f"Attenzione: {notice.title}. {notice.text}", err=True)


def deploy_all(store: Store) -> None:
    """Deploy every process of the ``processes`` folder; what is deployed already stays as it is."""
    with store.unit_of_work() as uow:
        for folder in sorted(path for path in PROCESSES.iterdir() if path.is_dir()):
            deployments.deploy(uow, folder, forms_of(folder))


def _demonstrate(store: Store, facilities: Facilities) -> None:
    if demo.is_absent(store):
        click.echo("Preparo i dati dimostrativi…")
        demo.load(store, facilities)
    click.echo("Chi può entrare (persone e pratiche dimostrative):")
    for account in demo.ACCOUNTS:
        click.echo(f"  {account.username:<12} {demo.PASSWORD}  {account.name}")


COMMANDS = (start, worker, migrate)
