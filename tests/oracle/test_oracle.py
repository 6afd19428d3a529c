"""The engine and an independent interpreter play the same random diagrams and must agree at every step."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from engine import feel
from engine.spiff.process import Process, parse
from tests.oracle.generator import Diagram
from tests.oracle.interpreter import Interpreter

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MODELS = 200
WALKS = 2
STEPS = 30
LOCALS = ("item", "loopCounter", "other")


class FeelHost:
    def __init__(self):
        self.now = NOW

    def evaluate(self, text, context):
        return feel.evaluate(text, context, now=self.now)

    def decide(self, ref, context):
        raise LookupError(ref, context)


class Pair:
    """The two, side by side; the engine is saved and loaded at every step."""

    def __init__(self, source, random):
        self.random = random
        self.host = FeelHost()
        self.model = parse("p", {"p.bpmn": source})
        variables = self.answers()
        self.oracle = Interpreter(source, variables, NOW)
        self.process = Process.begin(self.model, self.host, variables, now=NOW, business_key=None)

    def answers(self):
        """Give every condition a new value."""
        flags = {f"w{n}": self.random.random() < 0.5 for n in range(3)}
        return {"v": self.random.randrange(3), "items": self.random.choice([[], ["x"], ["x", "y", "z"]]), **flags}

    def engine_waits(self):
        for wait in self.process.waits():
            inner = wait.detail.get("locals", {})
            local = tuple((name, str(inner[name])) for name in LOCALS if name in inner)
            due = wait.detail.get("due")
            mark = {"user": local, "timer": due and datetime.fromisoformat(due), "message": wait.detail.get("message")}
            yield (wait.kind, wait.element, mark[wait.kind]), wait

    def difference(self):
        """Say where the two differ, in words; empty when they do not."""
        ours, theirs = Counter(key for key, _ in self.engine_waits()), Counter(each[:3] for each in self.oracle.waits())
        told = {
            kind: Counter(step.element for step in self.process.trail if step.kind == kind)
            for kind in ("flow", "completed")
        }
        pairs = {
            "waits": (ours, theirs),
            "flows": (told["flow"], Counter(self.oracle.flows)),
            "completed": (told["completed"], Counter(self.oracle.done)),
            "ended": (self.process.completed, self.oracle.root.is_over),
            "outcome": (self.process.outcome and self.process.outcome.id, self.oracle.outcome),
        }
        return {name: (one, other) for name, (one, other) in pairs.items() if one != other}

    def step(self):
        """Let one thing happen that both can tell from all others; False when there is none."""
        waits = list(self.engine_waits())
        alone = [key for key, many in Counter(key for key, _ in waits).items() if many == 1]
        if not alone:
            return False
        key = self.random.choice(sorted(alone, key=str))
        self.host.now = max(self.host.now + timedelta(hours=1), key[2] if key[0] == "timer" else NOW)
        self._restore()
        self.oracle.now, self.oracle.flows, self.oracle.done = self.host.now, [], []
        answers = self.answers()
        theirs = next(each for each in self.oracle.waits() if each[:3] == key)
        self.oracle.happen(theirs, answers)
        self._happen(dict(waits)[key], answers)
        return True

    def _restore(self):
        variables, blob = self.process.variables, self.process.save()
        self.process = Process.restore(self.model, self.host, variables, blob, now=self.host.now, business_key=None)

    def _happen(self, wait, answers):
        if wait.kind == "user":
            self.process.complete(wait.task, answers)
        else:
            self.process.fire(wait.task, wait.index, answers)


@pytest.mark.parametrize("seed", range(MODELS))
def test_the_engine_and_the_oracle_agree_on_a_random_diagram(seed):
    source = Diagram(seed).xml

    for walk in range(WALKS):
        pair = Pair(source, Random(f"{seed}/{walk}"))
        for step in range(STEPS):
            assert not pair.difference(), f"walk {walk}, step {step}"
            if not pair.step():
                break
        assert not pair.difference(), f"walk {walk}, at its end"


def test_a_good_part_of_the_random_cases_reach_their_end():
    ended = 0

    for seed in range(60):
        pair = Pair(Diagram(seed).xml, Random(seed))
        for _ in range(2 * STEPS):
            if not pair.step():
                break
        ended += pair.process.completed

    assert ended >= 20
