"""What the program asks of Python's own regular expressions: nothing that its releases read in different ways."""

import ast
import re
from pathlib import Path

import pytest

from tests.kit.places import ROOT

FOLDERS = ("engine", "desk", "web", "tests", "bench")
FILES = [ROOT / "app.py", *(path for name in FOLDERS for path in sorted((ROOT / name).rglob("*.py")))]
NEVER_GIVES_BACK = {"POSSESSIVE_REPEAT", "ATOMIC_GROUP"}
"""Python 3.11.2 takes text wrongly where one of these stands within another."""
USES_RE = re.compile(r"^\s*(?:import re|from re import .*)$", re.MULTILINE)
"""``regex`` and ``re2`` are engines of their own."""


def texts(module):
    """Every text that a module writes down, whole or with an ``x`` where a value is put in, and where."""
    parts = set()
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            parts |= {id(part) for part in node.values}
            yield node.lineno, "".join(getattr(part, "value", "x") for part in map(_whole, node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) and id(node) not in parts:
            yield node.lineno, node.value if isinstance(node.value, str) else node.value.decode("latin-1")


def _whole(part):
    return part if isinstance(part, ast.Constant) else ast.Constant("x")


def operations(parsed):
    """The names of what a parsed pattern does, at every depth."""
    if isinstance(parsed, re._parser.SubPattern | list | tuple):
        for each in parsed:
            yield from operations(each)
    elif isinstance(parsed, re._constants._NamedIntConstant):
        yield parsed.name


def never_gives_back(pattern):
    if re.search(r"[*+?}]\+|\(\?>", pattern) is None:
        return False
    try:
        parsed = re._parser.parse(pattern)
    except re.error:  # a text that is no pattern, or a piece of one
        return True
    return not NEVER_GIVES_BACK.isdisjoint(operations(parsed))


@pytest.mark.parametrize("pattern", ["a*+", "a++b", "(?:a?+b)", "a{2}+", "(?>a)", "(?:x|(?>a))*", "(a++", "[a-z]*+("])
def test_what_never_gives_back_is_recognised_at_any_depth(pattern):
    assert never_gives_back(pattern)


@pytest.mark.parametrize("pattern", [r"\}\}+", r"\++", "[*+]+", "(?=a)", "a*?", r"\(\?>"])
def test_what_gives_back_is_left_alone(pattern):
    assert not never_gives_back(pattern)


def test_no_pattern_for_python_holds_on_to_what_it_took():
    sources = {path: path.read_text("utf-8") for path in FILES if path != Path(__file__)}

    found = [
        f"{path.relative_to(ROOT)}:{line} {text}"
        for path, source in sources.items()
        if USES_RE.search(source)
        for line, text in texts(ast.parse(source))
        if never_gives_back(text)
    ]

    assert found == []
