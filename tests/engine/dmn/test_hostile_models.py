import pytest
from dmn_models import a_model, a_table, literal

from engine import dmn
from engine.feel import Budget, FeelError


def test_a_value_that_doubles_is_not_looked_through_for_its_type_for_ever():
    types = "".join(
        f'<itemDefinition name="t{turn}"><itemComponent name="a"><typeRef>t{turn + 1}</typeRef></itemComponent>'
        f'<itemComponent name="b"><typeRef>t{turn + 1}</typeRef></itemComponent></itemDefinition>'
        for turn in range(40)
    )
    values = "for i in 1..40 return if i = 1 then 1 else {a: partial[-1], b: partial[-1]}"
    last = '<itemDefinition name="t40"><typeRef>number</typeRef></itemDefinition>'
    model = dmn.Model.load(a_model(types + last + literal(f"({values})[-1]", type_ref="t1")))

    with pytest.raises(FeelError):
        model.evaluate("d", {})


def test_the_tests_of_allowed_values_share_the_budget_of_the_evaluation():
    allowed = "<allowedValues><text>count(for i in 1..500 return i) &gt; 3</text></allowedValues>"
    types = (
        f'<itemDefinition name="u"><typeRef>number</typeRef>{allowed}</itemDefinition>'
        '<itemDefinition name="t" isCollection="true"><typeRef>u</typeRef></itemDefinition>'
    )
    model = dmn.Model.load(a_model(types + literal("for i in 1..99 return i", type_ref="t")))

    with pytest.raises(FeelError):
        model.evaluate("d", {}, budget=Budget(steps=5_000, seconds=60))


def test_ranking_many_rules_by_many_values_counts():
    values = ", ".join(f'"{turn}"' for turn in range(500))
    listed = (f'<output name="esito"><outputValues><text>{values}</text></outputValues></output>',)
    table = a_table([("-", '"499"')] * 50, "OUTPUT ORDER", outputs=listed)
    model = dmn.Model.load(a_model(table))

    assert len(model.evaluate("d", {"x": 1}).value) == 50
    with pytest.raises(FeelError):
        model.evaluate("d", {"x": 1}, budget=Budget(steps=20_000, seconds=60))


def test_types_that_double_along_a_chain_of_imports_are_refused():
    def imports(turn):
        drawn = range(turn + 1, min(turn + 3, 30))
        return "".join(f'<import name="i{other}" namespace="urn:m{other}" importType="DMN"/>' for other in drawn)

    types = "".join(f'<itemDefinition name="t{turn}"><typeRef>number</typeRef></itemDefinition>' for turn in range(50))
    files = [a_model(imports(turn) + types, f"m{turn}") for turn in range(30)]

    with pytest.raises(dmn.InvalidModel, match="tipi"):
        dmn.Model.load(files[0], files[1:])


@pytest.mark.parametrize(("texts", "is_read"), [(39, True), (41, False)])
def test_a_model_of_endless_text_is_refused_before_it_is_read(texts, is_read):
    blank = f"<literalExpression><text>{'1'.rjust(10_000)}</text></literalExpression>"
    source = a_model(f'<decision id="d" name="d"><list>{blank * texts}</list></decision>')

    if is_read:
        assert len(dmn.Model.load(source).evaluate("d", {}).value) == texts
    else:
        with pytest.raises(dmn.InvalidModel, match=r"400\.000 caratteri"):
            dmn.Model.load(source)
