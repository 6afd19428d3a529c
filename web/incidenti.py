"""«Incidenti»: messages that do not go and steps that stopped, for whoever keeps the program running."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from desk import mending
from desk.access import Role
from desk.errors import MailNotFound, StepNotFound
from desk.mail import outbox
from web.access import for_roles
from web.announcements import announce
from web.context import current_actor, facilities, now, store

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from engine.identity import Actor
    from engine.store import UnitOfWork

    Verb = Callable[[UnitOfWork, str, Actor], None]

pages = Blueprint("incidenti", __name__, url_prefix="/amministrazione/incidenti")
STATES = {
    "incident": ("non parte", "male"),
    "bounced": ("tornata indietro", "male"),
    "due": ("ci riproviamo", "attesa"),
}
"""How a message that does not go is told, and in which tone."""


@pages.get("")
@for_roles(Role.ADMINISTRATOR)
def elenco() -> str:
    with store().snapshot(now()) as uow:
        return render_template(
            "amministrazione/incidenti.html",
            sezione="incidenti",
            messaggi=outbox.troubles(uow, current_actor()),
            in_attesa=outbox.waiting(uow, current_actor()),
            passi=mending.stopped(uow, current_actor()),
            stati=STATES,
            senza_posta=facilities().mail is None,
        )


@pages.post("/posta/riprova")
@for_roles(Role.ADMINISTRATOR)
def riprova_posta() -> ResponseReturnValue:
    return _each(
        "messaggio", outbox.retry, "Li mandiamo di nuovo: {}", "Se il server risponde, tra poco non sono più qui."
    )


@pages.post("/posta/ritira")
@for_roles(Role.ADMINISTRATOR)
def ritira_posta() -> ResponseReturnValue:
    return _each("messaggio", outbox.withdraw, "Messaggi che non mandiamo più: {}", "Avvisa chi segue la pratica.")


@pages.post("/passi/riprova")
@for_roles(Role.ADMINISTRATOR)
def riprova_passi() -> ResponseReturnValue:
    return _each("passo", mending.retry, "Passi che riproviamo: {}", "Se riescono, tra poco non sono più qui.")


def _each(field: str, act: Verb, title: str, text: str) -> ResponseReturnValue:
    """Do something to each that was chosen; what somebody else did meanwhile is passed over."""
    chosen, done = request.form.getlist(field), 0
    with store().unit_of_work() as uow:
        for each in chosen:
            with suppress(MailNotFound, StepNotFound):
                act(uow, each, current_actor())
                done += 1
    if done:
        announce(title.format(done), text)
    else:
        announce("Non c’è più niente da fare qui", "Qualcuno ci ha già pensato.", tone="info")
    return redirect(url_for("incidenti.elenco"))
