"""Event definitions as a diagram writes them, and the messages, signals and errors that they refer to."""

from __future__ import annotations

from engine.properties import CORRELATION_KEY
from engine.spiff.attributes import (
    Xml,
    camunda,
    definition_nodes,
    expression,
    formal,
    kind_of,
    properties,
    referred,
    refuse,
    text_of,
)
from engine.spiff.events import EventDefinition
from engine.spiff.timers import EXPRESSION, check_literal

TIMERS = ("timeDate", "timeDuration", "timeCycle")


def definitions(node: Xml) -> list[EventDefinition]:
    """Give what an event waits for or throws, in the order of the file."""
    return [_read(node, each) for each in definition_nodes(node)]


def _read(node: Xml, definition: Xml) -> EventDefinition:
    kind = kind_of(definition)
    reader = _READERS.get(kind)
    if reader is None:
        refuse(node, "unsupported-event", f"Gli eventi {kind} non vengono eseguiti.")
    return reader(node, definition)


def message(node: Xml, definition: Xml) -> EventDefinition:
    """Read which message is meant, and its key; a task that names a message itself is its own definition."""
    found = referred(node, definition.get("messageRef"))
    key = CORRELATION_KEY.of(properties(node))
    return EventDefinition("message", found.get("name") or found.get("id"), text=_key(node, key))


def _key(node: Xml, key: str) -> str | None:
    """Give a key as FEEL; one that does not begin with ``=`` is a literal."""
    if not key or key.startswith(EXPRESSION):
        return expression(node, key)
    return '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _timer(node: Xml, definition: Xml) -> EventDefinition:
    for kind in TIMERS:
        text = text_of(definition, kind)
        if text:
            _check_timer(node, kind, text)
            return EventDefinition("timer", timer=kind, text=text)
    return refuse(node, "empty-timer", "Il timer non dice quando.", "invalid")


def _check_timer(node: Xml, kind: str, text: str) -> None:
    try:
        check_literal(kind, text)
    except (ValueError, OverflowError):
        refuse(node, "bad-timer", f"«{text}» non è un valore per {kind}.", "invalid")


def _signal(node: Xml, definition: Xml) -> EventDefinition:
    found = referred(node, definition.get("signalRef"))
    return EventDefinition("signal", found.get("name") or found.get("id"))


def _coded(node: Xml, definition: Xml) -> EventDefinition:
    """Read an error or an escalation; without a reference it stands for every code."""
    kind = kind_of(definition)
    ref = definition.get(f"{kind}Ref")
    found = referred(node, ref) if ref else None
    code = None if found is None else found.get(f"{kind}Code") or found.get("name") or found.get("id")
    variables = camunda(definition, f"{kind}CodeVariable"), camunda(definition, f"{kind}MessageVariable")
    return EventDefinition(kind, code, variables=variables)


def _conditional(node: Xml, definition: Xml) -> EventDefinition:
    text = formal(definition, "condition")
    if text is None:
        refuse(node, "empty-condition", "L’evento condizionale non ha una condizione.", "invalid")
    return EventDefinition("conditional", text=text)


def _link(node: Xml, definition: Xml) -> EventDefinition:
    if not definition.get("name"):
        refuse(node, "unnamed-link", "Il collegamento non ha un nome.", "invalid")
    return EventDefinition("link", definition.get("name"))


def _bare(_: Xml, definition: Xml) -> EventDefinition:
    return EventDefinition(kind_of(definition))


_READERS = {
    "timer": _timer,
    "message": message,
    "signal": _signal,
    "error": _coded,
    "escalation": _coded,
    "conditional": _conditional,
    "link": _link,
    "terminate": _bare,
    "cancel": _bare,
}
