"""Activities: what each kind of task needs in order to run, and what repeats it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from engine.check.diagram import (
    camunda,
    children,
    extension,
    is_executable,
    text_of,
)
from engine.check.families.levels import nodes_in
from engine.check.notation import ACTIVITIES
from engine.check.rules import Finding, rule
from engine.check.words import called, label, line_of
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram

_JAVA: Final = ("class", "delegateExpression", "expression")
_IMMEDIATE: Final = frozenset({"task", "manualTask", "scriptTask", "businessRuleTask"})
_AWAITED: Final = frozenset(
    {"messageEventDefinition", "timerEventDefinition", "signalEventDefinition", "conditionalEventDefinition"}
)
_NOT_RUN: Final = ("inputOutput", "connector", "formData", "field")
_INSTEAD: Final = {"formData": "Disegna il modulo in un file e scrivi il suo nome in «Form key» (camunda:formKey)."}


def _activities(diagram: Diagram) -> list[Element]:
    return diagram.all(*sorted(ACTIVITIES))


@rule("script-without-format", "invalid")
def script_without_format(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.3.3: a script says its language."""
    for task in diagram.all("scriptTask"):
        if children(task, "script") and not task.get("scriptFormat"):
            yield Finding(task, f"{called(task)} non dice in che linguaggio è scritto.", 'Scrivi scriptFormat="feel".')


@rule("script-language", "unsupported")
def script_language(diagram: Diagram) -> Iterator[Finding]:
    for task in diagram.all("scriptTask"):
        language = task.get("scriptFormat", "feel")
        if is_executable(task) and "feel" not in language.lower():
            yield Finding(
                task,
                f"{called(task)} è scritto in «{language}»: qui si usa solo FEEL.",
                'Riscrivilo in FEEL, con scriptFormat="feel" e camunda:resultVariable.',
            )


@rule("script-missing", "unsupported")
def script_missing(diagram: Diagram) -> Iterator[Finding]:
    for task in diagram.all("scriptTask"):
        if is_executable(task) and not any(text_of(script) for script in children(task, "script")):
            yield Finding(task, f"{called(task)} non calcola niente.", "Scrivi l’espressione FEEL o usa un’attività.")


@rule("service-without-topic", "unsupported")
def service_without_topic(diagram: Diagram) -> Iterator[Finding]:
    for task in diagram.all("serviceTask"):
        if is_executable(task) and not camunda(task, "topic") and not _is_java(task):
            yield Finding(
                task,
                f"{called(task)} non dice quale operazione eseguire.",
                'Scrivi camunda:type="external" e camunda:topic con il nome dell’operazione.',
            )


@rule("unknown-topic", "unsupported")
def unknown_topic(diagram: Diagram) -> Iterator[Finding]:
    topics = diagram.folder.surroundings.topics
    for element in diagram.elements if topics is not None else ():
        topic = camunda(element, "topic")
        if topic and not topic.startswith("=") and topic not in (topics or ()) and is_executable(element):
            yield Finding(
                element,
                f"{called(element)} chiede l’operazione «{topic}», che non esiste.",
                _instead(topic, topics or ()),
            )


def _instead(topic: str, topics: Collection[str]) -> str:
    near = get_close_matches(topic.lower(), sorted(topics), n=1)
    meant = f"Forse volevi «{near[0]}». " if near else ""
    return f"{meant}Operazioni disponibili: {', '.join(sorted(topics)) or 'nessuna'}."


def _is_java(element: Element) -> bool:
    return any(camunda(element, name) for name in _JAVA)


@rule("java-implementation", "unsupported")
def java_implementation(diagram: Diagram) -> Iterator[Finding]:
    for element in diagram.elements:
        listeners = [*extension(element, "executionListener"), *extension(element, "taskListener")]
        if is_executable(element) and (_is_java(element) or listeners):
            yield Finding(
                element,
                f"{called(element)} rimanda a codice Java, che qui non c’è.",
                "Usa un’operazione (camunda:topic) o un’espressione FEEL.",
            )


