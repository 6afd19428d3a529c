"""Expressions: FEEL everywhere, and readable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from engine import feel
from engine.check.diagram import camunda, children, extension, is_executable, text_of
from engine.check.notation import EXPRESSIONS, XSI
from engine.check.rules import Finding, rule
from engine.check.words import called, line_of
from engine.xml import CAMUNDA, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from engine.check.diagram import Diagram
    from engine.check.folder import Surroundings

_JUEL: Final = re.compile(r"[$#]\{(.*)\}", re.DOTALL)
_ALWAYS: Final = (
    "conditionExpression",
    "completionCondition",
    "loopCondition",
    "loopCardinality",
    "condition",
)
"""Elements whose text is an expression without a leading ``=``."""
_PREFIXED: Final = ("timeDate", "timeDuration", "timeCycle")
_ATTRIBUTES: Final = (
    "assignee",
    "candidateGroups",
    "candidateUsers",
    "dueDate",
    "followUpDate",
    "priority",
    "collection",
    "decisionRef",
    "topic",
    "formKey",
    "formRef",
)
_EXTENSIONS: Final = ("property", "inputParameter", "outputParameter", "in", "out")
_READ: Final = frozenset(_ATTRIBUTES) | {
    "candidateStarterGroups",
    "candidateStarterUsers",
    "class",
    "delegateExpression",
    "elementVariable",
    "errorCodeVariable",
    "errorMessageVariable",
    "escalationCodeVariable",
    "expression",
    "formRefBinding",
    "formRefVersion",
    "historyTimeToLive",
    "isStartableInTasklist",
    "mapDecisionResult",
    "resultVariable",
    "type",
    "versionTag",
}
"""Camunda's attributes that are run, refused by a rule of their own, or mean nothing outside Camunda's own pages."""
_FEEL_FOR: Final = (("&&", " and "), ("||", " or "), ("==", "="), (" eq ", " = "), (" ne ", " != "), ("'", '"'))


class Written(NamedTuple):
    """One expression as it stands in the file; ``is_feel`` says whether it is one without a leading ``=``."""

    element: Element
    text: str
    line: int
    is_feel: bool


def _of_text(element: Element, *, is_feel: bool) -> Written:
    raw = "".join(map(str, element.itertext()))
    blank = len(raw) - len(raw.lstrip())
    return Written(element, raw.strip(), line_of(element) + raw[:blank].count("\n"), is_feel)


def written(diagram: Diagram) -> Iterator[Written]:
    """Give every expression, and every text that would be one if it began with ``=``."""
    for element in diagram.elements:
        if tag(element) in _ALWAYS:
            yield _of_text(element, is_feel=True)
        elif tag(element) in _PREFIXED:
            yield _of_text(element, is_feel=False)
        elif tag(element) == "script":
            task = element.getparent()
            if task is not None and "feel" in task.get("scriptFormat", "").lower():
                yield _of_text(element, is_feel=True)
        else:
            yield from _in_attributes(element)


def _in_attributes(element: Element) -> Iterator[Written]:
    line = line_of(element)
    for name in _ATTRIBUTES:
        text = camunda(element, name)
        if text:
            yield Written(element, text.strip(), line, is_feel=False)
    for name in _EXTENSIONS:
        for each in extension(element, name):
            for text in (each.get("value"), each.get("source"), each.get("sourceExpression"), each.text):
                if text and text.strip():
                    yield Written(element, text.strip(), line_of(each), is_feel=False)


def _is_juel(text: str) -> bool:
    return "${" in text or "#{" in text


def in_feel(text: str) -> str:
    """Give a first draft in FEEL of a JUEL expression, for the designer to look over."""
    found = _JUEL.fullmatch(text.strip())
    draft = found[1] if found else text
    for old, new in _FEEL_FOR:
        draft = draft.replace(old, new)
    return " ".join(re.sub(r"!(?!=)\s*([\w.]+)", r"not(\1)", draft).split())


@rule("juel-expression", "unsupported")
def juel_expression(diagram: Diagram) -> Iterator[Finding]:
    for expression in written(diagram):
        if _is_juel(expression.text) and is_executable(expression.element):
            prefix = "" if expression.is_feel else "="
            yield Finding(
                expression.element,
                f"{called(expression.element)} usa un’espressione ${{…}} o #{{…}}, che qui non si legge.",
                f"Scrivila in FEEL, per esempio: {prefix}{in_feel(expression.text)}",
                expression.line,
            )


@rule("expression-empty", "invalid")
def expression_empty(diagram: Diagram) -> Iterator[Finding]:
    for expression in written(diagram):
        blank = expression.is_feel and not expression.text and tag(expression.element) != "script"
        if blank and is_executable(expression.element):
            yield Finding(
                expression.element,
                f"{called(expression.element)} ha un’espressione vuota.",
                "Scrivi l’espressione in FEEL o togli l’elemento.",
            )


@rule("expression-language", "unsupported")
def expression_language(diagram: Diagram) -> Iterator[Finding]:
    """Only FEEL runs here; a condition says so, since BPMN's own default is XPath."""
    default = diagram.root.get("expressionLanguage", "")
    for element in diagram.all(*_ALWAYS):
        text = text_of(element)
        language = element.get("language", default)
        known = "feel" in language.lower() or text.startswith("=") or text.isdigit()
        if text and not known and not _is_juel(text) and is_executable(element):
            yield Finding(
                element,
                f"{called(element)} ha un’espressione che non si dichiara in FEEL.",
                'Aggiungi language="feel" accanto al testo, e controlla che sia scritta in FEEL.',
            )


