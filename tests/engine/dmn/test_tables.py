import json
from decimal import Decimal

import pytest
from dmn_models import a_component, a_decision, a_model, a_table, an_item

from engine import dmn, feel

OVERLAPPING = [("> 0", "3"), ("> 10", "1"), ("> 20", "2")]
RANKED = ['<output name="esito"><outputValues><text>2, 1, 3</text></outputValues></output>']


def decided(table, **inputs):
    return dmn.Model.load(a_model(table)).evaluate("d", inputs)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("UNIQUE", None),
        ("ANY", None),
        ("FIRST", 3),
        ("PRIORITY", 2),
        ("RULE ORDER", [3, 1, 2]),
        ("OUTPUT ORDER", [2, 1, 3]),
        ("COLLECT", [3, 1, 2]),
        ("COLLECT SUM", 6),
        ("COLLECT MIN", 1),
        ("COLLECT MAX", 3),
        ("COLLECT COUNT", 3),
    ],
)
def test_each_hit_policy_makes_its_own_of_rules_that_overlap(policy, expected):
    result = decided(a_table(OVERLAPPING, policy, outputs=RANKED), x=25)

    assert result.value == expected


def test_rules_that_agree_satisfy_the_policy_any():
    result = decided(a_table([("> 0", '"a"'), ("> 1", '"a"')], "ANY"), x=2)

    assert result.value == "a"


def test_a_contradicted_policy_leaves_a_warning():
    result = decided(a_table(OVERLAPPING), x=25)

    assert "corrispondono più regole, ma la tabella ne ammette una sola (UNIQUE)" in result.warnings


@pytest.mark.parametrize(("policy", "expected"), [("UNIQUE", None), ("COLLECT", []), ("COLLECT COUNT", 0)])
def test_without_a_match_a_table_has_nothing_to_say(policy, expected):
    assert decided(a_table(OVERLAPPING, policy), x=-1).value == expected


def test_a_default_stands_in_where_no_rule_matches():
    output = '<output name="esito"><defaultOutputEntry><text>"nessuno"</text></defaultOutputEntry></output>'

    assert decided(a_table([("> 0", '"a"')], outputs=[output]), x=-1).value == "nessuno"


def test_several_outputs_are_a_context():
    outputs = ['<output name="urgenza"/>', '<output name="giorni"/>']

    result = decided(a_table([("-", '"alta"', "1 + 1")], outputs=outputs), x=1)

    assert result.value == {"urgenza": "alta", "giorni": Decimal(2)}


def test_an_input_outside_its_values_is_null_with_a_warning():
    table = a_table([("-", "1")]).replace(
        "</inputExpression>", "</inputExpression><inputValues><text>1, 2</text></inputValues>"
    )

    result = decided(table, x=3)

    assert result.value is None
    assert "il valore di «x» non è tra quelli ammessi" in result.warnings


def test_the_trace_says_which_cells_decided_in_words():
    table = a_table(
        [("true", "-", '"alta"'), ("false", "< 10", '"media"'), ("-", "-", '"bassa"')],
        "FIRST",
        inputs=("gia divulgata", "giorni"),
    ).replace("</rule>", "<annotationEntry><text>novità a rischio</text></annotationEntry></rule>", 1)

    result = decided(table, **{"gia divulgata": False, "giorni": 5})

    [traced] = result.trace
    assert traced["table"] == "d"
    assert traced["hit_policy"] == "FIRST"
    assert traced["matched"] == [
        {
            "rule": 2,
            "annotation": "",
            "cells": [
                {"input": "gia divulgata", "cell": "false", "value": "no", "measure": False},
                {"input": "giorni", "cell": "< 10", "value": "5", "measure": True},
            ],
            "gives": "media",
        }
    ]
    assert traced["unmatched"] == [
        {
            "rule": 1,
            "annotation": "novità a rischio",
            "cells": [{"input": "gia divulgata", "cell": "true", "value": "no", "measure": False}],
        }
    ]
    assert (traced["label"], traced["result"], traced["default"]) == ("D", "media", False)
    assert json.loads(json.dumps(result.trace)) == result.trace


def test_a_table_may_call_the_hosts_functions_and_know_the_moment():
    model = dmn.Model.load(
        a_model(a_table([("> working days between(0, 2)", '"oltre"')])), names=["working days between"]
    )

    result = model.evaluate("d", {"x": 3}, functions={"working days between": lambda start, end: end - start})

    assert result.value == "oltre"


def test_a_cell_that_cannot_be_read_is_a_problem_with_its_place():
    model = dmn.Model.load(a_model(a_table([("> 1", '"a"'), ("> > (", '"b"')])))

    [problem] = model.problems

    assert (problem.element, problem.line) == ("d", 1)
    assert problem.message == "Un’espressione non può cominciare con «>»."


def test_a_cell_in_another_language_is_a_problem():
    table = a_table([("${x}", "1")]).replace("<inputEntry>", '<inputEntry expressionLanguage="juel">')

    [problem] = dmn.Model.load(a_model(table)).problems

    assert problem.message == "Il linguaggio «juel» non è ammesso: usa FEEL."


def test_a_rule_without_a_cell_for_each_column_is_a_problem_and_never_matches():
    model = dmn.Model.load(a_model(a_table([("> 0",), ("> 0", '"a"')])))

    assert [problem.message for problem in model.problems] == ["La regola 1 non ha una cella per ogni colonna."]
    assert model.evaluate("d", {"x": 1}).value == "a"


def test_an_unknown_hit_policy_is_a_problem():
    [problem] = dmn.Model.load(a_model(a_table([("> 0", "1")], "QUALCUNA"))).problems

    assert problem.message.startswith("La politica «QUALCUNA» non esiste: scegli tra UNIQUE, ANY, FIRST")


