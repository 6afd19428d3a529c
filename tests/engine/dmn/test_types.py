"""Item definitions: what a value becomes where a type is declared, and what it must be to stay."""

from datetime import UTC, datetime

import pytest
from dmn_models import (
    a_component,
    a_constraint,
    a_decision,
    a_model,
    an_import,
    an_input,
    an_item,
    knowledge,
    literal,
    requires,
    text,
)

from engine import dmn

COLOURS = an_item("tColore", "string", allowed='"rosso", "blu"')
ADDRESS = an_item("tIndirizzo", "", a_component("via", "string"), a_component("civico", "number"))
NUMBERS = an_item("tNumeri", "number", collection=True)
PERSON = an_item("tPersona", "", a_component("nome", "string"), a_component("casa", "tIndirizzo")) + ADDRESS
SEVERAL = an_item("tAlcuni", "number", a_constraint("count(?) > 1"), collection=True)
TREE = an_item("tAlbero", "", a_component("peso", "number"), a_component("rami", "tAlbero", collection=True))
MIDNIGHT = datetime(2020, 1, 2, tzinfo=UTC)
CONVERTED = [
    (literal("[1]", type_ref="number"), 1),
    (literal("[1, 2]", type_ref="number"), None),
    (NUMBERS + literal("1", type_ref="tNumeri"), [1]),
    (literal('date("2020-01-02")', type_ref="date and time"), MIDNIGHT),
    (an_item("tDate", "dateTime", collection=True) + literal('@"2020-01-02"', type_ref="tDate"), [MIDNIGHT]),
    (literal('@"2020-01-02T00:00:00"', type_ref="date"), None),
    (literal('duration("P1D")', type_ref="yearMonthDuration"), None),
    (literal('"a"', type_ref="feel:string"), "a"),
    (a_decision('<literalExpression typeRef="string"><text>1</text></literalExpression>'), None),
]
PASSED = [
    (COLOURS, "tColore", "rosso"),
    (COLOURS + an_item("tColori", "tColore", collection=True), "tColori", ["rosso", "blu"]),
    (an_item("tColori", "string", allowed='"rosso"', collection=True), "tColori", ["rosso"]),
    (SEVERAL, "tAlcuni", [1, 2]),
    (an_item("tB", "tA") + an_item("tA", "number", allowed="> 5"), "tB", 6),
    (PERSON, "tPersona", {"nome": "Ada", "casa": {"via": "Po", "civico": 1}}),
    (PERSON, "tPersona", {"nome": "Ada", "casa": None, "eta": 3}),
    (TREE, "tAlbero", {"peso": 1, "rami": [{"peso": 2, "rami": []}]}),
]
NOT_PASSED = [
    (COLOURS, "tColore", "verde"),
    (COLOURS + an_item("tColori", "tColore", collection=True), "tColori", ["rosso", "verde"]),
    (an_item("tColori", "string", allowed='"rosso"', collection=True), "tColori", ["verde"]),
    (SEVERAL, "tAlcuni", [1]),
    (an_item("tB", "tA") + an_item("tA", "number", allowed="> 5"), "tB", 5),
    (PERSON, "tPersona", {"nome": "Ada", "casa": {"via": "Po", "civico": "uno"}}),
    (PERSON, "tPersona", {"nome": "Ada"}),
    (TREE, "tAlbero", {"peso": 1, "rami": [{"peso": "due", "rami": []}]}),
    ("", "number", "sette"),
]


def evaluated(body, inputs=None, imports=()):
    return dmn.Model.load(a_model(body), imports=imports).evaluate("d", inputs or {})


def given(items, type_ref, value):
    body = items + an_input("x", type_ref) + literal("x", extra=requires("requiredInput", "x"))
    return evaluated(body, {"x": value})


@pytest.mark.parametrize(("body", "expected"), CONVERTED)
def test_a_value_becomes_what_its_type_asks_or_null(body, expected):
    assert evaluated(body).value == expected


