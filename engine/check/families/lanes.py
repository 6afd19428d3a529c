"""Lanes: who does what. A lane's name is the candidate group of its tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.check.diagram import camunda, children, is_bpmn, is_executable, parent_of, process_of, reference, text_of
from engine.check.rules import Finding, rule
from engine.check.words import called, label
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram
    from engine.check.surroundings import Surroundings


def _homes(diagram: Diagram) -> dict[str, list[Element]]:
    """Give the innermost lanes that list each node; a lane around another repeats its nodes."""
    homes: dict[str, list[Element]] = {}
    for lane in diagram.all("lane"):
        for ref in children(lane, "flowNodeRef"):
            homes.setdefault(reference(text_of(ref)), []).append(lane)
    return {
        node: [lane for lane in lanes if not any(lane in inner.iterancestors() for inner in lanes)]
        for node, lanes in homes.items()
    }


def _laned(node: Element, homes: dict[str, list[Element]]) -> bool:
    """Say whether the node, or a subprocess around it, lies in a lane."""
    around: Element | None = node
    while around is not None:
        if around.get("id", "") in homes:
            return True
        around = parent_of(around)
    return False


def _unknown(surroundings: Surroundings, names: list[str]) -> list[str]:
    return [] if surroundings.groups is None else [name for name in names if name not in surroundings.groups]


def _known(surroundings: Surroundings) -> str:
    return f"Gruppi conosciuti: {', '.join(sorted(surroundings.groups or ())) or 'nessuno'}."


@rule("node-in-several-lanes", "invalid")
def node_in_several_lanes(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §10.8: the lanes of one set do not share elements."""
    for node, lanes in _homes(diagram).items():
        found = diagram.by_id.get(node)
        sets = [lane.getparent() for lane in lanes]
        if found is not None and len(sets) > len(set(sets)):
            yield Finding(
                found, f"{called(found)} sta in più corsie.", "Lascialo in una corsia sola: dice chi se ne occupa."
            )


@rule("task-in-no-lane", "unsupported")
def task_in_no_lane(diagram: Diagram) -> Iterator[Finding]:
    homes, is_grouped = _homes(diagram), diagram.folder.surroundings.groups is not None
    # Where people have groups, somebody named may have a task only in one: a name alone gives it to nobody.
    giving = ("candidateGroups",) if is_grouped else ("candidateGroups", *_NAMING)
    for task in diagram.all("userTask"):
        named = any(camunda(task, name) for name in giving)
        if named or not _needs_lane(diagram, task) or _laned(task, homes):
            continue
        yield Finding(
            task,
            f"{called(task)} non sta in nessuna corsia: nessuno potrebbe prenderlo in carico.",
            "Mettilo nella corsia di chi lo fa, che ha il nome di un ruolo, o scrivi camunda:candidateGroups.",
        )


_NAMING = ("candidateUsers", "assignee")


@rule("literal-user", "unsupported")
def literal_user(diagram: Diagram) -> Iterator[Finding]:
    """Refuse names: a diagram outlasts a person's roles, and nobody shall give himself cases by drawing."""
    if diagram.folder.surroundings.groups is None:
        return
    for task in diagram.all("userTask"):
        for name in _NAMING:
            written = (camunda(task, name) or "").strip()
            if written and not written.startswith(("=", "$", "#")):
                meant = " Forse volevi «=initiator»." if written == "initiator" else ""
                yield Finding(
                    task,
                    f"{called(task)} nomina una persona in camunda:{name}: «{written}».",
                    f"Le persone cambiano: scrivi un’espressione, o lascia che lo dica la corsia.{meant}",
                )


def _needs_lane(diagram: Diagram, task: Element) -> bool:
    """Say whether only a lane can say whose task it is; a program without groups may give out tasks of its own."""
    process = process_of(task)
    grouped = diagram.folder.surroundings.groups is not None
    return process is not None and is_executable(task) and (grouped or bool(children(process, "laneSet")))


@rule("node-in-no-lane", "advice")
def node_in_no_lane(diagram: Diagram) -> Iterator[Finding]:
    homes = _homes(diagram)
    for node in diagram.nodes:
        around = parent_of(node)
        outside = around is not None and tag(around) == "process" and children(around, "laneSet")
        if outside and node.get("id", "") not in homes and tag(node) not in {"userTask", "boundaryEvent"}:
            yield Finding(node, f"{called(node)} non sta in nessuna corsia.", "Spostalo nella corsia di chi lo cura.")


@rule("unknown-lane-group", "unsupported")
def unknown_lane_group(diagram: Diagram) -> Iterator[Finding]:
    surroundings = diagram.folder.surroundings
    for lane in diagram.all("lane"):
        if children(lane, "childLaneSet") or not is_executable(lane):
            continue
        if _unknown(surroundings, [label(lane)]) and _has_people(diagram, lane):
            yield Finding(lane, f"{called(lane)} non è un gruppo conosciuto.", _known(surroundings))


def _has_people(diagram: Diagram, lane: Element) -> bool:
    """Say whether the lane's name decides who begins a case or who takes up a task."""
    nodes = (diagram.find(text_of(ref)) for ref in children(lane, "flowNodeRef"))
    held = [inner for node in nodes if node is not None for inner in node.iter() if is_bpmn(inner)]
    return any(tag(node) == "startEvent" or _takes_from_lane(node) for node in held)


def _takes_from_lane(node: Element) -> bool:
    return tag(node) == "userTask" and not camunda(node, "candidateGroups")


@rule("unknown-candidate-group", "unsupported")
def unknown_candidate_group(diagram: Diagram) -> Iterator[Finding]:
    surroundings = diagram.folder.surroundings
    for task in diagram.all("userTask"):
        written = camunda(task, "candidateGroups") or ""
        names = [] if written.startswith(("=", "$", "#")) else [name.strip() for name in written.split(",")]
        for name in _unknown(surroundings, [name for name in names if name]):
            yield Finding(task, f"{called(task)} è affidato a «{name}», che non è un gruppo.", _known(surroundings))
