"""What the desk adds to the engine, in one value."""

from pathlib import Path

from desk import feel_functions
from desk.access import Role
from desk.model import Row
from desk.observer import observe
from engine.store import Extension, Schema

EXTENSION = Extension(
    schema=Schema(Row.metadata, Path(__file__).parent / "migrations", "desk_version"),
    observe=observe,
    functions=feel_functions.functions,
    groups=frozenset(role.value for role in Role),
    function_names=feel_functions.NAMES,
)