@pytest.mark.parametrize(("items", "type_ref", "value"), PASSED)
def test_an_input_of_its_type_passes(items, type_ref, value):
    assert given(items, type_ref, value).value == value


@pytest.mark.parametrize(("items", "type_ref", "value"), NOT_PASSED)
def test_an_input_that_is_not_of_its_type_is_null_with_a_warning(items, type_ref, value):
    result = given(items, type_ref, value)

    assert result.value is None
    assert result.warnings == ("il dato «x» non è del tipo dichiarato",)


def test_a_collection_may_be_written_as_schema_booleans_are():
    items = NUMBERS.replace('"true"', '"1"')

    assert given(items, "tNumeri", [1, 2]).value == [1, 2]


def test_a_prefix_that_the_file_declares_is_no_part_of_a_types_name():
    source = a_model(COLOURS + literal('"verde"', type_ref="mio:tColore")).replace(
        b" id=", b' xmlns:mio="urn:m" id=', 1
    )

    assert dmn.Model.load(source).evaluate("d", {}).value is None


def test_two_models_may_use_one_name_for_different_types():
    other = a_model(an_item("tA", "number", allowed="> 5") + an_input("x", "tA"), "altro")
    body = an_import("altro", "altri") + an_item("tA", "string")
    body += literal("altri.x", extra=requires("requiredInput", "x", namespace="urn:altro"))

    assert evaluated(body, {"x": 7}, [other]).value == 7
    assert evaluated(body, {"x": 5}, [other]).value is None


def test_an_imported_type_is_named_through_each_import():
    first = a_model(an_item("tA", "number", allowed="> 5"), "primo")
    second = a_model(an_import("primo", "p") + an_item("tB", "p.tA"), "secondo")
    body = an_import("secondo", "s") + an_input("x", "s.tB") + literal("x", extra=requires("requiredInput", "x"))

    assert evaluated(body, {"x": 6}, [first, second]).value == 6
    assert evaluated(body, {"x": 5}, [first, second]).value is None


OF_A_KIND = [("f", 5), ("function(a) a", 4), ("abs", 4)]
NOT_OF_A_KIND = [("function(a, b) a", None), ("function(a: string) 1", None), ("7", None)]


@pytest.mark.parametrize(("function", "expected"), OF_A_KIND + NOT_OF_A_KIND)
def test_a_function_item_takes_only_functions_of_its_kind(function, expected):
    items = '<itemDefinition name="tF"><functionItem outputTypeRef="number"><parameters name="n" typeRef="number"/>'
    items += "</functionItem></itemDefinition>"
    declared = '<businessKnowledgeModel id="{0}" name="{0}"><variable name="{0}"{1}/><encapsulatedLogic>'
    declared += '<formalParameter name="n" typeRef="{2}"/>{3}</encapsulatedLogic></businessKnowledgeModel>'
    body = items + declared.format("f", ' typeRef="tF"', "number", text("n + 1"))
    body += declared.format("usa", "", "tF", text("n(4)"))
    body += literal(f"usa({function})", extra=requires("requiredKnowledge", "f", "usa"))

    assert evaluated(body).value == expected


CALLED_AS = ["<number>->string", "<number>->Any", "<tNumero>->string"]
NOT_CALLED_AS = ["<string>->string", "<number>->number", "<list<number>>->string", "<number, number>->string"]


@pytest.mark.parametrize(
    ("kind", "expected"), [*((kind, True) for kind in CALLED_AS), *((kind, False) for kind in NOT_CALLED_AS)]
)
def test_types_of_a_model_and_types_in_a_text_are_the_same_types(kind, expected):
    declared = knowledge("f", ["n"], text('"a"'), type_ref="string").replace('name="n"', 'name="n" typeRef="tNumero"')
    body = an_item("tNumero", "number", allowed="> 5") + declared
    body += literal(f"f instance of function{kind}", extra=requires("requiredKnowledge", "f"))

    assert evaluated(body).value is expected
