"""Expressions: FEEL everywhere, and readable."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Final

from engine import feel
from engine.check.diagram import camunda, children, is_executable, text_of
from engine.check.notation import EXPRESSIONS, XSI
from engine.check.rules import Finding, rule
from engine.check.words import called
from engine.check.written import ALWAYS, ATTRIBUTES, in_their_language, is_juel, written
from engine.xml import CAMUNDA, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.check.diagram import Diagram

_JUEL: Final = re.compile(r"[$#]\{(.*)\}", re.DOTALL)
_READ: Final = frozenset(ATTRIBUTES) | {
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
_SHOWN: Final = 120
_FEEL_FOR: Final = (("&&", " and "), ("||", " or "), ("==", "="), (" eq ", " = "), (" ne ", " != "), ("'", '"'))


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
        if is_juel(expression.text) and is_executable(expression.element):
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
    for element in diagram.all(*ALWAYS):
        text = text_of(element)
        language = element.get("language", default)
        known = "feel" in language.lower() or text.startswith("=") or text.isdigit()
        if text and not known and not is_juel(text) and is_executable(element):
            yield Finding(
                element,
                f"{called(element)} ha un’espressione che non si dichiara in FEEL.",
                'Aggiungi language="feel" accanto al testo, e controlla che sia scritta in FEEL: per una freccia è '
                "«Condition» → «Type: Script» → «Format: feel».",
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
    for expression in in_their_language(diagram):
        try:
            feel.parse(expression.source, diagram.folder.names or diagram.folder.surroundings.functions)
        except feel.FeelError as error:
            fault = feel.ExpressionProblem(error.line or 1, error.column or 1, error.message)
            message = f"{called(expression.element)} ha un’espressione FEEL che non si può leggere"
            advice = f"Correggi l’espressione «{_short(expression.text)}»."
            yield expression.finding(diagram, fault, message, advice)


def _short(text: str) -> str:
    return textwrap.shorten(text, _SHOWN, placeholder="…")


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
