"""Processes of betsy, the engine test system of the University of Bamberg, run as it prescribes.

The converted diagrams, the moments at which to look and the traces to find come from the checkout beside this one;
where it is absent these tests are skipped.
"""

import importlib.util
import json
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from engine.errors import EngineError, InvalidDiagram
from engine.spiff.process import Process, parse
from tests.engine.spiff.given import NOW, FeelHost

BETSY = Path(__file__).parents[4] / "shared" / "betsy"
LASTS = timedelta(seconds=10)

REFUSED = {
    "ComplexGateway",
    "CallActivity_GlobalTask",
    # compensation
    "Compensation_BoundaryEvent_SubProcess",
    "Compensation_TriggeredByCancel",
    # events that instances throw as they end
    "MultiInstance_NoneBehavior",
    "MultiInstance_OneBehavior",
    "MultiInstance_ComplexBehavior",
    "WCP09_Structured_Discriminator_MultiInstance",
}
"""Processes that are refused at deployment, since what they are about is not run here."""


def cases():
    if not BETSY.exists():
        absent = pytest.mark.skip(reason="betsy, the test system of BPMN engines, is not in ../shared/betsy")
        return [pytest.param({"id": "betsy"}, marks=absent)]
    listed = json.loads((BETSY / "cases.json").read_text())["cases"]
    return [each for each in listed if (BETSY / each["file"]).exists()]


def converter():
    spec = importlib.util.spec_from_file_location("betsy_convert", BETSY / "convert.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class World:
    """Several cases of the processes in one file, and the messages and signals that pass between them."""

    def __init__(self, file, keys):
        self.now = NOW
        self.models = {key: parse(key, {"betsy.bpmn": file}) for key in keys}
        self.cases = []
        self.begun = {}

    def start(self, model, inputs):
        variables = {"trace": [], **inputs}
        case = Process.begin(model, FeelHost(self.now), variables, now=self.now, business_key="betsy")
        self.cases.append(case)
        self.settle(case)

    def settle(self, case):
        for thrown in case.thrown[:]:
            case.thrown.remove(thrown)
            self.deliver(case, thrown)
        for wait in case.waits():
            self.begun.setdefault((id(case), wait.task), self.now)
            if wait.kind == "job":
                case.throw_error(wait.task, "ERR_CODE")
                self.settle(case)

    def deliver(self, sender, thrown):
        for case in list(self.cases):
            for wait in case.waits() if case is not sender or thrown.kind == "message" else ():
                if wait.kind == thrown.kind and wait.detail[thrown.kind] == thrown.name:
                    case.fire(wait.task, wait.index)
                    self.settle(case)
        for model in self.models.values():
            for start in model.starts:
                if start.kind == thrown.kind and start.detail[start.kind] == thrown.name:
                    self.start(model.starting_at(start.element.id), {})

    def wait(self, span):
        end = self.now + span
        while due := sorted((moment, n) for moment, n in self.agenda() if moment <= end):
            self.now, (case, wait) = due[0][0], self.pending[due[0][1]]
            case._run.now = self.now
            if wait.kind == "user":
                case.complete(wait.task, {})
            else:
                case.fire(wait.task, wait.index)
            self.settle(case)
        self.now = end

    def agenda(self):
        self.pending = [(case, wait) for case in self.cases for wait in case.waits() if wait.kind in {"user", "timer"}]
        for n, (case, wait) in enumerate(self.pending):
            if wait.kind == "user":
                yield self.begun[id(case), wait.task] + LASTS, n
            else:
                yield type(self.now).fromisoformat(wait.detail["due"]), n

    def traces(self, case, before):
        found = [line for each in self.cases for line in each.variables["trace"]]
        if "INCREMENT_correct" in case["expected"]:
            found += ["INCREMENT_correct"] * (self.cases[0].variables["integerVariable"] - before)
        if "MARKER_exists" in case["expected"]:
            found += ["MARKER_exists"] * any(each.variables.get("marker") for each in self.cases)
        ended = [each.outcome for each in self.cases if each.completed and each.outcome]
        return found + ["ERROR_thrownErrorEvent" for outcome in ended if "error" in outcome.events]


def traces(case):
    source, _ = converter().convert((BETSY / case["file"]).read_bytes())
    keys = [key.decode() for key in re.findall(rb'<bpmn2:process [^>]*\bid="(\w+)"', source)]
    try:
        world = World(source, keys)
    except InvalidDiagram:
        return ["ERROR_deployment"]
    try:
        if case["starts_parallel_process"]:
            world.start(world.models["ParallelProcess"], {})
        model = world.models[case["process"]]
        if all(start.kind != "none" for start in model.starts) and model.starts:
            model = model.starting_at(model.starts[0].element.id)
        world.start(model, case["inputs"])
        world.wait(timedelta(milliseconds=case["delay_ms"]))
    except EngineError:
        return ["ERROR_runtime"]
    return world.traces(case, case["inputs"]["integerVariable"])


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_a_betsy_process_leaves_the_trace_that_the_standard_asks_for(case):
    if case["process"] in REFUSED:
        case = {**case, "expected": ["ERROR_deployment"]}

    found = traces(case)

    found = ["ERROR" if each.startswith("ERROR") and "ERROR" in case["expected"] else each for each in found]
    assert Counter(found) == Counter(case["expected"])
