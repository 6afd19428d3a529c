"""Requirements between decisions, knowledge, services and imported models."""

import pytest
from dmn_models import (
    a_decision,
    a_model,
    a_service,
    a_table,
    an_import,
    an_input,
    knowledge,
    literal,
    requires,
    text,
)

from engine import dmn

DOUBLE = knowledge("doppio", ["n"], text("n * 2"))
CHAIN = (
    an_input("a", "number")
    + literal("a + 1", "p", requires("requiredInput", "a"))
    + literal("p * 2", "q", requires("requiredDecision", "p"))
    + literal("p * 3", "r", requires("requiredDecision", "p"))
)
ADD = knowledge("somma", ["a b", "c"], text("a b - c"))
OTHER = a_model(an_input("x", "number") + literal("x + 1", "somma", requires("requiredInput", "x")) + DOUBLE, "altro")


def evaluated(body, inputs=None, ref="d", imports=()):
    return dmn.Model.load(a_model(body), imports=imports).evaluate(ref, inputs or {})


def value(body, inputs=None, ref="d", imports=()):
    return evaluated(body, inputs, ref, imports).value


def invocation(function, **bindings):
    parts = "".join(f'<binding><parameter name="{key}"/>{each}</binding>' for key, each in bindings.items())
    return f"<invocation>{text(function)}{parts}</invocation>"


def with_knowledge(expression, *needed):
    return literal(expression, extra=requires("requiredKnowledge", *needed))


def from_other(expression, kind, identifier, name="altri"):
    return an_import("altro", name) + literal(expression, extra=requires(kind, identifier, namespace="urn:altro"))


def test_knowledge_calls_the_knowledge_it_requires_and_hides_it():
    outer = knowledge("quadruplo", ["n"], text("doppio(doppio(n))"), requires("requiredKnowledge", "doppio"))

    assert value(DOUBLE + outer + with_knowledge("quadruplo(3)", "quadruplo")) == 12
    assert value(DOUBLE + outer + with_knowledge("doppio(3)", "quadruplo")) is None


def test_knowledge_is_a_value_that_others_may_call():
    apply = knowledge("applica", ["f", "n"], text("f(n)"))
    order = knowledge("prima", ["a", "b"], text("a > b"))

    assert value(DOUBLE + apply + with_knowledge("applica(doppio, 4)", "doppio", "applica")) == 8
    assert value(order + with_knowledge("sort([1, 3, 2], prima)", "prima")) == [3, 2, 1]


def test_knowledge_may_hold_a_table_or_a_function():
    table = a_table([("> 3", '"grande"'), ("<= 3", '"piccolo"')]).partition("<decisionTable")
    inner = f'<functionDefinition><formalParameter name="k"/>{text("n + k")}</functionDefinition>'

    assert value(
        knowledge("f", ["x"], "".join(table[1:]).removesuffix("</decision>")) + with_knowledge("f(4)", "f")
    ) == ("grande")
    assert value(knowledge("f", ["n"], inner) + with_knowledge("f(1)(2)", "f")) == 3


def test_knowledge_does_not_see_inputs_that_are_no_parameters():
    body = an_input("x") + knowledge("f", [], text("x")) + with_knowledge("f()", "f")

    assert value(body, {"x": 5}) is None


def test_knowledge_may_be_asked_for_by_name_with_its_arguments():
    assert value(ADD, {"a b": 5, "c": 2}, "somma") == 3


def test_invocations_bind_by_name_and_nest():
    nested = invocation("doppio", n=invocation("doppio", n=text("3")))

    assert value(DOUBLE + a_decision(nested, extra=requires("requiredKnowledge", "doppio"))) == 12
    assert value(a_decision(invocation("abs", n=text("-3")))) == 3


@pytest.mark.parametrize("bindings", [{}, {"z": text("1")}])
def test_an_invocation_that_does_not_bind_what_is_asked_is_null(bindings):
    body = a_decision(invocation("doppio", **bindings), extra=requires("requiredKnowledge", "doppio"))

    assert value(DOUBLE + body) is None


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("servizio(4).q", 10),
        ("servizio(a: 4).r", 15),
        ("servizio(4)", {"q": 10, "r": 15}),
        ('servizio("quattro")', None),
        ("[servizio(4).q, a]", [10, 1]),
    ],
)
def test_a_service_decides_on_its_arguments_alone(expression, expected):
    needs = requires("requiredKnowledge", "servizio") + requires("requiredInput", "a")

    assert value(CHAIN + a_service(["q", "r"], ["a"]) + literal(expression, extra=needs), {"a": 1}) == expected


