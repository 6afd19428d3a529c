"""How a finding names the elements of a diagram to its designer, in Italian."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from engine.xml import tag

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NOUNS: Final = {
    "definitions": "Il file",
    "process": "Il processo",
    "task": "L’attività",
    "userTask": "Il compito",
    "manualTask": "Il compito manuale",
    "serviceTask": "Il compito automatico",
    "sendTask": "Il compito di invio",
    "receiveTask": "Il compito di ricezione",
    "businessRuleTask": "La decisione",
    "scriptTask": "Il calcolo",
    "callActivity": "La chiamata",
    "subProcess": "Il sottoprocesso",
    "transaction": "La transazione",
    "adHocSubProcess": "Il sottoprocesso ad hoc",
    "startEvent": "L’evento di inizio",
    "endEvent": "L’evento di fine",
    "intermediateCatchEvent": "L’evento di attesa",
    "intermediateThrowEvent": "L’evento di invio",
    "boundaryEvent": "L’evento di bordo",
    "exclusiveGateway": "Il gateway esclusivo",
    "inclusiveGateway": "Il gateway inclusivo",
    "parallelGateway": "Il gateway parallelo",
    "eventBasedGateway": "Il gateway basato su eventi",
    "complexGateway": "Il gateway complesso",
    "sequenceFlow": "Il flusso",
    "messageFlow": "Il flusso di messaggio",
    "association": "L’associazione",
    "textAnnotation": "L’annotazione",
    "group": "Il gruppo",
    "lane": "La corsia",
    "participant": "Il pool",
    "collaboration": "La collaborazione",
    "message": "Il messaggio",
    "signal": "Il segnale",
    "error": "L’errore",
    "escalation": "L’escalation",
    "dataObject": "L’oggetto dati",
    "dataObjectReference": "L’oggetto dati",
    "dataStoreReference": "L’archivio dati",
    "globalTask": "L’attività globale",
}
_DEFINITIONS: Final = {
    "messageEventDefinition": "un messaggio",
    "timerEventDefinition": "un timer",
    "conditionalEventDefinition": "una condizione",
    "signalEventDefinition": "un segnale",
    "errorEventDefinition": "un errore",
    "escalationEventDefinition": "un’escalation",
    "compensateEventDefinition": "una compensazione",
    "cancelEventDefinition": "un annullamento",
    "linkEventDefinition": "un collegamento",
    "terminateEventDefinition": "una terminazione",
}
UNKNOWN_NAME: Final = "Nessun modulo chiede questo nome e nessun passo lo calcola: qui non ha mai un valore."
"""What to know of a name that does not exist, since its finding already says what was meant."""
UNKNOWN_HERE: Final = "La pratica non ha questo nome. Se è un’altra decisione o un dato, collegalo a questa."
"""The same in a table, which also sees what its decision is drawn to require."""
SLIP: Final = "Si può calcolare, ma di solito non è quello che si vuole: correggi, o lascia se è voluto."
WRONG_CALL: Final = "Così non dà mai un valore: correggi la chiamata della funzione."


def owner(element: Element) -> Element:
    """Give the element a designer can click on: itself, or the nearest one around it that has a noun."""
    found = element
    while tag(found) not in NOUNS:
        around = found.getparent()
        if around is None:
            break
        found = around
    return found


def line_of(element: Element) -> int:
    """Give the line on which the element begins."""
    return cast("int | None", element.sourceline) or 1


def label(element: Element) -> str:
    """Give the text written on the element, on one line; empty where there is none."""
    return " ".join((element.get("name") or "").split())


def called(element: Element) -> str:
    """Name an element at the beginning of a sentence: «Il compito «Verifica»»."""
    shown = owner(element)
    noun = NOUNS.get(tag(shown), f"L’elemento {tag(shown)}")
    title = label(shown) or shown.get("id")
    return f"{noun} «{title}»" if title else noun


def trigger(definition: Element) -> str:
    """Name an event definition with its article."""
    return _DEFINITIONS.get(tag(definition), tag(definition))