@rule("expression-not-formal", "invalid")
def expression_not_formal(diagram: Diagram) -> Iterator[Finding]:
    """BPMN 2.0 §8.3.6: in an executable process expressions are formal ones; Camunda's dialect takes it for granted."""
    for element in diagram.all(*sorted(EXPRESSIONS)) if not diagram.is_camunda else ():
        kind = element.get(f"{{{XSI}}}type", "").rpartition(":")[2]
        inside_event = any(tag(around) == "complexBehaviorDefinition" for around in element.iterancestors())
        formal = kind == "tFormalExpression" or tag(element) == "transformation" or inside_event
        if is_executable(element) and not formal:
            yield Finding(
                element,
                f'{called(element)} ha un’espressione senza xsi:type="tFormalExpression" in «{tag(element)}».',
                'Aggiungi xsi:type="bpmn:tFormalExpression": l’editor lo scrive da sé.',
            )


@rule("feel-syntax", "invalid")
def feel_syntax(diagram: Diagram) -> Iterator[Finding]:
    for expression, text in in_their_language(diagram):
        for fault in _faults(diagram.folder.surroundings, text):
            yield Finding(
                expression.element,
                f"{called(expression.element)} ha un’espressione FEEL che non si può leggere: {fault.message}",
                f"Correggi l’espressione alla riga {fault.line}, colonna {fault.column}.",
                expression.line + max(fault.line, 1) - 1,
            )


def in_their_language(diagram: Diagram) -> Iterator[tuple[Written, str]]:
    """Give the expressions that mean to be FEEL, each with its text less the leading ``=``."""
    for expression in written(diagram):
        text = expression.text.removeprefix("=")
        meant = (expression.is_feel or expression.text.startswith("=")) and not _is_juel(expression.text)
        if meant and text and _speaks_feel(diagram, expression.element):
            yield expression, text


def readable(diagram: Diagram) -> Iterator[tuple[Written, str]]:
    """Give the expressions that can be read as FEEL."""
    for expression, text in in_their_language(diagram):
        if not _faults(diagram.folder.surroundings, text):
            yield expression, text


def _faults(surroundings: Surroundings, text: str) -> list[feel.Problem]:
    try:
        feel.parse(text, surroundings.functions)
    except feel.FeelError as fault:
        return [feel.Problem(fault.line or 1, fault.column or 1, fault.message)]
    return []


def _speaks_feel(diagram: Diagram, element: Element) -> bool:
    language = element.get("language", diagram.root.get("expressionLanguage", "feel"))
    return "feel" in language.lower() or tag(element) not in _ALWAYS or text_of(element).startswith("=")


@rule("result-variable-missing", "unsupported")
def result_variable_missing(diagram: Diagram) -> Iterator[Finding]:
    for task in diagram.all("scriptTask"):
        runs = "feel" in task.get("scriptFormat", "").lower() and any(map(text_of, children(task, "script")))
        if runs and not camunda(task, "resultVariable") and is_executable(task):
            yield Finding(
                task,
                f"{called(task)} calcola un valore, ma non dice in quale variabile metterlo.",
                "Scrivi camunda:resultVariable.",
            )


@rule("unknown-extension", "advice")
def unknown_extension(diagram: Diagram) -> Iterator[Finding]:
    """Zeebe's extensions look like Camunda's, but nothing here reads them."""
    for element in diagram.elements:
        for extensions in children(element, "extensionElements"):
            foreign = {each.tag for each in extensions if isinstance(each.tag, str) and "/zeebe/" in each.tag}
            if foreign:
                yield Finding(
                    element,
                    f"{called(element)} usa estensioni di Camunda 8, che qui non si leggono.",
                    f"Riscrivile con le estensioni di Camunda 7 ({CAMUNDA}).",
                )


@rule("attribute-ignored", "advice")
def attribute_ignored(diagram: Diagram) -> Iterator[Finding]:
    prefix = f"{{{CAMUNDA}}}"
    for element in diagram.elements:
        names = (str(name).removeprefix(prefix) for name in element.attrib if str(name).startswith(prefix))
        for name in sorted(set(names) - _READ):
            yield Finding(
                element,
                f"{called(element)} ha l’attributo camunda:{name}, che qui non ha effetto.",
                "Controlla che il nome sia scritto bene, o toglilo.",
            )