def test_a_service_takes_its_input_data_before_its_input_decisions():
    body = an_input("a") + literal("1", "p")
    body += literal("p * 10 + a", "q", requires("requiredDecision", "p") + requires("requiredInput", "a"))

    assert value(body + a_service(["q"], ["a"], ["p"]) + with_knowledge("servizio(1, 2)", "servizio")) == 21


def test_a_service_is_called_by_knowledge_and_by_another_service():
    service = CHAIN + a_service(["q"], ["a"])
    used = knowledge("usa", ["n"], text("servizio(n)"), requires("requiredKnowledge", "servizio"))
    outer = literal("servizio(4) + 1", "w", requires("requiredKnowledge", "servizio")) + a_service(["w"], name="altro")

    assert value(service + used + with_knowledge("usa(4)", "usa")) == 10
    assert value(service + outer + with_knowledge("altro()", "altro")) == 11


def test_a_name_the_model_declares_is_seen_only_by_what_requires_it():
    assert evaluated(an_input("x") + literal("x"), {"x": 5}).warnings == ("«x» non esiste",)
    assert value(literal("x"), {"x": 5}) == 5


@pytest.mark.parametrize(
    ("expression", "kind", "identifier", "name", "expected"),
    [
        ("altri.somma", "requiredDecision", "somma", "altri", 8),
        ("altri.x", "requiredInput", "x", "altri", 7),
        ("altri miei.somma", "requiredDecision", "somma", "altri miei", 8),
        ("altri.doppio(6)", "requiredKnowledge", "doppio", "altri", 12),
        ("somma", "requiredDecision", "somma", "", 8),
        ("doppio(n: 6)", "requiredKnowledge", "doppio", "", 12),
    ],
)
def test_what_is_imported_is_reached_under_the_imports_name(expression, kind, identifier, name, expected):
    assert value(from_other(expression, kind, identifier, name), {"x": 7}, imports=[OTHER]) == expected


def test_imports_of_imports_are_evaluated():
    middle = a_model(from_other("altri.somma * 10", "requiredDecision", "somma"), "mezzo")
    body = an_import("mezzo", "m") + literal("m.d", extra=requires("requiredDecision", "d", namespace="urn:mezzo"))

    assert value(body, {"x": 7}, imports=[OTHER, middle]) == 80


def test_models_that_import_each_other_are_evaluated():
    other = a_model(an_import("prova", "io") + literal("1", "uno"), "altro")

    assert value(from_other("altri.uno", "requiredDecision", "uno"), imports=[other]) == 1


def test_inputs_of_one_name_are_told_apart_by_namespace():
    third = OTHER.replace(b"urn:altro", b"urn:terzo")
    needs = "".join(requires("requiredInput", "x", namespace=f"urn:{each}") for each in ("altro", "terzo"))
    body = an_import("altro", "b") + an_import("terzo", "c") + literal("[b.x, c.x]", extra=needs)

    assert value(body, {"{urn:altro}x": 7, "{urn:terzo}x": 2}, imports=[OTHER, third]) == [7, 2]


def test_of_two_neighbours_with_one_namespace_the_one_named_is_imported(tmp_path):
    (tmp_path / "a.dmn").write_bytes(a_model(literal("1", "uno"), "altro"))
    (tmp_path / "b.dmn").write_bytes(a_model(literal("2", "uno"), "altro"))
    body = from_other("altri.uno", "requiredDecision", "uno").replace("<import", '<import locationURI="./b.dmn"')
    (tmp_path / "m.dmn").write_bytes(a_model(body))

    assert dmn.Model.load(tmp_path / "m.dmn").evaluate("d", {}).value == 2


@pytest.mark.parametrize("name", ["Età del cliente", "tasso/anno", "l'uomo", "x + y", "naïve Δ", "🐎", "Pre-bureau 2"])
def test_a_name_may_hold_spaces_and_symbols(name):
    body = an_input(name, identifier="i") + literal(f"{name} + 1", extra=requires("requiredInput", "i"))

    assert value(body, {name: 7}) == 8


def test_a_tables_output_may_have_any_name():
    table = a_table(
        [("-", "1", "2")], outputs=['<output name="Rischio/Anno"/>', '<output name="B c"/>'], name="tabella"
    )
    body = table + literal("tabella.Rischio/Anno + tabella.B c", extra=requires("requiredDecision", "tabella"))

    assert value(body) == 3


def test_elements_without_an_id_go_by_their_names():
    body = '<inputData name="x"/>' + "".join(
        f'<decision name="{name}">{text(expression)}</decision>' for name, expression in (("e", "1"), ("d", "2"))
    )

    assert value(body) == 2
    assert value(body, ref="e") == 1


def test_a_comment_inside_an_expression_is_left_out():
    assert value(a_decision("<literalExpression><text>1 <!-- uno --> + 1</text></literalExpression>")) == 2
