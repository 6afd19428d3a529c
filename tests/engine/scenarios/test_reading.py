"""Scenarios are read as designers write them, and refused with the place of what is wrong."""

import contextlib
from datetime import datetime, timedelta, timezone

import pytest

from engine import scenarios
from engine.scenarios.script import Complete, Expect, Send, WaitFor

SAMPLE = """
titolo: Una prova
passi:
  - completa: chiedi
    risposte: {si: no, quando: 2026-12-01, voto: null, altro: 3}
  - messaggio: basta
    da: ada
  - attendi: P2D
  - atteso: {esito: null}
"""


def only(process, text):
    folder, _ = process(prova=text)
    return scenarios.load(folder)[0]


def test_the_shared_file_and_the_scenario_together_make_a_case(process):
    scenario = only(process, SAMPLE)

    assert (scenario.name, scenario.title, scenario.process, scenario.scope) == (
        "prova",
        "Una prova",
        "prova",
        "001042",
    )
    assert scenario.begins == datetime(2026, 11, 23, 12, tzinfo=timezone(timedelta(hours=1)))
    assert scenario.people["marta"].groups == {"Referente"}
    assert [type(step) for step in scenario.steps] == [Complete, Send, WaitFor, Expect]


def test_words_that_other_readers_take_for_values_stay_words(process):
    step = only(process, SAMPLE).steps[0]

    assert step.answers["si"] == "no"
    assert step.answers["quando"] == "2026-12-01"
    assert step.answers["altro"] == 3


def test_null_takes_a_shared_answer_away(process):
    step = only(process, SAMPLE).steps[0]

    assert "voto" not in step.answers


def test_a_scenario_may_speak_of_a_case_that_has_not_ended(process):
    expected = only(process, SAMPLE).steps[-1]

    assert expected.tells_outcome
    assert expected.outcome is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("passi: [", "non è YAML"),
        ("- uno", "non è un elenco di voci"),
        ("titolo: vuoto", "serve almeno un passo"),
        ("passo: []", "voci sconosciute: passo"),
        ("passi: [{fai: chiedi}]", "passo 1: un passo comincia con"),
        ("passi: [{completa: chiedi, chi: marta}]", "passo 1: voci sconosciute: chi"),
        ("passi: [{completa: chiedi, da: zoe}]", "passo 1: «zoe» non è fra le persone"),
        ("passi: [{messaggio: basta}]", "passo 1: di’ chi manda il messaggio"),
        ("passi: [{atteso: {stato: chiusa}}]", "passo 1: voci sconosciute: stato"),
        ("passi: [{atteso: niente}]", "passo 1: «atteso» contiene"),
        ("inizio: domani\npassi: [{attendi: P1D}]", "inizio: scrivi giorno e ora"),
        ("inizio: 2026-11-23T12:00\npassi: [{attendi: P1D}]", "inizio: manca il fuso"),
        ("avvio: {da: zoe}\npassi: [{attendi: P1D}]", "avvio: «zoe» non è fra le persone"),
        ("passi:\n  - attendi: [P1D]", "passo 1: «attendi» è una parola sola"),
        ("passi:\n- a: {b\n - c: ]", "riga 3, colonna 5: il file non è YAML"),
    ],
)
def test_a_file_that_is_no_scenario_is_refused_with_its_place(process, text, said):
    folder, _ = process(prova=text)

    with pytest.raises(scenarios.InvalidScenario) as refusal:
        scenarios.load(folder)

    assert str(refusal.value).startswith("prova.yaml: ")
    assert said in str(refusal.value)


ODD = ["3", "parola", "[1]", "[[1]]", "{a: {b: 1}}", "true", "2026-99-99", "&a [*a]", "!!binary aGk="]
PLACES = [
    *(
        f"{part}: {{}}"
        for part in ("titolo", "processo", "inizio", "persone", "avvio", "risposte", "operazioni", "passi")
    ),
    *("persone: {{marta: {}}}", "persone: {{marta: {{gruppi: {}}}}}", "persone: {{marta: {{ambiti: {}}}}}"),
    *("avvio: {{da: {}}}", "avvio: {{da: marta, ambito: {}}}", "avvio: {{da: marta, variabili: {}}}"),
    *(f"passi: [{{{{{kind}: {{}}}}}}]" for kind in ("completa", "messaggio", "attendi", "atteso")),
    *(f"passi: [{{{{completa: chiedi, {part}: {{}}}}}}]" for part in ("da", "risposte", "rifiutata")),
    *(f"passi: [{{{{atteso: {{{{{part}: {{}}}}}}}}}}]" for part in ("attivita", "proprieta", "valori", "esito")),
    "risposte: {{chiedi: {}}}\npassi: [{{completa: chiedi}}]",
]


@pytest.mark.parametrize("place", PLACES)
def test_whatever_is_written_in_a_place_is_read_or_refused(process, place):
    for odd in ODD:
        folder, _ = process(prova=place.format(odd) + ("" if "passi:" in place else "\npassi: [{attendi: P1D}]"))
        with contextlib.suppress(scenarios.InvalidScenario):
            scenarios.load(folder)


def test_one_word_alone_is_a_list_of_one(process):
    person = only(process, "persone: {marta: {gruppi: Referente}}\npassi: [{attendi: P1D}]").people["marta"]

    assert person.groups == {"Referente"}


def test_a_process_without_scenarios_has_none(tmp_path):
    assert scenarios.load(tmp_path) == []
