"""Diagrams of others: what the standard forbids, what it allows, and what tools really export."""

import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest

from engine.check import check_documents
from engine.errors import InvalidDiagram
from engine.spiff.process import parse

EXPECTED = {
    "EXT002": "duplicate-id",
    "EXT004": "documentation-format",
    "EXT009": "wrong-reference",
    "EXT011": "escalation-without-code",
    "EXT012": "expression-not-formal",
    "EXT019": "wrong-gateway-direction",
    "EXT020": "collection-mismatch",
    "EXT021": "flow-at-event-subprocess",
    "EXT023": "wrong-flow-mirror",
    "EXT024": "flow-not-immediate",
    "EXT026": "default-flow-elsewhere",
    "EXT030": "participant-multiplicity",
    "EXT031": "message-flow-in-one-pool",
    "EXT035": "public-executable",
    "EXT039": "resource-assigned-twice",
    "EXT041": "two-loop-markers",
    "EXT042": "operation-data-mismatch",
    "EXT044": "operation-data-mismatch",
    "EXT049": "receive-task-after-start",
    "EXT052": "operation-data-mismatch",
    "EXT053": "script-without-format",
    "EXT054": "two-loop-markers",
    "EXT058": "event-subprocess-start",
    "EXT061": "empty-ad-hoc",
    "EXT063": "called-data-mismatch",
    "EXT067": "multi-instance-without-count",
    "EXT078": "misplaced-element",
    "EXT081": "collection-mismatch",
    "EXT088": "data-outside-sets",
    "EXT091": "data-association-mismatch",
    "EXT092": "several-data-sources",
    "EXT093": "event-data-missing",
    "EXT096": "start-event-incoming",
    "EXT098": "trigger-not-allowed",
    "EXT100": "trigger-not-allowed",
    "EXT101": "wrong-flow-mirror",
    "EXT102": "message-flow-from-start",
    "EXT105": "end-event-missing",
    "EXT108": "message-flow-to-end",
    "EXT111": "cancel-outside-transaction",
    "EXT114": "compensation-boundary-flow",
    "EXT120": "cancel-outside-transaction",
    "EXT124": "link-without-partner",
    "EXT127": "event-reference-missing",
    "EXT128": "operation-missing",
    "EXT129": "trigger-missing",
    "EXT131": "timer-with-several-values",
    "EXT132": "timer-not-iso",
    "EXT134": "timer-not-iso",
    "EXT135": "superfluous-gateway",
    "EXT136": "event-gateway-single-outgoing",
    "EXT139": "event-gateway-mixed-reception",
    "EXT140": "event-gateway-guarded-receive",
    "EXT151": "node-without-outgoing",
    "EXT152": "flow-crosses-subprocess",
}
"""The folder of a constraint, and the rule that states it here."""

EXPECTED_BY_FILE = {
    "EXT146_1": "trigger-not-allowed",
    "EXT147_1": "trigger-not-allowed",
    "EXT147_2": "trigger-missing",
    "EXT147_3": "trigger-not-allowed",
    "EXT147_4": "event-must-interrupt",
    "EXT147_5": "event-must-interrupt",
    "EXT147_6": "event-must-interrupt",
    "EXT147_7": "trigger-missing",
    "EXT147_8": "trigger-not-allowed",
}
STRICTER = {"ParallelGateway_Conditions"}
"""The engine would run it, and not look at its conditions."""


def files(folder: Path, pattern: str):
    found = sorted(folder.glob(pattern))
    if not found:
        pytest.skip(f"the diagrams of {folder.name} are not in ../shared/{folder.name}")
    return found


def checked(path: Path, source: bytes | None = None):
    return check_documents({f"{path.stem}.bpmn": path.read_bytes() if source is None else source})


def test_what_the_standard_forbids_is_invalid_for_the_rule_it_breaks(shared):
    wrong = []

    for path in files(shared / "betsy", "bpmn_constraints/*/*.bpmn"):
        rules = {problem.rule for problem in checked(path) if problem.kind == "invalid"}
        number = "_".join(path.name.split("_")[:2])
        expected = EXPECTED_BY_FILE.get(number) or EXPECTED.get(path.parent.name)
        if not rules or (expected is not None and expected not in rules):
            wrong.append((path.name, expected, sorted(rules)))

    assert wrong == []


def test_what_the_standard_allows_is_never_called_invalid(shared):
    wrong = []

    for path, source in runnable(shared / "betsy"):
        rules = sorted({problem.rule for problem in checked(path, source) if problem.kind == "invalid"})
        if rules:
            wrong.append((path.name, rules))

    assert wrong == []


def test_what_is_accepted_is_what_the_engine_reads(shared):
    differing = []

    for path, source in runnable(shared / "betsy"):
        accepted = not any(problem.stops for problem in checked(path, source))
        if accepted != is_read(path, source) and path.stem not in STRICTER:
            differing.append((path.name, accepted))

    assert differing == []


def test_the_smallest_accepted_diagrams_are_what_the_engine_reads(draw):
    unread = []

    for path in sorted(Path(__file__).parent.glob("test_*_rules.py")):
        for rule, (_, _, *bodies) in _module(path).CASES.items():
            for source in map(draw, bodies):
                accepted = not any(problem.stops for problem in checked(path, source))
                if accepted and not is_read(Path("p.bpmn"), source):
                    unread.append(rule)

    assert unread == []


def runnable(betsy: Path):
    cases = json.loads(files(betsy, "cases.json")[0].read_text())["cases"]
    refused = {case["file"] for case in cases if case["expected"] == ["ERROR"]}
    convert = _module(betsy / "convert.py").convert
    for path in files(betsy, "*/*.bpmn"):
        if str(path.relative_to(betsy)) not in refused:
            yield path, convert(path.read_bytes())[0]


def is_read(path: Path, source: bytes) -> bool:
    try:
        parse(path.stem, {path.name: source})
    except InvalidDiagram:
        return False
    return True


def test_what_tools_export_is_diagnosed_with_places_and_never_crashes(shared):
    seen = Counter()

    for path in files(shared / "miwg", "*/*.bpmn"):
        lines = path.read_bytes().count(b"\n") + 1
        for problem in checked(path):
            seen[problem.rule] += 1
            assert 1 <= problem.line <= lines, (path, problem)
            assert problem.message, (path, problem)

    assert len(seen) > 30


def _module(path: Path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
