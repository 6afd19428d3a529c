"""Register the properties of diagrams that the desk reads; with the engine's they make the table of the guide.

Who reads one imports its entry from here: a name that no entry has fails at import.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from desk.access import Role
from desk.states import PublicState, Turn
from engine import properties
from engine.properties import CORRELATION_KEY, MESSAGE, MESSAGE_FORM, USER_TASK, Place, Property, by_name

_TASKS: Final = frozenset(
    {"task", "userTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask", "scriptTask", "manualTask"}
)
_STEPS: Final = _TASKS | {"callActivity", "intermediateCatchEvent", "eventBasedGateway", "endEvent"}
_HANGING: Final = frozenset({"boundaryEvent", "startEvent"})
_STEP: Final = Place("attività, attesa, fine", _STEPS)
_TURN: Final = Place("attività, attesa", _STEPS | _HANGING)
_PASSED: Final = Place(
    "attività, evento, fine",
    _STEPS | _HANGING | {"intermediateThrowEvent", "subProcess", "adHocSubProcess", "transaction"},
)
_ANSWERED: Final = Place("attività di una persona, attesa di un messaggio", USER_TASK.types | MESSAGE.types)
_WRITING: Final = Place(
    "attività di servizio",
    frozenset({"serviceTask", "sendTask", "businessRuleTask", "intermediateThrowEvent", "endEvent"}),
)
_PROCESS: Final = Place("processo", frozenset({"process"}))

_ROLES: Final = tuple(role.value for role in Role)
_OR_FEEL: Final = "testo, o FEEL con `=` davanti"

ASSIGNERS: Final = replace(properties.ASSIGNERS, values=_ROLES)
STATE: Final = Property(
    "stato",
    _STEP,
    "lo stato pubblico mentre la pratica è qui",
    tuple(state.value for state in PublicState if state is not PublicState.CANCELED),
)
SENTENCE: Final = Property(
    "pubblico",
    _STEP,
    "la frase che il richiedente legge: seconda persona, al massimo venti parole",
    says=_OR_FEEL,
)
TURN: Final = Property("tocca-a", _TURN, "di chi è il turno", tuple(turn.value for turn in Turn))
EXPLAINS: Final = Property(
    "spiega",
    USER_TASK,
    "le tabelle che la pagina di questa attività spiega subito; le altre restano chiuse, un clic più in là",
    names_several=True,
    says="nomi di tabelle, separati da virgole",
)
FORWARDS: Final = Property(
    "inoltro",
    _PASSED,
    "`true` dove la pratica arriva agli analisti: prima la vede solo il suo Comune",
    ("true", "false"),
)
SHOWN_TO: Final = Property(
    "mostra-a",
    _ANSWERED,
    "il richiedente legge nella sua pagina le risposte date qui, meno i campi che `ruoli` gli nasconde",
    (Turn.REQUESTER.value,),
)

SENDERS: Final = Property(
    "rivolto-a",
    MESSAGE,
    "chi lo può mandare",
    (Turn.REQUESTER.value, *_ROLES),
    names_several=True,
)
ACTION: Final = Property("azione", MESSAGE, "le parole del pulsante: «Ritira la richiesta»")
IF_SILENT: Final = Property(
    "se-non-risponde", MESSAGE, "che cosa succede se scatta prima il timer accanto, per chi lavora"
)
IF_YOU_ARE_SILENT: Final = Property("se-non-rispondi", MESSAGE, "lo stesso, per il richiedente")

TO_SEND: Final = Property(
    "messaggio", _WRITING, "il messaggio da mandare", says="nome di un file in `processes/…/messages/`, senza `.md`"
)
RECIPIENT: Final = Property(
    "a",
    _WRITING,
    "a chi scrive; senza la proprietà, al richiedente. `referente`: tutti quelli del Comune",
    (Turn.REQUESTER.value, Turn.REFERENTE.value, Turn.ANALISTA.value),
)
INVITATION, CANCELLATION = "invito", "annullamento"
CALENDAR: Final = Property("calendario", _WRITING, "allega l’incontro per il calendario", (INVITATION, CANCELLATION))
LETTER: Final = Property("lettera", _WRITING, "la lettera da allegare in PDF", says="nome di una lettera")


def _shown(name: str, meaning: str) -> Property:
    return Property(f"pratica.{name}", _PROCESS, meaning, says=_OR_FEEL)


CASE_REQUESTER: Final = _shown("richiedente", "chi è il richiedente")
CASE_TITLE: Final = _shown("titolo", "il titolo, che non svela l’idea")
CASE_TOPIC: Final = _shown("argomento", "di che cosa si tratta")
CASE_URGENCY: Final = _shown("urgenza", "quanto è urgente")
CASE_CONTACT: Final = _shown("contatto", "come raggiungere il richiedente")
CASE_EMAIL: Final = _shown("email", "dove scriviamo al richiedente")
CASE_SEARCHED: Final = _shown(
    "cerca", "con che cosa si trova, oltre al richiedente, al titolo e ai contatti: un elenco"
)
CASE_BORN: Final = Property(
    "pratica.nascita",
    _PROCESS,
    "la data di nascita del richiedente: finché è minorenne, un accordo lo firma anche chi ne ha la responsabilità",
    says=_OR_FEEL,
)
CASE_CO_SIGNER: Final = Property(
    "pratica.firmatario",
    _PROCESS,
    "chi firma con un richiedente minorenne, con un suo contatto: sta sulla ricevuta e sull’accordo",
    says=_OR_FEEL,
)
OPENED_FROM: Final = Property(
    "si-apre-da",
    _PROCESS,
    "la pagina da cui si aprono le pratiche; senza, se il processo è uno solo, è «Nuova richiesta»",
    ("nuova-richiesta",),
)


def _wanted(name: str, meaning: str) -> Property:
    return Property(f"agenda.{name}", _PROCESS, meaning, says=_OR_FEEL)


AGENDA_ANALYST: Final = _wanted("analista", "il nome utente di chi incontra il richiedente")
AGENDA_PROPOSALS: Final = _wanted(
    "proposte", 'gli orari tenuti mentre il richiedente sceglie: un elenco come `["2026-12-01T09:00"]`'
)
AGENDA_MEETING: Final = _wanted("appuntamento", "l’orario fissato; finché c’è, le proposte non contano")
AGENDA_LENGTH: Final = _wanted("durata", "quanti minuti")
AGENDA_IN_PERSON: Final = _wanted("in_comune", "`false` per un incontro a distanza: la sala resta libera")
AGENDA_OUTCOME: Final = _wanted("esito", "`svolto`, `parziale` o `assente`: lo scrive una persona")
AGENDA_ROOM: Final = _wanted("sala", "dov’è l’incontro, se non nella sala del Comune")
AGENDA_STEP_FREE: Final = _wanted("senza_scalini", "`true` se si entra senza scalini, `false` se ce ne sono")
AGENDA_TO_BRING: Final = _wanted("da_portare", "che cosa portare, oltre al documento d’identità e alla ricevuta")


def _ahead(name: str, meaning: str) -> Property:
    return Property(f"percorso.{name}", _PROCESS, f"la frase che il richiedente legge per il passo «{meaning}»")


PATH_TAKEN: Final = _ahead("presa_in_carico", "Presa in carico")
PATH_ANALYSED: Final = _ahead("analisi", "Analizzata")
PATH_MEETING: Final = _ahead("incontro", "Incontro in Comune")
PATH_ADVICE: Final = _ahead("esito", "Il tuo percorso")
PATH_CONCLUDED: Final = _ahead("conclusione", "Conclusa")

AGENDA: Final = (
    AGENDA_ANALYST, AGENDA_PROPOSALS, AGENDA_MEETING, AGENDA_LENGTH, AGENDA_IN_PERSON, AGENDA_OUTCOME,
)  # fmt: skip
WRITING: Final = (TO_SEND, RECIPIENT, CALENDAR, LETTER)
TABLES: Final = {
    "Chi fa che cosa": (OPENED_FROM, ASSIGNERS),
    "Che cosa legge il richiedente": (
        STATE, SENTENCE, TURN, EXPLAINS, FORWARDS, SHOWN_TO,
        PATH_TAKEN, PATH_ANALYSED, PATH_MEETING, PATH_ADVICE, PATH_CONCLUDED,
    ),
    "Messaggi dalle pagine": (MESSAGE_FORM, SENDERS, ACTION, IF_SILENT, IF_YOU_ARE_SILENT, CORRELATION_KEY),
    "Messaggi per e-mail": WRITING,
    "Che cosa mostra l’elenco delle pratiche": (
        CASE_REQUESTER, CASE_TITLE, CASE_TOPIC, CASE_URGENCY, CASE_CONTACT, CASE_EMAIL, CASE_BORN,
        CASE_CO_SIGNER, CASE_SEARCHED,
    ),
    "L’agenda": (*AGENDA, AGENDA_ROOM, AGENDA_STEP_FREE, AGENDA_TO_BRING),
}  # fmt: skip
"""Every property of diagrams, under the heading of the designers' guide whose table lists it."""
PROPERTIES: Final = by_name(entry for entries in TABLES.values() for entry in entries)
