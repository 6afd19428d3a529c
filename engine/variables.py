"""Bring values of FEEL back to JSON, which is what variables are."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine import feel

LARGEST = 2**63 - 1
"""A whole number beyond this is kept as a floating one, as JSON's readers take it (RFC 8259, section 6)."""


def plain(value: Any) -> Any:
    """Turn a value of FEEL into plain JSON: numbers, texts, lists, objects; temporal values become ISO 8601 text."""
    if value is None or isinstance(value, str | bool | float):
        return value
    if isinstance(value, int):
        return value if abs(value) <= LARGEST else float(value)
    if isinstance(value, Decimal):
        is_whole = abs(value) <= LARGEST and value == value.to_integral_value()
        return int(value) if is_whole else float(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return feel.string(value)
