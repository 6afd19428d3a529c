"""Messages that do not go: see why, let them try again, or let them be."""

from __future__ import annotations

import click

from desk.mail import outbox
from engine import paging
from web.commands.changing import change
from web.commands.wiring import CONSOLE, MANY, Wiring, pass_wiring


@click.group()
def mail() -> None:
    """I messaggi che non partono."""


@mail.command("list")
@pass_wiring
def list_troubles(wiring: Wiring) -> None:
    """Elenca i messaggi che non partono: numero, pratica, messaggio, stato, problema."""
    with wiring.store.snapshot() as uow:
        for each in paging.each(lambda after: outbox.troubles(uow, CONSOLE, after=after, size=MANY)):
            click.echo(f"{each.id}\t{each.number or '-'}\t{each.name}\t{each.state}\t{each.problem}")


@mail.command()
@click.argument("number")
@pass_wiring
def retry(wiring: Wiring, number: str) -> None:
    """Riprova a mandare un messaggio."""
    change(wiring, lambda uow: outbox.retry(uow, number, CONSOLE))


@mail.command()
@click.argument("number")
@pass_wiring
def withdraw(wiring: Wiring, number: str) -> None:
    """Non mandare più un messaggio."""
    change(wiring, lambda uow: outbox.withdraw(uow, number, CONSOLE))


COMMANDS = (mail,)
