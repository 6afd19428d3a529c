"""What one element of a diagram says about itself: BPMN's own attributes and Camunda 7's extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NoReturn

from lxml import etree

from engine.bpmn import Element, Flow
from engine.errors import InvalidDiagram
from engine.problems import Kind, Problem
from engine.properties import MESSAGE_FORM
from engine.spiff.activities import LISTS, MOMENTS, split_names
from engine.spiff.containers import Mapped, Repetition
from engine.spiff.timers import EXPRESSION, check_moment
from engine.xml import BPMN, CAMUNDA, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

Xml = etree._Element  # noqa: SLF001  # the only name the library gives to its elements

DEFINITION: Final = "EventDefinition"
#: How many tokens an activity may take or give at most.
MOST_TOKENS: Final = 100
PRIORITY_DIGITS: Final = 9
"""As many as surely fit the 32-bit integer that a priority is."""
_FOREIGN: Final = ("${", "#{")
_REFUSED_EXTENSIONS: Final = ("inputOutput", "connector", "executionListener", "taskListener", "formData", "field")
_REFUSED_ATTRIBUTES: Final = ("class", "expression", "delegateExpression")
_USER_FACTS: Final = {
    "candidate_groups": "candidateGroups",
    "candidate_users": "candidateUsers",
    "assignee": "assignee",
    "due_date": "dueDate",
    "follow_up_date": "followUpDate",
    "priority": "priority",
}


def children(node: Xml, *names: str) -> Iterator[Xml]:
    """Give the BPMN children of an element, those with these tags or all."""
    for child in node.iterchildren(tag=etree.Element):
        if etree.QName(child).namespace == BPMN and (not names or tag(child) in names):
            yield child


def text_of(node: Xml, name: str) -> str | None:
    """Give the text of a child element, None where there is none."""
    found = next(children(node, name), None)
    return None if found is None else "".join(map(str, found.itertext())).strip()


def camunda(node: Xml, name: str) -> str | None:
    """Give a Camunda attribute, None where it is missing or empty."""
    return (node.get(f"{{{CAMUNDA}}}{name}") or "").strip() or None


def extensions(node: Xml, name: str) -> list[Xml]:
    """Give the Camunda elements of this tag among an element's extensions."""
    return node.findall(f"{{{BPMN}}}extensionElements/{{{CAMUNDA}}}{name}")


def properties(node: Xml) -> dict[str, str]:
    """Give the camunda:properties of an element."""
    path = f"{{{BPMN}}}extensionElements/{{{CAMUNDA}}}properties/{{{CAMUNDA}}}property"
    return {each.get("name", ""): each.get("value", "") for each in node.findall(path)}


def refuse(node: Xml, rule: str, message: str, kind: Kind = "unsupported") -> NoReturn:
    """Refuse the diagram because of this element; ``message`` is an Italian sentence."""
    owner = node if node.get("id") else node.getparent()
    element, name = ("", "") if owner is None else (owner.get("id", ""), owner.get("name", ""))
    file = node.getroottree().docinfo.URL or ""
    line: Any = node.sourceline
    raise InvalidDiagram([Problem(file, line, element, name, kind, rule, message)])


def expression(node: Xml, text: str | None) -> str | None:
    """Give the FEEL of an expression, whose leading ``=`` may be left out; None where it is empty."""
    if text is None or not text.removeprefix(EXPRESSION).strip():
        return None
    if text.startswith(_FOREIGN):
        refuse(node, "foreign-expression", f"L’espressione {text} non è FEEL.")
    return text.removeprefix(EXPRESSION).strip()


def formal(node: Xml, name: str) -> str | None:
    """Give the FEEL of a formal expression among an element's children."""
    found = next(children(node, name), None)
    if found is None:
        return None
    language = found.get("language", "feel").lower()
    if "feel" not in language:
        refuse(node, "foreign-expression", f"Il linguaggio {language} non è FEEL.")
    return expression(node, "".join(map(str, found.itertext())).strip())


