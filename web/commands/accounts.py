"""Changes to accounts from the console: roles, passwords, closing. Each ends the person's open sessions."""

from __future__ import annotations

import click

from desk import people
from desk.access import Role
from web.commands.changing import change
from web.commands.wiring import CONSOLE, Wiring, pass_wiring


@click.command()
@click.argument("username")
@click.argument("roles", nargs=-1, required=True)
@pass_wiring
def roles(wiring: Wiring, username: str, roles: tuple[str, ...]) -> None:
    """Cambia i ruoli, per esempio «Referente=001042,001208» «Coordinatore»."""
    granted = dict(_granted(text) for text in roles)
    change(wiring, lambda uow: people.set_roles(uow, username, granted, CONSOLE))


def _granted(text: str) -> tuple[Role, list[str]]:
    name, _, codes = text.partition("=")
    try:
        return Role(name.strip()), codes.split(",") if codes else ["*"]
    except ValueError as unknown:
        known = ", ".join(Role)
        raise click.BadParameter(f"«{name}» non è un ruolo: scegli tra {known}") from unknown


@click.command()
@click.argument("username")
@click.password_option(help="Almeno dodici caratteri.")
@pass_wiring
def password(wiring: Wiring, username: str, password: str) -> None:
    """Dai a una persona una password nuova."""
    change(wiring, lambda uow: people.reset_password(uow, username, password, CONSOLE))


@click.command()
@click.argument("username")
@pass_wiring
def close(wiring: Wiring, username: str) -> None:
    """Chiudi un’utenza: la persona non entra più, quello che ha fatto resta."""
    change(wiring, lambda uow: people.set_active(uow, username, CONSOLE, active=False))


@click.command()
@click.argument("username")
@pass_wiring
def reopen(wiring: Wiring, username: str) -> None:
    """Riapri un’utenza chiusa."""
    change(wiring, lambda uow: people.set_active(uow, username, CONSOLE, active=True))


COMMANDS = (roles, password, close, reopen)
