"""Commands that change accounts: roles, password, close, reopen. Each ends the person's open sessions."""

from __future__ import annotations

import click

from desk import people
from desk.access import Role
from web.commands import typed
from web.commands.asking import asked_password
from web.commands.wiring import CONSOLE, Wiring, example, pass_wiring

named = click.argument("username", type=typed.username, metavar="UTENTE", help="Nome utente, per esempio ada.esempio.")


@click.command(epilog=example('user roles ada.esempio "Referente=001042,001208"', "user roles ada.esempio Analista"))
@named
@click.argument(
    "grants",
    nargs=-1,
    required=True,
    type=typed.grant,
    metavar="RUOLO[=CODICI]...",
    help=f"{', '.join(Role)}; dopo «=» i codici ISTAT dei Comuni in cui vale, senza vale ovunque.",
)
@pass_wiring
def roles(wiring: Wiring, username: str, grants: tuple[tuple[Role, list[str]], ...]) -> None:
    """Cambia i ruoli di una persona: restano solo quelli scritti qui."""
    granted: dict[Role, list[str]] = {}
    for role, codes in grants:
        granted.setdefault(role, []).extend(codes)
    with wiring.unit_of_work() as uow:
        people.set_roles(uow, username, granted, CONSOLE)


@click.command(epilog=example("user password ada.esempio", "user password ada.esempio --password-file - < segreta.txt"))
@named
@asked_password
@pass_wiring
def password(wiring: Wiring, username: str, password: str) -> None:
    """Dai a una persona una password nuova, di almeno dodici caratteri."""
    with wiring.unit_of_work() as uow:
        people.reset_password(uow, username, password, CONSOLE)


@click.command(epilog=example("user close ada.esempio"))
@named
@pass_wiring
def close(wiring: Wiring, username: str) -> None:
    """Chiudi un’utenza: la persona non entra più, quello che ha fatto resta."""
    with wiring.unit_of_work() as uow:
        people.set_active(uow, username, CONSOLE, active=False)


@click.command(epilog=example("user reopen ada.esempio"))
@named
@pass_wiring
def reopen(wiring: Wiring, username: str) -> None:
    """Riapri un’utenza chiusa."""
    with wiring.unit_of_work() as uow:
        people.set_active(uow, username, CONSOLE, active=True)


COMMANDS = (roles, password, close, reopen)
