"""A case that is saved and loaded between all steps, and a host that answers its diagram."""

from datetime import UTC, datetime, timedelta

from engine import feel
from engine.spiff.process import Process, parse
from tests.engine.diagrams import process

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""A Monday, ten o'clock in Rome."""


class FeelHost:
    """Evaluates with the program's own FEEL; decisions are Python functions of the context."""

    def __init__(self, now=NOW, decisions=None):
        self.now = now
        self.decisions = decisions or {}

    def evaluate(self, text, context):
        return feel.evaluate(text, context, now=self.now)

    def decide(self, ref, context):
        return self.decisions[ref](context)


def diagram(*parts, outside="", **others):
    """Parse the process ``p`` made of these parts, and further processes by their keys."""
    documents = {"p.bpmn": process("p", *parts, outside=outside)}
    documents |= {f"{key}.bpmn": process(key, *more) for key, more in others.items()}
    return parse("p", documents)


class Case:
    """Plays a case by the ids of its elements."""

    def __init__(self, model, variables=None, *, decisions=None):
        self.model = model
        self.host = FeelHost(decisions=decisions)
        self.sizes = []
        self._keep(Process.begin(model, self.host, variables or {}, now=NOW, business_key="SI-1"))

    def _keep(self, process):
        self.trail, self.thrown = process.trail, process.thrown
        self.variables, self.blob = process.variables, process.save()
        self.sizes.append(len(self.blob))

    def _load(self):
        return Process.restore(self.model, self.host, self.variables, self.blob, now=self.host.now, business_key="SI-1")

    def waits(self, kind=None):
        return [wait for wait in self._load().waits() if kind in {None, wait.kind}]

    def find(self, element, kind=None):
        return next(wait for wait in self.waits(kind) if wait.element == element)

    def do(self, element, answers=None, **local):
        """Complete the oldest open task of an element, or the one whose locals are as given."""
        found = [wait for wait in self.waits() if wait.element == element and wait.kind in {"user", "job"}]
        wait = next(each for each in found if local.items() <= each.detail["locals"].items())
        process = self._load()
        process.complete(wait.task, answers or {})
        self._keep(process)

    def fire(self, element, payload=None):
        wait = next(each for each in self.waits() if each.element == element and each.kind not in {"user", "job"})
        process = self._load()
        process.fire(wait.task, wait.index, payload)
        self._keep(process)

    def fail(self, element, code, message=None):
        process = self._load()
        process.throw_error(self.find(element).task, code, message)
        self._keep(process)

    def cancel(self):
        process = self._load()
        process.cancel()
        self._keep(process)

    def later(self, **span):
        self.host.now += timedelta(**span)

    @property
    def open(self):
        """Elements with open tasks, in alphabetical order, as one text."""
        return " ".join(sorted(wait.element for wait in self.waits() if wait.kind in {"user", "job"}))

    @property
    def ended(self):
        return self._load().completed

    @property
    def outcome(self):
        outcome = self._load().outcome
        return outcome and outcome.id

    def told(self, kind):
        return [step.element for step in self.trail if step.kind == kind]


def subprocess(id_, *parts, body="", attributes=""):
    inner = "\n".join(parts)
    return f'<bpmn:subProcess id="{id_}" name="{id_}" {attributes}>{body}{inner}</bpmn:subProcess>'


def event_subprocess(id_, start, *parts):
    return subprocess(id_, start, *parts, attributes='triggeredByEvent="true"')


def event(kind, id_, definition, attributes=""):
    """A catching, throwing, boundary, start or end event with one definition, by tag."""
    return f'<bpmn:{kind} id="{id_}" name="{id_}" {attributes}>{definition}</bpmn:{kind}>'


def boundary(id_, host, definition, *, interrupting=True):
    cancels = "true" if interrupting else "false"
    return event("boundaryEvent", id_, definition, f'attachedToRef="{host}" cancelActivity="{cancels}"')


def message(ref):
    return f'<bpmn:messageEventDefinition messageRef="{ref}" />'


def signal(ref):
    return f'<bpmn:signalEventDefinition signalRef="{ref}" />'


def error(ref=None, attributes=""):
    named = f'errorRef="{ref}"' if ref else ""
    return f"<bpmn:errorEventDefinition {named} {attributes} />"


def escalation(ref=None):
    named = f'escalationRef="{ref}"' if ref else ""
    return f"<bpmn:escalationEventDefinition {named} />"


def timing(kind, value):
    return f"<bpmn:timerEventDefinition><bpmn:{kind}>{value}</bpmn:{kind}></bpmn:timerEventDefinition>"


def condition(text):
    return f"<bpmn:conditionalEventDefinition><bpmn:condition>{text}</bpmn:condition></bpmn:conditionalEventDefinition>"


def script(id_, text, result):
    return (
        f'<bpmn:scriptTask id="{id_}" name="{id_}" scriptFormat="feel" camunda:resultVariable="{result}">'
        f"<bpmn:script>{text}</bpmn:script></bpmn:scriptTask>"
    )


def each_of(collection, item, *, sequential=False, body=""):
    order = "true" if sequential else "false"
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{order}" camunda:collection="{collection}" '
        f'camunda:elementVariable="{item}">{body}</bpmn:multiInstanceLoopCharacteristics>'
    )


OUTSIDE = (
    '<bpmn:message id="M" name="ritiro" /><bpmn:message id="N" name="risposta" />'
    '<bpmn:signal id="S" name="allarme" />'
    '<bpmn:error id="E" errorCode="KO" /><bpmn:error id="F" errorCode="ALTRO" />'
    '<bpmn:escalation id="X" escalationCode="SU" />'
)


def catch(id_, definition):
    return event("intermediateCatchEvent", id_, definition)


def throw(id_, definition):
    return event("intermediateThrowEvent", id_, definition)


def begins(id_, definition, *, interrupting=True):
    """The start event of an event subprocess."""
    word = "true" if interrupting else "false"
    return event("startEvent", id_, definition, f'isInterrupting="{word}"')


def dues(case):
    return [wait.detail["due"] for wait in case.waits("timer")]
