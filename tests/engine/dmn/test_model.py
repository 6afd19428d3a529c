from decimal import Decimal

import pytest
from dmn_models import a_model, boxed, literal, requires, text

from engine import dmn
from engine.errors import InvalidXml
from engine.feel import Budget, FeelError

BKM = (
    '<businessKnowledgeModel id="b" name="doppio"><variable name="doppio"/><encapsulatedLogic>'
    '<formalParameter name="n" typeRef="number"/>' + text("n * 2") + "</encapsulatedLogic></businessKnowledgeModel>"
)
INPUT = '<inputData id="i" name="eta minima"><variable name="eta minima" typeRef="number"/></inputData>'
ADULT = (
    '<itemDefinition name="tEta"><typeRef>number</typeRef>'
    "<allowedValues><text>[18..120]</text></allowedValues></itemDefinition>"
)
BOXED = [
    ("<list>" + text("1") + text("2") + "</list>", [1, 2]),
    (
        '<context><contextEntry><variable name="a b"/>'
        + text("1")
        + "</contextEntry><contextEntry>"
        + text("a b + 1")
        + "</contextEntry></context>",
        2,
    ),
    (
        '<relation><column name="a"/><column name="b"/><row>' + text("1") + text("2") + "</row></relation>",
        [{"a": 1, "b": 2}],
    ),
    (
        f"<conditional><if>{text('1 > 2')}</if><then>{text('1')}</then><else>{text('2')}</else></conditional>",
        2,
    ),
    (f"<filter><in>{text('[1, 2, 3]')}</in><match>{text('item > 1')}</match></filter>", [2, 3]),
    (
        f'<for iteratorVariable="n"><in>{text("1..3")}</in><return>{text("n * n")}</return></for>'.replace(
            "1..3", "[1..3]"
        ),
        [1, 4, 9],
    ),
    (f'<some iteratorVariable="n"><in>{text("[1, 2]")}</in><satisfies>{text("n > 1")}</satisfies></some>', True),
    (f'<every iteratorVariable="n"><in>{text("[1, 2]")}</in><satisfies>{text("n > 1")}</satisfies></every>', False),
    (
        f'<context><contextEntry><variable name="f"/><functionDefinition><formalParameter name="x"/>{text("x + 1")}'
        f"</functionDefinition></contextEntry><contextEntry>{text('f(1)')}</contextEntry></context>",
        2,
    ),
]


def value(body, inputs=None, ref="d", **arguments):
    return dmn.Model.load(a_model(body), **arguments).evaluate(ref, inputs or {}).value


@pytest.mark.parametrize(("xml", "expected"), BOXED)
def test_every_boxed_expression_is_evaluated(xml, expected):
    assert value(boxed(xml)) == expected


def test_a_decision_sees_what_it_requires():
    body = INPUT + literal("eta minima + 1", "prima", requires("requiredInput", "i"))
    body += literal("prima * 2", extra=requires("requiredDecision", "prima"))

    assert value(body, {"eta minima": 17}) == Decimal(36)


def test_a_decision_does_not_see_what_it_does_not_require():
    result = dmn.Model.load(a_model(literal("1", "prima") + literal("prima"))).evaluate("d", {})

    assert result.value is None
    assert "«prima» non esiste" in result.warnings


def test_business_knowledge_is_invoked_by_position_by_name_and_in_a_box():
    need = requires("requiredKnowledge", "b")
    invocation = f'<invocation>{text("doppio")}<binding><parameter name="n"/>{text("3")}</binding></invocation>'

    assert value(BKM + literal("doppio(2) + doppio(n: 1)", extra=need)) == 6
    assert value(BKM + boxed(invocation, extra=need)) == 6


def test_knowledge_with_the_wrong_kind_of_argument_gives_null():
    assert value(BKM + literal('doppio("a")', extra=requires("requiredKnowledge", "b"))) is None


def test_a_decision_service_is_a_function_and_a_decision_of_its_own():
    body = INPUT + literal("eta minima + 1", "prima", requires("requiredInput", "i"))
    body += '<decisionService id="s" name="servizio"><variable name="servizio"/>'
    body += '<outputDecision href="#prima"/><inputData href="#i"/></decisionService>'
    body += literal("servizio(20)", extra=requires("requiredKnowledge", "s"))

    assert value(body) == 21
    assert value(body, {"eta minima": 1}, ref="servizio") == 2


