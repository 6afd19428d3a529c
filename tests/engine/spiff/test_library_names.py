import ast
import hashlib
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
from SpiffWorkflow.specs import WorkflowSpec
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.workflow import Workflow

import engine.spiff
from engine.spiff.library_names import NAMES

LIBRARY = {kind.__name__: kind for kind in (Task, TaskSpec, Workflow, WorkflowSpec)}
FOLDER = Path(engine.spiff.__file__).parent
PROTECTED = re.compile(r"_[a-z]\w*")


def digest(member):
    """Give a mark of the source of a library's member, whatever its blank lines."""
    kind, name = member.split(".")
    found = vars(LIBRARY[kind])[name]
    lines = [
        inspect.getsource(each) for each in ((found.fget, found.fset) if isinstance(found, property) else (found,))
    ]
    text = "\n".join(line.rstrip() for line in "\n".join(lines).splitlines() if line.strip())
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def members(kind):
    """Give the protected names of a library's class: its methods, and what it keeps on itself."""
    return {name for name in vars(kind) if PROTECTED.fullmatch(name)} | set(
        re.findall(r"\bself\.(_[a-z]\w*)", inspect.getsource(kind))
    )


def ours():
    """Give the classes of the package that stand on the library's."""
    for module in pkgutil.iter_modules([str(FOLDER)]):
        for kind in vars(importlib.import_module(f"engine.spiff.{module.name}")).values():
            if inspect.isclass(kind) and kind.__module__ == f"engine.spiff.{module.name}":
                yield kind


def overridden():
    return {
        f"{base.__name__}.{name}"
        for kind in ours()
        for base in LIBRARY.values()
        if issubclass(kind, base)
        for name in vars(kind)
        if name in members(base)
    }


class Uses(ast.NodeVisitor):
    """Gathers the protected attributes that are asked of anything but an object of a class of our own."""

    def __init__(self, own):
        self.own, self.inside, self.found = own, False, set()

    def visit_ClassDef(self, node):
        before, self.inside = self.inside, node.name in self.own
        self.generic_visit(node)
        self.inside = before

    def visit_Attribute(self, node):
        is_self = isinstance(node.value, ast.Name) and node.value.id == "self"
        if PROTECTED.fullmatch(node.attr) and not (is_self and self.inside):
            self.found.add(node.attr)
        self.generic_visit(node)


def used():
    own = {kind.__name__ for kind in ours() if not issubclass(kind, tuple(LIBRARY.values()))}
    found = Uses(own)
    for path in FOLDER.glob("*.py"):
        found.visit(ast.parse(path.read_text(encoding="utf-8")))
    return {f"{kind}.{name}" for name in found.found for kind, base in LIBRARY.items() if name in members(base)}


@pytest.mark.parametrize("entry", NAMES, ids=lambda entry: entry.name)
def test_the_library_means_by_a_protected_name_what_it_meant_when_we_leaned_on_it(entry):
    kind, name = entry.name.split(".")
    changed = [member for member, mark in entry.meaning.items() if digest(member) != mark]

    assert name in members(LIBRARY[kind]), f"{entry.name} is gone. {entry.relied_on}"
    assert not changed, f"{', '.join(changed)} changed: look at {entry.name} again. {entry.relied_on}"


def test_the_list_has_every_protected_name_that_we_override():
    assert overridden() == {entry.name for entry in NAMES if entry.how == "overridden"}


def test_the_list_has_every_protected_name_that_we_use():
    listed = {entry.name for entry in NAMES}

    assert used() <= listed
    assert {entry.name for entry in NAMES if entry.how == "used"} <= used()
