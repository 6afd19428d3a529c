"""The keys of the sealed envelopes: make one, change to it, see which are needed. Nothing here opens an envelope."""

from __future__ import annotations

import click

from desk import envelope
from desk.envelope.keys import KEY_NAME
from desk.errors import EnvelopeKeyMissing, EnvelopeTampered
from web.commands.wiring import Wiring, pass_wiring


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
    try:
        with wiring.store.unit_of_work() as uow:
            changed = envelope.rotate(uow, ring)
    except EnvelopeKeyMissing as refusal:
        raise click.ClickException(f"Manca la chiave «{refusal.name}»: nessuna busta è cambiata.") from refusal
    except EnvelopeTampered as refusal:
        raise click.ClickException("La chiave di una busta è stata alterata: nessuna busta è cambiata.") from refusal
    click.echo(f"Buste con una chiave nuova: {changed}")


@group.command()
@pass_wiring
def status(wiring: Wiring) -> None:
    """Conta le buste per chiave: quella che non ne ha più si può togliere."""
    configured = envelope.KeyRing.read(wiring.settings.envelope_keys).keys
    with wiring.store.snapshot() as uow:
        used = envelope.in_use(uow)
    for name in [*configured, *(each for each in used if each not in configured)]:
        click.echo(f"{name}\t{used.get(name, 0)}\t{'' if name in configured else 'manca tra le impostazioni'}".rstrip())


COMMANDS = (group,)
