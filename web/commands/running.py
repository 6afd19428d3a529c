"""Commands that run the program: ``start`` (tables, processes, demonstration, server), ``worker``, ``migrate``."""

from __future__ import annotations

import errno
import logging
import socket
from functools import partial
from typing import TYPE_CHECKING

import click

from desk import demo, people
from desk.comuni import istat
from desk.upkeep import outages
from engine.errors import UnknownProcess
from web.commands import bringing, serving
from web.commands.wiring import CONSOLE, Wiring, example, pass_wiring
from web.facilities import facilities_of
from web.request import static_files
from web.words.outages import outage_notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk import Facilities
    from engine.store import Store
    from web.commands.bringing import Shipped

PAGES, JOBS = "I processi delle pagine", "I lavori"
NOT_THERE = "«{address}» non è un indirizzo di questa macchina: scrivi per esempio --address 127.0.0.1."
PORT_REFUSED = {
    errno.EADDRINUSE: "La porta {port} è già usata da un altro programma, forse da uno sportello già aperto: "
    "chiudilo, o scegli un’altra porta (make run PORT=8001, oppure --port 8001).",
    errno.EACCES: "La porta {port} è riservata a chi amministra la macchina: scegline una da 1024 in su.",
    errno.EADDRNOTAVAIL: NOT_THERE,
}
NO_STYLES = (
    "Attenzione: Le pagine sono senza stili e senza script. Ferma lo sportello, esegui «python -m web.assets» nella "
    "cartella del codice e avvialo di nuovo."
)
NO_CASES = "Senza il processo «{name}» i dati dimostrativi non si preparano: correggilo e avvia di nuovo."
INVENTED = (
    "Questa base di dati ha utenze dimostrative attive, con una password che tutti conoscono: {names}. "
    "Usa una base di dati nuova, o chiudile a una a una con «sportello user close»."
)


@click.command(epilog=example("start", "start --port 8080 --workers 2 --no-jobs"))
@click.option(
    "--address", default="127.0.0.1", show_default=True, metavar="INDIRIZZO", help="Dove ascolta, per esempio 0.0.0.0."
)
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    metavar="NUMERO",
    help="Porta su cui ascolta, per esempio 8080.",
)
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    metavar="NUMERO",
    help="Processi che servono le pagine, per esempio 2.",
)
@click.option("--jobs/--no-jobs", default=True, help="Esegui qui anche timer e lavori.")
@pass_wiring
def start(wiring: Wiring, address: str, port: int, workers: int, *, jobs: bool) -> None:
    """Prepara la base di dati e i processi, poi servi le pagine."""
    with _hold(wiring, address, port) as held:
        _prepare(wiring)
        wiring.store.close()  # children open their own connections
        parts: dict[str, Callable[[], None]] = {PAGES: partial(serving.serve, wiring.application, held, workers)}
        if jobs:
            parts[JOBS] = partial(serving.work, partial(wiring.open_store, wiring.settings))
        opened = f"Lo sportello è aperto: http://{_place(address, port)}  (Ctrl+C per chiudere)"
        ended = serving.run(parts, held, partial(click.echo, opened))
    if ended:
        raise click.ClickException(f"{ended} si sono fermati da soli: qui sopra, o nel registro, c’è il motivo.")


@click.command(epilog=example("worker"))
@pass_wiring
def worker(wiring: Wiring) -> None:
    """Esegui timer e lavori, qui o su un’altra macchina."""
    store = wiring.store  # what is wrong with the settings ends it; a database that does not answer is waited for
    try:
        _refuse_demonstration(wiring)
    except click.ClickException:
        raise
    except Exception as error:  # whatever the database says: the worker waits until it answers
        logging.getLogger("engine").warning("the database does not answer yet", exc_info=error)
    serving.work(lambda: store)


@click.command(epilog=example("migrate"))
@pass_wiring
def migrate(wiring: Wiring) -> None:
    """Porta le tabelle all’ultima versione."""
    wiring.store.migrate()


def _hold(wiring: Wiring, address: str, port: int) -> socket.socket:
    """Take the port before anything is prepared: whoever finds it taken is told at once."""
    _ = wiring.settings  # what is wrong with them comes first
    try:
        return serving.hold_port(address, port)
    except OSError as refusal:
        words = NOT_THERE if isinstance(refusal, socket.gaierror) else PORT_REFUSED.get(refusal.errno or 0)
        if words is None:
            raise
        raise click.ClickException(words.format(address=address, port=port)) from refusal


def _place(address: str, port: int) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def _prepare(wiring: Wiring) -> None:
    """Migrate, bring in the list of Comuni and the processes that came with the program, fill the demonstration."""
    wiring.store.migrate()
    _refuse_demonstration(wiring)
    facilities, brought = facilities_of(wiring.settings), bringing.look(wiring.store)
    with wiring.store.all_or_nothing() as whole:
        _fill(whole, facilities, brought, demonstration=wiring.settings.demonstration)
    if wiring.settings.demonstration:
        _name_accounts()
    _warn(wiring.store, facilities)


def _fill(store: Store, facilities: Facilities, brought: list[Shipped], *, demonstration: bool) -> None:
    """Put in what a desk opens with; two programs that start together do it one after the other."""
    lacking = demonstration and not demo.is_whole(store)
    if lacking:
        click.echo("Preparo i dati dimostrativi…")
        demo.clear(store)
    with store.unit_of_work() as uow:
        if istat.is_empty(uow):
            istat.import_list(uow)
        bringing.bring(uow, brought)
    if lacking:
        _load(store, facilities)


def _load(store: Store, facilities: Facilities) -> None:
    try:
        demo.load(store, facilities)
    except UnknownProcess as missing:
        click.echo(NO_CASES.format(name=missing.key), err=True)


def _refuse_demonstration(wiring: Wiring) -> None:
    """Let no invented person, whose password is printed, into a real desk."""
    if not wiring.settings.production:
        return
    with wiring.store.snapshot() as uow:
        invented = people.invented(uow)
    if invented:
        raise click.ClickException(INVENTED.format(names=", ".join(invented)))


def _warn(store: Store, facilities: Facilities) -> None:
    """Say what is lacking outside the database; the desk opens all the same, for all that goes without."""
    with store.snapshot() as uow:
        for outage in outages.outages(uow, facilities, CONSOLE):
            notice = outage_notice(outage)
            click.echo(f"Attenzione: {notice.title}. {notice.text}", err=True)
    if not static_files.are_bundled():
        click.echo(NO_STYLES, err=True)


def _name_accounts() -> None:
    """Say who can sign in: the invented people of the demonstration, each with the role."""
    click.echo("Chi può entrare (persone e pratiche dimostrative), con la password di ognuno:")
    for account in demo.ACCOUNTS:
        click.echo(f"  {account.username:<8} {demo.PASSWORD}  {account.name:<18} {account.role}")


COMMANDS = (start, worker, migrate)
