"""Commands about messages that do not go: list them, let them try again, withdraw them."""

from __future__ import annotations

import click

from desk.mail import outbox
from engine import paging
from web.commands import typed
from web.commands.listing import show
from web.commands.wiring import CONSOLE, MANY, Wiring, example, pass_wiring

numbered = click.argument(
    "number", type=typed.sentence, metavar="NUMERO", help="Quello che scrive «sportello mail list»."
)


@click.group(epilog=example("mail list", "mail retry NUMERO"))
def mail() -> None:
    """I messaggi che non partono."""


@mail.command("list", epilog=example("mail list"))
@pass_wiring
def list_troubles(wiring: Wiring) -> None:
    """Elenca i messaggi che non partono: numero, pratica, messaggio, stato, problema."""
    with wiring.snapshot() as uow:
        troubles = paging.each(lambda after: outbox.troubles(uow, CONSOLE, after=after, size=MANY))
        rows = ((each.id, each.number or "-", each.name, each.state, each.problem) for each in troubles)
        show(rows, "Nessun messaggio è fermo.")


@mail.command(epilog=example("mail retry NUMERO"))
@numbered
@pass_wiring
def retry(wiring: Wiring, number: str) -> None:
    """Riprova a mandare un messaggio."""
    with wiring.unit_of_work() as uow:
        outbox.retry(uow, number, CONSOLE)


@mail.command(epilog=example("mail withdraw NUMERO"))
@numbered
@pass_wiring
def withdraw(wiring: Wiring, number: str) -> None:
    """Non mandare più un messaggio."""
    with wiring.unit_of_work() as uow:
        outbox.withdraw(uow, number, CONSOLE)


COMMANDS = (mail,)
