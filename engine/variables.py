"""Variables are JSON: what FEEL computes is brought back to it before it is kept."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine import feel


def plain(value: Any) -> Any:
    """Turn a value of FEEL into plain JSON: numbers, texts, lists, objects; temporal values become ISO 8601 text."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return feel.string(value)
