"""Commands about Comuni: import the ISTAT list, let one join, list those that joined."""

from __future__ import annotations

import click

from desk import comuni
from desk.comuni import istat
from web.commands import typed
from web.commands.listing import show
from web.commands.wiring import CONSOLE, Wiring, example, pass_wiring


@click.group(epilog=example("comune find Burolo", 'comune join 001042 --address "Piazza Esempio 1"', "comune list"))
def comune() -> None:
    """I Comuni: l’elenco dell’ISTAT e quelli che hanno aderito."""


@comune.command("import", epilog=example("comune import"))
@pass_wiring
def import_list(wiring: Wiring) -> None:
    """Carica o aggiorna l’elenco dei Comuni italiani."""
    with wiring.unit_of_work() as uow:
        click.echo(f"{istat.import_list(uow)} Comuni")


@comune.command(
    epilog=example('comune join 001042 --address "Piazza Esempio 1" --phone "0125 000 000"', "comune join 001042")
)
@click.argument("code", type=typed.istat_code, metavar="CODICE", help="Codice ISTAT del Comune, per esempio 001042.")
@click.option("--address", type=typed.sentence, metavar="TESTO", help="Indirizzo, per esempio «Piazza Esempio 1».")
@click.option("--room", type=typed.sentence, metavar="TESTO", help="Stanza, per esempio «Sala al piano terra».")
@click.option("--phone", type=typed.sentence, metavar="TESTO", help="Telefono, per esempio «0125 000 000».")
@click.option("--email", type=typed.address, metavar="INDIRIZZO", help="Per esempio sportello@comune.example.")
@click.option("--pec", type=typed.address, metavar="INDIRIZZO", help="Per esempio comune@pec.example.")
@click.pass_obj
def join(wiring: Wiring, /, code: str, **told: str | None) -> None:
    """Fai aderire un Comune, o cambia quello che ha detto di sé."""
    office = comuni.Office(**told)  # type: ignore[arg-type]  # the options are the fields that are texts
    with wiring.unit_of_work() as uow:
        comuni.join(uow, code, office, CONSOLE)


@comune.command("list", epilog=example("comune list"))
@pass_wiring
def list_joined(wiring: Wiring) -> None:
    """Elenca i Comuni che hanno aderito: codice ISTAT, nome."""
    with wiring.snapshot() as uow:
        show(comuni.joined_names(uow).items(), "Nessun Comune ha aderito. Comincia da «sportello comune join».")


COMMANDS = (comune,)