def test_a_service_with_several_outputs_gives_a_context_of_what_it_was_called_with():
    body = literal("1", "prima") + literal("prima + 1", "seconda", requires("requiredDecision", "prima"))
    body += literal("prima * 10", "terza", requires("requiredDecision", "prima"))
    body += '<decisionService id="s" name="servizio"><variable name="servizio"/><outputDecision href="#seconda"/>'
    body += '<outputDecision href="#terza"/><inputDecision href="#prima"/></decisionService>'
    body += literal("servizio(prima: 5)", extra=requires("requiredKnowledge", "s"))

    assert value(body) == {"seconda": 6, "terza": 50}


def test_knowledge_may_call_itself():
    logic = BKM.replace("n * 2", "if n = 0 then 1 else n * doppio(n - 1)")

    assert value(logic + literal("doppio(5)", extra=requires("requiredKnowledge", "b"))) == 120


def test_types_that_define_each_other_in_a_circle_do_not_hang():
    circle = '<itemDefinition name="tA"><typeRef>tB</typeRef></itemDefinition>'
    circle += '<itemDefinition name="tB"><typeRef>tA</typeRef></itemDefinition>'

    with pytest.raises(FeelError):
        value(circle + literal("1", type_ref="tA"))


def test_a_value_outside_its_types_allowed_values_is_null():
    typed = INPUT.replace("number", "tEta")

    body = ADULT + typed + literal("eta minima", extra=requires("requiredInput", "i"))

    assert value(body, {"eta minima": 17}) is None
    assert value(body, {"eta minima": 18}) == 18


def test_a_result_of_the_wrong_type_is_null():
    assert value(literal('"a"', type_ref="number")) is None


def test_an_imported_model_is_reached_under_its_name():
    other = a_model(BKM, "altro")
    body = '<import namespace="urn:altro" name="altri" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
    body += literal(
        "altri.doppio(4)", extra='<knowledgeRequirement><requiredKnowledge href="urn:altro#b"/></knowledgeRequirement>'
    )

    assert value(body, imports=[other]) == 8


def test_a_missing_import_is_refused():
    body = '<import namespace="urn:altro" name="altri" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'

    with pytest.raises(dmn.InvalidModel, match="altri"):
        dmn.Model.load(a_model(body))


def test_a_model_with_a_document_type_is_refused():
    with pytest.raises(InvalidXml):
        dmn.Model.load(b'<!DOCTYPE x [<!ENTITY a "b">]><definitions/>')


def test_what_is_no_model_is_refused():
    with pytest.raises(dmn.InvalidModel):
        dmn.Model.load(b"<html/>")


def test_an_unknown_decision_is_refused():
    with pytest.raises(dmn.UnknownDecision):
        dmn.Model.load(a_model(literal("1"))).evaluate("altra", {})


def test_decisions_that_require_each_other_are_refused_and_do_not_hang():
    body = literal("b", "a", requires("requiredDecision", "b")) + literal("a", "b", requires("requiredDecision", "a"))

    with pytest.raises(FeelError):
        dmn.Model.load(a_model(body)).evaluate("a", {})


def test_java_functions_are_a_problem_and_never_run():
    logic = BKM.replace("<encapsulatedLogic>", '<encapsulatedLogic kind="Java">')

    [problem] = dmn.Model.load(a_model(logic)).problems

    assert problem.message == "Le funzioni Java e PMML non sono ammesse: usa FEEL."


def test_whoever_evaluates_may_give_another_budget():
    model = dmn.Model.load(a_model(literal("count(for i in 1..1000 return i)")))

    with pytest.raises(FeelError):
        model.evaluate("d", {}, budget=Budget(steps=1000))
    assert model.evaluate("d", {}).value == 1000


@pytest.mark.parametrize(
    ("returned", "expected"),
    [
        (text("partial"), [[], [[]], [[], [[]]]]),
        (
            "<context><contextEntry><variable name='seen'/>" + text("partial") + "</contextEntry></context>",
            [{"seen": []}, {"seen": [{"seen": []}]}, {"seen": [{"seen": []}, {"seen": [{"seen": []}]}]}],
        ),
        (text("if count(partial) = 0 then 1 else partial[-1] * 2"), [1, 2, 4]),
    ],
)
def test_the_results_so_far_of_a_boxed_loop_stand_still(returned, expected):
    loop = f'<for iteratorVariable="n"><in>{text("[1..3]")}</in><return>{returned}</return></for>'

    assert dmn.Model.load(a_model(boxed(loop))).evaluate("d", {}).value == expected
