"""A second reading of BPMN 2.0, written from the standard alone, that random diagrams are played on beside the engine.

It favours the letter of the standard over speed: paths are searched each time they are asked for, a scope is an object
that holds what runs in it, nothing is ever saved. It knows as much BPMN as ``generator`` writes.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from tests.oracle.graph import BPMN, CAMUNDA, Alarm, Flow, Graph, Node, Scope, Thing
from tests.oracle.joins import first_of_each_flow, is_enabled, scopes_in


class Interpreter:
    """Plays one case; ``flows`` and ``done`` tell what happened since they were last emptied."""

    def __init__(self, source: bytes, variables: dict, now: datetime) -> None:
        self.graph = Graph(source)
        self.variables = dict(variables)
        self.now = now
        self.outcome: str | None = None
        self.flows: list[str] = []
        self.done: list[str] = []
        self.root = Scope("p", None)
        self._queue: list = []
        self._open(self.root)
        self._go()

    # What is waited for

    def waits(self) -> list[tuple]:
        """Give what is waited for: kind, element, what tells it apart, and how to make it happen."""
        found: list[tuple[int, tuple]] = []
        if not self.root.is_over:
            self._collect(self.root, found)
        return [wait for _, wait in sorted(found, key=lambda each: each[0])]

    def _collect(self, scope: Scope, found: list) -> None:
        for alarm in scope.listeners:
            found += [(alarm.number, self._alarm(alarm, lambda a=alarm, s=scope: self._start_beside(s, a)))]
        for thing in scope.things:
            self._collect_thing(thing, found)

    def _collect_thing(self, thing: Thing, found: list) -> None:
        if thing.role == "task":
            local = tuple(sorted((key, str(value)) for key, value in thing.reach.items()))
            found.append((thing.number, ("user", thing.node.id, local, lambda: self._leave(thing))))
        for alarm in thing.listeners:
            act = self._caught if thing.role == "catch" else self._boundary
            found.append((alarm.number, self._alarm(alarm, lambda a=alarm, act=act: act(thing, a))))
        for part in thing.parts:
            self._collect_thing(part, found)
        if thing.inner:
            self._collect(thing.inner, found)

    def _alarm(self, alarm: Alarm, act) -> tuple:
        if alarm.message:
            return "message", alarm.node.id, alarm.message, act
        return "timer", alarm.node.id, alarm.due, act

    def happen(self, wait: tuple, answers: dict) -> None:
        self.variables.update(answers)
        wait[3]()
        self._go()

    # Moving on

    def _go(self) -> None:
        while self._queue or self._fire_inclusive():
            scope, node, flow, beside = self._queue.pop(0)
            if not scope.is_over:
                self._arrive(scope, node, flow, beside=beside)
                self._close(scope)

    def _arrive(self, scope: Scope, node: Node, flow: Flow | None, *, beside: bool) -> None:
        if node.kind in {"parallelGateway", "inclusiveGateway"} and len(node.into) > 1:
            scope.things.append(Thing(node, scope, "join", flow=flow, beside=beside))
            if node.kind == "parallelGateway":
                self._fire_parallel(scope, node)
        elif node.kind == "eventBasedGateway":
            thing = self._add(scope, node, "catch", beside=beside)
            thing.listeners = [self._listen(each.target) for each in node.out]
        elif node.kind == "intermediateCatchEvent":
            self._add(scope, node, "catch", beside=beside).listeners = [self._listen(node)]
        elif node.kind in {"userTask", "subProcess"}:
            self._begin(scope, node, beside=beside)
        else:
            self._pass(scope, node, beside=beside)

    def _add(self, scope: Scope, node: Node, role: str, *, beside: bool = False) -> Thing:
        thing = Thing(node, scope, role, beside=beside)
        scope.things.append(thing)
        return thing

    def _begin(self, scope: Scope, node: Node, *, beside: bool) -> None:
        many = node.xml.find(f"{BPMN}multiInstanceLoopCharacteristics")
        thing = self._add(scope, node, "body" if many is not None else "task", beside=beside)
        thing.listeners = [self._listen(each) for each in node.events if self._is_timed(each)]
        if many is None:
            self._enter(thing)
            return
        thing.ahead = list(self.variables["items"])
        thing.turns = len(thing.ahead)
        for _ in range(1 if many.get("isSequential") == "true" else thing.turns):
            self._next_instance(thing)
        if not thing.turns:
            self._leave(thing)

    def _is_timed(self, node: Node) -> bool:
        return node.has("timerEventDefinition") or node.has("messageEventDefinition")

    def _next_instance(self, body: Thing) -> None:
        many = body.node.xml.find(f"{BPMN}multiInstanceLoopCharacteristics")
        index = body.turns - len(body.ahead)
        if body.ahead:
            part = Thing(body.node, body.scope, "task", body=body)
            part.locals = {"loopCounter": index, many.get(f"{CAMUNDA}elementVariable"): body.ahead.pop(0)}
            body.parts.append(part)
            self._enter(part)

    def _enter(self, thing: Thing) -> None:
        if thing.node.kind == "subProcess":
            thing.role = "sub"
            thing.inner = Scope(thing.node.id, thing)
            self._open(thing.inner)

    def _open(self, scope: Scope) -> None:
        for esp in self.graph.within(scope.id, "subProcess"):
            if esp.xml.get("triggeredByEvent"):
                alarm = self._listen(self.graph.within(esp.id, "startEvent")[0])
                scope.listeners.append(alarm)
        self._queue += [(scope, node, None, False) for node in self.graph.within(scope.id, "startEvent")]

    def _pass(self, scope: Scope, node: Node, *, beside: bool) -> None:
        """Let a token through a node that does not wait, and throw what it throws."""
        self.done.append(node.id)
        if node.kind == "endEvent" and (not beside or node.has("terminateEventDefinition")):
            self._reach_end(scope, node)
        if node.has("errorEventDefinition") and node.kind == "endEvent":
            self._throw(scope, node, "errorEventDefinition")
        elif node.has("terminateEventDefinition"):
            self._sweep(scope)
        elif node.has("escalationEventDefinition") and node.kind == "intermediateThrowEvent":
            self._throw(scope, node, "escalationEventDefinition")
        if not scope.is_over:
            self._take(scope, self._ways(node), beside=beside)

    def _reach_end(self, scope: Scope, node: Node) -> None:
        """An end event of the process, or of an event subprocess that has taken the process over, is its outcome."""
        while scope.owner and scope.owner.role == "esp" and self._interrupts(scope.owner.node):
            scope = scope.owner.scope
        if scope is self.root:
            self.outcome = node.id

    def _interrupts(self, esp: Node) -> bool:
        start = self.graph.within(esp.id, "startEvent")[0]
        return start.xml.get("isInterrupting") != "false"

    def _ways(self, node: Node) -> list[Flow]:
        default = node.xml.get("default")
        if node.kind == "parallelGateway" or not any(flow.condition for flow in node.out):
            return node.out
        true = [flow for flow in node.out if flow.id != default and self._holds(flow.condition)]
        true = true[:1] if node.kind == "exclusiveGateway" else true
        return true or [flow for flow in node.out if flow.id == default]

    def _holds(self, words: str) -> bool:
        name, _, value = words.partition(" = ")
        return self.variables[name] == int(value) if value else self.variables[name]

    def _take(self, scope: Scope, flows: list[Flow], *, beside: bool) -> None:
        self.flows += [flow.id for flow in flows]
        self._queue += [(scope, flow.target, flow, beside) for flow in flows]

    # Joins

    def _fire_parallel(self, scope: Scope, node: Node) -> None:
        """One token of every flow is consumed (§13.4.1); any further one waits for the next round."""
        first = first_of_each_flow(scope, node)
        if len(first) == len(node.into):
            self._melt(scope, node, first)

    def _melt(self, scope: Scope, node: Node, first: dict[Flow, Thing]) -> None:
        scope.things = [thing for thing in scope.things if thing not in first.values()]
        self._pass(scope, node, beside=all(thing.beside for thing in first.values()))

    def _fire_inclusive(self) -> bool:
        for scope in scopes_in(self.root):
            for thing in scope.things:
                if thing.role == "join" and thing.node.kind == "inclusiveGateway" and is_enabled(scope, thing.node):
                    self._melt(scope, thing.node, first_of_each_flow(scope, thing.node))
                    return True
        return False

    # Ends

    def _leave(self, thing: Thing) -> None:
        """An activity is done: one instance of several, or the whole."""
        self.done.append(thing.node.id)
        if thing.body:
            thing.body.parts.remove(thing)
            self._next_instance(thing.body)
            if not thing.body.parts:
                self._leave(thing.body)
            return
        thing.scope.things.remove(thing)
        if thing.role != "esp":
            self._take(thing.scope, self._ways(thing.node), beside=thing.beside)
        self._close(thing.scope)

    def _close(self, scope: Scope) -> None:
        """A scope ends when nothing runs in it and nothing is on its way to it."""
        if scope.is_over or scope.things or any(each[0] is scope for each in self._queue):
            return
        scope.is_over = True
        if scope.owner:
            self._leave(scope.owner)

    def _sweep(self, scope: Scope) -> None:
        """Cancel all that runs in a scope."""
        for thing in scope.things:
            self._cancel(thing)
        scope.things = []
        self._queue = [each for each in self._queue if each[0] is not scope]

    def _cancel(self, thing: Thing) -> None:
        for part in thing.parts:
            self._cancel(part)
        if thing.inner:
            thing.inner.is_over = True
            self._sweep(thing.inner)

    # Events

    def _listen(self, node: Node) -> Alarm:
        message = node.xml.find(f"{BPMN}messageEventDefinition")
        if message is not None:
            return Alarm(node, message=message.get("messageRef"), left=None)
        words = "".join(node.xml.find(f"{BPMN}timerEventDefinition").itertext())
        times, _, span = words.rpartition("/")
        every = timedelta(hours=int(re.fullmatch(r"PT(\d+)H", span)[1]))
        left = (int(times[1:]) if times[1:] else None) if times else 1
        return Alarm(node, due=self.now + every, every=every, left=left)

    def _again(self, alarm: Alarm, listeners: list[Alarm]) -> None:
        """A timer that has rung is set for its next turn to come, what it missed is used up; a message is not."""
        begun = alarm.due
        while alarm.due and alarm.left != 0 and alarm.due <= max(begun, self.now):
            alarm.due, alarm.left = alarm.due + alarm.every, alarm.left and alarm.left - 1
        if alarm.left == 0:
            listeners.remove(alarm)

    def _caught(self, thing: Thing, alarm: Alarm) -> None:
        thing.scope.things.remove(thing)
        self.done.append(thing.node.id)
        if thing.node.kind == "eventBasedGateway":
            self.flows += [flow.id for flow in thing.node.out if flow.target is alarm.node]
            self.done.append(alarm.node.id)
        self._take(thing.scope, alarm.node.out, beside=thing.beside)
        self._close(thing.scope)

    def _boundary(self, thing: Thing, alarm: Alarm) -> None:
        if alarm.node.xml.get("cancelActivity") == "false":
            self._again(alarm, thing.listeners)
        self._leave_by(thing, alarm.node)

    def _leave_by(self, thing: Thing, event: Node) -> None:
        interrupts = event.xml.get("cancelActivity") != "false"
        if interrupts:
            self._cancel(thing)
            thing.scope.things.remove(thing)
        self._queue.append((thing.scope, event, None, thing.beside or not interrupts))

    def _start_beside(self, scope: Scope, alarm: Alarm) -> None:
        """Start an event subprocess, in place of all else where it interrupts."""
        esp = self.graph.nodes[alarm.node.inside]
        if self._interrupts(esp):
            self._sweep(scope)
            scope.listeners = []
        else:
            self._again(alarm, scope.listeners)
        thing = self._add(scope, esp, "esp")
        thing.inner = Scope(esp.id, thing)
        self._open(thing.inner)

    def _throw(self, scope: Scope, node: Node, tag: str) -> None:
        """Look for a boundary event further and further out; an error that is not caught ends the process."""
        while scope.owner:
            owner = scope.owner.body or scope.owner
            for event in owner.node.events if owner.role != "esp" else ():
                if event.has(tag):
                    self._leave_by(owner, event)
                    return
            scope = owner.scope
        if tag == "errorEventDefinition":
            self._sweep(self.root)
            self.root.is_over = True
            self.outcome = node.id