def element_of(node: Xml, parent: str, lane: str | None) -> Element:
    """Describe a flow node."""
    _refuse_extensions(node)
    return Element(
        id=node.get("id", ""),
        name=node.get("name", ""),
        type=tag(node),
        lane=lane,
        documentation=text_of(node, "documentation") or "",
        properties=properties(node),
        # BPMN gives a message event no form: ``MESSAGE_FORM`` names the one its sender fills in
        form_key=camunda(node, "formKey") or camunda(node, "formRef") or MESSAGE_FORM.of(properties(node)) or None,
        parent=parent,
        events=tuple(kind_of(each) for each in definition_nodes(node)),
        attached_to=node.get("attachedToRef", ""),
    )


def kind_of(definition: Xml) -> str:
    """Give the kind of an event definition: its tag without ``EventDefinition``."""
    return tag(definition).removesuffix(DEFINITION)


def definition_nodes(node: Xml) -> Iterator[Xml]:
    """Give the event definitions of an event, those it refers to included."""
    for each in children(node):
        if tag(each).endswith(DEFINITION):
            yield each
        elif tag(each) == "eventDefinitionRef":
            yield referred(node, each.text)


def referred(node: Xml, ref: str | None) -> Xml:
    """Find the element of the same file that a reference names."""
    name = (ref or "").strip().rpartition(":")[2]
    for each in children(node.getroottree().getroot()):
        if name and each.get("id") == name:
            return each
    return refuse(node, "missing-reference", f"Il riferimento «{name}» non porta a nulla.", "invalid")


def _refuse_extensions(node: Xml) -> None:
    for name in _REFUSED_EXTENSIONS:
        if extensions(node, name):
            refuse(node, "unsupported-extension", f"L’estensione camunda:{name} non viene eseguita.")
    for name in _REFUSED_ATTRIBUTES:
        if camunda(node, name):
            refuse(node, "unsupported-extension", f"L’attributo camunda:{name} non viene eseguito.")
    if node.get("isForCompensation") == "true":
        refuse(node, "compensation", "La compensazione non viene eseguita.")


def flow_of(node: Xml) -> Flow:
    """Describe a sequence flow."""
    name, source, target = (node.get(key, "") for key in ("name", "sourceRef", "targetRef"))
    return Flow(node.get("id", ""), name, source, target, formal(node, "conditionExpression"))


def lanes(process: Xml) -> dict[str, str]:
    """Give the name of the innermost lane of each flow node."""
    found: dict[str, str] = {}
    for lane in process.iter(f"{{{BPMN}}}lane"):
        # Document order visits outer lanes first, so inner names stay.
        for ref in children(lane, "flowNodeRef"):
            if lane.get("name"):
                found[(ref.text or "").strip()] = lane.get("name", "")
    return found


def user_facts(node: Xml, element: Element) -> dict[str, Any]:
    """Give what a user task says about who does it and by when, as ``Wait.detail`` names it."""
    facts: dict[str, Any] = {"form_key": element.form_key}
    for fact, attribute in _USER_FACTS.items():
        facts[fact] = _fact(node, fact, camunda(node, attribute))
    if not camunda(node, "candidateGroups") and element.lane:
        facts["candidate_groups"] = [element.lane]
    return facts


def _fact(node: Xml, fact: str, text: str | None) -> Any:
    if text is not None and text.startswith((EXPRESSION, *_FOREIGN)):
        return EXPRESSION + (expression(node, text) or "")
    if fact in LISTS:
        return split_names(text or "")
    if fact in MOMENTS and text is not None:
        _check_moment(node, text)
    return text if fact != "priority" or text is None else _priority(node, text)


def _check_moment(node: Xml, text: str) -> None:
    try:
        check_moment(text)
    except ValueError:
        refuse(node, "bad-due-date", f"«{text}» non è né una data né una durata.", "invalid")


