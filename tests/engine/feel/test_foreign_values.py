"""Values of classes that the language does not know, and that misbehave: taken by their content, or null."""

from collections import UserDict
from datetime import datetime, tzinfo
from decimal import Decimal

import pytest

from engine import feel


class OddZone(tzinfo):
    def utcoffset(self, moment):
        raise SystemError(moment)


class OddMapping(UserDict):
    def __iter__(self):
        raise SystemError


class OddDict(dict):
    __iter__ = keys = items = values = OddMapping.__iter__


class OddText(str):
    __slots__ = ()
    __str__ = __len__ = __eq__ = OddMapping.__iter__
    __hash__ = str.__hash__


class OddNumber(int):
    __int__ = __add__ = bit_length = OddMapping.__iter__


@pytest.mark.parametrize(
    ("foreign", "seen"),
    [
        (datetime(2026, 1, 1, tzinfo=OddZone()), None),
        (OddMapping(a=1), {}),
        (OddDict(a=1), {"a": 1}),
        ({OddText("a"): OddText("b")}, {"a": "b"}),
        (OddNumber(3), 3),
        (feel.Range(1, Decimal("NaN")), feel.Range(Decimal(1), None)),
        ({"a": [Decimal("NaN"), Decimal("sNaN"), float("inf"), b"a", 1j]}, {"a": [None] * 5}),
    ],
)
def test_values_of_foreign_classes_are_taken_by_their_content_or_are_null(foreign, seen):
    assert feel.evaluate("x", {"x": foreign}) == seen
    assert feel.evaluate("x.a b", {"x": foreign}) is None