@rule("receive-task-after-start", "invalid")
def receive_task_after_start(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.3.3: a receive task that starts the process has no incoming flow."""
    for task in diagram.all("receiveTask"):
        if task.get("instantiate") == "true" and diagram.incoming(task):
            yield Finding(
                task, f"{called(task)} avvia il processo, ma ha un flusso in entrata.", "Togli instantiate o il flusso."
            )


@rule("receive-task-starts-process", "unsupported")
def receive_task_starts_process(diagram: Diagram) -> Iterator[Finding]:
    for task in diagram.all("receiveTask"):
        if task.get("instantiate") == "true" and is_executable(task):
            yield Finding(task, f"{called(task)} avvia il processo: qui non è possibile.", "Usa un evento di inizio.")


@rule("message-task-without-message", "unsupported")
def message_task_without_message(diagram: Diagram) -> Iterator[Finding]:
    for task in diagram.all("receiveTask", "sendTask"):
        sent = tag(task) == "sendTask" and (camunda(task, "topic") or _is_java(task))
        named = task.get("messageRef") or sent
        if is_executable(task) and not named:
            yield Finding(task, f"{called(task)} non dice quale messaggio.", "Scegli il messaggio nell’editor.")


@rule("empty-ad-hoc", "invalid")
def empty_ad_hoc(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.3.5: an ad hoc subprocess holds at least one activity."""
    for level in diagram.all("adHocSubProcess"):
        if not any(tag(node) in ACTIVITIES for node in nodes_in(level)):
            yield Finding(level, f"{called(level)} non contiene attività.", "Mettici almeno un’attività.")


@rule("ad-hoc-with-start-or-end", "invalid")
def ad_hoc_with_start_or_end(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.3.5: an ad hoc subprocess has neither start nor end events."""
    for level in diagram.all("adHocSubProcess"):
        for event in children(level, "startEvent", "endEvent"):
            yield Finding(event, f"{called(event)} sta in un sottoprocesso ad hoc.", "Toglilo o usa un sottoprocesso.")


@rule("ad-hoc", "unsupported")
def ad_hoc(diagram: Diagram) -> Iterator[Finding]:
    for level in diagram.all("adHocSubProcess"):
        yield Finding(level, f"{called(level)} non si può eseguire qui.", "Usa un sottoprocesso con i suoi flussi.")


@rule("user-task-without-name", "advice")
def user_task_without_name(diagram: Diagram) -> Iterator[Finding]:
    for task in diagram.all("userTask"):
        if not label(task):
            yield Finding(task, f"{called(task)} non ha un nome.", "Scrivi che cosa deve fare la persona.")


@rule("extension-not-run", "unsupported")
def extension_not_run(diagram: Diagram) -> Iterator[Finding]:
    for element in diagram.elements:
        for name in _NOT_RUN:
            for found in extension(element, name) if is_executable(element) else ():
                yield Finding(
                    element,
                    f"{called(element)} usa camunda:{name}, che qui non si esegue.",
                    _INSTEAD.get(name, "Toglilo: le variabili del processo si leggono e si scrivono direttamente."),
                    line_of(found),
                )


@rule("service-type", "unsupported")
def service_type(diagram: Diagram) -> Iterator[Finding]:
    for element in diagram.elements:
        kind = camunda(element, "type")
        if kind not in {None, "", "external"} and is_executable(element):
            yield Finding(
                element, f"{called(element)} è di tipo «{kind}», che qui non si esegue.", 'Usa camunda:type="external".'
            )


@rule("priority-not-a-number", "invalid")
def priority_not_a_number(diagram: Diagram) -> Iterator[Finding]:
    for task in diagram.all("userTask"):
        written = (camunda(task, "priority") or "0").strip()
        if not written.startswith(("=", "$", "#")) and not written.isdecimal():
            yield Finding(task, f"{called(task)} ha priorità «{written}».", "Scrivi un numero intero, come 50.")


@rule("task-without-type", "advice")
def task_without_type(diagram: Diagram) -> Iterator[Finding]:
    for task in diagram.all("task", "manualTask"):
        if is_executable(task):
            yield Finding(
                task,
                f"Il processo supera «{label(task) or task.get('id')}» senza fermarsi e senza fare niente.",
                "Se la fa una persona usa un compito utente, se la fa il sistema un compito automatico.",
            )


@rule("boundary-never-reached", "advice")
def boundary_never_reached(diagram: Diagram) -> Iterator[Finding]:
    for event in diagram.all("boundaryEvent"):
        at = diagram.find(event.get("attachedToRef"))
        kinds = {tag(definition) for definition in diagram.definitions(event)}
        if at is not None and tag(at) in _IMMEDIATE and kinds & _AWAITED and not camunda(at, "topic"):
            yield Finding(
                event,
                f"{called(event)} sta su un’attività che finisce subito: non scatta mai.",
                "Mettilo su un compito che attende, o su un sottoprocesso.",
            )
