"""Random block-structured diagrams: every block has one way in and one way out, whatever happens inside it."""

from __future__ import annotations

from random import Random

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">'
    '<error id="E" errorCode="KO" /><escalation id="X" escalationCode="SU" />'
)
DURATIONS = ("PT24H", "PT48H", "PT240H")
CHOICES = 3
"""Conditions are ``v = 0`` … for exclusive gateways and ``w0`` … for inclusive ones."""


class Diagram:
    """Writes one diagram; ``xml`` is the result."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._count = 0
        self._messages: list[str] = []
        self.xml = self._document().encode()

    def _document(self) -> str:
        body = self._scope(depth=3, size=self._random.randint(2, 4))
        messages = "".join(f'<message id="{name}" name="{name}" />' for name in self._messages)
        return f'{HEAD}{messages}<process id="p" isExecutable="true">{body}</process></definitions>'

    def _id(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count}"

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _scope(self, depth: int, size: int) -> str:
        """A start, a row of blocks and an end, with an event subprocess now and then."""
        start, end = self._id("start"), self._id("end")
        xml, entry, leave = self._row(depth, size)
        xml += f'<startEvent id="{start}" /><endEvent id="{end}" />' + self._flow(start, entry) + self._flow(leave, end)
        return xml + (self._event_subprocess() if self._chance(0.3) else "")

    def _flow(self, source: str, target: str, condition: str = "", name: str = "") -> str:
        inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        return f'<sequenceFlow id="{name or self._id("f")}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'

    def _row(self, depth: int, size: int) -> tuple[str, str, str]:
        """Blocks one after the other: their XML, the first element and the last."""
        xml, first, last = self._block(depth)
        for _ in range(size - 1):
            more, entry, leave = self._block(depth)
            xml += more + self._flow(last, entry)
            last = leave
        return xml, first, last

    def _block(self, depth: int) -> tuple[str, str, str]:
        simple = [self._task, self._task, self._task, self._catch, self._automatic, self._race]
        nested = [self._exclusive, self._parallel, self._inclusive, self._loop, self._subprocess, self._instances,
                  self._failing, self._escalating, self._doubling, self._crowd, self._echo]  # fmt: skip
        return self._random.choice(simple if depth == 0 or self._chance(0.35) else nested)(depth - 1)

    def _automatic(self, _: int) -> tuple[str, str, str]:
        name = self._id("auto")
        return f'<task id="{name}" />', name, name

    def _task(self, _: int) -> tuple[str, str, str]:
        name = self._id("task")
        xml = f'<userTask id="{name}" />'
        if self._chance(0.25):
            xml += self._reminder(name)
        if self._chance(0.25):
            more, leave = self._deadline(name)
            return xml + more, name, leave
        return xml, name, name

    def _reminder(self, host: str) -> str:
        """A branch beside the activity that ends by itself."""
        kind, value = self._random.choice(
            (("timeCycle", "R2/PT24H"), ("timeDuration", "PT24H"), ("timeCycle", "R/PT48H"))
        )
        event, task, end = self._id("rem"), self._id("task"), self._id("end")
        return (
            self._boundary(event, host, self._timer(kind, value), cancels=False)
            + f'<userTask id="{task}" /><endEvent id="{end}" />'
            + self._flow(event, task)
            + self._flow(task, end)
        )

    def _deadline(self, host: str) -> tuple[str, str]:
        """A way out by time, that joins the usual one again."""
        event, task, join = self._id("late"), self._id("task"), self._id("x")
        xml = (
            self._boundary(event, host, self._timer("timeDuration", self._random.choice(DURATIONS)))
            + f'<userTask id="{task}" /><exclusiveGateway id="{join}" />'
            + self._flow(event, task)
            + self._flow(task, join)
            + self._flow(host, join)
        )
        return xml, join

    def _boundary(self, name: str, host: str, definition: str, *, cancels: bool = True) -> str:
        word = "true" if cancels else "false"
        return f'<boundaryEvent id="{name}" attachedToRef="{host}" cancelActivity="{word}">{definition}</boundaryEvent>'

    def _timer(self, kind: str, value: str) -> str:
        return f"<timerEventDefinition><{kind}>{value}</{kind}></timerEventDefinition>"

    def _message(self) -> str:
        self._messages.append(self._id("m"))
        return f'<messageEventDefinition messageRef="{self._messages[-1]}" />'

    def _event(self) -> str:
        return self._message() if self._chance(0.5) else self._timer("timeDuration", self._random.choice(DURATIONS))

    def _catch(self, _: int) -> tuple[str, str, str]:
        name = self._id("catch")
        return f'<intermediateCatchEvent id="{name}">{self._event()}</intermediateCatchEvent>', name, name

    def _race(self, depth: int) -> tuple[str, str, str]:
        gateway, join = self._id("g"), self._id("x")
        xml = f'<eventBasedGateway id="{gateway}" /><exclusiveGateway id="{join}" />'
        for _ in range(self._random.randint(2, 3)):
            more, event, _ = self._catch(depth)
            xml += more + self._flow(gateway, event) + self._flow(event, join)
        return xml, gateway, join

    def _branches(self, depth: int, kind: str, conditions: str) -> tuple[str, str, str]:
        """Ways apart and together again; with conditions the last is the default."""
        split, join, ways = self._id("g"), self._id("j"), self._random.randint(2, CHOICES)
        default = self._id("f") if conditions else ""
        xml = f'<{kind} id="{split}" default="{default}" /><{kind} id="{join}" />'
        for way in range(ways):
            more, entry, leave = self._row(max(depth, 0), self._random.randint(1, 2))
            is_default = conditions and way == ways - 1
            condition = "" if is_default or not conditions else conditions.format(way)
            xml += more + self._flow(split, entry, condition, default if is_default else "") + self._flow(leave, join)
        return xml, split, join

    def _exclusive(self, depth: int) -> tuple[str, str, str]:
        return self._branches(depth, "exclusiveGateway", "v = {}")

    def _parallel(self, depth: int) -> tuple[str, str, str]:
        return self._branches(depth, "parallelGateway", "")

    def _inclusive(self, depth: int) -> tuple[str, str, str]:
        return self._branches(depth, "inclusiveGateway", "w{}")

    def _loop(self, depth: int) -> tuple[str, str, str]:
        """Begins with a task, so that no turn goes by itself."""
        merge, split, default = self._id("x"), self._id("x"), self._id("f")
        task, first, done = self._task(0)
        turn = self._beside if self._chance(0.4) else self._row_of_one
        xml, entry, leave = turn(max(depth, 0))
        xml += f'{task}<exclusiveGateway id="{merge}" /><exclusiveGateway id="{split}" default="{default}" />'
        out = self._id("auto")
        xml += f'<task id="{out}" />' + self._flow(merge, first) + self._flow(done, entry) + self._flow(leave, split)
        return xml + self._flow(split, merge, "w0") + self._flow(split, out, name=default), merge, out

    def _row_of_one(self, depth: int) -> tuple[str, str, str]:
        return self._row(depth, 1)

    def _beside(self, _: int) -> tuple[str, str, str]:
        """An inclusive choice with a task beside it, which a parallel join waits for."""
        split, join = self._id("g"), self._id("j")
        xml = f'<parallelGateway id="{split}" /><parallelGateway id="{join}" />'
        for block in (self._inclusive, self._task):
            more, entry, leave = block(0)
            xml += more + self._flow(split, entry) + self._flow(leave, join)
        return xml, split, join

    def _subprocess(self, depth: int) -> tuple[str, str, str]:
        name = self._id("sub")
        xml = f'<subProcess id="{name}">{self._scope(max(depth, 0), self._random.randint(1, 2))}</subProcess>'
        if self._chance(0.3):
            xml += self._reminder(name)
        if self._chance(0.3):
            more, leave = self._deadline(name)
            return xml + more, name, leave
        return xml, name, name

    def _instances(self, depth: int) -> tuple[str, str, str]:
        name, order = self._id("mi"), "true" if self._chance(0.5) else "false"
        many = (
            f'<multiInstanceLoopCharacteristics isSequential="{order}" camunda:collection="=items" '
            f'camunda:elementVariable="{self._random.choice(("item", "other"))}" />'
        )
        tag, inner = "userTask", ""
        if depth > 0 and self._chance(0.5):
            tag, inner = "subProcess", self._scope(0, 2)
        xml = f'<{tag} id="{name}">{inner}{many}</{tag}>'
        if self._chance(0.4):
            more, leave = self._deadline(name)
            return xml + more, name, leave
        return xml, name, name

    def _doubling(self, depth: int) -> tuple[str, str, str]:
        """Two tokens go on from here, and meet others at the joins that follow."""
        split, merge, first, second = (self._id(each) for each in ("g", "x", "auto", "auto"))
        xml = f'<parallelGateway id="{split}" /><exclusiveGateway id="{merge}" />'
        xml += f'<task id="{first}" /><task id="{second}" />'
        for name in (first, second):
            xml += self._flow(split, name) + self._flow(name, merge)
        row, entry, leave = self._row(max(depth, 0), 1)
        return xml + row + self._flow(merge, entry), split, leave

    def _crowd(self, _: int) -> tuple[str, str, str]:
        """Two tokens come to each flow of one join, before any goes on from it."""
        split, join, kind = self._id("g"), self._id("j"), self._random.choice(("parallelGateway", "inclusiveGateway"))
        xml = f'<parallelGateway id="{split}" /><{kind} id="{join}" />'
        for _ in range(2):
            merge = self._id("x")
            xml += f'<exclusiveGateway id="{merge}" />' + self._flow(merge, join)
            for auto in (self._id("auto"), self._id("auto")):
                xml += f'<task id="{auto}" />' + self._flow(split, auto) + self._flow(auto, merge)
        return xml, split, join

    def _echo(self, _: int) -> tuple[str, str, str]:
        """An activity and what its boundary event sent come to one inclusive join, each by a flow of its own."""
        event, join, task = self._id("echo"), self._id("j"), self._id("task")
        xml = f'<userTask id="{task}" /><inclusiveGateway id="{join}" />'
        xml += self._boundary(event, task, self._event(), cancels=self._chance(0.3))
        return xml + self._flow(task, join) + self._flow(event, join), task, join

    def _failing(self, depth: int) -> tuple[str, str, str]:
        """A subprocess that may end in an error, caught on it or further out, where there is a further out."""
        name, caught, join = self._id("sub"), self._id("err"), self._id("x")
        start, split, fail, end, default = (self._id(each) for each in ("start", "g", "ko", "end", "f"))
        row, entry, leave = self._row(max(depth, 0), 1)
        body = (
            f'<startEvent id="{start}" /><exclusiveGateway id="{split}" default="{default}" /><endEvent id="{end}" />'
            f'<endEvent id="{fail}"><errorEventDefinition errorRef="E" /></endEvent>'
            + row
            + self._flow(start, entry)
            + self._flow(leave, split)
            + self._flow(split, fail, "w1")
            + self._flow(split, end, name=default)
        )
        xml = f'<subProcess id="{name}">{body}</subProcess><exclusiveGateway id="{join}" />' + self._flow(name, join)
        xml += self._boundary(caught, name, '<errorEventDefinition errorRef="E" />') + self._flow(caught, join)
        return xml, name, join

    def _escalating(self, depth: int) -> tuple[str, str, str]:
        """A subprocess that calls for help on its way, and may be stopped by its own terminate event."""
        name, help_, throw, stop = self._id("sub"), self._id("esc"), self._id("up"), self._id("stop")
        start, task, end = self._id("start"), self._id("task"), self._id("end")
        row, entry, leave = self._row(max(depth, 0), 1)
        body = (
            f'<startEvent id="{start}" /><endEvent id="{stop}"><terminateEventDefinition /></endEvent>'
            f'<intermediateThrowEvent id="{throw}"><escalationEventDefinition escalationRef="X" /></intermediateThrowEvent>'
            + row
            + self._flow(start, throw)
            + self._flow(throw, entry)
            + self._flow(throw, stop_task := self._id("task"))
            + f'<userTask id="{stop_task}" />'
            + self._flow(stop_task, stop)
            + self._flow(leave, stop)
        )
        xml = f'<subProcess id="{name}">{body}</subProcess><userTask id="{task}" /><endEvent id="{end}" />'
        definition = '<escalationEventDefinition escalationRef="X" />'
        xml += self._boundary(help_, name, definition, cancels=self._chance(0.3))
        return xml + self._flow(help_, task) + self._flow(task, end), name, name

    def _event_subprocess(self) -> str:
        name, start, task, end = (self._id(each) for each in ("esp", "start", "task", "end"))
        interrupts = "true" if self._chance(0.4) else "false"
        definition = self._event() if self._chance(0.8) else self._timer("timeCycle", "R3/PT24H")
        return (
            f'<subProcess id="{name}" triggeredByEvent="true"><startEvent id="{start}" isInterrupting="{interrupts}">'
            f'{definition}</startEvent><userTask id="{task}" /><endEvent id="{end}" />'
            + self._flow(start, task)
            + self._flow(task, end)
            + "</subProcess>"
        )
