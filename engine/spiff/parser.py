"""Read BPMN files into what SpiffWorkflow runs: one ``ProcessSpec`` for each process and subprocess.

What an element becomes is decided in ``builders``; here scopes are read, flows joined up and references settled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn import Element, Start
from engine.errors import InvalidDiagram
from engine.problems import Problem
from engine.spiff.attributes import Xml, children, element_of, flow_of, lanes, properties, refuse
from engine.spiff.builders import ACTIVITIES, BUILDERS, build, event_subprocess
from engine.spiff.containers import CallActivity, Root
from engine.spiff.definitions import definitions
from engine.spiff.events import Boundary, Catch, EventGateway
from engine.spiff.gateways import Inclusive, measure_reach
from engine.spiff.model import Executable
from engine.spiff.throwing import Jump
from engine.spiff.workflow import Node, ProcessSpec
from engine.xml import read_xml, tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn import Flow
    from engine.spiff.events import EventDefinition

_SILENT = {
    "association",
    "auditing",
    "category",
    "dataObject",
    "dataObjectReference",
    "dataStoreReference",
    "documentation",
    "extensionElements",
    "group",
    "incoming",
    "ioSpecification",
    "laneSet",
    "monitoring",
    "multiInstanceLoopCharacteristics",
    "outgoing",
    "property",
    "sequenceFlow",
    "standardLoopCharacteristics",
    "supportedInterfaceRef",
    "textAnnotation",
}
"""Children of a process or subprocess that move no token."""


class ProcessReader:
    """Reads the processes of a deployment, each once, following the calls from one to another."""

    def __init__(self, documents: Mapping[str, bytes]) -> None:
        self.processes: dict[str, Xml] = {}
        for file, source in documents.items():
            root = read_xml(source, file)
            root.getroottree().docinfo.URL = file
            for process in children(root, "process"):
                self.processes.setdefault(process.get("id", ""), process)
        self.nodes: dict[str, Node] = {}
        self.elements: dict[str, Element] = {}
        self.flows: dict[str, Flow] = {}
        self._specs: dict[str, ProcessSpec] = {}
        self._lanes: dict[str, str] = {}
        self._calls: list[tuple[Xml, CallActivity]] = []

    def read(self, key: str) -> Root:
        """Read a process and everything it calls."""
        process = self.processes[key]
        root_element = Element(key, process.get("name", ""), "process", properties=properties(process))
        holder = ProcessSpec(f"{key}:root")
        root = Root(holder, root_element, self._process(key))
        self.nodes[f"{key}:{key}"] = root
        while self._calls:
            node, call = self._calls.pop()
            call.body = self._called(node)
        return root

    def _called(self, node: Xml) -> ProcessSpec:
        key = node.get("calledElement", "")
        if key not in self.processes:
            refuse(node, "unknown-process", f"Il processo richiamato «{key}» non è tra i file.", "invalid")
        spec = self._specs.get(key) or self._process(key)
        if not spec.starts:
            refuse(node, "no-start", f"Il processo richiamato «{key}» non ha un evento di inizio semplice.")
        return spec

    def _process(self, key: str) -> ProcessSpec:
        process = self.processes[key]
        if process.get("isExecutable") == "false":
            refuse(process, "not-executable", "Il processo è segnato come non eseguibile.")
        self._lanes = lanes(process)
        spec = self._specs[key] = ProcessSpec(key)
        Scope(self, process, spec, (key, None)).read()
        return spec

    def register(self, process: str, node: Node, xml: Xml) -> None:
        """Give a node its place among those that a state may name."""
        name = f"{process}:{node.name}"
        if not node.name or name in self.nodes:
            refuse(xml, "bad-id", f"L’id «{node.name}» manca o è ripetuto.", "invalid")
        self.nodes[name] = node
        self.elements.setdefault(node.element.id, node.element)

    def lane(self, node: Xml, around: str | None) -> str | None:
        """Give the lane of an element: its own, or the one of the subprocess around it."""
        return self._lanes.get(node.get("id", ""), around)

    def call(self, node: Xml, call: CallActivity) -> None:
        """Remember a call, whose process is read once this one is."""
        self._calls.append((node, call))


class Scope:
    """Reads what lies directly in one process or subprocess."""

    def __init__(self, reader: ProcessReader, xml: Xml, spec: ProcessSpec, place: tuple[str, str | None]) -> None:
        self.reader = reader
        self.xml = xml
        self.spec = spec
        #: Id of the process that it belongs to, and the lane it lies in.
        self.process, self._lane = place
        self.nodes: dict[str, Node] = {}
        #: Catching link events, by the name of the link.
        self.links: dict[str, Node] = {}
        self._sources: dict[Node, list[Node]] = {}

    def read(self) -> None:
        """Read its elements, then what joins them."""
        for xml in children(self.xml):
            if tag(xml) in BUILDERS:
                self._read_node(xml)
            elif tag(xml) not in _SILENT:
                refuse(xml, "unsupported-element", f"L’elemento {tag(xml)} non viene eseguito.")
        for xml in children(self.xml, "sequenceFlow"):
            self._connect(xml)
        for xml in children(self.xml, "boundaryEvent"):
            self._attach(xml)
        self._settle()
        self.spec.starts = self._starts()

    def inner(self, xml: Xml, element: Element) -> ProcessSpec:
        """Read a subprocess of this scope."""
        spec = ProcessSpec(element.id)
        Scope(self.reader, xml, spec, (self.process, element.lane)).read()
        return spec

    def add(self, node: Node, xml: Xml) -> None:
        """Take a node in, besides those that are built for one element each."""
        self.reader.register(self.process, node, xml)

    def call(self, xml: Xml, call: CallActivity) -> None:
        """Remember a call, whose process is read once this one is."""
        self.reader.call(xml, call)

    def _read_node(self, xml: Xml) -> None:
        element = element_of(xml, self.xml.get("id", ""), self.reader.lane(xml, self._lane))
        if element.id in self.nodes:
            refuse(xml, "bad-id", f"L’id «{element.id}» è ripetuto.", "invalid")
        if xml.get("triggeredByEvent") == "true":
            event_subprocess(self, xml, element)
            return
        node = build(self, xml, element)
        node.default = xml.get("default")
        self.nodes[element.id] = node
        self.add(node, xml)

    def _connect(self, xml: Xml) -> None:
        flow = flow_of(xml)
        source, target = self.nodes.get(flow.source), self.nodes.get(flow.target)
        if source is None or target is None:
            refuse(xml, "missing-target", "Il flusso non unisce due elementi dello stesso processo.", "invalid")
        if not flow.id:
            refuse(xml, "bad-id", "Il flusso non ha un id.", "invalid")
        source.link(flow, target)
        self.reader.flows.setdefault(flow.id, flow)
        self._sources.setdefault(target, []).append(source)

    def _attach(self, xml: Xml) -> None:
        event, host = self.nodes[xml.get("id", "")], self.nodes.get(xml.get("attachedToRef", ""))
        if host is None or host.element.type not in ACTIVITIES or not isinstance(event, Boundary):
            refuse(xml, "unattached", "L’evento di confine non è attaccato a un’attività.", "invalid")
        host.boundary.append(event)

    def leaving(self, source: str) -> list[Flow]:
        """Give the sequence flows that leave an element."""
        return [flow_of(xml) for xml in children(self.xml, "sequenceFlow") if xml.get("sourceRef") == source]

    def _settle(self) -> None:
        nodes = list(self.nodes.values())
        for node in nodes:
            if isinstance(node, EventGateway):
                self._settle_gateway(node)
            if isinstance(node, Jump):
                self._settle_jump(node)
        for node in nodes:
            if isinstance(node, Inclusive):
                measure_reach(node, nodes, self._sources)

    def _settle_gateway(self, gateway: EventGateway) -> None:
        events = [way.target for way in gateway.outgoing]
        if not events or not all(type(each) is Catch and len(each.definitions) == 1 for each in events):
            refuse(self._xml(gateway), "bad-event-gateway", "Dopo un gateway a eventi ci sono solo eventi.", "invalid")
        gateway.follow_up()

    def _settle_jump(self, jump: Jump) -> None:
        if jump.link_name not in self.links:
            refuse(self._xml(jump), "missing-link", "Il collegamento non porta a nulla.", "invalid")
        jump.target = self.links[jump.link_name]
        self._sources.setdefault(jump.target, []).append(jump)

    def _xml(self, node: Node) -> Xml:
        return next(each for each in children(self.xml) if each.get("id") == node.element.id)

    def _starts(self) -> list[Node]:
        starts = [node for node in self.nodes.values() if node.element.type == "startEvent"]
        if not starts:
            landings = self.links.values()
            return [
                node
                for node in self.nodes.values()
                if not node.incoming and not isinstance(node, Boundary) and node not in landings
            ]
        if self.xml.get("triggeredByEvent") == "true":
            return starts
        plain = [node for node in starts if not node.element.events]
        if len(plain) > 1:
            refuse(self._xml(plain[1]), "several-starts", "C’è più di un evento di inizio semplice.")
        return plain


def parse(key: str, documents: Mapping[str, bytes]) -> Executable:
    """Read the process ``key`` and the processes it calls; see ``engine.spiff.process``."""
    reader = ProcessReader(documents)
    if key not in reader.processes:
        file = next(iter(documents), "")
        problem = Problem(file, 1, "", "", "invalid", "unknown-process", f"Nei file non c’è il processo «{key}».")
        raise InvalidDiagram([problem])
    root = reader.read(key)
    process = reader.processes[key]
    starts = tuple(start for xml in children(process, "startEvent") for start in _starts(xml, reader))
    if not root.body.starts and not starts:
        refuse(process, "no-start", "Il processo non ha un evento di inizio.", "invalid")
    names = tuple(sorted(reader.nodes))
    return Executable(
        key,
        process.get("name", ""),
        reader.elements,
        reader.flows,
        properties(process),
        starts,
        names,
        root,
        tuple(reader.nodes[name] for name in names),
    )


def _starts(xml: Xml, reader: ProcessReader) -> list[Start]:
    """Give what makes a start event happen: any one of its definitions."""
    element = reader.elements[xml.get("id", "")]
    if xml.get("parallelMultiple") == "true":
        refuse(xml, "misplaced-event", "Un processo inizia con un evento solo, non con più eventi insieme.")
    return [_start(xml, element, each) for each in definitions(xml)] or [Start("none", element)]


def _start(xml: Xml, element: Element, found: EventDefinition) -> Start:
    if found.kind == "timer":
        return Start("timer", element, {"type": found.timer, "timer": found.text})
    if found.kind not in {"message", "signal"}:
        refuse(xml, "misplaced-event", f"Un processo non inizia con un evento {found.kind}.")
    return Start(found.kind, element, {found.kind: found.name})
