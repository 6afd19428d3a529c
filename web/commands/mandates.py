"""Mandates of referenti from the console: who is charged with which desk, from when to when, after which training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from desk import mandates
from desk.mandates import Charge, Qualification
from web.commands.changing import change
from web.commands.wiring import CONSOLE, Wiring

if TYPE_CHECKING:
    from datetime import date, datetime

DAY = click.DateTime(["%Y-%m-%d"])


@dataclass(frozen=True)
class Given:
    """What the command line says of a mandate."""

    username: str
    istat: str
    qualification: str
    starts_on: datetime
    ends_on: datetime | None
    trained_on: datetime | None
    trained_by: str | None
    agreement_on: datetime | None

    @property
    def charge(self) -> Charge:
        ends_on, trained_on, agreement_on = (_day(each) for each in (self.ends_on, self.trained_on, self.agreement_on))
        body = (self.trained_by or "").strip() or None
        kind = Qualification(self.qualification)
        return Charge(kind, self.starts_on.date(), ends_on, trained_on, body, agreement_on)


@click.command()
@click.argument("username")
@click.argument("istat")
@click.option("--qualification", required=True, type=click.Choice([each.value for each in Qualification]))
@click.option("--from", "starts_on", required=True, type=DAY, help="Primo giorno, per esempio 2026-01-07.")
@click.option("--to", "ends_on", type=DAY, help="Ultimo giorno; senza, l’incarico non ha un termine.")
@click.option("--trained-on", type=DAY, help="Giorno della formazione: senza, non riceve richieste.")
@click.option("--trained-by", help="Chi ha tenuto la formazione.")
@click.option("--agreement-on", type=DAY, help="Giorno della firma dell’accordo di riservatezza.")
@click.pass_obj
def mandate(wiring: Wiring, /, **words: object) -> None:
    """Registra l’incarico di un referente in un Comune; lo stesso primo giorno lo corregge."""
    given = Given(**words)  # type: ignore[arg-type]  # click gives each option its type
    change(wiring, lambda uow: mandates.record(uow, given.username, given.istat, given.charge, CONSOLE))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


COMMANDS = (mandate,)