def _priority(node: Xml, text: str) -> int:
    if not text.isdecimal() or len(text) > PRIORITY_DIGITS:
        refuse(node, "bad-priority", f"La priorità {text} non è un numero intero.", "invalid")
    return int(text)


def job_facts(node: Xml) -> dict[str, Any] | None:
    """Give the topic and the retries of a job, None where the element names no external topic."""
    topic = camunda(node, "topic")
    if camunda(node, "type") not in {None, "external"}:
        refuse(node, "unsupported-type", f'Il tipo camunda:type="{camunda(node, "type")}" non viene eseguito.')
    if topic is None:
        return None
    cycle = next((each.text or "" for each in extensions(node, "failedJobRetryTimeCycle")), "")
    times = cycle.partition("/")[0].removeprefix("R")
    return {"topic": _fact(node, "topic", topic), "retries": int(times) if times.isdecimal() else None}


def mapped(node: Xml, name: str) -> list[Mapped]:
    """Give the camunda:in or camunda:out of a call activity."""
    return [_mapping(node, each) for each in extensions(node, name) if each.get("businessKey") is None]


def _mapping(node: Xml, each: Xml) -> Mapped:
    if each.get("variables") == "all":
        return Mapped(None, None)
    source = each.get("source") or expression(node, each.get("sourceExpression"))
    target = each.get("target")
    if not source or not target or each.get("local") == "true":
        refuse(node, "bad-mapping", "Un passaggio di variabili deve avere source e target.")
    return Mapped(source, target)


def quantities(node: Xml) -> tuple[int, int]:
    """Give how many tokens an activity takes to begin, and how many leave it."""
    found = [node.get(name, "1") for name in ("startQuantity", "completionQuantity")]
    if not all(each.isdecimal() and 0 < int(each[:9]) <= MOST_TOKENS for each in found):
        refuse(node, "bad-quantity", f"Il numero di gettoni va da 1 a {MOST_TOKENS}.", "invalid")
    return int(found[0]), int(found[1])


def repetition(node: Xml) -> Repetition | None:
    """Give how an activity is repeated, None where it runs once."""
    multiple = next(children(node, "multiInstanceLoopCharacteristics"), None)
    if multiple is not None:
        return _multi_instance(node, multiple)
    loop = next(children(node, "standardLoopCharacteristics"), None)
    return None if loop is None else _standard_loop(node, loop)


def _multi_instance(node: Xml, loop: Xml) -> Repetition:
    if loop.get("behavior", "All") != "All":
        refuse(node, "unsupported-behavior", "Gli eventi delle istanze multiple non vengono lanciati.")
    collection = expression(node, camunda(loop, "collection") or text_of(loop, "loopDataInputRef"))
    cardinality = formal(loop, "loopCardinality")
    if not collection and not cardinality:
        refuse(node, "no-collection", "Manca l’elenco su cui ripetere l’attività, o il numero di volte.", "invalid")
    return Repetition(
        is_sequential=loop.get("isSequential") == "true",
        cardinality=cardinality,
        collection=collection,
        item=camunda(loop, "elementVariable") or _item(loop, "inputDataItem"),
        output=text_of(loop, "loopDataOutputRef"),
        output_item=_item(loop, "outputDataItem"),
        completion=formal(loop, "completionCondition"),
    )


def _item(loop: Xml, name: str) -> str | None:
    found = next(children(loop, name), None)
    return None if found is None else found.get("name") or found.get("id")


def _standard_loop(node: Xml, loop: Xml) -> Repetition:
    maximum, condition = loop.get("loopMaximum"), formal(loop, "loopCondition")
    if maximum is not None and not maximum.isdecimal():
        refuse(node, "bad-loop", "loopMaximum deve essere un numero intero.", "invalid")
    if maximum is None and condition is None:
        refuse(node, "bad-loop", "Un ciclo deve avere una condizione o un numero massimo di giri.", "invalid")
    return Repetition(
        condition=condition,
        is_tested_first=loop.get("testBefore") == "true",
        maximum=None if maximum is None else int(maximum),
    )
