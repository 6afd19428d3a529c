"""Gather what each kind of letter says beside the neutral facts: from the case, its history and its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk.calendar import local_date
from desk.envelope import agreements
from desk.errors import LetterNotFound
from desk.proof import deposits
from desk.proof.deposits import DepositKind
from desk.states import Turn
from desk.words import days
from engine import definitions, history, instances
from engine.history import EventType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from desk.cases import CaseSummary
    from engine.forms import Answer, Section
    from engine.store import UnitOfWork

AGREEMENT_VERSION = "1"


def _invitation(_uow: UnitOfWork, _case: CaseSummary, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Add nothing: the neutral facts are all that an invitation may say; without a time there is none to write."""
    if not facts["proposte"] and not facts["appuntamento"]:
        raise LetterNotFound("convocazione")
    return {}


def _receipt(uow: UnitOfWork, case: CaseSummary, _facts: Mapping[str, Any]) -> dict[str, Any]:
    """Say what the receipt on the page says; the requester holds it, so it names their own title and question."""
    sealed = deposits.latest(uow, case.id)
    topic = case.topic or ""
    return {
        "ricevuta_il": days.moment_in_full(case.opened_at),
        "titolo": case.title or "",
        "firmatario": agreements.co_signer(uow, case.id, local_date(uow.now)),
        "chiesto": topic[:1].upper() + topic[1:],
        "inoltro_entro": days.day_in_full(case.due_at) if case.due_at and not case.forwarded_at else "",
        "inoltrata": case.forwarded_at is not None,
        "impronta": sealed.sha256 if sealed else "",
        "impronta_il": days.moment_in_full(sealed.at) if sealed else "",
        "busta_piena": deposits.latest(uow, case.id, DepositKind.ENVELOPE) is not None,
        "ha_codice": case.has_secret,
        "codice": "",
    }


def _envelope_receipt(uow: UnitOfWork, case: CaseSummary, _facts: Mapping[str, Any]) -> dict[str, Any]:
    """List what was put into the envelope: when, and its fingerprint; never a name, never a word of it."""
    found = deposits.of_case(uow, case.id, DepositKind.ENVELOPE)
    if not found:
        raise LetterNotFound("busta")
    return {"depositi": [{"quando": days.moment_in_full(each.at), "impronta": each.sha256} for each in found]}


def _agreement(uow: UnitOfWork, case: CaseSummary, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Name the analyst, once there is one; whoever else would read is written by hand on the lines left for it.

    The referente who records the agreement is not among them: nobody names themselves.
    """
    analyst = facts["analista"]
    return {
        "versione": AGREEMENT_VERSION,
        "lettori": [{"nome": analyst, "ruolo": f"analista di {facts['azienda']}"}] if analyst else [],
        "minorenne": agreements.needs_co_signer(uow, case.id, local_date(uow.now)),
        "firmatario": agreements.co_signer(uow, case.id, local_date(uow.now)),
    }


def _own_data(uow: UnitOfWork, case: CaseSummary, _facts: Mapping[str, Any]) -> dict[str, Any]:
    """Tell the requester all that they gave, in the words of the forms that asked."""
    about = [
        ("Numero", case.number),
        ("Comune", case.comune),
        ("Richiedente", case.requester or ""),
        ("Ricevuta", days.moment_in_full(case.opened_at)),
        ("Stato", case.state.label),
        ("Conclusa", days.moment_in_full(case.closed_at) if case.closed_at else ""),
    ]
    sealed = [(days.moment_in_full(each.at), each.sha256) for each in deposits.of_case(uow, case.id)]
    sections = [_section("La tua richiesta", about), *_given(uow, case), _section("Impronte dei depositi", sealed)]
    return {"sezioni": [each for each in sections if each["voci"]]}


def _section(title: str, told: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {"titolo": title, "voci": [{"nome": name, "valore": words} for name, words in told if words]}


def _given(uow: UnitOfWork, case: CaseSummary) -> list[dict[str, Any]]:
    """Read again what was answered at the registration, as the requester may read it."""
    instance = instances.get(uow, case.id)
    definition = definitions.load(uow, instance.definition_id)
    events = [event for event in history.read(uow, case.id) if event.type == EventType.TASK_COMPLETED]
    first = events[0].element_id if events else None
    element = definition.model.elements.get(first or "")
    form = definition.forms.get((element.form_key if element else None) or "")
    if form is None:
        return []
    answers = [event for event in events if event.element_id == first][-1].facts.get("answers") or {}
    recap = form.recap(answers, variables=instance.variables, roles={Turn.REQUESTER.value}, now=uow.now)
    return [_section(section.title, _answers(section)) for section in recap]


def _answers(section: Section) -> Iterable[tuple[str, str]]:
    for answer in section.answers:
        yield answer.label, _words(answer)


def _words(answer: Answer) -> str:
    """Write an answer in one text; each row of a list stands on a line of its own."""
    if not answer.rows:
        return answer.words if answer.given else ""
    rows = ("; ".join(f"{each.label}: {_words(each)}" for each in row if _words(each)) for row in answer.rows)
    return "\n".join(row for row in rows if row)


CONTENTS: Mapping[str, Callable[[UnitOfWork, CaseSummary, Mapping[str, Any]], dict[str, Any]]] = {
    "convocazione": _invitation,
    "ricevuta": _receipt,
    "busta": _envelope_receipt,
    "accordo": _agreement,
    "dati": _own_data,
}
"""By the name of the letter; one that a designer adds gets the neutral facts alone."""
