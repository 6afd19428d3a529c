"""What keeps the program in its shape: directions, sizes, names, and what no line of it may do."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("engine", "desk", "web")
PROGRAM = [
    ROOT / "app.py",
    ROOT / "environment.py",
    ROOT / "sportello.py",
    *(path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))),
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "web").rglob("*.html"))

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
USUAL_FUNCTION = 6
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "core", "base", "service", "misc"}
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
UNSAFE_MODULES = {"pickle", "marshal", "shelve", "ctypes", "subprocess", "code"}
STARTS_ONE = {"desk/letters/typesetting.py", "environment.py"}
"""Start fixed programs alone: one of ours that sets a letter, so that a template that never ends can be stopped; and
pip, before there is a program."""
PAGES = {"flask", "flask_wtf", "jinja2", "markupsafe", "werkzeug", "web", "app"}
DATABASE = {"sqlalchemy", "alembic", "psycopg", "sqlite3"}


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path, node=None):
    return f"{path.relative_to(ROOT)}:{node.lineno}" if node else str(path.relative_to(ROOT))


def imported(path):
    """Top-level names of the modules a file imports anywhere, for type checking too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], node) for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0], node


def functions(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function):
    """Lines of a function: its signature and its body, the docstring left out."""
    body = function.body
    told = ast.get_docstring(function, clean=False) is not None
    docstring = body[0].end_lineno - body[0].lineno + 1 if told else 0
    return function.end_lineno - function.lineno + 1 - docstring


def run(*command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def tool(name):
    return str(Path(sys.executable).with_name(name))


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("lint-imports",),
    ],
    ids=["style", "format", "types", "import contracts"],
)
def test_the_code_passes_its_own_checks(command):
    status, output = run(tool(command[0]), *command[1:])

    assert status == 0, output


def test_every_contract_has_a_sentence_for_a_name():
    names = re.findall(
        r'^name = "(.+)"$', (ROOT / "pyproject.toml").read_text().partition("[tool.importlinter]")[2], re.MULTILINE
    )

    assert len(names) >= 6
    assert all(len(name.split()) > 3 for name in names)


def test_the_engine_and_the_desk_never_name_the_web():
    wrong = [
        place(path, node)
        for path in PROGRAM
        if path.is_relative_to(ROOT / "engine") or path.is_relative_to(ROOT / "desk")
        for name, node in imported(path)
        if name in PAGES
    ]

    assert wrong == []


def test_the_web_never_names_the_database():
    wrong = [
        place(path, node)
        for path in PROGRAM
        if path.is_relative_to(ROOT / "web")
        for name, node in imported(path)
        if name in DATABASE
    ]

    assert wrong == []


def test_one_package_names_spiffworkflow():
    importers = {path.parent for path in PROGRAM for name, _ in imported(path) if name == "SpiffWorkflow"}

    assert importers == {ROOT / "engine" / "spiff"}


def test_content_holds_no_code():
    assert [place(path) for folder in ("processes", "forms") for path in (ROOT / folder).rglob("*.py")] == []


def test_no_file_is_longer_than_a_few_screens():
    long = [place(path) for path in (*PROGRAM, *TESTS) if len(path.read_text().splitlines()) > LONGEST_FILE]

    assert long == []


def test_no_function_is_longer_than_a_screen():
    long = [
        place(path, function)
        for path in (*PROGRAM, *TESTS)
        if "migrations" not in path.parts  # a migration lists the tables of its day
        for function in functions(path)
        if length(function) > LONGEST_FUNCTION
    ]

    assert long == []


def test_most_functions_are_a_few_lines():
    lengths = [length(function) for path in PROGRAM for function in functions(path)]

    assert median(lengths) <= USUAL_FUNCTION


def test_no_module_has_a_name_that_says_nothing():
    empty = [
        place(path)
        for path in (*PROGRAM, *TESTS)
        if EMPTY_NAMES & {path.stem, *(part.name for part in path.relative_to(ROOT).parents)}
    ]

    assert empty == []


def test_no_text_is_ever_run_as_python():
    wrong = [
        place(path, node)
        for path in PROGRAM
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RUNS_TEXT
    ]

    assert wrong == []


def test_what_runs_processes_neither_unpickles_nor_starts_programs():
    wrong = [
        place(path, node)
        for path in PROGRAM
        if not path.is_relative_to(ROOT / "web")
        for name, node in imported(path)
        if name in UNSAFE_MODULES and not (name == "subprocess" and str(path.relative_to(ROOT)) in STARTS_ONE)
    ]

    assert wrong == []


def test_no_statement_is_put_together_from_text():
    wrong = [
        place(path, node)
        for path in PROGRAM
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) in {"text", "exec_driver_sql"}
        and any(isinstance(each, ast.JoinedStr | ast.BinOp) for each in node.args)
    ]

    assert wrong == []


def test_pages_carry_neither_scripts_nor_styles_of_their_own():
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=\"|javascript:", re.IGNORECASE)

    wrong = [place(path) for path in TEMPLATES if inline.search(path.read_text())]

    assert TEMPLATES
    assert wrong == []


def test_nothing_is_left_for_later():
    mark = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    files = [*PROGRAM, *TESTS, *TEMPLATES, *(ROOT / "docs").glob("*.md"), ROOT / "README.md"]

    assert [place(path) for path in files if mark.search(path.read_text())] == []


def test_a_property_is_read_through_its_entry_alone():
    """A name written where it is read would be neither checked nor documented."""
    found = [
        place(path, node)
        for path in PROGRAM
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Subscript | ast.Call) and _reads_a_property_by_name(node)
    ]

    assert found == []


def _reads_a_property_by_name(node):
    """Say whether this is ``….properties["name"]``, ``….properties.get("name")`` or ``….custom("name")``."""
    if isinstance(node, ast.Subscript):
        return _is_called(node.value, "properties") and isinstance(node.slice, ast.Constant)
    named = bool(node.args) and isinstance(node.args[0], ast.Constant) and isinstance(node.func, ast.Attribute)
    return named and (
        node.func.attr == "custom" or (node.func.attr == "get" and _is_called(node.func.value, "properties"))
    )


def _is_called(node, name):
    held = node.func if isinstance(node, ast.Call) else node
    return getattr(held, "attr", getattr(held, "id", None)) == name
