"""Rules that cannot all be meant are told before any case comes to them."""

import pytest
from dmn_models import a_model, a_table

from engine import dmn

LISTED = '<output name="esito"><outputValues><text>"alta", "bassa"</text></outputValues></output>'
BARE = '<output label="Esito" name="esito" typeRef="string"/>'


def told(rules, policy="UNIQUE", output='<output name="esito"/>', inputs=("x",)):
    model = dmn.Model.load(a_model(a_table(rules, policy, inputs, outputs=(output,))))
    return [(each.element, each.where, each.message) for each in model.contradictions]


@pytest.mark.parametrize(
    ("policy", "rules", "number", "said"),
    [
        ("UNIQUE", [("1", '"a"'), ("2", '"b"'), ("1", '"b"')], 3, "insieme alla regola 1"),
        ("UNIQUE", [("-", '"a"'), ("2", '"b"')], 2, "insieme alla regola 1"),
        ("UNIQUE", [("2", '"b"'), ("", '"a"')], 2, "insieme alla regola 1"),
        ("ANY", [("1", '"a"'), ("1", '"b"')], 2, "con un altro risultato"),
        ("FIRST", [("-", '"a"'), ("2", '"b"')], 2, "non vale mai"),
    ],
)
def test_rules_valid_together_against_the_policy(policy, rules, number, said):
    [(element, where, message)] = told(rules, policy)

    assert (element, where) == ("d", f"regola {number}")
    assert said in message


@pytest.mark.parametrize(
    ("policy", "rules"),
    [
        ("UNIQUE", [("1", '"a"'), ("2", '"b"')]),
        ("ANY", [("1", '"a"'), ("1", '"a"')]),
        ("FIRST", [("2", '"b"'), ("-", '"a"')]),
        ("COLLECT", [("1", '"a"'), ("1", '"b"')]),
        ("RULE ORDER", [("-", '"a"'), ("1", '"b"')]),
    ],
)
def test_rules_that_the_policy_lets_stand_together(policy, rules):
    assert told(rules, policy) == []


def test_a_rule_includes_another_only_if_it_does_so_in_every_column():
    assert told([("1", "-", '"a"'), ("-", "2", '"b"')], inputs=("x", "y")) == []


def test_a_result_that_the_column_does_not_list():
    found = told([("1", '"alta"'), ("2", '"altissima"'), ("3", "x")], output=LISTED)

    assert found == [
        ("d", "regola 2, colonna «esito»", '"altissima" non è tra i valori della colonna: "alta", "bassa".'),
    ]


def test_a_rule_without_a_result():
    assert told([("1", "")]) == [("d", "regola 1", "manca il risultato: la regola non dà niente.")]


def test_an_order_that_nobody_gave():
    [(_, where, message)] = told([("1", '"a"')], "PRIORITY", BARE)

    assert (where, "dal più importante" in message) == ("colonna «Esito»", True)
    assert told([("1", '"alta"')], "PRIORITY", LISTED) == []
