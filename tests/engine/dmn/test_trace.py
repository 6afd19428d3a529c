"""What a decision says of itself to the people it is about."""

import json

import pytest
from dmn_models import a_model, a_table, literal, requires

from engine import dmn

WORDS = [
    ("null", "–"),
    ("true", "sì"),
    ('"è «così»"', "è «così»"),
    ('"persona_fisica"', "persona fisica"),
    ('"mario_rossi@posta.example"', "mario_rossi@posta.example"),
    ("2026", "2026"),
    ("-1250.50", "-1250,50"),
    ("1250000.50", "1.250.000,50"),
    ("1/3", "0,3333"),
    ("10**3000", "1E+3000"),
    ('@"2026-11-02"', "2 novembre 2026"),
    ('"2026-11-02"', "2 novembre 2026"),
    ('"2026-13-02"', "2026-13-02"),
    ('@"2026-07-02T10:05:00Z"', "2 luglio 2026, ore 12:05"),
    ('@"2026-07-02T10:05:00"', "2 luglio 2026, ore 10:05"),
    ('@"09:05:00"', "9:05"),
    ('@"P1Y2M"', "1 anno e 2 mesi"),
    ('@"P1DT2H30M"', "1 giorno, 2 ore e 30 minuti"),
    ('@"-P3D"', "meno 3 giorni"),
    ('@"PT0S"', "nessuna durata"),
    ('["uno", 2, true]', "uno, 2 e sì"),
    ("[]", "niente"),
    ("for i in 1..22 return 0", f"{', '.join('0' * 20)} e altri 2"),
    ('{nome_proprio: "Ada", anni: 36}', "nome proprio: Ada, anni: 36"),
    ("[1..5]", "[1..5]"),
    ("function(x) x", "function"),
]
MEASURES = ["12", '@"2026-11-02"', '"2026-11-02"', '@"09:05:00"', '@"P1Y"', '@"P1D"']
OTHERS = ["null", "true", '"dodici"', "[12]"]
RULES = [("> 0", '"b"', "2"), ("> 10", '"a"', "10")]
PAIR = ['<output name="esito" label="Esito della domanda"/>', '<output name="giorni_utili"/>']
DEFAULT = '<output name="esito"><defaultOutputEntry><text>"altro"</text></defaultOutputEntry></output>'


def traced(table, **inputs):
    [found] = dmn.Model.load(a_model(table)).evaluate("d", inputs).trace
    assert json.loads(json.dumps(found)) == found
    return found


def looked_at(expression):
    """Return what the trace says of an input that has this value."""
    table = a_table([("true or ? = ?", "1")]).replace("<text>x</text>", f"<text>{expression}</text>")
    return traced(table)["matched"][0]["cells"][0]


@pytest.mark.parametrize(("expression", "words"), WORDS)
def test_a_value_is_written_as_people_read_it(expression, words):
    assert looked_at(expression)["value"] == words


def test_a_long_value_is_cut():
    assert looked_at('string join(for i in 1..300 return "x")')["value"] == f"{'x' * 199}…"


@pytest.mark.parametrize(
    ("expression", "measure"), [*((each, True) for each in MEASURES), *((each, False) for each in OTHERS)]
)
def test_numbers_days_and_lengths_of_time_are_measures(expression, measure):
    assert looked_at(expression)["measure"] is measure


@pytest.mark.parametrize(
    ("label", "expression", "said"),
    [("Età", "x + 1", "Età"), ("", "giorni_utili", "giorni utili"), ("", "x + 1", "colonna 1")],
)
def test_a_column_is_named_without_expressions(label, expression, said):
    table = a_table([("-", "1")]).replace('label="x"', f'label="{label}"').replace("<text>x<", f"<text>{expression}<")
    cell = table.replace("<inputEntry><text>-<", "<inputEntry><text>? = ?<")

    assert traced(cell, x=1, giorni_utili=2)["matched"][0]["cells"][0]["input"] == said


@pytest.mark.parametrize(
    ("policy", "result"),
    [
        ("FIRST", "Esito della domanda: b, giorni utili: 2"),
        ("COLLECT", ["Esito della domanda: b, giorni utili: 2", "Esito della domanda: a, giorni utili: 10"]),
        ("UNIQUE", None),
    ],
)
def test_several_outputs_are_told_under_their_labels(policy, result):
    found = traced(a_table(RULES, policy, outputs=PAIR), x=25)

    assert (found["label"], found["result"]) == ("D", result)
    assert found["matched"][0]["gives"] == "Esito della domanda: b, giorni utili: 2"


def test_one_output_gives_the_table_its_label():
    found = traced(a_table([row[:2] for row in RULES], "COLLECT MAX", outputs=PAIR[:1]), x=25)

    assert (found["label"], found["result"]) == ("Esito della domanda", "b")


def test_a_default_is_told_from_an_answer():
    assert traced(a_table([("> 0", '"a"')], outputs=[DEFAULT]), x=-1)["default"] is True
    assert traced(a_table([("> 0", '"a"')], outputs=[DEFAULT]), x=1)["default"] is False
    assert traced(a_table([("> 0", '"a"')], "COLLECT", outputs=[DEFAULT]), x=-1)["result"] == "altro"


def test_tables_are_told_in_the_order_in_which_they_decided():
    body = a_table([("-", "1")], name="prima") + literal("prima", extra=requires("requiredDecision", "prima"))

    assert [table["table"] for table in dmn.Model.load(a_model(body)).evaluate("d", {}).trace] == ["prima"]
