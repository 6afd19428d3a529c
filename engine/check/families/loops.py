"""What repeats an activity, and how many tokens it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.check.diagram import camunda, children, is_executable, text_of
from engine.check.notation import ACTIVITIES
from engine.check.rules import Finding, rule
from engine.check.words import called

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram

_BEHAVIOURS: Final = {
    "None": "noneBehaviorEventRef",
    "One": "oneBehaviorEventRef",
}


def _activities(diagram: Diagram) -> list[Element]:
    return diagram.all(*sorted(ACTIVITIES))


@rule("two-loop-markers", "invalid")
def two_loop_markers(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.3: an activity has one kind of loop."""
    for activity in _activities(diagram):
        if len(children(activity, "standardLoopCharacteristics", "multiInstanceLoopCharacteristics")) > 1:
            yield Finding(
                activity, f"{called(activity)} si ripete in due modi insieme.", "Scegli un solo tipo di ciclo."
            )


@rule("multi-instance-without-count", "invalid")
def multi_instance_without_count(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.3.7: a number or a list says how many instances there are."""
    for loop in diagram.all("multiInstanceLoopCharacteristics"):
        counted = children(loop, "loopCardinality", "loopDataInputRef") or camunda(loop, "collection")
        if not counted and is_executable(loop):
            yield Finding(
                loop,
                f"{called(loop)} si ripete, ma non dice quante volte.",
                "Scrivi loopCardinality o camunda:collection.",
            )


@rule("multi-instance-behaviour-incomplete", "invalid")
def multi_instance_behaviour_incomplete(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.3.7, ``behavior``."""
    for loop in diagram.all("multiInstanceLoopCharacteristics"):
        behaviour = loop.get("behavior", "All")
        wanted = _BEHAVIOURS.get(behaviour)
        bare = behaviour == "Complex" and not children(loop, "complexBehaviorDefinition")
        if bare or (wanted is not None and not loop.get(wanted)):
            yield Finding(
                loop,
                f"{called(loop)} lancia un evento mentre si ripete ({behaviour}), ma non dice quale.",
                "Indica l’evento o scegli il comportamento «All».",
            )


@rule("multi-instance-behaviour", "unsupported")
def multi_instance_behaviour(diagram: Diagram) -> Iterator[Finding]:
    for loop in diagram.all("multiInstanceLoopCharacteristics"):
        if loop.get("behavior", "All") != "All" and is_executable(loop):
            yield Finding(
                loop,
                f"{called(loop)} lancia un evento mentre si ripete: qui non si può eseguire.",
                "Scegli il comportamento «All» e lancia l’evento con un elemento a parte.",
            )


@rule("loop-without-end", "unsupported")
def loop_without_end(diagram: Diagram) -> Iterator[Finding]:
    for loop in diagram.all("standardLoopCharacteristics"):
        bounded = any(map(text_of, children(loop, "loopCondition"))) or loop.get("loopMaximum")
        if not bounded and is_executable(loop):
            yield Finding(
                loop,
                f"{called(loop)} si ripete senza una condizione e senza un massimo.",
                "Scrivi loopCondition o loopMaximum.",
            )


@rule("loop-maximum", "invalid")
def loop_maximum(diagram: Diagram) -> Iterator[Finding]:
    """BPMN20.xsd: ``loopMaximum`` is an integer."""
    for loop in diagram.all("standardLoopCharacteristics"):
        written = loop.get("loopMaximum", "1").strip()
        if not (written.isascii() and written.isdigit()):
            yield Finding(loop, f"{called(loop)} ha loopMaximum «{written}».", "Scrivi un numero intero.")


@rule("quantity-below-one", "invalid")
def quantity_below_one(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.3: start and completion quantity are one or more."""
    for activity in _activities(diagram):
        for name in ("startQuantity", "completionQuantity"):
            if _quantity(activity, name) < 1:
                yield Finding(
                    activity,
                    f"{called(activity)} ha {name} «{activity.get(name)}».",
                    "Scrivi 1 o togli l’attributo.",
                )


def _quantity(activity: Element, name: str) -> int:
    written = activity.get(name, "1").strip()
    return int(written) if written.isascii() and written.isdigit() else 0


@rule("receive-quantity", "unsupported")
def receive_quantity(diagram: Diagram) -> Iterator[Finding]:
    for task in diagram.all("receiveTask"):
        if is_executable(task) and _quantity(task, "startQuantity") > 1:
            yield Finding(
                task,
                f"{called(task)} attende più gettoni insieme: qui non si può eseguire.",
                "Metti un gateway parallelo prima della ricezione.",
            )