PAIRED = [("> 0", '"b"', "2"), ("> 10", '"a"', "1"), ("> 20", '"c"', "3")]
PAIR = ['<output name="lettera"><outputValues><text>"a", "b", "c"</text></outputValues></output>', '<output name="n"/>']


def pair(letter, number):
    return {"lettera": letter, "n": number}


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("UNIQUE", None),
        ("ANY", None),
        ("FIRST", pair("b", 2)),
        ("PRIORITY", pair("a", 1)),
        ("RULE ORDER", [pair("b", 2), pair("a", 1), pair("c", 3)]),
        ("OUTPUT ORDER", [pair("a", 1), pair("b", 2), pair("c", 3)]),
        ("COLLECT", [pair("b", 2), pair("a", 1), pair("c", 3)]),
    ],
)
def test_several_outputs_go_together_under_each_hit_policy(policy, expected):
    assert decided(a_table(PAIRED, policy, outputs=PAIR), x=25).value == expected


LETTERS = an_item("tLettera", "string", allowed='"c", "b", "a"')
RESULT = '<variable name="d" typeRef="tEsito"/>'


@pytest.mark.parametrize(
    ("items", "output", "policy", "expected"),
    [
        ("", '<output typeRef="tLettera"/>', "PRIORITY", "c"),
        ("", '<output typeRef="tLettera"/>', "OUTPUT ORDER", ["c", "b", "a"]),
        (an_item("tEsito", "tLettera"), "<output/>", "PRIORITY", "c"),
        (an_item("tEsito", "tLettera", collection=True), "<output/>", "OUTPUT ORDER", ["c", "b", "a"]),
    ],
)
def test_output_values_rank_as_their_type_lists_them(items, output, policy, expected):
    table = a_table([row[:2] for row in PAIRED], policy, outputs=[output])
    typed = table.replace('<variable name="d"/>', RESULT) if items else table

    assert decided(LETTERS + items + typed, x=25).value == expected


def test_the_components_of_a_results_type_rank_its_outputs():
    whole = an_item("tEsito", "", a_component("lettera", "tLettera"), a_component("n", "number"))
    table = a_table(PAIRED, "PRIORITY", outputs=['<output name="lettera"/>', '<output name="n"/>'])
    typed = table.replace('<variable name="d"/>', RESULT)

    assert decided(LETTERS + whole + typed, x=25).value == pair("c", 3)


def test_output_values_may_be_ranges():
    output = '<output name="esito"><outputValues><text>[5..10], &lt; 5</text></outputValues></output>'

    assert decided(a_table([("-", "1"), ("-", "7")], "PRIORITY", outputs=[output]), x=1).value == 7


@pytest.mark.parametrize(("aggregation", "expected"), [("SUM", None), ("MIN", None), ("MAX", None), ("COUNT", 0)])
def test_an_aggregation_of_nothing_is_null_and_counts_none(aggregation, expected):
    assert decided(a_table([("> 0", "1")], f"COLLECT {aggregation}"), x=-1).value == expected


@pytest.mark.parametrize(("aggregation", "expected"), [("MIN", "a"), ("MAX", "c")])
def test_whatever_has_an_order_has_a_least_and_a_greatest(aggregation, expected):
    assert decided(a_table([row[:2] for row in PAIRED], f"COLLECT {aggregation}"), x=25).value == expected


@pytest.mark.parametrize(("one", "other", "expected"), [('"a"', '"b"', None), ('@"P1M"', '@"P1Y"', "P1Y1M")])
def test_lengths_of_time_are_summed_and_texts_are_not(one, other, expected):
    found = decided(a_table([("-", one), ("-", other)], "COLLECT SUM"), x=1).value

    assert (found if found is None else feel.string(found)) == expected


def test_an_output_without_a_default_is_null_beside_one_that_has_it():
    outputs = [
        PAIR[0].replace("</output>", "<defaultOutputEntry><text>9</text></defaultOutputEntry></output>"),
        PAIR[1],
    ]

    assert decided(a_table(PAIRED, outputs=outputs), x=-1).value == pair(9, None)


def test_a_table_without_inputs_matches_always():
    table = "<decisionTable><output/><rule><outputEntry><text>1 + 1</text></outputEntry></rule></decisionTable>"

    assert decided(a_decision(table)).value == 2


@pytest.mark.parametrize("orientation", ["Rule-as-Row", "Rule-as-Column", "CrossTable"])
def test_how_a_table_is_drawn_does_not_change_what_it_says(orientation):
    table = a_table([("> 0", "1")]).replace("<decisionTable", f'<decisionTable preferredOrientation="{orientation}"')

    assert decided(table, x=1).value == 1


@pytest.mark.parametrize(
    ("cell", "value", "passes"),
    [
        ("-", None, True),
        ("null", None, True),
        ("not(null)", None, False),
        ("1, 2, [5..7]", 6, True),
        ("not(1, 2, [5..7])", 6, False),
        ("? > 3 and ? < 8", 9, False),
        ('ends with(string(?), "9")', 19, True),
        ('["a", "b"]', "a", True),
        ("[1, 2]", [1, 2], True),
        ('list contains(?, "a")', ["b", "a"], True),
        ("false", False, True),
        ("> limite", 6, True),
        ("limiti", 3, True),
    ],
)
def test_a_cell_tests_what_it_is_given(cell, value, passes):
    result = decided(a_table([(cell, "true"), ("-", "false")], "FIRST"), x=value, limite=5, limiti=[1, 3])

    assert result.value is passes
