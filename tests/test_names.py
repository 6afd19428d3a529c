"""What things are called: each class has a name of its own, and each module begins with what it holds."""

import ast
from collections import defaultdict

import pytest

from tests.kit.places import ROOT

PROGRAM = [
    *(ROOT / name for name in ("app.py", "environment.py", "sportello.py")),
    *(path for name in ("engine", "desk", "web") for path in sorted((ROOT / name).rglob("*.py"))),
]


def tree(path):
    return ast.parse(path.read_text("utf-8"))


def shared(paths):
    """The names that more than one class has, each with its places."""
    places = defaultdict(list)
    for path in paths:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{path.name}:{node.lineno}")
    return {name: where for name, where in places.items() if len(where) > 1}


def first_line(path):
    return (ast.get_docstring(tree(path)) or "").partition("\n")[0]


def test_no_two_classes_of_the_program_have_one_name():
    assert shared(PROGRAM) == {}


def test_a_name_that_two_classes_have_is_told_with_both_places(tmp_path):
    (tmp_path / "one.py").write_text("class Row: ...\n")
    (tmp_path / "two.py").write_text("\nclass Row: ...\nclass Cell: ...\n")

    assert shared(sorted(tmp_path.glob("*.py"))) == {"Row": ["one.py:1", "two.py:2"]}


@pytest.mark.parametrize("folder", ["engine", "desk", "web", "tests/kit"])
def test_every_module_begins_with_one_sentence_of_its_own(folder):
    """A newcomer who lists the first lines of all modules has an index of the program."""
    told = defaultdict(list)
    for path in sorted((ROOT / folder).rglob("*.py")):
        if "migrations/versions" not in path.as_posix():
            told[first_line(path)].append(str(path.relative_to(ROOT)))

    assert told.pop("", []) == []
    assert [paths for line, paths in told.items() if len(paths) > 1] == []
    assert [line for line in told if not line.endswith(".")] == []
