"""Tell a case's history in plain words: subject, verb, object; never an event's code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from desk.calendar import local_date
from desk.properties import ACTION
from engine.history import EventType
from engine.identity import ENGINE
from web.parts.case.notes import NOTES
from web.parts.case.phrase import DECISIONS, PEOPLE, TIMES, Phrase
from web.parts.case.reasons import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from engine.bpmn import ProcessModel
    from engine.store import Event

FILTERS = {PEOPLE: "Persone", TIMES: "Tempi", DECISIONS: "Decisioni calcolate"}


@dataclass(frozen=True)
class HistoryEntry:
    """One line: who, what they did, and the sign it is drawn with."""

    event: Event
    #: Name of the person, or nothing when the program acted by itself.
    chi: str | None
    #: The rest of the sentence, from the verb on.
    che: str
    sotto: str
    icona: str
    colore: str


@dataclass(frozen=True)
class HistoryDay:
    giorno: date
    voci: list[HistoryEntry]


def with_actions(events: Iterable[Event], model: ProcessModel) -> list[Event]:
    """Name each message by the button that sends it, where the diagram gives it one: it is what people pressed."""
    named = {element.id: ACTION.of(element.properties) for element in model.elements.values()}
    return [replace(event, name=named.get(event.element_id or "") or event.name) for event in events]


def newest_first(events: Iterable[Event], names: Mapping[str, str], only: str | None = None) -> list[HistoryEntry]:
    """Tell a history from its end; ``only`` is one of ``FILTERS``."""
    return [entry for entry in entries(events, names) if only is None or _is_of(entry.event, only)][::-1]


def days(told: Iterable[HistoryEntry]) -> list[HistoryDay]:
    """Put entries together day by day."""
    grouped = groupby(told, key=lambda entry: local_date(entry.event.at))
    return [HistoryDay(day, list(its_entries)) for day, its_entries in grouped]


def entries(events: Iterable[Event], names: Mapping[str, str]) -> Iterator[HistoryEntry]:
    """Tell the events that mean something to a person, oldest first."""
    for event in events:
        phrase = _phrase(event)
        if phrase is not None:
            yield _tell(event, phrase, names)


def _phrase(event: Event) -> Phrase | None:
    """Find how an event is told; a note of the desk by its own code."""
    if event.type == EventType.NOTED:
        return NOTES.get(str(event.facts.get("note")))
    return PHRASES.get(EventType(event.type))


def _is_of(event: Event, kind: str) -> bool:
    phrase = _phrase(event)
    return phrase is not None and phrase.kind == kind


def _tell(event: Event, phrase: Phrase, names: Mapping[str, str]) -> HistoryEntry:
    by_someone = phrase.personal and event.actor != ENGINE.user
    who = names.get(event.actor, event.actor) if by_someone else None
    what = phrase.che(event, names)
    return HistoryEntry(event, who, what if who else _sentence(what), _beneath(event), phrase.icona, phrase.colore)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _beneath(event: Event) -> str:
    if event.type == EventType.DECISION_MADE:
        return f"calcolato dalla tabella «{event.name or event.facts.get('decision')}»"
    reason = event.facts.get("reason")
    return f"Motivo: {reason}" if reason else ""


def _name(event: Event) -> str:
    return event.name or "un passo senza nome"


def _on(verb: str) -> Callable[[Event, Mapping[str, str]], str]:
    return lambda event, _: f"{verb} «{_name(event)}»."


def _received(event: Event, names: Mapping[str, str]) -> str:
    verb = "è arrivato l’avviso" if event.actor == ENGINE.user else "ha confermato"
    return _on(verb)(event, names)


def _assigned(event: Event, names: Mapping[str, str]) -> str:
    to = str(event.facts.get("to") or "")
    return f"ha assegnato «{_name(event)}» a {names.get(to, to)}."


def _decided(event: Event, _: Mapping[str, str]) -> str:
    """Tell what a table gave and why; where it kept no reasons, its value."""
    told = [reason.frase for reason in explain(event.facts)]
    if told:
        return " ".join(told)
    return f"la tabella «{event.facts.get('decision') or _name(event)}» dice: {value_words(event.facts.get('value'))}."


def _ended(event: Event, _: Mapping[str, str]) -> str:
    return f"la pratica è conclusa: «{event.name}»." if event.name else "la pratica è conclusa."


def value_words(value: object) -> str:
    """Write a decision's value as people read it: «urgenza: alta, completa: sì»."""
    if isinstance(value, dict):
        return ", ".join(f"{str(key).replace('_', ' ')}: {value_words(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(value_words(each) for each in value) or "niente"
    if value is None:
        return "niente"
    if isinstance(value, bool):
        return "sì" if value else "no"
    return str(value).replace("_", " ")


PHRASES = {
    EventType.INSTANCE_STARTED: Phrase(PEOPLE, "it-file-signed", "verde", lambda *_: "ha aperto la richiesta."),
    EventType.TASK_CLAIMED: Phrase(PEOPLE, "it-user", "", _on("ha preso in carico")),
    EventType.TASK_UNCLAIMED: Phrase(PEOPLE, "it-undo", "", _on("ha rilasciato")),
    EventType.TASK_ASSIGNED: Phrase(PEOPLE, "it-user", "", _assigned),
    EventType.TASK_COMPLETED: Phrase(PEOPLE, "it-check", "verde", _on("ha completato")),
    EventType.TASK_CANCELED: Phrase(TIMES, "it-close", "", _on("non serve più"), personal=False),
    EventType.TIMER_FIRED: Phrase(TIMES, "it-clock", "ambra", _on("è scaduto il termine"), personal=False),
    EventType.MESSAGE_RECEIVED: Phrase(PEOPLE, "it-mail", "blu", _received),
    EventType.OPERATION_COMPLETED: Phrase(TIMES, "it-refresh", "", _on("lo sportello ha svolto"), personal=False),
    EventType.DECISION_MADE: Phrase(DECISIONS, "it-chart-line", "", _decided, personal=False),
    EventType.INCIDENT_OPENED: Phrase(TIMES, "it-error", "rosso", _on("qualcosa si è fermato:"), personal=False),
    EventType.INSTANCE_COMPLETED: Phrase(TIMES, "it-flag", "verde", _ended, personal=False),
    EventType.INSTANCE_CANCELED: Phrase(PEOPLE, "it-close", "rosso", lambda *_: "ha annullato la pratica."),
}
