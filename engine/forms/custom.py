"""The custom properties of form components that are read here; any other is the designer's own note."""

from __future__ import annotations

from typing import Final

from engine.forms.kinds import AGENDA as AGENDA_LOOK
from engine.forms.kinds import BUTTONS, CHECKS, KINDS, LOOKS, TONES
from engine.properties import Place, Property, by_name


def _of(*shapes: str) -> frozenset[str]:
    return frozenset(name for name, kind in KINDS.items() if kind.shape in shapes)


EMPTY: Final = "vuoto"
_ANY: Final = Place("tutto", frozenset(KINDS))
_FIELD: Final = Place("campo", _of("field"))
_ASKED: Final = Place("campo, elenco ripetuto", _of("field", "list"))
_LIST: Final = Place("elenco ripetuto", _of("list"))

STEP: Final = Property(
    "passo",
    Place("gruppo al primo livello", frozenset({"group"})),
    "il modulo diventa a passi, con il riepilogo alla fine",
    says="nome del passo",
)
VALIDATOR: Final = Property(
    "validatore", Place("campo di testo", frozenset({"textfield", "textarea"})), "come si controlla", CHECKS
)
ROLES: Final = Property(
    "ruoli", _ANY, "che cosa può ogni ruolo", says="per esempio `Analista=edit, Coordinatore=readonly, *=hidden`"
)
SHORT_LABEL: Final = Property("etichetta-breve", _ASKED, "il nome del campo nei riepiloghi")
MISSING: Final = Property("se-manca", _FIELD, "che cosa dire quando manca la risposta")
ENTRY: Final = Property("voce", _LIST, "come si chiama ogni riga, per esempio `Esigenza`")
FIRST_ROWS: Final = Property(
    "righe-iniziali",
    _LIST,
    "le righe da cui parte un elenco ancora vuoto, come contesti: `=for a in altri_argomenti return {argomento: a}`",
    says="FEEL",
)
FIRST_VALUE: Final = Property(
    "valore-iniziale",
    _FIELD,
    "il valore da cui partire, per esempio `=today()`",
    says="FEEL",
)
EACH_TURN: Final = Property(
    "ogni-volta",
    _FIELD,
    "`vuoto`: il campo riparte vuoto a ogni giro dell’attività, anche se la pratica ha già una risposta. Serve a "
    "decisioni e dichiarazioni: nessuno manda quella di un altro",
    (EMPTY,),
)
REQUIRED_IF: Final = Property(
    "obbligatorio-se",
    _FIELD,
    'quando la risposta è obbligatoria, per esempio `=contatto_preferito = "email"`',
    says="FEEL",
)
_DAY: Final = Place("data, data e ora", frozenset({"datetime"}))
NOT_BEFORE: Final = Property(
    "non-prima-di", _DAY, "il primo giorno che si può scrivere, per esempio `=today()`", says="FEEL o una data"
)
NOT_AFTER: Final = Property(
    "non-dopo", _DAY, "l’ultimo giorno che si può scrivere, per esempio `=today()`", says="FEEL o una data"
)
TONE: Final = Property("tono", Place("testo", frozenset({"text"})), "il testo sta in una nota colorata", TONES)
LOOK: Final = Property(
    "aspetto",
    Place("scelta singola; `agenda` anche scelta multipla", frozenset(LOOKS)),
    "`pulsanti`: la risposta predefinita è già data, le altre sono pulsanti in fondo. `agenda`: i valori sono orari, e "
    "si vedono come settimana e come elenco",
    (BUTTONS, AGENDA_LOOK),
)
MOST: Final = Property(
    "massimo",
    Place("scelta multipla", frozenset({"checklist"})),
    "quante voci si possono scegliere",
    says="un numero intero",
)
CUSTOM_PROPERTIES: Final = (
    STEP, VALIDATOR, ROLES, SHORT_LABEL, MISSING, ENTRY, FIRST_ROWS, FIRST_VALUE, EACH_TURN, REQUIRED_IF, NOT_BEFORE,
    NOT_AFTER, TONE, LOOK, MOST,
)  # fmt: skip
PROPERTIES: Final = by_name(CUSTOM_PROPERTIES)
