"""Functions of the program above, called from a decision by names that hold spaces and keywords."""

import pytest

from engine import dmn

MODEL = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="urn:m">
  <decision id="giorni" name="giorni">
    <variable name="giorni"/>
    <literalExpression><text>working days between(1, 4)</text></literalExpression>
  </decision>
</definitions>"""
NAME = "working days between"


def test_a_function_whose_name_holds_a_keyword_is_called_where_it_was_announced():
    model = dmn.Model.load(MODEL, names=[NAME])

    result = model.evaluate("giorni", {}, functions={NAME: lambda first, last: last - first})

    assert not model.problems
    assert result.value == 3


@pytest.mark.parametrize("names", [[], ["another name"]])
def test_a_function_nobody_announced_is_reported_as_unreadable(names):
    model = dmn.Model.load(MODEL, names=names)

    assert [problem.message for problem in model.problems]
