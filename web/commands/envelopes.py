"""The keys of the sealed envelopes: make one, change to it, see which are needed. Nothing here opens an envelope."""

from __future__ import annotations

import click

from desk import envelope
from desk.envelope.keys import KEY_NAME
from desk.errors import EnvelopeKeyMissing, EnvelopeTampered
from web.commands.wiring import Wiring, pass_wiring

STATUS = {False: "manca tra le impostazioni", True: "non è quella giusta: non apre le sue buste"}
"""What is said of a key that does not open its envelopes, by whether one with its name is configured."""


@click.group("envelope")
def group() -> None:
    """Le chiavi delle buste riservate."""


@group.command("key")
@click.argument("name")
def make_key(name: str) -> None:
    """Crea una chiave nuova, da mettere per prima in SPORTELLO_ENVELOPE_KEYS."""
    if not KEY_NAME.fullmatch(name):
        raise click.BadParameter("usa lettere minuscole, cifre e trattini: per esempio 2027-gennaio")
    click.echo(envelope.new_key(name))


@group.command()
@pass_wiring
def rotate(wiring: Wiring) -> None:
    """Cifra di nuovo le chiavi delle pratiche con la prima di SPORTELLO_ENVELOPE_KEYS."""
    ring = envelope.KeyRing.read(wiring.settings.envelope_keys)
    with wiring.store.snapshot() as uow:
        lacking = envelope.unfit(uow, ring)
    if lacking:
        raise click.ClickException("\n".join(map(_refused, lacking)))
    try:
        with wiring.store.unit_of_work() as uow:
            changed = envelope.rotate(uow, ring)
    except EnvelopeKeyMissing as refusal:
        raise click.ClickException("Non c’è nessuna chiave: nessuna busta è cambiata.") from refusal
    except EnvelopeTampered as refusal:
        raise click.ClickException("La chiave di una busta è stata alterata: nessuna busta è cambiata.") from refusal
    click.echo(f"Buste con una chiave nuova: {changed}")


@group.command()
@pass_wiring
def status(wiring: Wiring) -> None:
    """Conta le buste per chiave: quella che non ne ha più si può togliere."""
    ring = envelope.KeyRing.read(wiring.settings.envelope_keys)
    with wiring.store.snapshot() as uow:
        used, wrong = envelope.in_use(uow), {each.name: STATUS[each.configured] for each in envelope.unfit(uow, ring)}
    for name in [*ring.keys, *(each for each in used if each not in ring.keys)]:
        click.echo(f"{name}\t{used.get(name, 0)}\t{wrong.get(name, '')}".rstrip())


def _refused(lacking: envelope.Unfit) -> str:
    if lacking.configured:
        return f"La chiave «{lacking.name}» non è quella giusta: nessuna busta è cambiata."
    return f"Manca la chiave «{lacking.name}»: nessuna busta è cambiata."


COMMANDS = (group,)
