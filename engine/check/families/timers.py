"""Timers: one literal of ISO 8601, or one FEEL expression, that the engine can count to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from engine.check.diagram import camunda, children, is_event_subprocess, is_executable, parent_of, text_of
from engine.check.rules import Finding, rule
from engine.check.words import called, owner
from engine.spiff.timers import check_literal, check_moment
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram

_KINDS: Final = ("timeDate", "timeDuration", "timeCycle")
_CRON: Final = re.compile(r"@\w+|[\d*?/,L#W-]+(\s+[\w*?/,#-]+){4,6}")
_COMPUTED: Final = ("=", "${", "#{")
_EXAMPLES: Final = {
    "timeDate": "Scrivi una data come 2027-01-31T09:00:00+01:00, o un’espressione FEEL dopo «=».",
    "timeDuration": "Scrivi una durata come P3D o PT1H30M, o un’espressione FEEL dopo «=».",
    "timeCycle": "Scrivi una ripetizione come R3/PT24H, o un’espressione FEEL dopo «=».",
}
_DUE: Final = "Scrivi una data come 2027-01-31, una durata come P3D, o un’espressione FEEL dopo «=»."


def _values(diagram: Diagram) -> Iterator[tuple[Element, str]]:
    for definition in diagram.all("timerEventDefinition"):
        for value in children(definition, *_KINDS):
            yield value, text_of(value)


def _literals(diagram: Diagram) -> Iterator[tuple[Element, str]]:
    return ((value, text) for value, text in _values(diagram) if text and not text.startswith(_COMPUTED))


@rule("timer-without-value", "invalid")
def timer_without_value(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.5: in an executable process a timer says when."""
    for definition in diagram.all("timerEventDefinition"):
        if is_executable(definition) and not any(text_of(value) for value in children(definition, *_KINDS)):
            yield Finding(
                definition, f"{called(definition)} non dice quando scatta il timer.", _EXAMPLES["timeDuration"]
            )


@rule("timer-with-several-values", "invalid")
def timer_with_several_values(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.5: date, duration and cycle exclude each other."""
    for definition in diagram.all("timerEventDefinition"):
        if len(children(definition, *_KINDS)) > 1:
            yield Finding(
                definition,
                f"{called(definition)} ha più di un valore per il timer.",
                "Tieni una data, una durata oppure una ripetizione.",
            )


@rule("timer-cron", "unsupported")
def timer_cron(diagram: Diagram) -> Iterator[Finding]:
    for value, text in _literals(diagram):
        if _CRON.fullmatch(text):
            yield Finding(
                value,
                f"{called(value)} usa l’espressione cron «{text}», che qui non si può eseguire.",
                "Scrivi una ripetizione come R/P1D, o R/2027-01-01T08:00:00/P1D per dire anche l’ora.",
            )


@rule("cycle-on-waiting-event", "unsupported")
def cycle_on_waiting_event(diagram: Diagram) -> Iterator[Finding]:
    for value in diagram.all("timeCycle"):
        event = owner(value)
        if text_of(value) and tag(event) == "intermediateCatchEvent":
            yield Finding(
                value,
                f"{called(value)} ha una ripetizione, ma chi ci arriva aspetta una volta sola e poi va avanti.",
                "Scrivi una durata o una data. Per ripetere usa un evento di bordo che non interrompe.",
            )


@rule("cycle-that-interrupts", "advice")
def cycle_that_interrupts(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.5.4: an event that interrupts ends what it watches, so that it never comes again."""
    for value in diagram.all("timeCycle"):
        event = owner(value)
        repeats = text_of(value) and not text_of(value).startswith("R1/")
        if repeats and _interrupts(event):
            yield Finding(
                value,
                f"{called(value)} ha una ripetizione, ma interrompe: scatta una volta sola.",
                "Scrivi una durata o una data, oppure rendi l’evento non interrompente.",
            )


def _interrupts(event: Element) -> bool:
    around = parent_of(event)
    starts_inside = tag(event) == "startEvent" and around is not None and is_event_subprocess(around)
    if starts_inside:
        return event.get("isInterrupting") != "false"
    return tag(event) == "boundaryEvent" and event.get("cancelActivity") != "false"


@rule("timer-negative", "invalid")
def timer_negative(diagram: Diagram) -> Iterator[Finding]:
    for value, text in _literals(diagram):
        if text.startswith("-") or "/-P" in text:
            yield Finding(
                value, f"{called(value)} ha un timer negativo: «{text}».", "Togli il meno: un timer conta in avanti."
            )


@rule("timer-not-iso", "invalid")
def timer_not_iso(diagram: Diagram) -> Iterator[Finding]:
    """ISO 8601, as BPMN 2.0 §10.5.5 asks."""
    for value, text in _literals(diagram):
        if not _CRON.fullmatch(text) and not _reads(tag(value), text):
            yield Finding(
                value, f"{called(value)} ha un timer che non si può leggere: «{text}».", _EXAMPLES[tag(value)]
            )


@rule("due-date-not-iso", "invalid")
def due_date_not_iso(diagram: Diagram) -> Iterator[Finding]:
    """Camunda's ``dueDate`` and ``followUpDate`` take a date or a duration."""
    for task in diagram.all("userTask"):
        for name in ("dueDate", "followUpDate"):
            text = (camunda(task, name) or "").strip()
            if text and not text.startswith(_COMPUTED) and not _is_moment(text):
                yield Finding(task, f"{called(task)} ha una scadenza che non si può leggere: «{text}».", _DUE)


def _is_moment(text: str) -> bool:
    try:
        check_moment(text)
    except (ValueError, OverflowError):
        return False
    return True


def _reads(kind: str, text: str) -> bool:
    try:
        check_literal(kind, text)
    except (ValueError, OverflowError):
        return False
    return True
