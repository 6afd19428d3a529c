"""Read a file's elements into a graph of nodes, linked across imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.dmn.boxed import boxed_child, read_boxed, read_function
from engine.dmn.graph import Decision, GraphNode, InputData, Knowledge, Requirement, Service
from engine.dmn.item_types import component_names, item_types, qualified
from engine.dmn.reader import ModelReader, name_of
from engine.dmn.refusals import InvalidModel
from engine.dmn.xml import Element, attribute, child, children, reference
from engine.feel.frame import EvaluationRun, Frame, Host
from engine.feel.unary import INPUT
from engine.xml import tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engine.dmn.refusals import ModelProblem
    from engine.dmn.sources import ModelFile
    from engine.feel.compiler import Code
    from engine.feel.kinds import Type

_NODES = ("inputData", "decision", "businessKnowledgeModel", "decisionService")
_NAMED = (*_NODES, "variable", "formalParameter", "column", "output")
_REQUIRED = ("requiredInput", "requiredDecision", "requiredKnowledge")
#: Types that one model may know, its imports' among them.
_MOST_TYPES = 20_000
#: Characters of all expressions of one file: reading as many takes some seconds, and what is read stays in memory.
_MOST_TEXT = 400_000


def read_structure(source: ModelFile, names: Iterable[str]) -> Structure:
    """Return a file's structure with those it imports; ``names`` are known to expressions beside the files' own."""
    seen: dict[str, Structure] = {}
    structure = Structure(source, seen, frozenset(names))
    for each in seen.values():
        each.link()
    return structure


class Structure:
    """One file's types and nodes; ``seen`` shares the structures of files imported more than once.

    Of files that import each other the first has neither types nor nodes yet when the second is read.
    """

    def __init__(self, source: ModelFile, seen: dict[str, Structure], names: frozenset[str]) -> None:
        seen[source.namespace] = self
        self.source = source
        self._check_length()
        self.name = attribute(source.root, "name")
        self.names = names
        self.types: dict[str, Type] = {}
        self.nodes: dict[str, GraphNode] = {}
        self.imports = [
            (name, seen.get(other.namespace) or Structure(other, seen, names)) for name, other in source.imports
        ]
        self.names |= self._names()
        self.reader = ModelReader(self.names, self.types)
        self._add_types()
        for element in children(source.root, *_NODES):
            self.nodes[_key(element)] = self._node(element)

    def all_problems(self, seen: set[str] | None = None) -> list[ModelProblem]:
        seen = set() if seen is None else seen
        seen.add(self.source.namespace)
        found = list(self.reader.problems)
        for _, other in self.imports:
            if other.source.namespace not in seen:
                found += other.all_problems(seen)
        return found

    def _check_length(self) -> None:
        if sum(len(each.text or "") for each in self.source.root.iter("{*}text")) > _MOST_TEXT:
            told = f"Le espressioni del modello superano {_MOST_TEXT // 1000}.000 caratteri: dividilo in più modelli."
            raise InvalidModel(self.source.file, told)

    def _names(self) -> frozenset[str]:
        root = self.source.root
        found = {name_of(element) for name in _NAMED for element in root.iter(f"{{*}}{name}")}
        found |= {attribute(element, "iteratorVariable") for element in root.iter("{*}for", "{*}some", "{*}every")}
        found |= component_names(root) | {name for name, _ in self.imports}
        for _, other in self.imports:
            found |= other.names
        return frozenset(found - {""})

    def _add_types(self) -> None:
        """Add the types of the imports, by their own names and by those the import gives them, and the file's."""
        for name, other in self.imports:
            self.types |= other.types
            self.types |= qualified(name, other.types)
            if len(self.types) > _MOST_TYPES:  # along a chain of imports they double at each step
                raise InvalidModel(self.source.file, f"Con i modelli importati i tipi sono più di {_MOST_TYPES}.")
        self.types |= item_types(self.source.root, self._tester, self.types)

    def _tester(self, text: str, element: Element) -> Callable[[Any, EvaluationRun], bool]:
        """Return a test of one value against the text of allowed values."""
        self.reader.owner = (attribute(element, "id"), name_of(element))
        code = self.reader.unary(text, element)

        def allows(value: Any, run: EvaluationRun) -> bool:
            return code(Frame(EvaluationRun({}, Host(), run.meter), {INPUT: value})) is True

        return allows

    def link(self) -> None:
        """Lead each node to those it requires; every imported model has its own by now."""
        for element in children(self.source.root, *_NODES):
            self._link(element, self.nodes[_key(element)])

    def _node(self, element: Element) -> GraphNode:
        self.reader.owner = (attribute(element, "id"), name_of(element))
        variable = child(element, "variable")
        node = _MAKERS[tag(element)](element, self.reader)
        node.label = name_of(element)
        node.name = node.label if variable is None else name_of(variable) or node.label
        node.type = self.reader.type_of(variable)
        return node

    def _link(self, element: Element, node: GraphNode) -> None:
        self.reader.owner = (node.id, node.label)
        for requirement in children(element, "informationRequirement", "knowledgeRequirement"):
            node.requires += [found for part in children(requirement, *_REQUIRED) if (found := self._required(part))]
        if isinstance(node, Service):
            wanted = [*children(element, "inputData"), *children(element, "inputDecision")]
            node.inputs = [found.node for part in wanted if (found := self._required(part))]
            outputs = children(element, "outputDecision")
            node.outputs = [found for part in outputs if (found := self._required(part))]

    def _required(self, element: Element) -> Requirement | None:
        namespace, identifier = reference(element)
        if namespace in ("", self.source.namespace) and identifier in self.nodes:
            return Requirement("", self.nodes[identifier])
        for name, other in self.imports:
            if namespace == other.source.namespace and identifier in other.nodes:
                return Requirement(name, other.nodes[identifier])
        self.reader.problem(element, f"L’elemento richiesto «{identifier}» non esiste.")
        return None


def _key(element: Element) -> str:
    """Return an element's id; DMN lets it be left out, and then its name stands for it."""
    return attribute(element, "id") or name_of(element)


def _decision(element: Element, reader: ModelReader) -> GraphNode:
    boxed = boxed_child(element)
    code = None if boxed is None else read_boxed(boxed, reader)
    return Decision(id=_key(element), code=code)


def _knowledge(element: Element, reader: ModelReader) -> GraphNode:
    logic = child(element, "encapsulatedLogic")
    variable = child(element, "variable")
    result = reader.type_of(variable)
    code: Code | None = None if logic is None else read_function(logic, reader, name_of(element), result)
    return Knowledge(id=_key(element), code=code)


def _input(element: Element, _reader: ModelReader) -> GraphNode:
    return InputData(id=_key(element), namespace=attribute(element.getroottree().getroot(), "namespace"))


def _service(element: Element, _reader: ModelReader) -> GraphNode:
    return Service(id=_key(element))


_MAKERS: dict[str, Callable[[Element, ModelReader], GraphNode]] = {
    "inputData": _input,
    "decision": _decision,
    "businessKnowledgeModel": _knowledge,
    "decisionService": _service,
}
