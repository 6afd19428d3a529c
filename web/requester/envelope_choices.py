"""Ask before what cannot be undone with the envelope, on a page that says what it does."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, abort, redirect, render_template, request, url_for

from desk import envelope
from desk.envelope import agreements
from web.request.access import for_everyone
from web.request.announcements import announce
from web.request.context import facilities, store
from web.request.requester_session import own_case, requester
from web.requester.frame import frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from desk.cases import CaseSummary
    from engine.store import UnitOfWork

pages = Blueprint("requester_envelope_choices", __name__, url_prefix="/segui/richiesta/busta/scelte")


@dataclass(frozen=True)
class EnvelopeChoice:
    """One thing that a requester may do to their envelope."""

    title: str
    sentences: tuple[str, ...]
    button: str
    done: tuple[str, str]
    does: Callable[[UnitOfWork, CaseSummary, str], object]


CHOICES = {
    "rinuncia": EnvelopeChoice(
        "Vuoi usare la busta senza accordo?",
        (
            "Puoi mettere nella busta quello che vuoi, e resta cifrato.",
            "Nessuno potrà aprirla finché non c’è un accordo di riservatezza con nomi e firme.",
            "Ti resta la prova di che cosa hai depositato e quando.",
        ),
        "Usa la busta senza accordo",
        ("Puoi usare la busta", "Nessuno può aprirla finché non c’è un accordo."),
        lambda uow, case, _: agreements.waive(uow, case.id, requester(case)),
    ),
    "revoca": EnvelopeChoice(
        "Vuoi revocare l’accordo?",
        (
            "Da subito nessuno può più aprire la busta.",
            "Quello che è già stato letto non si può cancellare dalla memoria: chi ha firmato resta tenuto al segreto.",
            "Per riaprirla serve un accordo nuovo, firmato allo sportello.",
        ),
        "Revoca l’accordo",
        ("L’accordo non vale più", "La busta è chiusa per tutti."),
        lambda uow, case, _: agreements.revoke(uow, case.id, requester(case)),
    ),
    "togli": EnvelopeChoice(
        "Vuoi toglierlo dalla busta?",
        (
            "Lo cancelliamo per sempre e nessuno potrà più leggerlo, neanche tu.",
            "La sua impronta resta nella cronologia: se ne hai una copia, puoi ancora provare quando l’hai depositata.",
        ),
        "Togli dalla busta",
        ("Non è più nella busta", "Lo abbiamo cancellato per sempre."),
        lambda uow, case, item: envelope.take_out(uow, case.id, item, requester(case)),
    ),
    "distruggi": EnvelopeChoice(
        "Vuoi distruggere la busta?",
        (
            "Distruggiamo la chiave e tutto quello che la busta contiene, per sempre.",
            "Non potrai metterci altro per questa richiesta.",
            "Le impronte dei depositi restano nella cronologia.",
        ),
        "Distruggi la busta",
        ("La busta non c’è più", "Chiave e contenuto sono distrutti."),
        lambda uow, case, _: envelope.destroy(uow, case.id, requester(case)),
    ),
}


@pages.get("/<scelta>")
@for_everyone
def ask(scelta: str) -> str:
    choice, item = _chosen(scelta), request.args.get("elemento", "")
    with store().snapshot() as uow:
        case = own_case(uow)
        named = _name(uow, case, item) if scelta == "togli" else ""
        return render_template(
            "requester/envelope_choice.html",
            **frame(uow, case),
            codice=scelta,
            scelta=choice,
            elemento=item,
            nome=named,
        )


@pages.post("/<scelta>")
@for_everyone
def do(scelta: str) -> ResponseReturnValue:
    choice = _chosen(scelta)
    with store().unit_of_work() as uow:
        choice.does(uow, own_case(uow), request.form.get("elemento", ""))
    announce(*choice.done)
    return redirect(url_for("requester_envelope.page"))


def _chosen(name: str) -> EnvelopeChoice:
    return CHOICES.get(name) or abort(HTTPStatus.NOT_FOUND)


def _name(uow: UnitOfWork, case: CaseSummary, item_id: str) -> str:
    own = envelope.own_items(uow, facilities(), case.id, requester(case))
    found = next((each for each in own if each.id == item_id), None)
    return (found.name or "Testo") if found else abort(HTTPStatus.NOT_FOUND)
