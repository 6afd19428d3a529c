"""Who imports whom: the engine's public face."""

import ast
import importlib
from pathlib import Path

import engine

ROOT = Path(__file__).parents[1]
ABOVE = [ROOT / "app.py", *(path for name in ("desk", "web") for path in sorted((ROOT / name).rglob("*.py")))]


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
