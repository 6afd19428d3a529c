"""A BPMN file as rules look at it: every element by id, the flows around each node, nothing interpreted yet."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol

from engine.check.notation import CONTAINERS, DRAWING, EVENT_DEFINITIONS, EVENTS, FLOW_NODES, SUBPROCESSES
from engine.properties import MESSAGE_FORM
from engine.xml import BPMN, CAMUNDA, tag, text_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

    from engine.check.surroundings import Surroundings


_NAMESPACE: Final = f"{{{BPMN}}}"


def is_bpmn(element: Element) -> bool:
    """Say whether the element belongs to BPMN's own namespace."""
    return isinstance(element.tag, str) and element.tag.startswith(_NAMESPACE)


def reference(text: str | None) -> str:
    """Give the id that a reference names, without the prefix of its namespace."""
    return (text or "").strip().rpartition(":")[2]


def camunda(element: Element, name: str) -> str | None:
    """Give one of Camunda's attributes, None where it is absent."""
    return element.get(f"{{{CAMUNDA}}}{name}")


def extension(element: Element, name: str) -> Iterator[Element]:
    """Give Camunda's extension elements of this name, at any depth, in the element's own extensions."""
    for extensions in children(element, "extensionElements"):
        yield from extensions.iter(f"{{{CAMUNDA}}}{name}")


def form_keys(element: Element) -> list[str]:
    """Give the keys of the forms an element names: its own, and the one a message is answered with."""
    named = [camunda(element, "formKey"), camunda(element, "formRef")]
    named += [each.get("value") for each in extension(element, "property") if each.get("name") == MESSAGE_FORM.name]
    return [key for key in named if key and not key.startswith("=")]


def children(element: Element, *names: str) -> list[Element]:
    """Give the direct children with one of these names."""
    return [child for child in element if is_bpmn(child) and tag(child) in names]


def text_of(element: Element) -> str:
    """Give the text inside an element, trimmed."""
    return "".join(map(str, element.itertext())).strip()


class Files(Protocol):
    """The files of one deployment, as far as rules about one of its diagrams ask for them."""

    surroundings: Surroundings
    documents: Mapping[str, bytes]
    diagrams: list[Diagram]

    @property
    def forms(self) -> Mapping[str, bytes]:
        """The forms, by file name."""

    @property
    def callable(self) -> Mapping[str, list[tuple[Diagram, Element]]]:
        """Processes and global tasks of every diagram, by id."""

    @property
    def decisions(self) -> frozenset[str]:
        """The ids and names of what the tables decide."""

    @property
    def names(self) -> frozenset[str] | None:
        """The names that a diagram's expressions may speak of; None where any name may have a value."""

    @property
    def choices(self) -> dict[str, frozenset[str]]:
        """The only texts that some variables may be."""

    @property
    def form_keys(self) -> frozenset[str] | None:
        """The keys of the forms; None where the deployment has no forms."""

    @property
    def form_ids(self) -> Mapping[str, str]:
        """For each key the id that is written in its form."""

    @property
    def has_forms(self) -> bool:
        """Whether tasks have forms here; where they have none, they take any answers."""

    @property
    def all_drawn(self) -> bool:
        """Whether every diagram could be read."""

    def asks(self, key: str) -> bool:
        """Say whether a form asks anything."""


