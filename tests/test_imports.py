"""Who imports whom, for type checking and inside functions too: the engine's public face, and no circles."""

import ast
import importlib
from collections import defaultdict
from functools import cache
from pathlib import Path

import engine

ROOT = Path(__file__).parents[1]
PACKAGES = ("engine", "desk", "web")
ONE_THING = [
    {"engine.feel.convert", "engine.feel.frame", "engine.feel.kinds", "engine.feel.values"},
    {"engine.store.extension", "engine.store.store", "engine.store.unit_of_work"},
]
"""Modules of one package that import each other since what they hold is one thing: ``docs/decisions.md`` says why."""
ABOVE = [ROOT / "app.py", *(path for name in ("desk", "web") for path in sorted((ROOT / name).rglob("*.py")))]


@cache
def modules():
    """Give the file of every module, by its name."""
    found = {}
    for path in (path for name in PACKAGES for path in (ROOT / name).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(path):
    """Give the modules that a file imports; a name taken from a package is a module where there is one."""
    for module, names, _ in taken(path):
        for full in [f"{module}.{name}" for name in names] or [module]:
            nearest = next((each for each in (full, module) if each in modules()), None)
            if nearest:
                yield nearest


@cache
def arrows():
    return {(name, other) for name, path in modules().items() for other in imported(path) if other != name}


def circles(pairs):
    """Give every set of names that all reach one another."""
    ahead = defaultdict(set)
    for name, other in pairs:
        ahead[name].add(other)
    reach = {name: reached(name, ahead) for name in list(ahead)}
    round_trips = [
        {other for other in reach[name] if name in reach.get(other, ())} for name in reach if name in reach[name]
    ]
    return sorted({frozenset(each) for each in round_trips}, key=sorted)


def reached(name, ahead):
    """Give what a name leads to, itself where it leads back."""
    found, waiting = set(), [name]
    while waiting:
        new = ahead[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def package(module):
    return ".".join(module.split(".")[:2])


def taken(path):
    """Give the names that a file imports from each module, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.ImportFrom):
            yield node.module, [alias.name for alias in node.names], f"{path.relative_to(ROOT)}:{node.lineno}"
        if isinstance(node, ast.Import):
            yield from ((alias.name, [], f"{path.relative_to(ROOT)}:{node.lineno}") for alias in node.names)


def is_public(module, name):
    """Say whether the engine offers a name: of a package, one of those that it lists."""
    holder = importlib.import_module(module)
    return name in getattr(holder, "__all__", (name,)) and not name.startswith("_")


def test_every_name_on_the_public_face_of_the_engine_is_there():
    listed = engine.__all__

    assert len(set(listed)) == len(listed)
    for name in listed:
        assert hasattr(engine, name) or importlib.import_module(f"engine.{name}")


def test_the_programs_above_take_of_the_engine_only_what_its_public_face_lists():
    doors = {"engine", *(f"engine.{name}" for name in engine.__all__)}

    wrong = [
        f"{place}: {module} {name}".strip()
        for path in ABOVE
        for module, names, place in taken(path)
        if module and module.split(".")[0] == "engine"
        for name in names or [""]
        if module not in doors or not is_public(module, name)
    ]

    assert wrong == []


def test_circles_are_found_where_there_are_some():
    pairs = {("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e"), ("e", "d"), ("e", "f")}

    assert circles(pairs) == [{"a", "b", "c"}, {"d", "e"}]


def test_imports_that_serve_types_alone_and_those_inside_functions_count():
    assert ("engine.store.unit_of_work", "engine.store.store") in arrows()
    assert ("web.commands.serving", "granian") not in arrows()
    assert len(arrows()) > len(modules())


def test_no_packages_import_one_another():
    between = {(package(name), package(other)) for name, other in arrows()}

    assert circles(pair for pair in between if pair[0] != pair[1]) == []


def test_modules_import_one_another_only_where_they_hold_one_thing():
    assert circles(arrows()) == ONE_THING
