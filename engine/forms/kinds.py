"""Every component type form-js can draw: which ones run here, what they may carry, why the others are refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shape = Literal["field", "group", "list", "shown", "button"]

_ALWAYS = frozenset({"id", "type", "conditional", "layout", "properties"})
_FIELD = frozenset({"key", "label", "description", "defaultValue", "disabled", "readonly", "validate"})
_CHOICE = _FIELD | {"values", "valuesKey", "valuesExpression"}
_BOX = frozenset({"label", "path", "components", "showOutline", "verticalAlignment"})


@dataclass(frozen=True)
class ComponentKind:
    """``shape`` says what it does with a value: holds one, nests some, repeats them, or only shows."""

    shape: Shape
    own: frozenset[str]
    checks: frozenset[str] = frozenset({"required"})

    @property
    def attributes(self) -> frozenset[str]:
        return _ALWAYS | self.own


_LENGTHS = frozenset({"required", "minLength", "maxLength"})
_PATTERNS = frozenset({"pattern", "patternErrorMessage", "validationType"})

KINDS: dict[str, ComponentKind] = {
    "textfield": ComponentKind("field", _FIELD | {"appearance"}, _LENGTHS | _PATTERNS),
    "textarea": ComponentKind("field", _FIELD, _LENGTHS),
    "number": ComponentKind(
        "field",
        _FIELD | {"appearance", "decimalDigits", "increment", "serializeToString"},
        frozenset({"required", "min", "max"}),
    ),
    "checkbox": ComponentKind("field", _FIELD),
    "checklist": ComponentKind("field", _CHOICE),
    "radio": ComponentKind("field", _CHOICE),
    "select": ComponentKind("field", _CHOICE | {"searchable"}),
    "taglist": ComponentKind("field", _CHOICE),
    "datetime": ComponentKind(
        "field",
        _FIELD
        | {
            "subtype",
            "dateLabel",
            "timeLabel",
            "use24h",
            "timeInterval",
            "timeSerializingFormat",
            "disallowPassedDates",
        },
    ),
    "group": ComponentKind("group", _BOX),
    "dynamiclist": ComponentKind(
        "list",
        _BOX
        | {
            "description",
            "isRepeating",
            "allowAddRemove",
            "defaultRepetitions",
            "disableCollapse",
            "nonCollapsedItems",
            "readonly",
            "disabled",
        },
    ),
    "text": ComponentKind("shown", frozenset({"text", "label"})),
    "image": ComponentKind("shown", frozenset({"source", "alt"})),
    "separator": ComponentKind("shown", frozenset()),
    "spacer": ComponentKind("shown", frozenset({"height"})),
    "button": ComponentKind("button", frozenset({"key", "label", "action"})),
}

UNSUPPORTED: dict[str, tuple[str, str]] = {
    # Type: why not, and what to do. A type that learns to run moves into KINDS.
    "filepicker": (
        "I documenti non si possono ancora allegare da un modulo.",
        "Togli il campo e chiedi i documenti allo sportello.",
    ),
    "html": ("Il codice HTML non entra nei moduli.", "Scrivi lo stesso contenuto in un testo, con Markdown."),
    "iframe": ("Una pagina di un altro sito non entra nei moduli.", "Metti il collegamento in un testo."),
    "expression": (
        "Un campo che si calcola da solo nella pagina non è previsto.",
        "Calcola il valore nel processo, con un’attività DMN o uno script FEEL.",
    ),
    "table": ("La tabella di soli dati non è prevista.", "Mostra i dati in un testo o in un elenco ripetuto."),
    "documentPreview": ("L’anteprima dei documenti non è prevista.", "Togli il componente."),
}

CHECKS = (
    "codice-fiscale", "partita-iva", "pec", "telefono", "istat", "titolo-non-riservato", "testo-non-riservato",
)  # fmt: skip
"""Values of ``validatore``: the names of ``VALIDATORS``."""

TONES = ("info", "attesa", "male", "ok", "riservata")
"""Values of ``tono``: the text stands in a coloured note."""

BUTTONS = "pulsanti"
"""Value of ``aspetto`` on a radio: the answer is already chosen, the others are buttons under the form's main one."""

AGENDA = "agenda"
"""Value of ``aspetto`` on a radio or a checklist whose options are times: they are drawn as a week."""

LOOKS = {"radio": (BUTTONS, AGENDA), "checklist": (AGENDA,)}

SCHEMA_VERSION = 19
"""The newest form-js schema this reads."""


def shape_of(name: str) -> Shape:
    """Return what a type of component does with a value; one that does not run here only shows."""
    return KINDS[name].shape if name in KINDS else "shown"