class Diagram:
    """One BPMN file among the others of its folder."""

    def __init__(self, file: str, root: Element, folder: Files) -> None:
        self.file = file
        self.root = root
        self.folder = folder

    @cached_property
    def elements(self) -> list[Element]:
        """Every BPMN element in document order, extensions and drawing left out."""
        return list(_model(self.root))

    def text_line(self, element: Element) -> int:
        """Give the line on which an element's text begins: its tag may take several."""
        return self._text_lines[element]

    @cached_property
    def _text_lines(self) -> dict[Element, int]:
        lines = text_lines(self.folder.documents[self.file], self.file)
        return dict(zip(self.root.iter("*"), lines, strict=True))

    def all(self, *names: str) -> list[Element]:
        """Give the elements with one of these names, in document order."""
        return [element for name in names for element in self._by_tag.get(name, ())]

    @cached_property
    def _by_tag(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = defaultdict(list)
        for element in self.elements:
            found[tag(element)].append(element)
        return found

    @cached_property
    def by_id(self) -> dict[str, Element]:
        """Every element by its id; of several with one id, the first."""
        found: dict[str, Element] = {}
        for element in self.elements:
            found.setdefault(element.get("id", ""), element)
        found.pop("", None)
        return found

    def find(self, text: str | None) -> Element | None:
        """Give the element a reference names."""
        return self.by_id.get(reference(text))

    @cached_property
    def is_camunda(self) -> bool:
        """Say whether the file is written in Camunda's dialect, which relaxes a few of BPMN's demands."""
        return CAMUNDA in self.root.nsmap.values()

    @cached_property
    def containers(self) -> list[Element]:
        """Processes and subprocesses of every kind."""
        return self.all(*CONTAINERS)

    @cached_property
    def nodes(self) -> list[Element]:
        """Every flow node of the file."""
        return [element for element in self.elements if tag(element) in FLOW_NODES]

    @cached_property
    def events(self) -> list[Element]:
        """Every event of the file."""
        return [element for element in self.elements if tag(element) in EVENTS]

    @cached_property
    def flows(self) -> list[Element]:
        """Every sequence flow of the file."""
        return self.all("sequenceFlow")

    def outgoing(self, node: Element) -> list[Element]:
        """Give the sequence flows that leave a node."""
        return self._flows_by("sourceRef").get(node.get("id", ""), [])

    def incoming(self, node: Element) -> list[Element]:
        """Give the sequence flows that enter a node."""
        return self._flows_by("targetRef").get(node.get("id", ""), [])

    @cached_property
    def _ends(self) -> dict[str, dict[str, list[Element]]]:
        ends: dict[str, dict[str, list[Element]]] = {"sourceRef": defaultdict(list), "targetRef": defaultdict(list)}
        for flow in self.flows:
            for end, found in ends.items():
                found[reference(flow.get(end))].append(flow)
        return ends

    def _flows_by(self, end: str) -> dict[str, list[Element]]:
        return self._ends[end]

    def source(self, flow: Element) -> Element | None:
        """Give the node a flow leaves."""
        return self.find(flow.get("sourceRef"))

    def target(self, flow: Element) -> Element | None:
        """Give the node a flow enters."""
        return self.find(flow.get("targetRef"))

    def boundaries(self, activity: Element) -> list[Element]:
        """Give the events on the border of an activity."""
        mine = activity.get("id")
        return [event for event in self.all("boundaryEvent") if reference(event.get("attachedToRef")) == mine]

    def definitions(self, event: Element) -> list[Element]:
        """Give the definitions of an event, its own and those it refers to."""
        shared = (self.find(text_of(ref)) for ref in children(event, "eventDefinitionRef"))
        return [*children(event, *EVENT_DEFINITIONS), *(each for each in shared if each is not None)]

    @cached_property
    def drawn(self) -> set[str]:
        """Ids of the elements that have a shape or an edge; empty where the file holds no drawing."""
        planes = self.root.iter(f"{{{DRAWING}}}BPMNShape", f"{{{DRAWING}}}BPMNEdge")
        return {reference(shape.get("bpmnElement")) for shape in planes}


def parent_of(element: Element) -> Element | None:
    """Give the process or subprocess an element lies directly in."""
    around = element.getparent()
    return around if around is not None and is_bpmn(around) and tag(around) in CONTAINERS else None


def process_of(element: Element) -> Element | None:
    """Give the process an element lies in, at any depth; a process lies in itself."""
    return next((each for each in (element, *element.iterancestors()) if tag(each) == "process"), None)


def is_executable(element: Element) -> bool:
    """Say whether the element lies in a process that is marked to be run."""
    process = process_of(element)
    return process is not None and process.get("isExecutable") in {"true", "1"}


def is_event_subprocess(element: Element) -> bool:
    """Say whether the element is a subprocess that an event starts."""
    return tag(element) in SUBPROCESSES and element.get("triggeredByEvent") == "true"


def is_compensation(element: Element) -> bool:
    """Say whether the element is an activity that only a compensation starts."""
    return element.get("isForCompensation") == "true"


def _model(element: Element) -> Iterator[Element]:
    yield element
    for child in element:
        if is_bpmn(child) and tag(child) != "extensionElements":
            yield from _model(child)
