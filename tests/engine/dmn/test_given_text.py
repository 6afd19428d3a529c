"""A form gives dates, numbers and yes or no as texts: a column that wants them reads them, as Camunda's does."""

import pytest
from dmn_models import a_model

from engine import dmn

TYPED = (
    '<decision id="d" name="d"><variable name="d"/><decisionTable hitPolicy="FIRST">'
    '<input label="x"><inputExpression typeRef="{type}"><text>x</text></inputExpression></input>'
    '<output name="esito"/><rule><inputEntry><text>{cell}</text></inputEntry>'
    '<outputEntry><text>"sì"</text></outputEntry></rule><rule><inputEntry><text>-</text></inputEntry>'
    '<outputEntry><text>"no"</text></outputEntry></rule></decisionTable></decision>'
)


def decided(kind, cell, value):
    source = a_model(TYPED.format(type=kind, cell=cell.replace("<", "&lt;")))
    return dmn.Model.load(source).evaluate("d", {"x": value}).value


@pytest.mark.parametrize(
    ("kind", "cell", "yes", "no"),
    [
        ("date", '< date("2010-01-01")', "2009-12-31", "2010-01-01"),
        ("date and time", '< date and time("2010-01-01T00:00:00")', "2009-12-31T10:00:00", "2010-01-01T10:00:00"),
        ("number", "< 10", "9.5", "10"),
        ("integer", "< 10", "9", 10),
        ("long", "< 10", 9, "10"),
        ("double", "< 10", "9.25", 10.5),
        ("boolean", "true", "true", "false"),
        ("string", '"9"', "9", "10"),
    ],
)
def test_a_text_is_read_as_the_column_wants(kind, cell, yes, no):
    assert (decided(kind, cell, yes), decided(kind, cell, no)) == ("sì", "no")


@pytest.mark.parametrize(
    ("kind", "text"),
    [("date", "domani"), ("number", "tanti"), ("number", "NaN"), ("number", "1.234,5"), ("boolean", "1"), ("date", "")],
)
def test_a_text_that_says_nothing_of_the_kind_decides_nothing(kind, text):
    assert decided(kind, "-", text) is None
