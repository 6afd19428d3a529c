"""The program knows no element and no variable of one process: what it must know of them is said in properties."""

import ast
import json
from pathlib import Path

import jinja2
from jinja2 import nodes
from lxml import etree

from desk.properties import PROPERTIES

ROOT = Path(__file__).parents[1]
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
PAGES_OWN = {
    "attesa": "a tone of notices and badges",
    "conferma": "an endpoint",
    "conta": "a number beside a tab",
    "inoltrata": "a fact of the receipt",
    "libera": "the verb that gives a task back",
    "percorso": "how a deposit came in",
    "richiesta": "what was deposited, and the requester's session",
    "rinuncia": "a waiver of the agreement",
    "sportello": "the program itself",
    "vuota": "a week without meetings",
}
"""Italian words that the program uses of its own accord and that an element of a diagram happens to be called."""


def element_ids(root):
    """The ids of what is drawn."""
    yield from (element.get("id", "") for element in root.iter(f"{BPMN}*"))


def written(root):
    """The variables that steps write."""
    yield from (element.get(f"{CAMUNDA}resultVariable", "") for element in root.iter(f"{BPMN}*"))


def keys(form):
    """The keys of a form's fields, at every depth."""
    if isinstance(form, dict):
        yield from (form[name] for name in ("key", "path") if isinstance(form.get(name), str))
    parts = form.values() if isinstance(form, dict) else form if isinstance(form, list) else ()
    for each in parts:
        yield from keys(each)


def identifiers():
    """Ids of elements, and names of variables that are no common word: those with an underscore."""
    roots = [etree.parse(file).getroot() for file in ROOT.glob("processes/*/*.bpmn")]
    drawn = {name for root in roots for name in element_ids(root)}
    made = {name for root in roots for name in written(root)}
    asked = {name for file in ROOT.glob("forms/*/*.json") for name in keys(json.loads(file.read_text()))}
    decided = {
        named
        for file in ROOT.glob("processes/*/*.dmn")
        for element in etree.parse(file).getroot().iter("{*}inputData", "{*}decision")
        for named in (element.get("id"), element.get("name"))
    }
    of_the_desk = {value for entry in PROPERTIES.values() for value in entry.values}
    return (drawn | {name for name in made | asked | decided if "_" in name}) - {""} - of_the_desk - set(PAGES_OWN)


def strings(path):
    """The whole strings of a module, docstrings left out."""
    tree = ast.parse(path.read_text())
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def names(path):
    """The names and words in the expressions of a template."""
    for node in (
        jinja2.Environment(autoescape=True).parse(path.read_text()).find_all((nodes.Name, nodes.Getattr, nodes.Const))
    ):
        word = {nodes.Name: "name", nodes.Getattr: "attr", nodes.Const: "value"}[type(node)]
        yield node.lineno, getattr(node, word)


def test_neither_code_nor_templates_name_what_belongs_to_one_process():
    known = identifiers()
    modules = [path for part in ("engine", "desk", "web") for path in (ROOT / part).rglob("*.py")]
    code = [path for path in modules if not path.is_relative_to(ROOT / "desk" / "demo")]
    said = [(path, *found) for path in code for found in strings(path)]
    said += [(path, *found) for path in (ROOT / "web").rglob("*.html") for found in names(path)]

    found = [f"{path.relative_to(ROOT)}:{line}: {word}" for path, line, word in said if word in known]

    assert len(known) > 200
    assert found == []


def test_a_word_that_is_let_through_is_still_the_name_of_an_element():
    drawn = {name for file in ROOT.glob("processes/*/*.bpmn") for name in element_ids(etree.parse(file).getroot())}

    assert set(PAGES_OWN) <= drawn
