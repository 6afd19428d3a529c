"""Command that records mandates: who is charged with which desk, from when to when, after which training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from desk.people import mandates
from desk.people.mandates import Charge, Qualification
from web.commands import typed
from web.commands.wiring import CONSOLE, Wiring, example

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class MandateArguments:
    """What the command line says of a mandate."""

    username: str
    istat: str
    qualification: str
    starts_on: date
    ends_on: date | None
    trained_on: date | None
    trained_by: str | None
    agreement_on: date | None

    @property
    def charge(self) -> Charge:
        kind = Qualification(self.qualification)
        return Charge(kind, self.starts_on, self.ends_on, self.trained_on, self.trained_by, self.agreement_on)


@click.command(
    epilog=example(
        "user mandate ada.esempio 001042 --qualification dipendente --from 2026-01-07 --trained-on 2025-12-10 "
        "--trained-by Formatore",
    )
)
@click.argument("username", type=typed.username, metavar="UTENTE", help="Nome utente, per esempio ada.esempio.")
@click.argument("istat", type=typed.istat_code, metavar="CODICE", help="Codice ISTAT del Comune, per esempio 001042.")
@click.option(
    "--qualification",
    required=True,
    type=click.Choice([each.value for each in Qualification]),
    help="Che cosa fa la persona nel Comune, per esempio dipendente.",
)
@click.option(
    "--from", "starts_on", required=True, type=typed.day, metavar="GIORNO", help="Primo giorno, per esempio 2026-01-07."
)
@click.option(
    "--to", "ends_on", type=typed.day, metavar="GIORNO", help="Ultimo giorno; senza, l’incarico non ha un termine."
)
@click.option(
    "--trained-on", type=typed.day, metavar="GIORNO", help="Giorno della formazione: senza, non riceve richieste."
)
@click.option("--trained-by", type=typed.sentence, metavar="TESTO", help="Chi ha tenuto la formazione.")
@click.option("--agreement-on", type=typed.day, metavar="GIORNO", help="Firma dell’accordo di riservatezza.")
@click.pass_obj
def mandate(wiring: Wiring, /, **words: object) -> None:
    """Registra l’incarico di un referente in un Comune; lo stesso primo giorno lo corregge."""
    given = MandateArguments(**words)  # type: ignore[arg-type]  # click gives each option its type
    with wiring.unit_of_work() as uow:
        mandates.record(uow, given.username, given.istat, given.charge, CONSOLE)


COMMANDS = (mandate,)
