"""«Incidenti»: list messages that do not go and steps that stopped, and try them again."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from desk.access import Role
from desk.errors import MailNotFound, StepNotFound
from desk.mail import outbox
from desk.upkeep import outages, stopped
from web.parts.page_links import AFTER, page_links, same_page
from web.request.access import for_roles
from web.request.announcements import announce
from web.request.context import current_actor, facilities, now, store
from web.words.dates import number_words
from web.words.outages import outage_notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from engine.identity import Actor
    from engine.store import UnitOfWork

    Verb = Callable[[UnitOfWork, str, Actor], None]
    Words = tuple[str, str]

pages = Blueprint("incidenti", __name__, url_prefix="/amministrazione/incidenti")
SIZE = 25
MESSAGES, STEPS = AFTER, "passi"
"""The pieces of the address that hold the page of each list."""
ALL = "tutti"
STATES = {
    "incident": ("non parte", "male"),
    "bounced": ("tornata indietro", "male"),
    "due": ("ci riproviamo", "attesa"),
}
"""How a message that does not go is told, and in which tone."""


@pages.get("")
@for_roles(Role.ADMINISTRATOR)
def elenco() -> str:
    actor = current_actor()
    with store().snapshot(now()) as uow:
        messages = outbox.troubles(uow, actor, after=request.args.get(MESSAGES), size=SIZE)
        steps = stopped.stopped(uow, actor, after=request.args.get(STEPS), size=SIZE)
        return render_template(
            "cockpit/incidents.html",
            sezione="incidenti",
            messaggi=messages.items,
            pagine_messaggi=page_links(messages, SIZE, same_page(MESSAGES)),
            in_attesa=outbox.waiting(uow, actor),
            passi=steps.items,
            pagine_passi=page_links(steps, SIZE, same_page(STEPS)),
            stati=STATES,
            guasti=[outage_notice(each) for each in outages.outages(uow, facilities(), current_actor())],
            senza_posta=facilities().mail is None,
        )


@pages.post("/posta/riprova")
@for_roles(Role.ADMINISTRATOR)
def riprova_posta() -> ResponseReturnValue:
    words = ("Li mandiamo di nuovo: {}", "Se il server risponde, tra poco non sono più qui.")
    return _all(outbox.retry_all, words) if ALL in request.form else _each("messaggio", outbox.retry, words)


@pages.post("/posta/ritira")
@for_roles(Role.ADMINISTRATOR)
def ritira_posta() -> ResponseReturnValue:
    words = ("Messaggi che non mandiamo più: {}", "Avvisa chi segue la pratica.")
    return _each("messaggio", outbox.withdraw, words)


@pages.post("/passi/riprova")
@for_roles(Role.ADMINISTRATOR)
def riprova_passi() -> ResponseReturnValue:
    words = ("Passi che riproviamo: {}", "Se riescono, tra poco non sono più qui.")
    return _all(stopped.retry_all, words) if ALL in request.form else _each("passo", stopped.retry, words)


def _all(act: Callable[[UnitOfWork, Actor], int], words: Words) -> ResponseReturnValue:
    """Do something to all there are, on this page and on the others."""
    with store().unit_of_work() as uow:
        done = act(uow, current_actor())
    return _told(done, words)


def _each(field: str, act: Verb, words: Words) -> ResponseReturnValue:
    """Do something to each that was chosen; what somebody else did meanwhile is passed over."""
    chosen, done = request.form.getlist(field), 0
    with store().unit_of_work() as uow:
        for each in chosen:
            with suppress(MailNotFound, StepNotFound):
                act(uow, each, current_actor())
                done += 1
    return _told(done, words)


def _told(done: int, words: Words) -> ResponseReturnValue:
    title, text = words
    if done:
        announce(title.format(number_words(done)), text)
    else:
        announce("Non c’è più niente da fare qui", "Qualcuno ci ha già pensato.", tone="info")
    return redirect(url_for("incidenti.elenco"))
