"""Commands about envelope keys: make one, rotate to it, list which are needed. Nothing here opens an envelope."""

from __future__ import annotations

import click

from desk import envelope
from web.commands import typed
from web.commands.listing import show
from web.commands.wiring import Wiring, example, pass_wiring

STATUS = {False: "manca tra le impostazioni", True: "non è quella giusta: non apre le sue buste"}
"""What is said of a key that does not open its envelopes, by whether one with its name is configured."""


@click.group("envelope", epilog=example("envelope key 2027-gennaio", "envelope rotate", "envelope status"))
def group() -> None:
    """Le chiavi delle buste riservate."""


@group.command("key", epilog=example("envelope key 2027-gennaio"))
@click.argument("name", type=typed.key_name, metavar="NOME", help="Nome della chiave, per esempio 2027-gennaio.")
def make_key(name: str) -> None:
    """Crea una chiave nuova, da mettere per prima in SPORTELLO_ENVELOPE_KEYS."""
    click.echo(envelope.new_key(name))


@group.command(epilog=example("envelope rotate"))
@pass_wiring
def rotate(wiring: Wiring) -> None:
    """Cifra di nuovo le chiavi delle buste con la prima di SPORTELLO_ENVELOPE_KEYS."""
    ring = envelope.KeyRing.read(wiring.settings.envelope_keys)
    with wiring.snapshot() as uow:
        lacking = envelope.unfit(uow, ring)
    if lacking:
        raise click.ClickException("\n".join(map(_refused, lacking)))
    with wiring.unit_of_work() as uow:
        changed = envelope.rotate(uow, ring)
    click.echo(f"Buste con una chiave nuova: {changed}")


@group.command(epilog=example("envelope status"))
@pass_wiring
def status(wiring: Wiring) -> None:
    """Elenca le chiavi: nome, quante buste la usano, problema. Una che nessuna usa si può togliere."""
    ring = envelope.KeyRing.read(wiring.settings.envelope_keys)
    with wiring.snapshot() as uow:
        used, wrong = envelope.in_use(uow), {each.name: STATUS[each.configured] for each in envelope.unfit(uow, ring)}
    names = [*ring.keys, *(each for each in used if each not in ring.keys)]
    rows = ((name, used.get(name, 0), wrong.get(name, "")) for name in names)
    show(rows, "Non c’è nessuna chiave. Creane una con «sportello envelope key NOME».")


def _refused(lacking: envelope.Unfit) -> str:
    if lacking.configured:
        return f"La chiave «{lacking.name}» non è quella giusta: nessuna busta è cambiata."
    return f"Manca la chiave «{lacking.name}»: nessuna busta è cambiata."


COMMANDS = (group,)
