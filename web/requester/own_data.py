"""Collect everything the desk holds about a requester into one JSON object.

What is sealed in the envelope is only listed: a download that holds the idea would take it out of the envelope. The
notes that the people of the office write for each other are left out too, and the download says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk import envelope, files, people
from desk.agenda.convocations import convocation_of
from desk.envelope import agreements
from desk.proof import deposits
from desk.requester import holdings
from desk.states import Turn
from engine import definitions, instances
from web.parts.case import history as told
from web.parts.case.answers import answered_steps
from web.request.requester_session import requester

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from desk import Facilities
    from desk.cases import CaseSummary
    from engine.forms import Answer
    from engine.store import Event, UnitOfWork

FORMAT = "sportello-dati-del-richiedente/1"
LEFT_OUT = (
    "Il contenuto della busta riservata non è in questo file: qui trovi solo l’elenco. "
    "Non ci sono le note interne dell’ufficio: puoi chiederle al referente del tuo Comune."
)


def collect(uow: UnitOfWork, facilities: Facilities, case: CaseSummary) -> dict[str, Any]:
    """Gather what is held about the requester of a case; times are in ISO 8601."""
    history = instances.history(uow, case.id)
    names = {Turn.REQUESTER.value: "Il richiedente", **people.names(uow, {event.actor for event in history})}
    return {
        "formato": FORMAT,
        "preparato_il": _time(uow.now),
        "nota": LEFT_OUT,
        "richiesta": _request(case),
        "risposte": _answers(uow, case, history, names),
        "convocazione": _convocation(uow, case),
        "documenti": _documents(uow, case, names),
        "busta_riservata": _envelope(uow, facilities, case),
        "messaggi": _mails(uow, case),
        "depositi": deposits.proofs(uow, case.id),
        "cronologia": _history(uow, case, history, names),
    }


def _request(case: CaseSummary) -> dict[str, Any]:
    return {
        "numero": case.number,
        "comune": case.comune,
        "richiedente": case.requester,
        "titolo": case.title,
        "argomento": case.topic,
        "email": case.email,
        "recapito_preferito": case.contact,
        "stato": case.state.label,
        "ricevuta_il": _time(case.opened_at),
        "inoltrata_il": _time(case.forwarded_at),
        "conclusa_il": _time(case.closed_at),
        "come_e_finita": case.outcome,
    }


def _answers(
    uow: UnitOfWork, case: CaseSummary, history: Sequence[Event], names: dict[str, str]
) -> list[dict[str, Any]]:
    instance = instances.get(uow, case.id)
    definition = definitions.load(uow, instance.definition_id)
    steps = answered_steps(uow, definition, instance, history, requester(case))
    return [
        {
            "passo": step.nome,
            "quando": _time(step.at),
            "chi": names.get(step.user, step.user),
            "parti": [
                {"titolo": section.title, "voci": [_answer(each) for each in section.answers]}
                for section in step.sezioni
            ],
        }
        for step in reversed(steps)
        if step.sezioni
    ]


def _answer(answer: Answer) -> dict[str, Any]:
    if answer.rows:
        return {"domanda": answer.label, "righe": [[_answer(each) for each in row] for row in answer.rows]}
    return {"domanda": answer.label, "risposta": answer.words}


def _convocation(uow: UnitOfWork, case: CaseSummary) -> dict[str, Any] | None:
    found = convocation_of(uow, case.id)
    if found is None:
        return None
    return {
        "stato": found.state.value,
        "proposte": [_time(each.starts) for each in found.proposals],
        "inizio": _time(found.starts),
        "fine": _time(found.ends),
        "in_comune": found.in_person,
    }


def _documents(uow: UnitOfWork, case: CaseSummary, names: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "nome": each.name,
            "tipo": each.media_type,
            "byte": each.size,
            "sha256": each.sha256,
            "aggiunto_il": _time(each.added_at),
            "aggiunto_da": names.get(each.added_by, each.added_by),
        }
        for each in files.of_case(uow, case.id, requester(case))
    ]


def _envelope(uow: UnitOfWork, facilities: Facilities, case: CaseSummary) -> dict[str, Any]:
    state = holdings.envelope_state(uow, case.id)
    return {
        "solo_a_voce": state.spoken_only,
        "distrutta_il": _time(state.destroyed_at),
        "contenuto": [
            {"nome": each.name, "genere": each.kind.value, "byte": each.size, "depositato_il": _time(each.deposited_at)}
            for each in envelope.own_items(uow, facilities, case.id, requester(case))
        ],
        "accordi": [_agreement(each) for each in agreements.of_case(uow, case.id)],
        "chi_l_ha_vista": [_access(each) for each in envelope.accesses(uow, case.id)],
    }


def _agreement(found: envelope.Recorded) -> dict[str, Any]:
    return {
        "genere": found.kind.value,
        "versione": found.version,
        "firmato_il": found.signed_on.isoformat(),
        "come": found.means.value if found.means else None,
        "firmato_da": found.signed_by,
        "anche_da": found.co_signer,
        "valido_fino": found.valid_to.isoformat() if found.valid_to else None,
        "persone": list(found.people.values()),
        "revocato_il": _time(found.revoked_at),
    }


def _access(found: envelope.EnvelopeAccess) -> dict[str, Any]:
    return {
        "quando": _time(found.at),
        "chi": found.name,
        "ruolo": found.role,
        "che_cosa": found.note.value,
        "perche": found.purpose.value if found.purpose else None,
        "rifiutata_perche": found.reason.value if found.reason else None,
        "elementi": found.count,
    }


def _mails(uow: UnitOfWork, case: CaseSummary) -> list[dict[str, Any]]:
    return [
        {"oggetto": each.subject, "a": each.to, "scritto_il": _time(each.created_at)}
        | {"spedito_il": _time(each.sent_at), "testo": each.text}
        for each in holdings.mails_of(uow, case.id, case.email)
    ]


def _history(
    uow: UnitOfWork, case: CaseSummary, history: Sequence[Event], names: dict[str, str]
) -> list[dict[str, Any]]:
    model = definitions.load(uow, instances.get(uow, case.id).definition_id).model
    entries = told.entries(told.with_actions(history, model), names)
    return [{"quando": _time(each.event.at), "chi": each.chi, "che_cosa": each.che} for each in entries]


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
