"""A scenario is played on the real engine, and what differs from it is told."""

import pytest

from engine import scenarios

WELL = """
passi:
  - atteso: {attivita: [chiedi], proprieta: {stato: aperta}, esito: null}
  - completa: chiedi
  - atteso: {attivita: [], proprieta: {stato: chiusa}, valori: {voto + 1: 9}, esito: bene}
"""
LATE = """
passi:
  - attendi: P1DT23H
  - atteso: {attivita: [chiedi]}
  - attendi: 2026-11-25T12:00+01:00
  - atteso: {esito: scaduta}
"""
STOPPED = """
passi:
  - messaggio: basta
    da: ada
  - atteso: {esito: smessa}
"""
BADLY = """
passi:
  - completa: chiedi
    risposte: {voto: 2}
  - atteso: {esito: male}
"""


def failure(process, steps):
    report = scenarios.play_folder(*process(prova=f"passi:\n{steps}"))
    return report.played[0].failure


def test_scenarios_that_go_well_pass(process):
    report = scenarios.play_folder(*process(bene=WELL, tardi=LATE, basta=STOPPED, male=BADLY))

    assert [played.failure for played in report.played] == [None] * 4
    assert report.passed


def test_together_they_cover_the_whole_diagram(process):
    report = scenarios.play_folder(*process(bene=WELL, tardi=LATE, basta=STOPPED, male=BADLY))

    assert not report.coverage.missed_nodes | report.coverage.missed_flows
    assert str(report).endswith("Passi percorsi: 10 su 10 (100 %)\nFrecce percorse: 6 su 6 (100 %)")


def test_what_no_scenario_passed_is_named(process):
    report = scenarios.play_folder(*process(bene=WELL))

    assert report.passed
    assert report.coverage.missed_nodes == {"male", "tardi", "scaduta", "fermata", "basta", "smessa"}
    assert report.coverage.missed_flows == {"f4", "f5", "g1"}
    assert "Frecce percorse: 3 su 6 (50 %); mai: f4, f5, g1" in str(report)


def test_a_refusal_of_the_form_may_be_what_is_expected(process):
    steps = "  - {completa: chiedi, risposte: {voto: null}, rifiutata: [voto]}\n  - atteso: {attivita: [chiedi]}"

    assert failure(process, steps) is None


def test_moments_may_be_written_in_feel(process):
    steps = '  - attendi: =now() + duration("P3D")\n  - atteso: {esito: scaduta}'

    assert failure(process, steps) is None


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("  - completa: altro", "passo 1, completa altro: l’attività non è aperta; sono aperte chiedi"),
        ("  - {completa: chiedi, risposte: {voto: null}}", "passo 1, completa chiedi: voto: "),
        ("  - {completa: chiedi, rifiutata: [voto]}", "passo 1, completa chiedi: il modulo ha accettato voto"),
        (
            "  - {completa: chiedi, da: nino}",
            "passo 1, completa chiedi: «nino» non ha fra i suoi gruppi un ruolo che prende «Chiedi»",
        ),
        ("  - {completa: chiedi, da: lia}", "passo 1, completa chiedi: la pratica non è fra gli ambiti della persona"),
        ("  - {messaggio: ciao, da: ada}", "nessuno aspetta il messaggio; si aspetta basta"),
        ("  - attendi: 2026-11-01T12:00+01:00", "è già passato"),
        ("  - attendi: =voto", "non è un momento"),
        ("  - atteso: {attivita: []}", "sono aperte chiedi, non niente"),
        ("  - atteso: {esito: bene}", "l’esito è nessuno, non bene"),
        ("  - completa: chiedi\n  - atteso: {esito: male}", "passo 2, atteso: l’esito è bene, non male"),
        ("  - atteso: {proprieta: {stato: chiusa}}", "stato è aperta, non chiusa"),
        ("  - completa: chiedi\n  - atteso: {valori: {voto: 9}}", "voto vale 8, non 9"),
    ],
)
def test_what_differs_is_told_with_its_step(process, steps, said):
    assert said in (failure(process, steps) or "")


def test_a_failed_scenario_leaves_the_others_alone(process):
    report = scenarios.play_folder(*process(a_male="passi: [{completa: altro}]", bene=WELL))

    assert [played.failure is None for played in report.played] == [False, True]
    assert not report.passed
    assert "a_male: non riuscito, passo 1" in str(report)
    assert "bene: riuscito, 3 passi" in str(report)


def test_a_folder_without_scenarios_says_so(process):
    report = scenarios.play_folder(*process())

    assert str(report) == "Nessun caso di prova: scrivine uno nella cartella scenarios, in un file .yaml."


def test_a_scenario_of_a_process_that_the_folder_does_not_hold_is_refused_with_those_it_holds(process):
    folder, forms_folder = process(bene=WELL)
    diagram = folder / "prova.bpmn"
    diagram.write_text(diagram.read_text().replace('id="prova"', 'id="Process_1"'))

    with pytest.raises(scenarios.InvalidScenario, match=r"bene\.yaml: processo: «prova» non è .* che ha: Process_1"):
        scenarios.play_folder(folder, forms_folder)


def test_a_case_that_cannot_begin_fails_its_scenario_alone(process):
    folder, forms_folder = process(bene=WELL)
    diagram = folder / "prova.bpmn"
    dated = 'camunda:formKey="chiedi" camunda:dueDate="=&quot;domani&quot;"'
    diagram.write_text(diagram.read_text().replace('camunda:formKey="chiedi"', dated))

    report = scenarios.play_folder(folder, forms_folder)

    assert report.played[0].failure == (
        "avvio: «=\"domani\"» di «chiedi» non si calcola: 'domani' non va bene come dueDate"
    )
    assert not report.passed
