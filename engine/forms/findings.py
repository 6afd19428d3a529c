"""What keeps a form from being asked as its author meant."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.forms import patterns
from engine.forms.coherence import together
from engine.forms.expressions import is_expression
from engine.forms.kinds import KINDS, SCHEMA_VERSION, UNSUPPORTED
from engine.forms.looks import looks
from engine.forms.properties import properties
from engine.forms.validators import FORMATS
from engine.forms.written import LIMITS, TEXTS, faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine import feel
    from engine.forms.component import Component
    from engine.forms.looks import Told
    from engine.forms.written import FormExpression, FormSight
    from engine.problems import Kind

_KEY = re.compile(r"[^\W\d_]\w*(\.[^\W\d_]\w*)*")
_SOURCE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml)[;,]|/(?!/)", re.IGNORECASE)
_SUBTYPES = ("date", "time", "datetime")
_ZONINGS = ("utc_offset", "utc_normalized", "no_timezone")
_SHOWN = 120
_ADVICE = {
    "unknown-name": "Nessun modulo chiede questo nome e nessun passo lo calcola: qui non ha mai un valore.",
    "wrong-call": "Così non dà mai un valore: correggi la chiamata della funzione.",
    "slip": "Si può calcolare, ma di solito non è quello che si vuole: correggi, o lascia se è voluto.",
}
_OPTIONS = ("values", "valuesKey", "valuesExpression")


@dataclass(frozen=True)
class FormFinding:
    """One problem of one component.

    An expression's says the attribute it stands in (``pointer``, from the component on) and its column there.
    """

    component: Component
    kind: Kind
    rule: str
    message: str
    advice: str = ""
    pointer: str = ""
    column: int = 0


def findings(root: Component, sight: FormSight) -> list[FormFinding]:
    """Return everything worth telling the author of the form whose top is ``root``; ``sight`` is what it sees."""
    found = [FormFinding(root, *told) for told in _schema(root)]
    for component in [inner for child in root.children for inner in child.walk()]:
        found += [FormFinding(component, *told) for told in _component(component)]
    found += [_of_expression(*each) for child in root.children for each in faults(child, sight)]
    return found + [FormFinding(component, *told) for component, told in together(root)]


def _of_expression(written: FormExpression, fault: feel.ExpressionProblem) -> FormFinding:
    """Tell of a fault in an expression: one that cannot be read stops a form, one without a value is worth a look."""
    sign = "=" if written.before.strip() == "=" else ""  # the column counts it
    text = textwrap.shorten(sign + written.text, _SHOWN, placeholder="…")
    place = (written.pointer, fault.column)
    if fault.rule == "syntax":
        message = f"L’espressione «{text}» non è FEEL valido alla {fault.place}: {fault.message}"
        return FormFinding(written.component, "invalid", "form-feel", message, "Correggi l’espressione.", *place)
    message = f"L’espressione «{text}» è da rivedere alla {fault.place}: {fault.message}"
    return FormFinding(written.component, "advice", fault.rule, message, _ADVICE[fault.rule], *place)


def _schema(root: Component) -> Iterator[Told]:
    version = root.attributes.get("schemaVersion", 1)
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        yield (
            "unsupported",
            "form-schema-version",
            f"Il modulo è nella versione {version} dello schema: qui si legge fino alla {SCHEMA_VERSION}.",
            "Salvalo con l’editor dei moduli di questo programma.",
        )


def _component(component: Component) -> Iterator[Told]:
    if component.type not in KINDS:
        yield _not_run(component)
        return
    for look in _LOOKS:
        yield from look(component)


def _not_run(component: Component) -> Told:
    why, advice = UNSUPPORTED.get(
        component.type,
        (
            f"Il componente «{component.type or 'senza tipo'}» non è tra quelli previsti.",
            "Scegline uno dell’editor dei moduli.",
        ),
    )
    return "unsupported", "form-component-type", why, advice


def _attributes(component: Component) -> Iterator[Told]:
    known = KINDS[component.type].attributes
    for name in sorted(set(component.attributes) - known):
        yield (
            "advice",
            "form-attribute",
            f"«{name}» non ha effetto su questo componente.",
            "Toglilo, o chiedi a chi cura il programma.",
        )
    for name in sorted(set(component.part("validate")) - KINDS[component.type].checks):
        yield (
            "unsupported",
            "form-validation",
            f"La regola «{name}» non vale per questo componente.",
            "Togli la regola.",
        )


def _key(component: Component) -> Iterator[Told]:
    shape = KINDS[component.type].shape
    if shape in ("field", "list") and not component.path:
        yield "invalid", "form-key", "Manca la chiave: la risposta non avrebbe un nome.", "Scrivi la chiave del campo."
    if component.path and not _KEY.fullmatch(".".join(component.path)):
        yield (
            "invalid",
            "form-key",
            f"La chiave «{'.'.join(component.path)}» non si può usare in una condizione.",
            "Usa lettere, cifre e trattini bassi, con una lettera all’inizio.",
        )
    if shape == "field" and not component.label:
        yield "invalid", "form-label", "Il campo non ha un’etichetta.", "Scrivi la domanda a cui il campo risponde."


def _blocks(component: Component) -> Iterator[Told]:
    for name in TEXTS:
        if re.search(r"\{\{\s*[#/]", component.text(name)):
            yield (
                "unsupported",
                "form-template",
                "Nei testi non si possono usare blocchi come {{#if}} o {{#loop}}.",
                "Usa due testi con una condizione, oppure un’espressione FEEL.",
            )


def _limits(component: Component) -> Iterator[Told]:
    rules = component.part("validate")
    for name in LIMITS:
        value = rules.get(name)
        if (
            value is not None
            and not is_expression(value)
            and (isinstance(value, bool) or not isinstance(value, (int, float)))
        ):
            yield (
                "invalid",
                "form-limit",
                f"«{name}» non è un numero: «{value}».",
                "Scrivi un numero o un’espressione FEEL.",
            )
    kind = rules.get("validationType")
    if kind and kind not in FORMATS and kind != "custom":
        yield "unsupported", "form-validation", f"Il controllo «{kind}» non è previsto.", "Scegli e-mail o telefono."


def _pattern(component: Component) -> Iterator[Told]:
    pattern = component.part("validate").get("pattern")
    if isinstance(pattern, str) and pattern and (fault := patterns.fault(pattern)) is not None:
        yield (
            "unsupported",
            "form-pattern",
            f"Il modello «{pattern}» non si può usare: {fault}.",
            "Togli riferimenti all’indietro e sguardi avanti o indietro, che possono bloccare il controllo.",
        )


def _options(component: Component) -> Iterator[Told]:
    if component.type not in ("checklist", "radio", "select", "taglist"):
        return
    given = [name for name in _OPTIONS if component.attributes.get(name)]
    if len(given) != 1:
        yield (
            "invalid",
            "form-options",
            "Le voci da scegliere mancano o vengono da più parti.",
            "Scrivi le voci, o la variabile che le contiene, o un’espressione: una sola delle tre.",
        )
    values = component.attributes.get("values")
    for value, times in Counter(_tokens(values)).items():
        if times > 1:
            yield (
                "invalid",
                "form-options",
                f"La voce «{value}» c’è {times} volte.",
                "Dai a ogni voce un valore diverso.",
            )


def _tokens(values: object) -> list[str]:
    entries = values if isinstance(values, list) else []
    return [str(entry.get("value", entry.get("label"))) if isinstance(entry, dict) else str(entry) for entry in entries]


def _datetime(component: Component) -> Iterator[Told]:
    if component.type != "datetime":
        return
    for name, allowed in (("subtype", _SUBTYPES), ("timeSerializingFormat", _ZONINGS)):
        value = component.attributes.get(name)
        if value is not None and value not in allowed:
            yield (
                "invalid",
                "form-datetime",
                f"«{name}» non può essere «{value}».",
                f"Usa uno di questi: {', '.join(allowed)}.",
            )


def _image(component: Component) -> Iterator[Told]:
    source = component.text("source")
    if component.type == "image" and not is_expression(source) and not _SOURCE.match(source):
        yield (
            "unsupported",
            "form-image",
            "Un’immagine di un altro sito non si mostra.",
            "Indica un indirizzo di questo sito, che comincia con «/», oppure un’immagine incorporata.",
        )


def _button(component: Component) -> Iterator[Told]:
    if component.type == "button" and component.attributes.get("action", "submit") != "submit":
        yield (
            "unsupported",
            "form-button",
            "Il pulsante che svuota il modulo cancellerebbe quello che è già scritto.",
            "Togli il pulsante: Avanti e Salva ci sono già.",
        )


_LOOKS: tuple[Callable[[Component], Iterator[Told]], ...] = (
    _attributes, _key, _blocks, _limits, _pattern, properties, looks, _options, _datetime, _image, _button,
)  # fmt: skip
